// Package openreview reads and writes the open review schema of AWS's sample skills,
// aws-well-architected-framework-review-v1: the structured output of a Well-Architected
// review, for gates and dashboards.
//
// Write writes a report as a Document. Read reads such a file of any producer for a
// comparison; the verdict on a pair of files is that of wa-ci, the gate that belongs to
// the schema (docs/adr/0023-the-open-review-schema.md). Source: repository
// aws-samples/sample-well-architected-skills-and-steering,
// schemas/aws-well-architected-framework-review-v1.schema.json and
// tools/wa-ci, as of 2026-08-17.
package openreview

import (
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// SchemaVersion is the version of the schema.
const SchemaVersion = "1.0.0"

// A Document is a review in the open schema.
type Document struct {
	SchemaVersion string         `json:"schema_version"`
	Workload      string         `json:"workload"`
	Date          string         `json:"date"` // YYYY-MM-DD
	Mode          Mode           `json:"review_mode"`
	SkillVersion  string         `json:"skill_version"` // the producer: id and version of the lens
	RunID         string         `json:"run_id"`
	Lens          []string       `json:"lens"`
	Scores        map[string]int `json:"pillar_scores"` // by pillar, 1 to 5; not empty
	Findings      []Finding      `json:"findings"`
	RecallNote    string         `json:"recall_note"` // limits of the review
}

// Mode is the depth of a review.
type Mode string

// The modes.
const (
	Full         Mode = "full"
	Quick        Mode = "quick"
	PillarScoped Mode = "pillar-scoped"
)

// A Finding is an assessed best practice, whether it is implemented or not.
type Finding struct {
	ID             string    `json:"bp_id,omitempty"` // such as IOTSEC05-BP01; a finding without an id is listed but not compared
	Title          string    `json:"title,omitempty"`
	Lens           string    `json:"lens,omitempty"`
	Pillar         string    `json:"pillar"`
	Status         string    `json:"status"`             // as in a review file
	Severity       string    `json:"severity,omitempty"` // critical, high, medium, low
	Evidence       *Evidence `json:"evidence,omitempty"`
	Effort         string    `json:"effort,omitempty"`
	Recommendation string    `json:"recommendation,omitempty"`
}

// Evidence is the evidence for a finding.
type Evidence struct {
	File string `json:"file,omitempty"`
	Line int    `json:"line,omitempty"` // from 1
	Note string `json:"note,omitempty"`
}

// Pillars lists the pillars of the schema.
func Pillars() []string {
	return []string{
		"operational_excellence", "security", "reliability", "performance_efficiency", "cost_optimization", "sustainability",
	}
}

// Pillar returns the pillar of the schema for the id or the name of a pillar of a lens:
// cost-optimization, costOptimization and "Cost Optimization Pillar" are
// cost_optimization. It returns false if the schema has no such pillar.
func Pillar(id, name string) (string, bool) {
	for _, text := range []string{id, name} {
		t := strings.TrimSuffix(letters(text), "pillar")
		for _, known := range Pillars() {
			if t == letters(known) || t == "performance" && known == "performance_efficiency" {
				return known, true
			}
		}
	}
	return "", false
}

// letters returns the letters of a text in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, strings.ToLower(s))
}

// IsID reports whether an id has the form of a bp_id.
func IsID(id string) bool { return bpID().MatchString(id) }

var bpID = text.Pattern(`^[A-Z]{2,}[0-9]{1,3}-BP[0-9]{1,3}$`)
