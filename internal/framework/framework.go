// Package framework has the laws and standards that a review is compared with, and the best
// practices that answer each of their provisions.
//
// A framework is a YAML file. The shipped ones are in the folder frameworks and are decoded on
// first use; a team can write its own in the same form. A best practice answers a provision
// fully, partly (the framework says what it lacks), or supports it. Several partial answers may
// meet a provision together. A provision that no review can answer is outside, with the reason.
// A bank may add full answers with the key meets of a best practice.
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
	Short       string         `yaml:"short,omitempty" json:"short"`                       // name for narrow columns; never empty after decoding
	By          string         `yaml:"by,omitempty" json:"by,omitempty"`                   // who publishes it
	Version     string         `yaml:"version,omitempty" json:"version"`                   // as its publisher numbers it
	Date        string         `yaml:"date,omitempty" json:"date"`                         // of that version, YYYY-MM-DD or YYYY-MM
	Source      string         `yaml:"source,omitempty" json:"source"`                     // where it is published: an https link
	Licence     string         `yaml:"licence,omitempty" json:"licence"`                   // whose words its titles are, and on which terms
	About       string         `yaml:"about,omitempty" json:"about,omitempty"`             // what its ids and statuses mean, and what is left out
	AppliesTo   lens.Condition `yaml:"applies_to,omitempty" json:"applies_to,omitzero"`    // to which workloads; nothing means all
	Conditional []string       `yaml:"conditional,omitempty" json:"conditional,omitempty"` // ids of provisions, or statuses, that need not apply for a recorded reason
	Starts      []Start        `yaml:"starts,omitempty" json:"starts,omitempty"`           // from when provisions apply; none: at once
	Provisions  []Provision    `yaml:"provisions,omitempty" json:"provisions"`             // in the order of the document
}

// A Start is a day from which provisions must be met.
type Start struct {
	From       string   `yaml:"from,omitempty" json:"from"`                         // YYYY-MM-DD
	Title      string   `yaml:"title,omitempty" json:"title"`                       // what starts
	SoldBefore bool     `yaml:"sold_before,omitempty" json:"sold_before,omitempty"` // it also applies to products that were placed on the market before that day
	Provisions []string `yaml:"provisions,omitempty" json:"provisions,omitempty"`   // ids; none: all that no other start names
}

// A Provision is one requirement of a framework.
type Provision struct {
	ID       string          `yaml:"id,omitempty" json:"id"`                   // as the framework numbers it: I(2)(c), 5.3-4A
	Status   string          `yaml:"status,omitempty" json:"status,omitempty"` // as the framework gives it: M, R, M C; empty if it gives none
	Title    string          `yaml:"title,omitempty" json:"title"`             // what it requires, in our own words
	Fully    []string        `yaml:"fully,omitempty" json:"fully,omitempty"`   // ids of best practices each of which meets it alone
	Partly   []PartialAnswer `yaml:"partly,omitempty" json:"partly,omitempty"`
	Together []string        `yaml:"together,omitempty" json:"together,omitempty"` // ids of those under Partly that meet it together
	Supports []string        `yaml:"supports,omitempty" json:"supports,omitempty"` // ids of those that help but answer no part of it
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

// StartOf returns the start of a provision; false if it applies at once.
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

// Due returns the day from which a product must meet a provision of the start. firstMarket is the
// day on which the product is first placed on a market; empty if not known. ever is false if the
// product need not meet it, as it was placed on a market before the start.
func (s Start) Due(firstMarket string) (day string, ever bool) {
	if firstMarket == "" || s.SoldBefore {
		return s.From, true
	}
	if firstMarket < s.From {
		return "", false
	}
	return firstMarket, true
}

// How says how a best practice answers a provision.
type How string

// The ways, the best first.
const (
	Fully    How = "fully"
	InPart   How = "partly"
	Supports How = "supports"
)

// Values lists the ways.
func (How) Values() []string { return []string{string(Fully), string(InPart), string(Supports)} }

// An Answer is a best practice that answers or supports a provision.
type Answer struct {
	Practice string `json:"practice"` // id
	How      How    `json:"how"`
	Lacks    string `json:"lacks,omitempty"` // of one that answers it partly: what it leaves open
}

// Answers lists the best practices that answer or support a provision, full answers first.
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

// A ProvisionRef is a provision that a best practice answers or supports.
type ProvisionRef struct {
	Framework, Provision string // ids
	How                  How
}

// AnsweredBy lists the provisions that a best practice answers or supports, in the order of the
// frameworks and of their provisions.
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
