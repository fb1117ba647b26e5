package cli

import "github.com/iotlens/iotlens/internal/lens"

// The JSON of `lens list`: every field of the bank. Lists are never null.

type lensJSON struct {
	SchemaVersion int             `json:"schema_version"`
	ID            string          `json:"id"`
	Name          string          `json:"name"`
	Short         string          `json:"short"`
	By            string          `json:"by,omitempty"`
	Version       string          `json:"version"`
	Source        string          `json:"source"`
	Description   string          `json:"description"`
	Promises      []lens.Promise  `json:"promises"`
	WA            lens.WA         `json:"wa,omitzero"`
	Counts        countsJSON      `json:"counts"`
	Pillars       []lens.Pillar   `json:"pillars"`
	Layers        []lens.Layer    `json:"layers"`
	Scenarios     []lens.Scenario `json:"scenarios"`
	Lifecycle     []lens.Term     `json:"lifecycle"`
	DeviceClasses []lens.Term     `json:"device_classes"`
	Protocols     []lens.Term     `json:"protocols"`
	Segments      []lens.Term     `json:"segments"`
	Power         []lens.Term     `json:"power"`
	Connectivity  []lens.Term     `json:"connectivity"`
	Stages        []lens.Term     `json:"stages"`
	Services      []lens.Service  `json:"services"`
	Resources     []lens.Resource `json:"resources"`
	Weights       lens.Weights    `json:"weights"`
	Questions     []questionJSON  `json:"questions"`
	LayerBanks    []layerBankJSON `json:"layer_banks"`
}

type countsJSON struct {
	Questions          int `json:"questions"`
	Practices          int `json:"practices"`
	GuidanceItems      int `json:"guidance_items"`
	LayerBanks         int `json:"layer_banks"`
	LayerBankQuestions int `json:"layer_bank_questions"`
	LayerBankPractices int `json:"layer_bank_practices"`
}

type layerBankJSON struct {
	Layer     string         `json:"layer"`
	Questions []questionJSON `json:"questions"`
}

type questionJSON struct {
	ID          string          `json:"id"`
	WA          lens.WA         `json:"wa,omitzero"`
	Pillar      string          `json:"pillar,omitempty"`
	Layer       string          `json:"layer,omitempty"`
	Title       string          `json:"title"`
	Ask         string          `json:"ask"`
	Description string          `json:"description,omitempty"`
	Help        string          `json:"help,omitempty"`
	Area        string          `json:"area,omitempty"`
	Minutes     int             `json:"minutes"`
	None        string          `json:"none,omitempty"`
	NoneChoice  lens.NoneChoice `json:"none_choice,omitzero"`
	Resources   []lens.Resource `json:"resources,omitempty"`
	Rules       []lens.Rule     `json:"rules"`
	Practices   []practiceJSON  `json:"practices"`
}

type practiceJSON struct {
	ID        string          `json:"id"`
	Title     string          `json:"title"`
	Severity  lens.Level      `json:"severity"`
	RatedBy   string          `json:"rated_by"`
	Pillar    string          `json:"pillar"`
	Relates   []string        `json:"relates"`
	Effort    lens.Level      `json:"effort"`
	Fix       lens.Fix        `json:"fix"`
	Layers    []string        `json:"layers"`
	Scenarios []string        `json:"scenarios"`
	Lifecycle []string        `json:"lifecycle"`
	AppliesTo lens.AppliesTo  `json:"applies_to"`
	Why       string          `json:"why"`
	How       []lens.HowStep  `json:"how"`
	Probes    []string        `json:"probes"`
	Evidence  []string        `json:"evidence"`
	RedFlags  []string        `json:"red_flags"`
	Services  []string        `json:"services"`
	Resources []lens.Resource `json:"resources"`
	WA        lens.WA         `json:"wa,omitzero"`
}

func listJSON(l *lens.Lens) lensJSON {
	out := lensJSON{
		SchemaVersion: 1, ID: l.ID, Name: l.Name, Short: l.Short, By: l.By, Promises: some(l.Promises), WA: l.WA, Version: l.Version, Source: l.Source, Description: l.Description,
		Pillars: some(l.Pillars), Layers: some(l.Layers), Scenarios: some(l.Scenarios), Lifecycle: some(l.Lifecycle),
		DeviceClasses: some(l.DeviceClasses), Protocols: some(l.Protocols), Segments: some(l.Segments), Power: some(l.Power),
		Connectivity: some(l.Connectivity), Stages: some(l.Stages), Services: some(l.Services), Resources: some(l.Resources),
		Weights: l.Weights, Questions: []questionJSON{},
	}
	for _, a := range l.Layers {
		out.LayerBanks = append(out.LayerBanks, layerBankJSON{a.ID, []questionJSON{}})
	}
	for _, q := range l.Questions {
		j := questionJSON{
			ID: q.ID, Pillar: q.Pillar, Layer: q.Layer, Title: q.Title, Ask: q.Ask, Area: q.Area, Minutes: q.Minutes,
			None: q.None, Rules: some(q.Rules), Description: q.Description, Help: q.Help, NoneChoice: q.NoneChoice,
			Resources: q.Resources, WA: q.WA, Practices: []practiceJSON{},
		}
		for _, p := range q.Practices {
			j.Practices = append(j.Practices, practiceJSON{
				ID: p.ID, Title: p.Title, Severity: p.Severity, RatedBy: p.RatedBy, Pillar: p.Pillar, Relates: some(p.Relates),
				Effort: p.Effort, Fix: p.Fix, Layers: some(p.Layers), Scenarios: some(p.Scenarios), Lifecycle: some(p.Lifecycle),
				AppliesTo: p.AppliesTo, Why: p.Why, How: some(p.How), Probes: some(p.Probes), Evidence: some(p.Evidence),
				RedFlags: some(p.RedFlags), Services: some(p.Services), Resources: some(p.Resources), WA: p.WA,
			})
			for _, h := range p.How {
				if h.Guidance != "" {
					out.Counts.GuidanceItems++
				}
			}
		}
		if q.AWS() {
			out.Questions = append(out.Questions, j)
			out.Counts.Questions++
			out.Counts.Practices += len(q.Practices)
			continue
		}
		for i := range out.LayerBanks {
			if out.LayerBanks[i].Layer == q.Layer {
				out.LayerBanks[i].Questions = append(out.LayerBanks[i].Questions, j)
			}
		}
		out.Counts.LayerBankQuestions++
		out.Counts.LayerBankPractices += len(q.Practices)
	}
	out.Counts.LayerBanks = len(out.LayerBanks)
	return out
}

// some is a list that is never nil.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
