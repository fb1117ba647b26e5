// Package wire is what programs read and write: the JSON of a report, of a verdict
// and of a comparison. The JSON of a report is read back.
package wire

import (
	"io"
	"math"
	"reflect"
	"slices"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// SchemaVersion is the version of the JSON report. It changes when a field goes or
// changes its meaning, not when one is added.
const SchemaVersion = 1

// Report is the JSON report. It has all of an assessment but the guidance
// of the lens, which Read takes from the lens itself, and repeats some of it, so
// that a program finds it where it looks: the verdict, tallies, lists of ids. Numbers
// that may be unknown are null; lists are never null.
type Report struct {
	SchemaVersion int                  `json:"schema_version"`
	Program       string               `json:"iotlens_version,omitempty"` // of the program that assessed
	Lens          Lens                 `json:"lens"`
	Workload      review.Workload      `json:"workload"`
	ReviewFile    string               `json:"review_file,omitempty"` // as it was given
	AsOf          string               `json:"as_of"`                 // the day on which waivers were judged
	Scoring       scoring.Mode         `json:"scoring"`               // monotone or aws
	Verdict       string               `json:"verdict"`
	Outcome       string               `json:"outcome"`  // of a gate with its default policy: passed, failed or incomplete
	Risks         map[scoring.Risk]int `json:"risks"`    // questions in scope by their risk
	Score         *float64             `json:"score"`    // percent, the lens's own best practices
	Coverage      *float64             `json:"coverage"` // percent
	Counts        tally                `json:"counts"`
	LayerBanks    tally                `json:"layer_banks"` // best practices beyond the lens's own
	Scope         review.Scope         `json:"scope"`
	OutOfScope    int                  `json:"out_of_scope"`
	LeftOut       []string             `json:"left_out"` // the best practices that out_of_scope counts: with practices, all that the lens asked
	Retired       []lens.Retired       `json:"retired"`  // answered, and no longer asked
	Pillars       []part               `json:"pillars"`
	Layers        []part               `json:"layers"`
	Matrix        []cell               `json:"matrix"`
	Questions     []scoring.Question   `json:"questions"`
	Findings      []finding            `json:"findings"`
	QuickWins     []string             `json:"quick_wins"`
	Plan          plan                 `json:"plan"`
	Scenarios     []scoring.Scenario   `json:"scenarios"`
	Waivers       []scoring.Waiver     `json:"waivers"`
	Parked        []review.Topic       `json:"parked"`
	NotAssessed   []practice           `json:"not_assessed"`
	NotApplicable []exclusion          `json:"not_applicable"`
	SetAside      []scoring.Aside      `json:"set_aside"`                    // in scope and unanswered, and asked on demand only
	Practices     []assessed           `json:"practices"`                    // every one in scope, in lens order
	Weights       lens.Weights         `json:"weights"`                      // the constants behind the numbers
	NoPlace       []review.NoPlace     `json:"without_place,omitempty"`      // answers to what the lens no longer asks
	Others        []scoring.Other      `json:"other_answers"`                // answers and waivers that count for nothing: out of scope, or no longer asked
	Notes         review.Notes         `json:"notes,omitzero"`               // on the lens and its pillars
	Digest        string               `json:"review_file_digest,omitempty"` // SHA-256 of the review file, in hex
	Source        string               `json:"review_source,omitempty"`      // the review file, byte for byte
	Policies      []scoring.PolicyFile `json:"policies"`                     // that a gate on the review goes by, the outermost first
	Own           map[string]string    `json:"own_keys,omitempty"`           // of people's own, which begin with "x-", outside of answers
	TopRisks      []topRisk            `json:"top_risks"`                    // what is wrong, as page one says it
	Asks          []string             `json:"asks"`                         // what is asked of the reader, in sentences
	Since         *scoring.Since       `json:"since,omitempty"`              // what changed since an earlier state; missing where none was named
	Frameworks    []framework.Standing `json:"frameworks,omitempty"`         // where the review stands against those that were named
}

// Lens names the lens that the review was assessed by. Id, version and digest show
// where the guidance comes from; see Lens.is.
type Lens struct {
	ID             string `json:"id"`
	Name           string `json:"name"`
	Short          string `json:"short"`        // the name where there is little room
	By             string `json:"by,omitempty"` // who publishes it
	Version        string `json:"version"`
	Revision       int    `json:"revision,omitempty"`        // of its bank
	Digest         string `json:"digest,omitempty"`          // of its bank, SHA-256 in hex
	Source         string `json:"source,omitempty"`          // where it is published
	ReviewAnswered string `json:"review_answered"`           // the version that the review answered
	ReviewRevision int    `json:"review_revision,omitempty"` // the revision with which the review was last asked; none is the first
	ReviewDigest   string `json:"review_digest,omitempty"`   // first 12 hex digits of the digest of that revision
}

type tally struct {
	Score    *float64 `json:"score"`    // percent
	Coverage *float64 `json:"coverage"` // percent
	scoring.Tally
}

type part struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	About string `json:"about,omitempty"`
	numbers
	Risks map[scoring.Risk]int `json:"risks"`
}

type cell struct {
	Layer  string `json:"layer"`
	Pillar string `json:"pillar"`
	numbers
	Worst lens.Level `json:"worst,omitempty"`
}

// numbers are those of a pillar, of a layer, or of a layer of a pillar.
type numbers struct {
	Score      *float64 `json:"score"`    // percent, the lens's own best practices
	Coverage   *float64 `json:"coverage"` // percent
	Counts     tally    `json:"counts"`
	LayerBanks tally    `json:"layer_banks"`
	Findings   int      `json:"findings"`
}

type practice struct {
	Practice string            `json:"practice"`
	Title    string            `json:"title"`
	Question string            `json:"question"`
	Pillar   string            `json:"pillar"`
	Layers   []string          `json:"layers"`
	Severity lens.Level        `json:"severity"`
	RatedBy  string            `json:"rated_by"`
	Own      *lens.OwnSeverity `json:"own_severity,omitempty"` // ours where it differs, with the reason; missing where it is the same
	Effort   lens.Level        `json:"effort"`
	Fix      lens.Fix          `json:"fix"`
	Kind     lens.ChoiceKind   `json:"kind,omitempty"`      // of a custom lens: what the choice is, where it is no best practice
	Settled  bool              `json:"settled,omitempty"`   // it counts for nothing, as another answer to its question decides or it is a fact
	Given    review.Status     `json:"given,omitempty"`     // the status in the review, where the answer counts as another
	NoAnswer bool              `json:"no_answer,omitempty"` // the review has no answer; it stands for what its question needs and counts as missing
}

type assessed struct {
	practice
	LayerBank bool              `json:"layer_bank"`         // not of the lens itself
	Since     int               `json:"since,omitempty"`    // revision of the bank that first asked it; none is the first
	Answer    *review.Answer    `json:"answer,omitempty"`   // missing where there is none
	Said      *said             `json:"said,omitempty"`     // before it is answered; counts for nothing
	Line      int               `json:"line,omitempty"`     // of the answer in the review file
	Rank      int               `json:"rank,omitempty"`     // of its finding by priority, from 1 on
	Keys      map[string]string `json:"own_keys,omitempty"` // of people\'s own, which begin with "x-"
	Guidance  *scoring.Guide    `json:"guidance,omitempty"` // missing unless it was asked for
}

// said is what is said of a best practice before it is answered.
type said struct {
	Note     string   `json:"note,omitempty"`
	Evidence []string `json:"evidence,omitempty"`
	Owner    string   `json:"owner,omitempty"`
	Due      string   `json:"due,omitempty"`
	Deadline string   `json:"deadline,omitempty"`
	Extent   string   `json:"extent,omitempty"`
	By       string   `json:"by,omitempty"`
	At       string   `json:"at,omitempty"`
}

// saidOf is what is said of a best practice that has no answer; nil where that is nothing.
func saidOf(a review.Answer) *said {
	s := said{Note: a.Note, Evidence: a.Evidence, Owner: a.Owner, Due: a.Due, Deadline: a.Deadline, Extent: a.Extent, By: a.By, At: a.At}
	if reflect.DeepEqual(s, said{}) {
		return nil
	}
	return &s
}

// answer is what is said as a record of a review.
func (s *said) answer() review.Answer {
	if s == nil {
		return review.Answer{}
	}
	return review.Answer{Note: s.Note, Evidence: s.Evidence, Owner: s.Owner, Due: s.Due, Deadline: s.Deadline, Extent: s.Extent, By: s.By, At: s.At}
}

type finding struct {
	practice
	review.Answer
	Priority   float64          `json:"priority"`
	Holds      scoring.Risk     `json:"holds,omitempty"`       // risk of the question that closing the finding lowers, alone or as one of the fewest that do
	Quadrant   scoring.Quadrant `json:"quadrant,omitempty"`    // missing while it is waived
	Horizon    scoring.Horizon  `json:"horizon,omitempty"`     // missing while it is waived
	AlsoCloses string           `json:"also_closes,omitempty"` // finding that is the same work and closed with it
	ClosedBy   string           `json:"closed_by,omitempty"`   // finding that closes it, too
	DueState   scoring.DueState `json:"due_state,omitempty"`   // where the date doesn't fit the day or the plan
	Because    []string         `json:"because"`
	Compensate bool             `json:"compensate"`
	First      string           `json:"first_step"`
	Why        string           `json:"why"`
	Waived     bool             `json:"waived"`
}

type topRisk struct {
	Practice string   `json:"practice"`
	Asks     []string `json:"asks"` // what it needs of a reader who decides, in sentences
}

type plan struct {
	Now      []string        `json:"now"`
	Next     []string        `json:"next"`
	Later    []string        `json:"later"`
	First    []string        `json:"first"`               // what to do first: the head of now
	HighRisk *scoring.Effect `json:"high_risk,omitempty"` // questions at high risk once a horizon and those before it are closed
}

type exclusion struct {
	practice
	Reason string `json:"reason"`
	By     string `json:"by,omitempty"`
}

// Write writes the JSON report, without the guidance of the lens.
func Write(w io.Writer, a *scoring.Assessment) error { return jsonfile.Write(w, reportOf(a)) }

// WriteWithGuidance writes the JSON report with the guidance of the lens, so that it
// is read anywhere as it was written.
func WriteWithGuidance(w io.Writer, a *scoring.Assessment) error {
	out := reportOf(a)
	for i := range out.Practices {
		out.Practices[i].Guidance = &a.Practices[i].Guide
	}
	return jsonfile.Write(w, out)
}

func reportOf(a *scoring.Assessment) Report {
	in := func(h scoring.Horizon) []string {
		return ids(slices.DeleteFunc(view.Open(a), func(f scoring.Finding) bool { return f.Horizon != h }))
	}
	verdict := view.Conclude(a)
	out := Report{
		SchemaVersion: SchemaVersion, Program: a.Program,
		Lens: Lens{
			ID: a.LensID, Name: a.LensName, Short: a.LensShort, By: a.LensBy, Version: a.LensVersion, Source: a.LensSource,
			Revision: a.LensRevision, Digest: a.LensDigest,
			ReviewAnswered: a.ReviewLensVersion, ReviewRevision: a.ReviewLensRevision, ReviewDigest: a.ReviewLensDigest,
		},
		Workload: a.Workload, ReviewFile: a.File, AsOf: a.Today, Scoring: a.Mode, Verdict: verdict.String(), Outcome: verdict.Outcome.String(), Risks: risksOf(a),
		Score: number(a.Lens.Score()), Coverage: number(a.Lens.Coverage()),
		Counts: tallyOf(a.Lens), LayerBanks: tallyOf(a.LayerBanks), Scope: a.Scope, OutOfScope: a.OutOfScope,
		LeftOut: a.LeftOut, Retired: a.Retired,
		Pillars: view.List(a.Pillars, partOf), Layers: view.List(a.Layers, partOf), Matrix: view.List(a.Matrix, cellOf),
		Questions: a.Questions, Findings: view.List(a.Findings, findingOf), QuickWins: ids(view.QuickWins(a)),
		Plan:      plan{Now: in(scoring.Now), Next: in(scoring.Next), Later: in(scoring.Later), First: ids(a.First()), HighRisk: a.Effect},
		Scenarios: a.Scenarios, Waivers: a.Waivers, Parked: a.Parked, NoPlace: a.NoPlace,
		NotAssessed: view.List(a.Unassessed, practiceOf),
		NotApplicable: view.List(a.Excluded, func(p *scoring.Practice) exclusion {
			return exclusion{practice: practiceOf(p), Reason: p.Reason, By: p.By}
		}),
		SetAside:  a.SetAside,
		Practices: make([]assessed, len(a.Practices)),
		Weights:   a.Weights,
		TopRisks: view.List(view.Top(a), func(f scoring.Finding) topRisk {
			return topRisk{Practice: f.ID, Asks: view.Ask(a, f)}
		}),
		Asks: view.AskLines(a), Since: a.Since, Frameworks: a.Frameworks,
		Others: a.Others, Notes: a.Notes, Digest: a.Record.Digest, Source: a.Record.Source, Policies: a.Record.Policies, Own: a.Record.Own,
	}
	rank := map[string]int{}
	for i, f := range a.Findings {
		rank[f.ID] = i + 1
	}
	for i := range a.Practices {
		p := &a.Practices[i]
		out.Practices[i] = assessed{practice: practiceOf(p), LayerBank: p.FromLayer, Since: p.Since, Line: p.Line, Rank: rank[p.ID], Keys: p.Own}
		if p.Status != review.Unanswered {
			out.Practices[i].Answer = &p.Answer
		}
		out.Practices[i].Said = saidOf(p.Said)
	}
	return out
}

// number is a percentage with two decimals, rounded down, or null.
func number(p float64, ok bool) *float64 {
	if !ok {
		return nil
	}
	p = math.Floor(p*100+1e-6) / 100
	return &p
}

// tallyOf is a tally with its weights rounded to two decimals.
func tallyOf(t scoring.Tally) tally {
	out := tally{Score: number(t.Score()), Coverage: number(t.Coverage()), Tally: t}
	out.Earned, out.Possible = math.Round(t.Earned*100)/100, math.Round(t.Possible*100)/100
	return out
}

func numbersOf(own, banks scoring.Tally, findings int) numbers {
	counts := tallyOf(own)
	return numbers{Score: counts.Score, Coverage: counts.Coverage, Counts: counts, LayerBanks: tallyOf(banks), Findings: findings}
}

func partOf(p scoring.Part) part {
	out := part{ID: p.ID, Name: p.Name, About: p.About, numbers: numbersOf(p.Lens, p.LayerBanks, p.Findings), Risks: map[scoring.Risk]int{}}
	for _, r := range scoring.Risks() {
		out.Risks[r] = p.Risks[r]
	}
	return out
}

// risksOf counts the questions in scope by their risk.
func risksOf(a *scoring.Assessment) map[scoring.Risk]int {
	out := map[scoring.Risk]int{}
	for _, r := range scoring.Risks() {
		out[r] = 0
	}
	for _, q := range a.Questions {
		out[q.Risk]++
	}
	return out
}

func cellOf(c scoring.Cell) cell {
	return cell{Layer: c.Layer, Pillar: c.Pillar, numbers: numbersOf(c.Lens, c.LayerBanks, c.Findings), Worst: c.Worst}
}

func practiceOf(p *scoring.Practice) practice {
	out := practice{
		Practice: p.ID, Title: p.Title, Question: p.Question, Pillar: p.Pillar, Layers: p.Layers,
		Severity: p.Severity, RatedBy: p.RatedBy, Kind: p.Kind, Given: p.Given, Settled: p.Settled, NoAnswer: p.NoAnswer, Effort: p.Effort, Fix: p.Fix,
	}
	if p.OwnSeverity.Level != "" {
		out.Own = &p.OwnSeverity
	}
	return out
}

func findingOf(f scoring.Finding) finding {
	return finding{
		practice: practiceOf(f.Practice), Answer: f.Answer, Priority: f.Priority, Holds: f.Holds, Quadrant: f.Quadrant, Horizon: f.Horizon,
		AlsoCloses: f.Closes, ClosedBy: f.ClosedBy, DueState: f.DueState,
		Because: f.Because, Compensate: f.Compensate, First: f.Guide.FirstStep(), Why: f.Guide.Why, Waived: f.Waived,
	}
}

func ids(fs []scoring.Finding) []string {
	return view.List(fs, func(f scoring.Finding) string { return f.ID })
}
