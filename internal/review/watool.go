package review

import (
	"cmp"
	"maps"
	"slices"
)

// WATool is the review of the AWS Well-Architected Tool whose answers were imported, and
// what was imported last. Only iotlens import writes it.
type WATool struct {
	WorkloadID  string `yaml:"workload_id,omitempty" json:"workload_id,omitempty" jsonschema:"of the workload there, 32 hex digits"`
	Lens        string `yaml:"lens,omitempty" json:"lens,omitempty" jsonschema:"ARN or alias of the lens there"`
	LensVersion string `yaml:"lens_version,omitempty" json:"lens_version,omitempty" jsonschema:"version of the lens there"`
	Milestone   int    `yaml:"milestone,omitempty" json:"milestone,omitempty" jsonschema:"number of the milestone that was imported; none is the state of that time"`
	UpdatedAt   string `yaml:"updated_at,omitempty" json:"updated_at,omitempty" jsonschema:"when the lens review was last changed there, in UTC"`
	// Taken is the state of each question there when it was imported, and that of its
	// answers here after it; see package answers.
	ImportedStates map[string]string `yaml:"taken,omitempty" json:"taken,omitempty" jsonschema:"by question, the state that was imported, as iotlens import writes it"`
}

// Notes are notes on the whole lens and on its pillars, which the WA Tool has, too.
type Notes struct {
	Lens    string            `yaml:"lens,omitempty" json:"lens,omitempty" jsonschema:"on the whole lens, at most 2084 characters"`
	Pillars map[string]string `yaml:"pillars,omitempty" json:"pillars,omitempty" jsonschema:"by pillar, at most 2084 characters each"`
}

// maxNotesLength is how long notes can be in the WA Tool. Source: Notes in the API model.
const maxNotesLength = 2084

func (c *checker) checkWATool(w WATool) {
	if w.WorkloadID != "" && !consistsOf(hexDigits, 32, w.WorkloadID) {
		c.report(path("wa", "workload_id"), "workload_id must be 32 hex digits, not %q", w.WorkloadID)
	}
	c.checkTime(w.UpdatedAt, "wa", "updated_at")
}

func (c *checker) checkNotes(n Notes) {
	c.checkLength(n.Lens, 0, maxNotesLength, "notes", "lens")
	for _, id := range slices.Sorted(maps.Keys(n.Pillars)) {
		c.checkKnown("pillar", []string{id}, c.lens.PillarIDs(), "notes", "pillars", id)
		c.checkLength(n.Pillars[id], 0, maxNotesLength, "notes", "pillars", id)
	}
}

// AfterImport returns what is remembered after an import: of another workload or lens nothing
// of before. An import that does not tell its workload leaves no record.
func (w WATool) AfterImport(from WATool, taken map[string]string) WATool {
	if from.WorkloadID == "" {
		return w
	}
	if from.WorkloadID == w.WorkloadID && (from.Lens == w.Lens || from.Lens == "" || w.Lens == "") {
		from.Lens = cmp.Or(from.Lens, w.Lens)
		from.LensVersion = cmp.Or(from.LensVersion, w.LensVersion)
		from.UpdatedAt = max(from.UpdatedAt, w.UpdatedAt)
		all := map[string]string{}
		maps.Copy(all, w.ImportedStates)
		maps.Copy(all, taken)
		taken = all
	}
	if len(taken) > 0 {
		from.ImportedStates = taken
	}
	return from
}
