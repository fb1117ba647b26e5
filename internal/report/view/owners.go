package view

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// Owners counts the open findings of each owner by horizon, with those overdue and the next
// due date. Owners with most findings come first; findings without an owner come last.
func Owners(a *scoring.Assessment) Section {
	type load struct {
		name    string
		by      map[scoring.Horizon]int
		overdue int
		next    string // the first due date that is not overdue
		open    int
	}
	loads := map[string]*load{}
	for _, f := range OpenFindings(a) {
		key := review.PersonKey(f.Owner)
		l := loads[key]
		if l == nil {
			l = &load{name: strings.Join(strings.Fields(f.Owner), " "), by: map[scoring.Horizon]int{}}
			loads[key] = l
		}
		l.open++
		l.by[f.Horizon]++
		switch {
		case f.DueState == scoring.DueOverdue:
			l.overdue++
		case f.Due != "" && (l.next == "" || f.Due < l.next):
			l.next = f.Due
		}
	}
	if len(loads) == 0 {
		return Section{}
	}
	list := slices.Collect(maps.Values(loads))
	slices.SortFunc(list, func(x, y *load) int {
		switch { // what has no owner comes last
		case x.name == "":
			return 1
		case y.name == "":
			return -1
		}
		return cmp.Or(cmp.Compare(y.open, x.open), cmp.Compare(x.name, y.name))
	})
	out := Section{
		ID: "owners", Title: "Owners", Table: Table{Header: []string{"", "open", "now", "next", "later", "overdue", "next date"}},
		Note: "Open findings by owner and horizon; next date is the first that is not over.",
	}
	for _, l := range list {
		cells := []string{OrDefault(l.name, "no owner"), fmt.Sprint(l.open)}
		for _, h := range scoring.Horizons() {
			cells = append(cells, fmt.Sprint(l.by[h]))
		}
		out.Table.Rows = append(out.Table.Rows, append(cells, fmt.Sprint(l.overdue), OrDefault(l.next, "none")))
	}
	return out
}
