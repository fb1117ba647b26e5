package lens

import (
	"fmt"
	"strings"
)

// A Retired is a question or best practice that earlier revisions of the bank asked and this one
// does not. Its id stays known so that reviews that answer it can be read. It is neither asked nor
// counted.
type Retired struct {
	ID        string `yaml:"id,omitempty" json:"id"`       // of a best practice, or of a question beside its best practices
	Since     int    `yaml:"since,omitempty" json:"since"` // first revision that doesn't ask it
	Reason    string `yaml:"reason,omitempty" json:"reason,omitempty"`
	Successor string `yaml:"successor,omitempty" json:"successor,omitempty"` // id of what asks the same now
}

// String says since when and why: "retired in revision 3: merged (see EDGE06-BP01)".
func (r Retired) String() string {
	s := fmt.Sprintf("retired in revision %d", r.Since)
	if r.Reason != "" {
		s += ": " + strings.TrimSuffix(r.Reason, ".")
	}
	if r.Successor != "" {
		s += " (see " + r.Successor + ")"
	}
	return s
}

// RetiredID reports whether an id, in any case and with - or _, is that of a
// retired question or best practice, and returns its entry.
func (l *Lens) RetiredID(id string) (Retired, bool) { return FindRetired(l.Retired, id) }

// FindRetired is RetiredID for a list.
func FindRetired(list []Retired, id string) (Retired, bool) {
	id = NormalizeID(id)
	for _, r := range list {
		if NormalizeID(r.ID) == id {
			return r, true
		}
	}
	return Retired{}, false
}

// AskedIn lists the ids of what an earlier revision of the bank asked, as far as this one knows: its
// own best practices that are at least as old, in lens order, and what it has retired since.
func (l *Lens) AskedIn(revision int) []string {
	var ids []string
	for _, p := range l.All() {
		if p.Since <= revision {
			ids = append(ids, p.ID)
		}
	}
	for _, r := range l.Retired {
		if r.Since > revision {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// ShortDigest is the form of a digest for people: its first 12 hex digits.
func ShortDigest(digest string) string { return digest[:min(len(digest), 12)] }
