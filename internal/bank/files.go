package bank

import (
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// What the files of a bank hold, key by key. The order of the fields is the
// order of the keys in a well-kept file.

type lensFile struct {
	ID            string          `yaml:"id,omitempty"`
	Name          string          `yaml:"name,omitempty"`
	Short         string          `yaml:"short,omitempty"`
	By            string          `yaml:"by,omitempty"`
	Version       string          `yaml:"version,omitempty"`
	Source        string          `yaml:"source,omitempty"`
	Description   string          `yaml:"description,omitempty"`
	Promises      []lens.Promise  `yaml:"promises,omitempty"`
	WA            lens.WA         `yaml:"wa,omitempty"`
	Pillars       []string        `yaml:"pillars,omitempty"`
	Layers        []lens.Layer    `yaml:"layers,omitempty"`
	Scenarios     []lens.Scenario `yaml:"scenarios,omitempty"`
	Lifecycle     []lens.Term     `yaml:"lifecycle,omitempty"`
	DeviceClasses []lens.Term     `yaml:"device_classes,omitempty"`
	Protocols     []lens.Term     `yaml:"protocols,omitempty"`
	Segments      []lens.Term     `yaml:"segments,omitempty"`
	Power         []lens.Term     `yaml:"power,omitempty"`
	Connectivity  []lens.Term     `yaml:"connectivity,omitempty"`
	Stages        []lens.Term     `yaml:"stages,omitempty"`
	Services      []lens.Service  `yaml:"services,omitempty"`
	Resources     []lens.Resource `yaml:"resources,omitempty"`
	Weights       lens.Weights    `yaml:"weights,omitempty"`
}

type questionFile struct {
	ID          string          `yaml:"id,omitempty"`
	WA          lens.WA         `yaml:"wa,omitempty"`
	Title       string          `yaml:"title,omitempty"`
	Ask         string          `yaml:"ask,omitempty"`
	Description string          `yaml:"description,omitempty"`
	Help        string          `yaml:"help,omitempty"`
	Area        string          `yaml:"area,omitempty"`
	Minutes     int             `yaml:"minutes,omitempty"`
	None        string          `yaml:"none,omitempty"`
	NoneChoice  lens.NoneChoice `yaml:"none_choice,omitempty"`
	Resources   []lens.Resource `yaml:"resources,omitempty"`
	Rules       []lens.Rule     `yaml:"rules,omitempty"`
	Practices   []practiceFile  `yaml:"practices,omitempty"`
}

type practiceFile struct {
	ID        string          `yaml:"id,omitempty"`
	WA        lens.WA         `yaml:"wa,omitempty"`
	Title     string          `yaml:"title,omitempty"`
	Severity  lens.Level      `yaml:"severity,omitempty"`
	RatedBy   ratedBy         `yaml:"rated_by,omitempty"`
	Pillar    string          `yaml:"pillar,omitempty"`
	Relates   []string        `yaml:"relates,omitempty"`
	Effort    lens.Level      `yaml:"effort,omitempty"`
	Fix       lens.Fix        `yaml:"fix,omitempty"`
	Layers    []string        `yaml:"layers,omitempty"`
	Scenarios []string        `yaml:"scenarios,omitempty"`
	Lifecycle []string        `yaml:"lifecycle,omitempty"`
	AppliesTo lens.AppliesTo  `yaml:"applies_to,omitempty"`
	Why       string          `yaml:"why,omitempty"`
	How       []lens.HowStep  `yaml:"how,omitempty"`
	Probes    []string        `yaml:"probes,omitempty"`
	Evidence  []string        `yaml:"evidence,omitempty"`
	RedFlags  []string        `yaml:"red_flags,omitempty"`
	Resources []lens.Resource `yaml:"resources,omitempty"`
	Services  []string        `yaml:"services,omitempty"`
}

// ratedBy tells who rated a severity; a pillar's questions say it only where
// it was not AWS.
//
//   - aws: AWS publishes it for the practice
//   - iotlens: we do, where AWS publishes none
//   - lens: the author of a lens that isn't AWS's
//   - rules: it follows from the risk rules of the question
type ratedBy string

func (ratedBy) Values() []string { return []string{"aws", "iotlens", "lens", "rules"} }

// question makes the domain value of a file. pillar or layer is the folder.
func (f questionFile) question(pillar, layer string) lens.Question {
	q := lens.Question{
		ID: f.ID, Pillar: pillar, Layer: layer, Title: f.Title, Ask: f.Ask, Area: f.Area,
		Minutes: f.Minutes, None: f.None, Rules: f.Rules, Description: f.Description, Help: f.Help,
		NoneChoice: f.NoneChoice, Resources: f.Resources, WA: f.WA,
	}
	if strings.TrimSpace(q.Ask) == "" {
		q.Ask = q.Title // a lens that promises its cards is told about it
	}
	for _, p := range f.Practices {
		q.Practices = append(q.Practices, p.practice(q))
	}
	return q
}

func (f practiceFile) practice(q lens.Question) lens.Practice {
	p := lens.Practice{
		ID: f.ID, Question: q.ID, Title: f.Title, Severity: f.Severity, RatedBy: string(f.RatedBy),
		Pillar: f.Pillar, Relates: f.Relates, Effort: f.Effort, Fix: f.Fix, Layers: f.Layers,
		Scenarios: f.Scenarios, Lifecycle: f.Lifecycle, AppliesTo: f.AppliesTo, Why: f.Why, How: f.How,
		Probes: f.Probes, Evidence: f.Evidence, RedFlags: f.RedFlags, Resources: f.Resources, Services: f.Services, WA: f.WA,
	}
	if q.AWS() {
		p.Pillar = q.Pillar
	}
	if p.RatedBy == "" {
		p.RatedBy = defaultRater(&q)
	}
	return p
}

// defaultRater is who rated the severities of a question where nobody is named.
func defaultRater(q *lens.Question) string {
	if q.AWS() {
		return "aws"
	}
	return "iotlens"
}
