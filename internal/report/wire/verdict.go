package wire

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// VerdictSchemaVersion is the version of the JSON of a verdict. It changes if a field is
// removed or changes its meaning, not if one is added.
const VerdictSchemaVersion = 1

// Verdict is the JSON of the verdict on a review. Unknown numbers are null; lists are never
// null.
type Verdict struct {
	SchemaVersion int                     `json:"schema_version"`
	Program       string                  `json:"iotlens_version,omitempty" jsonschema:"of the program that judged"`
	Lens          gateLens                `json:"lens"`
	File          string                  `json:"file"`
	Outcome       string                  `json:"outcome" jsonschema:"passed, failed or incomplete; error where it could not be judged"`
	Error         string                  `json:"error,omitempty" jsonschema:"why it could not be judged"`
	Headline      string                  `json:"headline" jsonschema:"the outcome with counts, in a line"`
	AsOf          string                  `json:"as_of" jsonschema:"the day on which waivers were judged, in UTC"`
	Score         *float64                `json:"score" jsonschema:"percent"`
	Coverage      *float64                `json:"coverage" jsonschema:"percent"`
	PolicyFile    string                  `json:"policy_file,omitempty" jsonschema:"the nearest one"`
	Policies      []string                `json:"policies" jsonschema:"the policy files that decided, the outermost first"`
	Digests       gateDigests             `json:"digests" jsonschema:"SHA-256, in hex"`
	Reasons       []gateReason            `json:"reasons"`
	Notes         []string                `json:"notes"`
	Rules         []gateRule              `json:"rules"`
	NewlyAsked    []string                `json:"newly_asked" jsonschema:"best practices in scope, unanswered, that the lens asks only since the review was last asked"`
	NoLongerAsked []string                `json:"no_longer_asked" jsonschema:"answers that the lens has retired since"`
	SetAside      []scoring.ProfileRuling `json:"set_aside" jsonschema:"in scope and unanswered, and asked on demand only, by the profile"`
	RuledOut      []scoring.ProfileRuling `json:"ruled_out" jsonschema:"not applicable by the profile"`
	Relaxations   []relaxation            `json:"relaxations" jsonschema:"what makes passing easier than in the baseline"`
	Exempted      []gateReason            `json:"exempted" jsonschema:"what would have been a reason but for the rule that it names"`
	Baseline      *Diff                   `json:"baseline,omitempty"`
	Next          string                  `json:"next,omitempty"`
}

type gateLens struct {
	ID       string `json:"id"`
	Version  string `json:"version"`
	Revision int    `json:"revision"`
	Digest   string `json:"digest" jsonschema:"SHA-256 of the content of the bank, in hex"`
	Bank     string `json:"bank,omitempty" jsonschema:"folder as it was given; missing for the lens in the program"`
	Shipped  bool   `json:"shipped" jsonschema:"it has the content of the lens in the program"`
}

// Verdicts is the JSON of the verdicts on several reviews. For one review, it is a Verdict.
type Verdicts struct {
	SchemaVersion int       `json:"schema_version"`
	Outcome       string    `json:"outcome" jsonschema:"the worst"`
	Reviews       []Verdict `json:"reviews"`
}

type gateReason struct {
	Outcome    string        `json:"outcome" jsonschema:"failed, incomplete; passed of what was exempted"`
	Subject    string        `json:"subject,omitempty"`
	Practice   string        `json:"practice,omitempty" jsonschema:"id, where it is about a best practice"`
	Provision  string        `json:"provision,omitempty" jsonschema:"of a framework, where it is about one: cra:I(2)(c)"`
	Question   string        `json:"question,omitempty"`
	Title      string        `json:"title,omitempty"`
	Severity   lens.Level    `json:"severity,omitempty" jsonschema:"that by which the policy judges"`
	Status     review.Status `json:"status,omitempty" jsonschema:"missing where there is no answer"`
	Class      compare.Class `json:"class,omitempty" jsonschema:"since the baseline"`
	Line       int           `json:"line,omitempty" jsonschema:"in the review file"`
	Owner      string        `json:"owner,omitempty"`
	Due        string        `json:"due,omitempty"`
	First      string        `json:"first,omitempty" jsonschema:"what to do first"`
	Text       string        `json:"text"`
	Rule       string        `json:"rule"`
	From       string        `json:"from" jsonschema:"where the rule was set: a flag, a variable, file:line, default, always"`
	PolicyFile string        `json:"policy_file,omitempty"`
	PolicyLine int           `json:"policy_line,omitempty"`
}

type gateDigests struct {
	Review   string `json:"review"`
	Policy   string `json:"policy" jsonschema:"of all settings, wherever they were made"`
	Baseline string `json:"baseline,omitempty"`
}

// A relaxation is a change that makes it easier to pass, with its text.
type relaxation struct {
	compare.Relaxation
	Outcome string `json:"outcome,omitempty" jsonschema:"passed where it is noted alone; missing in a comparison"`
	Text    string `json:"text"`
}

type gateRule struct {
	Rule    string `json:"rule"`
	Want    string `json:"want"`
	From    string `json:"from"`
	Got     string `json:"got,omitempty"`
	Outcome string `json:"outcome"`
}

// WriteVerdict writes the verdicts of a gate as JSON.
func WriteVerdict(w io.Writer, results []view.GateResult) error {
	if len(results) == 1 {
		return jsonfile.Write(w, verdictOf(results[0]))
	}
	out := Verdicts{VerdictSchemaVersion, view.WorstOutcome(results).String(), view.Map(results, verdictOf)}
	if slices.ContainsFunc(results, func(result view.GateResult) bool { return result.Err != nil }) {
		out.Outcome = OutcomeError
	}
	return jsonfile.Write(w, out)
}

// OutcomeError is the outcome of a review that could not be judged.
const OutcomeError = "error"

func verdictOf(result view.GateResult) Verdict {
	out := Verdict{
		SchemaVersion: VerdictSchemaVersion, Program: result.Program,
		Lens:       gateLens{ID: result.Bank.ID, Version: result.Bank.Version, Revision: result.Bank.Revision, Digest: result.Bank.Digest, Bank: result.Bank.Folder, Shipped: result.Bank.Shipped},
		NewlyAsked: result.Verdict.NewlyAsked, NoLongerAsked: result.Verdict.NoLongerAsked, File: result.File, Outcome: result.Verdict.Outcome.String(), AsOf: result.Verdict.AsOf, Policies: result.Verdict.PolicyFiles,
		Digests: gateDigests(result.Verdict.Digests),
		Notes:   view.Map(result.Verdict.Notes, gate.Note.String), Next: result.Verdict.NextStep, Headline: result.Headline(),
	}
	if result.Err != nil {
		out.Outcome, out.Error = OutcomeError, result.Err.Error()
	}
	if a := result.Assessment; a != nil {
		out.SetAside, out.RuledOut = a.SetAside, a.RuledOut()
		out.Score, out.Coverage = roundedPercent(a.Lens.Score()), roundedPercent(a.Lens.Coverage())
	}
	if n := len(out.Policies); n > 0 {
		out.PolicyFile = out.Policies[n-1]
	}
	out.Relaxations = view.Map(result.Verdict.Relaxations, func(r gate.Relaxation) relaxation {
		return relaxation{r.Relaxation, r.Outcome.String(), r.String()}
	})
	cases := map[string]view.Case{}
	for _, c := range result.Cases() {
		cases[c.ID] = c
	}
	reason := func(r gate.Reason) gateReason { return reasonOf(result, r, cases[r.Subject]) }
	out.Reasons, out.Exempted = view.Map(result.Verdict.Reasons, reason), view.Map(result.Verdict.Exempted, reason)
	out.Rules = view.Map(result.Verdict.Checks, func(c gate.Check) gateRule {
		return gateRule{Rule: c.Rule.String(), Want: c.Want, From: result.RuleSource(c.Rule), Got: c.Got, Outcome: c.Outcome.String()}
	})
	if result.Baseline != nil {
		diff := diffOf(result.Baseline)
		out.Baseline = &diff
	}
	return out
}

func reasonOf(result view.GateResult, r gate.Reason, c view.Case) gateReason {
	out := gateReason{
		Outcome: r.Outcome.String(), Subject: r.Subject, Text: r.Text, Rule: r.Rule.String(), From: result.RuleSource(r.Rule),
		Question: c.Question, Title: c.Title, Severity: c.Severity, Class: c.Class, Line: c.Line,
	}
	switch {
	case c.Required != nil:
		out.Provision = r.Subject
	case c.Question != c.ID: // not a question
		out.Practice = r.Subject
	}
	if p := c.Practice; p != nil {
		out.Status, out.Owner, out.Due, out.First = p.Status, p.Owner, p.Due, p.Guide.FirstStep()
	}
	if file, line, ok := cutAtLast(out.From, ":"); ok {
		if n, err := strconv.Atoi(line); err == nil {
			out.PolicyFile, out.PolicyLine = file, n
		}
	}
	return out
}

// cutAtLast is strings.Cut at the last separator.
func cutAtLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
