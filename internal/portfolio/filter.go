package portfolio

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/suggest"
)

// FactNames lists the facts of a workload by which reviews can be filtered and counted.
func FactNames() []string {
	var out []string
	for _, f := range factFields() {
		out = append(out, f.Flag)
	}
	return out
}

// factFields lists the fields of a workload without its name and description.
var factFields = sync.OnceValue(func() []review.WorkloadField {
	return slices.DeleteFunc(review.WorkloadFields(), func(f review.WorkloadField) bool { return f.Flag == "name" || f.Flag == "description" })
})

// A Filter selects reviews by the facts of their workloads. The zero value selects all.
type Filter map[string][]string // accepted values by fact; an empty value stands for a fact that is not set

// ParseFilter parses conditions FIELD=VALUE. Of several values of one field, one must match; of
// several fields, all must match.
func ParseFilter(conditions []string) (Filter, error) {
	out := Filter{}
	var errs []error
	for _, c := range conditions {
		name, value, ok := strings.Cut(c, "=")
		name = strings.TrimSpace(name)
		switch {
		case !ok:
			errs = append(errs, fmt.Errorf("--where %s: must be FIELD=VALUE, such as segment=industrial", c))
		case !slices.Contains(FactNames(), name):
			errs = append(errs, fmt.Errorf("--where %s: %s", c, suggest.Unknown("field", name, FactNames())))
		default:
			out[name] = append(out[name], strings.TrimSpace(value))
		}
	}
	return out, errors.Join(errs...)
}

// Includes reports whether the filter selects a review with some facts.
func (f Filter) Includes(facts []Fact) bool {
	for name, wanted := range f {
		var values []string
		if at := slices.IndexFunc(facts, func(f Fact) bool { return f.Name == name }); at >= 0 {
			values = facts[at].Values
		}
		if len(values) == 0 {
			values = []string{""}
		}
		if !slices.ContainsFunc(values, func(v string) bool {
			return slices.ContainsFunc(wanted, func(w string) bool { return strings.EqualFold(v, w) })
		}) {
			return false
		}
	}
	return true
}
