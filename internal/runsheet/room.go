package runsheet

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// A Participant is a role that should be in the room.
type Participant struct {
	Role      string
	Reasons   []string // what the person knows or decides, by pillar
	Questions []string // ids, in the order of the agenda
	Absent    bool     // the plan says who is in the room, and the role is not
}

// participants lists the roles that the questions need, in lens order. present are those
// who are in the room; empty if not known.
func participants(l *lens.Lens, cards []Card, present []string) []Participant {
	var out []Participant
	for _, name := range l.Roles() {
		p := Participant{Role: name, Absent: len(present) > 0 && !slices.ContainsFunc(present, func(s string) bool { return strings.EqualFold(s, name) })}
		for _, c := range cards {
			for _, b := range c.Practices {
				for _, r := range l.RolesFor(b) {
					if r.Role != name {
						continue
					}
					if !slices.Contains(p.Questions, c.Question.ID) {
						p.Questions = append(p.Questions, c.Question.ID)
					}
					if !slices.Contains(p.Reasons, r.Why) {
						p.Reasons = append(p.Reasons, r.Why)
					}
				}
			}
		}
		if len(p.Questions) > 0 {
			out = append(out, p)
		}
	}
	return out
}
