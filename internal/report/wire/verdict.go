package wire

import (
	"io"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
)

// VerdictSchemaVersion is the version of the JSON of a verdict. It changes when a
// field goes or changes its meaning, not when one is added.
const VerdictSchemaVersion = 1

// Verdict is a verdict for programs. Numbers that are unknown are null; lists
// are never null.
type Verdict struct {
	SchemaVersion int             `json:"schema_version"`
	Program       string          `json:"iotlens_version,omitempty"` // of the program that judged
	Lens          gateLens        `json:"lens"`
	File          string          `json:"file"`
	Outcome       string          `json:"outcome"`               // passed, failed or incomplete
	AsOf          string          `json:"as_of"`                 // the day on which waivers were judged, in UTC
	Score         *float64        `json:"score"`                 // percent
	Coverage      *float64        `json:"coverage"`              // percent
	PolicyFile    string          `json:"policy_file,omitempty"` // the nearest one
	Policies      []string        `json:"policies"`              // the policy files that decided, the outermost first
	Digests       gateDigests     `json:"digests"`               // SHA-256, in hex
	Reasons       []gateReason    `json:"reasons"`
	Notes         []string        `json:"notes"`
	Rules         []gateRule      `json:"rules"`
	NewlyAsked    []string        `json:"newly_asked"`     // best practices in scope, unanswered, that the lens asks only since the review was last asked
	NoLongerAsked []string        `json:"no_longer_asked"` // answers that the lens has retired since
	SetAside      []scoring.Aside `json:"set_aside"`       // in scope and unanswered, and asked on demand only, by the profile
	RuledOut      []scoring.Aside `json:"ruled_out"`       // not applicable by the profile
	Relaxations   []relaxation    `json:"relaxations"`     // what makes passing easier than in the baseline
	Exempted      []gateReason    `json:"exempted"`        // what would have been a reason but for the rule that it names
	Baseline      *Diff           `json:"baseline,omitempty"`
	Next          string          `json:"next,omitempty"`
}

type gateLens struct {
	ID       string `json:"id"`
	Version  string `json:"version"`
	Revision int    `json:"revision"`
	Digest   string `json:"digest"`         // SHA-256 of the content of the bank, in hex
	Bank     string `json:"bank,omitempty"` // folder as it was given; missing for the lens in the program
	Shipped  bool   `json:"shipped"`        // it has the content of the lens in the program
}

type gateReason struct {
	Outcome string `json:"outcome"` // failed, incomplete; passed of what was exempted
	Subject string `json:"subject,omitempty"`
	Text    string `json:"text"`
	Rule    string `json:"rule"`
	From    string `json:"from"` // where the rule was set: a flag, a variable, file:line, default, always
}

type gateDigests struct {
	Review   string `json:"review"`
	Policy   string `json:"policy"` // of all settings, wherever they were made
	Baseline string `json:"baseline,omitempty"`
}

// A relaxation is one act, with its text.
type relaxation struct {
	compare.Relaxation
	Outcome string `json:"outcome,omitempty"` // passed where it is noted alone; missing in a comparison
	Text    string `json:"text"`
}

type gateRule struct {
	Rule    string `json:"rule"`
	Want    string `json:"want"`
	From    string `json:"from"`
	Got     string `json:"got,omitempty"`
	Outcome string `json:"outcome"`
}

// WriteVerdict writes the verdict of a gate.
func WriteVerdict(w io.Writer, j view.Judged) error {
	out := Verdict{
		SchemaVersion: VerdictSchemaVersion, Program: j.Program,
		Lens:       gateLens{ID: j.Bank.ID, Version: j.Bank.Version, Revision: j.Bank.Revision, Digest: j.Bank.Digest, Bank: j.Bank.Folder, Shipped: j.Bank.Shipped},
		NewlyAsked: j.Verdict.NewlyAsked, NoLongerAsked: j.Verdict.NoLongerAsked, File: j.File, Outcome: j.Verdict.Outcome.String(), AsOf: j.Verdict.AsOf, Policies: j.Verdict.Policies,
		Digests: gateDigests(j.Verdict.Digests),
		Notes:   view.List(j.Verdict.Notes, gate.Note.String), Next: j.Verdict.Next,
	}
	if a := j.Assessment; a != nil {
		out.SetAside, out.RuledOut = a.SetAside, a.RuledOut()
		out.Score, out.Coverage = number(a.Lens.Score()), number(a.Lens.Coverage())
	}
	if n := len(out.Policies); n > 0 {
		out.PolicyFile = out.Policies[n-1]
	}
	out.Relaxations = view.List(j.Verdict.Relaxations, func(r gate.Relaxation) relaxation {
		return relaxation{r.Relaxation, r.Outcome.String(), r.String()}
	})
	reason := func(r gate.Reason) gateReason {
		return gateReason{Outcome: r.Outcome.String(), Subject: r.Subject, Text: r.Text, Rule: r.Rule.String(), From: j.Set(r.Rule)}
	}
	out.Reasons, out.Exempted = view.List(j.Verdict.Reasons, reason), view.List(j.Verdict.Exempted, reason)
	out.Rules = view.List(j.Verdict.Checks, func(c gate.Check) gateRule {
		return gateRule{Rule: c.Rule.String(), Want: c.Want, From: j.Set(c.Rule), Got: c.Got, Outcome: c.Outcome.String()}
	})
	if j.Baseline != nil {
		diff := diffOf(j.Baseline)
		out.Baseline = &diff
	}
	return jsonfile.Write(w, out)
}
