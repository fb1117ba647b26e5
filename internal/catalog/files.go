package catalog

import (
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// What the files of a bank hold, key by key. The order of the fields is the
// order of the keys in a well-kept file.

type lensFile struct {
	ID            string          `yaml:"id"`
	Name          string          `yaml:"name"`
	Short         string          `yaml:"short"`
	By            string          `yaml:"by"`
	Version       string          `yaml:"version"`
	Source        string          `yaml:"source"`
	Description   string          `yaml:"description"`
	Promises      []lens.Promise  `yaml:"promises"`
	WA            lens.WA         `yaml:"wa"`
	Pillars       []string        `yaml:"pillars"`
	Layers        []lens.Layer    `yaml:"layers"`
	Scenarios     []lens.Scenario `yaml:"scenarios"`
	Lifecycle     []lens.Term     `yaml:"lifecycle"`
	DeviceClasses []lens.Term     `yaml:"device_classes"`
	Protocols     []lens.Term     `yaml:"protocols"`
	Segments      []lens.Term     `yaml:"segments"`
	Power         []lens.Term     `yaml:"power"`
	Connectivity  []lens.Term     `yaml:"connectivity"`
	Stages        []lens.Term     `yaml:"stages"`
	Services      []lens.Service  `yaml:"services"`
	Resources     []lens.Resource `yaml:"resources"`
	Weights       lens.Weights    `yaml:"weights"`
}

type questionFile struct {
	ID          string          `yaml:"id"`
	WA          lens.WA         `yaml:"wa"`
	Title       string          `yaml:"title"`
	Ask         string          `yaml:"ask"`
	Description string          `yaml:"description"`
	Help        string          `yaml:"help"`
	Area        string          `yaml:"area"`
	Minutes     int             `yaml:"minutes"`
	None        string          `yaml:"none"`
	NoneChoice  lens.NoneChoice `yaml:"none_choice"`
	Resources   []lens.Resource `yaml:"resources"`
	Rules       []lens.Rule     `yaml:"rules"`
	Practices   []practiceFile  `yaml:"practices"`
}

type practiceFile struct {
	ID        string          `yaml:"id"`
	WA        lens.WA         `yaml:"wa"`
	Title     string          `yaml:"title"`
	Severity  lens.Level      `yaml:"severity"`
	RatedBy   ratedBy         `yaml:"rated_by"`
	Pillar    string          `yaml:"pillar"`
	Relates   []string        `yaml:"relates"`
	Effort    lens.Level      `yaml:"effort"`
	Fix       lens.Fix        `yaml:"fix"`
	Layers    []string        `yaml:"layers"`
	Scenarios []string        `yaml:"scenarios"`
	Lifecycle []string        `yaml:"lifecycle"`
	AppliesTo lens.AppliesTo  `yaml:"applies_to"`
	Why       string          `yaml:"why"`
	How       []lens.HowStep  `yaml:"how"`
	Probes    []string        `yaml:"probes"`
	Evidence  []string        `yaml:"evidence"`
	RedFlags  []string        `yaml:"red_flags"`
	Resources []lens.Resource `yaml:"resources"`
	Services  []string        `yaml:"services"`
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
		p.RatedBy = "aws"
		if !q.AWS() {
			p.RatedBy = "iotlens"
		}
	}
	return p
}
