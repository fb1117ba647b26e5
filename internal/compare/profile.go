package compare

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// A ProfileChange is how the profile of a workload changed, and which best practices are
// asked or no longer asked because of that.
type ProfileChange struct {
	Changed       []string `json:"changed"`         // each as "stage design -> production"
	NoLongerAsked []string `json:"no_longer_asked"` // ids of best practices that the profile now rules out or sets aside
	AskedAgain    []string `json:"asked_again"`     // ids of those that it ruled out or set aside before
}

// profile compares the profiles of two states. An open review has none.
func (p *statePair) profile() ProfileChange {
	var c ProfileChange
	if p.statusOnly() {
		return c
	}
	was, is := review.Workload{Profile: p.older.Profile}, review.Workload{Profile: p.newer.Profile}
	for _, f := range review.ProfileFields() {
		if a, b := f.Text(was), f.Text(is); a != b {
			c.Changed = append(c.Changed, fmt.Sprintf("%s %s -> %s", f.Name(), cmp.Or(a, "(open)"), cmp.Or(b, "(open)")))
		}
	}
	before, now := ruledIDs(p.older.SetAside, p.before), ruledIDs(p.newer.SetAside, p.after)
	for _, id := range sortedIDs(p, before, now) {
		_, asked := p.before[id]
		is, asks := p.after[id]
		switch {
		case now[id] && !before[id] && asked:
			c.NoLongerAsked = append(c.NoLongerAsked, id)
		case before[id] && !now[id] && asks && (len(c.Changed) > 0 || is.Status == review.Unanswered): // else somebody answered it against the profile
			c.AskedAgain = append(c.AskedAgain, id)
		}
	}
	return c
}

// ruledIDs is the set of best practices that the profile of a state sets aside or rules out.
func ruledIDs(aside []string, practices map[string]Practice) map[string]bool {
	out := map[string]bool{}
	for _, id := range aside {
		out[id] = true
	}
	for id, p := range practices {
		if p.RuledOut() {
			out[id] = true
		}
	}
	return out
}

// Words is the change in sentences without full stops; none if nothing changed.
func (c ProfileChange) Words() []string {
	var out []string
	if len(c.Changed) > 0 {
		out = append(out, "the profile changed: "+strings.Join(c.Changed, "; "))
	}
	if n := len(c.NoLongerAsked); n > 0 {
		out = append(out, text.Plural(n, "best practice is", "best practices are")+" no longer asked, by the profile: "+strings.Join(c.NoLongerAsked, ", "))
	}
	if n := len(c.AskedAgain); n > 0 {
		out = append(out, text.Plural(n, "best practice is", "best practices are")+" asked again, by the profile: "+strings.Join(c.AskedAgain, ", "))
	}
	return out
}
