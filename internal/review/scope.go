package review

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// Includes tells whether a best practice of a question is in scope.
func (s Scope) Includes(q *lens.Question, p *lens.Practice) bool {
	return some(s.Pillars, p.Pillar) && some(s.Layers, p.Layers...) && some(s.Scenarios, p.Scenarios...) && some(s.Questions, q.ID)
}

// some tells whether one of have is wanted; an empty list wants everything.
func some(want []string, have ...string) bool {
	if len(want) == 0 {
		return true
	}
	for _, h := range have {
		if slices.Contains(want, h) {
			return true
		}
	}
	return false
}

// RuledOut tells why a profile makes a best practice not applicable. The reason
// names the profile's words; it is empty where the practice applies. A profile
// that leaves a field empty rules nothing out by it.
func RuledOut(p *lens.Practice, f Profile) string {
	for _, c := range []struct {
		what string
		need []string
		have []string
	}{
		{"device classes", p.AppliesTo.DeviceClasses, f.DeviceClasses},
		{"protocols", p.AppliesTo.Protocols, f.Protocols},
		{"segment", p.AppliesTo.Segments, nonEmpty(f.Segment)},
		{"power", p.AppliesTo.Power, f.Power},
		{"connectivity", p.AppliesTo.Connectivity, f.Connectivity},
	} {
		if len(c.need) > 0 && len(c.have) > 0 && !some(c.need, c.have...) {
			return "The workload's profile says " + c.what + ": " + strings.Join(c.have, ", ") +
				"; this best practice is for " + strings.Join(c.need, ", ") + "."
		}
	}
	return ""
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}
