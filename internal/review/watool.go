package review

import (
	"cmp"
	"maps"
	"slices"
)

// WATool identifies the review in the AWS Well-Architected Tool whose answers were
// imported, and records what was imported. Only iotlens import writes it.
type WATool struct {
	WorkloadID  string `yaml:"workload_id,omitempty" json:"workload_id,omitempty" jsonschema:"of the workload there, 32 hex digits"`
	Lens        string `yaml:"lens,omitempty" json:"lens,omitempty" jsonschema:"ARN or alias of the lens there"`
	LensVersion string `yaml:"lens_version,omitempty" json:"lens_version,omitempty" jsonschema:"version of the lens there"`
	Milestone   int    `yaml:"milestone,omitempty" json:"milestone,omitempty" jsonschema:"number of the milestone that was imported; none is the state of that time"`
	UpdatedAt   string `yaml:"updated_at,omitempty" json:"updated_at,omitempty" jsonschema:"when the lens review was last changed there, in UTC"`
	// ImportedStates has the state of each question in the WA Tool when it was imported, and of
	// its answers in the review afterwards; see package answers.
	ImportedStates map[string]string `yaml:"taken,omitempty" json:"taken,omitempty" jsonschema:"by question, the state that was imported, as iotlens import writes it"`
}

// Notes are notes on the lens and its pillars, as the WA Tool has them.
type Notes struct {
	Lens    string            `yaml:"lens,omitempty" json:"lens,omitempty" jsonschema:"on the whole lens, at most 2084 characters"`
	Pillars map[string]string `yaml:"pillars,omitempty" json:"pillars,omitempty" jsonschema:"by pillar, at most 2084 characters each"`
}

// maxNotesLength is the maximum length of notes in the WA Tool, in characters. Source:
// Notes in the model of the Well-Architected API.
const maxNotesLength = 2084

func (c *checker) checkWATool(w WATool) {
	if w.WorkloadID != "" && !consistsOf(hexDigits, 32, w.WorkloadID) {
		c.report(path("wa", "workload_id"), "workload_id must be 32 hex digits, not %q", w.WorkloadID)
	}
	c.checkDate(w.UpdatedAt, true, "wa", "updated_at")
}

func (c *checker) checkNotes(n Notes) {
	c.checkLength(n.Lens, 0, maxNotesLength, "notes", "lens")
	for _, id := range slices.Sorted(maps.Keys(n.Pillars)) {
		c.checkKnown("pillar", []string{id}, c.lens.PillarIDs(), "notes", "pillars", id)
		c.checkLength(n.Pillars[id], 0, maxNotesLength, "notes", "pillars", id)
	}
}

// AfterImport returns the record of an import from the review from. Previous states are
// kept if it is the same workload and lens. An import that does not name its workload
// changes nothing.
func (w WATool) AfterImport(from WATool, states map[string]string) WATool {
	if from.WorkloadID == "" {
		return w
	}
	if from.WorkloadID == w.WorkloadID && (from.Lens == w.Lens || from.Lens == "" || w.Lens == "") {
		from.Lens = cmp.Or(from.Lens, w.Lens)
		from.LensVersion = cmp.Or(from.LensVersion, w.LensVersion)
		from.UpdatedAt = max(from.UpdatedAt, w.UpdatedAt)
		all := map[string]string{}
		maps.Copy(all, w.ImportedStates)
		maps.Copy(all, states)
		states = all
	}
	if len(states) > 0 {
		from.ImportedStates = states
	}
	return from
}
