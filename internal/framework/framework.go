// Package framework holds laws and standards that a review is held against, and says
// which best practices answer each of their provisions.
//
// A framework is a YAML file. Those that are shipped stand in the folder frameworks and
// are decoded when a command first asks for them; a team writes its own in the same
// form. The argument, provision by provision, is in the framework: a best practice
// answers it fully, partly (then it says what is missing), or supports it; several that
// answer it partly may make a whole together. A provision that no review can answer is
// outside, with the reason. A bank may add to that from its side, by meets at a best
// practice.
package framework

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

// A Framework is a law or a standard, as far as a review can help to meet it. Its yaml
// tags are the keys of its file in their order.
type Framework struct {
	ID          string         `yaml:"id,omitempty" json:"id"`                             // "cra": short, as people type it
	Title       string         `yaml:"title,omitempty" json:"title"`                       // in full
	Short       string         `yaml:"short,omitempty" json:"short"`                       // the same where there is little room; never empty once it is read
	By          string         `yaml:"by,omitempty" json:"by,omitempty"`                   // who publishes it
	Version     string         `yaml:"version,omitempty" json:"version"`                   // as its publisher counts
	Date        string         `yaml:"date,omitempty" json:"date"`                         // of that version, YYYY-MM-DD or YYYY-MM
	Source      string         `yaml:"source,omitempty" json:"source"`                     // where it is published: an https link
	Licence     string         `yaml:"licence,omitempty" json:"licence"`                   // whose words its titles are, and on which terms
	About       string         `yaml:"about,omitempty" json:"about,omitempty"`             // what its ids and statuses mean, and what is left out
	AppliesTo   lens.Condition `yaml:"applies_to,omitempty" json:"applies_to,omitzero"`    // to which workloads; nothing means all
	Conditional []string       `yaml:"conditional,omitempty" json:"conditional,omitempty"` // ids of provisions, or statuses, that the framework lets not apply for a reason on record
	Starts      []Start        `yaml:"starts,omitempty" json:"starts,omitempty"`           // when which provisions take effect; none: at once
	Provisions  []Provision    `yaml:"provisions,omitempty" json:"provisions"`             // in the order of the document
}

// A Start is a day from which provisions are to be met.
type Start struct {
	From       string   `yaml:"from,omitempty" json:"from"`                         // YYYY-MM-DD
	Title      string   `yaml:"title,omitempty" json:"title"`                       // what starts
	SoldBefore bool     `yaml:"sold_before,omitempty" json:"sold_before,omitempty"` // it holds as well for products that were placed on the market before that day
	Provisions []string `yaml:"provisions,omitempty" json:"provisions,omitempty"`   // ids; none: all that no other start names
}

// A Provision is what a framework asks in one place.
type Provision struct {
	ID       string          `yaml:"id,omitempty" json:"id"`                   // as the framework counts: I(2)(c), 5.3-4A
	Status   string          `yaml:"status,omitempty" json:"status,omitempty"` // as the framework gives it: M, R, M C; empty if it gives none
	Title    string          `yaml:"title,omitempty" json:"title"`             // what it asks, in our own words
	Fully    []string        `yaml:"fully,omitempty" json:"fully,omitempty"`   // ids of best practices each of which meets it alone
	Partly   []PartialAnswer `yaml:"partly,omitempty" json:"partly,omitempty"`
	Together []string        `yaml:"together,omitempty" json:"together,omitempty"` // ids of those under Partly that make a whole together
	Supports []string        `yaml:"supports,omitempty" json:"supports,omitempty"` // ids of those that help and answer no part of it
	Outside  string          `yaml:"outside,omitempty" json:"outside,omitempty"`   // why no review can answer it, in a sentence; empty if one can
}

// PartialAnswer is a best practice that answers a part of a provision.
type PartialAnswer struct {
	Practice string `yaml:"practice,omitempty" json:"practice"` // id
	Lacks    string `yaml:"lacks,omitempty" json:"lacks"`       // what of the provision it leaves open
}

// Provision returns the provision with an id.
func (f *Framework) Provision(id string) (*Provision, bool) {
	i := slices.IndexFunc(f.Provisions, func(p Provision) bool { return p.ID == id })
	if i < 0 {
		return nil, false
	}
	return &f.Provisions[i], true
}

// ProvisionIDs lists the ids of the provisions, in their order.
func (f *Framework) ProvisionIDs() []string {
	ids := make([]string, len(f.Provisions))
	for i, p := range f.Provisions {
		ids[i] = p.ID
	}
	return ids
}

// StartOf is the start of a provision; false if it takes effect at once.
func (f *Framework) StartOf(id string) (Start, bool) {
	var rest *Start
	for i := range f.Starts {
		switch s := &f.Starts[i]; {
		case slices.Contains(s.Provisions, id):
			return *s, true
		case len(s.Provisions) == 0:
			rest = s
		}
	}
	if rest == nil {
		return Start{}, false
	}
	return *rest, true
}

// Due tells from which day a provision is to be met by a product that is first placed on
// a market on a day, which may be empty for unknown; false if it never is, since the
// product was placed on the market before. The day is empty if it is due at once.
func (s Start) Due(firstMarket string) (day string, ever bool) {
	if firstMarket == "" || s.SoldBefore {
		return s.From, true
	}
	if firstMarket < s.From {
		return "", false
	}
	return firstMarket, true
}

// How a best practice answers a provision.
type How string

// The ways, the best first.
const (
	Fully    How = "fully"
	InPart   How = "partly"
	Supports How = "supports"
)

// Values lists the ways.
func (How) Values() []string { return []string{string(Fully), string(InPart), string(Supports)} }

// An Answer is a best practice that has to do with a provision.
type Answer struct {
	Practice string `json:"practice"` // id
	How      How    `json:"how"`
	Lacks    string `json:"lacks,omitempty"` // of one that answers it partly: what it leaves open
}

// Answers lists the best practices that have to do with a provision, the best answers
// first.
func (p *Provision) Answers() []Answer {
	var out []Answer
	for _, id := range p.Fully {
		out = append(out, Answer{Practice: id, How: Fully})
	}
	for _, part := range p.Partly {
		out = append(out, Answer{Practice: part.Practice, How: InPart, Lacks: part.Lacks})
	}
	for _, id := range p.Supports {
		out = append(out, Answer{Practice: id, How: Supports})
	}
	return out
}

// ProvisionRef is what a best practice has to do with a framework.
type ProvisionRef struct {
	Framework, Provision string // ids
	How                  How
}

// AnsweredBy lists what a best practice answers, in the order of the frameworks and of their
// provisions.
func AnsweredBy(list []*Framework, practice string) []ProvisionRef {
	var out []ProvisionRef
	for _, f := range list {
		for i := range f.Provisions {
			for _, a := range f.Provisions[i].Answers() {
				if a.Practice == practice {
					out = append(out, ProvisionRef{Framework: f.ID, Provision: f.Provisions[i].ID, How: a.How})
				}
			}
		}
	}
	return out
}
