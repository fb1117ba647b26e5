// Package wire has the JSON formats of reports, verdicts, comparisons, provisions and
// portfolios. The JSON of a report can be read again.
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

// SchemaVersion is the version of the JSON report. It changes if a field is removed or
// changes its meaning, not if one is added.
const SchemaVersion = 1

// Report is the JSON report. It has everything of an assessment except the guidance of the
// lens, which Read takes from the lens itself. The verdict, tallies and lists of ids follow
// from other values; they are there for programs. Unknown numbers are null; lists are never
// null.
type Report struct {
	SchemaVersion int                         `json:"schema_version" jsonschema:"of this format"`
	Program       string                      `json:"iotlens_version,omitempty" jsonschema:"of the program that assessed"`
	Lens          Lens                        `json:"lens" jsonschema:"the lens that assessed"`
	Workload      review.Workload             `json:"workload" jsonschema:"as the review describes it"`
	ReviewFile    string                      `json:"review_file,omitempty" jsonschema:"as it was given"`
	AsOf          string                      `json:"as_of" jsonschema:"the day on which waivers were judged"`
	Scoring       scoring.Mode                `json:"scoring" jsonschema:"monotone or aws"`
	Verdict       string                      `json:"verdict" jsonschema:"page one in a text"`
	Outcome       string                      `json:"outcome" jsonschema:"of a gate with its default policy: passed, failed or incomplete"`
	Risks         map[scoring.Risk]int        `json:"risks" jsonschema:"questions in scope by their risk"`
	Score         *float64                    `json:"score" jsonschema:"percent, the lens's own best practices"`
	Coverage      *float64                    `json:"coverage" jsonschema:"percent"`
	Counts        tally                       `json:"counts" jsonschema:"of the best practices of the lens itself"`
	LayerBanks    tally                       `json:"layer_banks" jsonschema:"best practices beyond the lens's own"`
	Template      review.Template             `json:"template,omitzero" jsonschema:"only of a review template: its name, who vouches for its answers, and until when"`
	Scope         review.Scope                `json:"scope" jsonschema:"what the review leaves out or is limited to"`
	OutOfScope    int                         `json:"out_of_scope" jsonschema:"number of best practices that the scope leaves out"`
	LeftOut       []string                    `json:"left_out" jsonschema:"the best practices that out_of_scope counts: with practices, all that the lens asked"`
	Retired       []lens.Retired              `json:"retired" jsonschema:"answered, and no longer asked"`
	Pillars       []part                      `json:"pillars" jsonschema:"in lens order"`
	Layers        []part                      `json:"layers" jsonschema:"in lens order"`
	Matrix        []cell                      `json:"matrix" jsonschema:"layers by pillars"`
	Questions     []scoring.Question          `json:"questions" jsonschema:"every one in scope, in lens order"`
	Findings      []finding                   `json:"findings" jsonschema:"by priority"`
	QuickWins     []string                    `json:"quick_wins" jsonschema:"ids of findings that are important and cheap to close"`
	Plan          plan                        `json:"plan" jsonschema:"ids of the open findings, by when to close them"`
	Scenarios     []scoring.Scenario          `json:"scenarios" jsonschema:"with the state of each step"`
	Waivers       []scoring.Waiver            `json:"waivers" jsonschema:"with their state on the day"`
	Parked        []review.Topic              `json:"parked" jsonschema:"topics that were put aside"`
	NotAssessed   []practice                  `json:"not_assessed" jsonschema:"in scope and without an answer"`
	NotApplicable []exclusion                 `json:"not_applicable" jsonschema:"in scope and left out of every score"`
	SetAside      []scoring.ProfileRuling     `json:"set_aside" jsonschema:"in scope and unanswered, and asked on demand only"`
	Practices     []assessedPractice          `json:"practices" jsonschema:"every one in scope, in lens order"`
	Weights       lens.Weights                `json:"weights" jsonschema:"the constants behind the numbers"`
	NoPlace       []review.AnswerWithoutPlace `json:"without_place,omitempty" jsonschema:"answers to what the lens no longer asks"`
	Others        []scoring.IgnoredAnswer     `json:"other_answers" jsonschema:"answers and waivers that are not counted: out of scope, or no longer asked"`
	Notes         review.Notes                `json:"notes,omitzero" jsonschema:"on the lens and its pillars"`
	Digest        string                      `json:"review_file_digest,omitempty" jsonschema:"SHA-256 of the review file, in hex"`
	Source        string                      `json:"review_source,omitempty" jsonschema:"the review file, byte for byte"`
	Policies      []scoring.PolicyFile        `json:"policies" jsonschema:"that a gate on the review goes by, the outermost first"`
	Own           map[string]string           `json:"own_keys,omitempty" jsonschema:"custom keys, which begin with x-, outside of answers"`
	TopRisks      []topRisk                   `json:"top_risks" jsonschema:"what is wrong, as page one says it"`
	Decisions     []string                    `json:"decisions" jsonschema:"decisions that the open findings and waivers need, in sentences"`
	Since         *scoring.ChangesSince       `json:"since,omitempty" jsonschema:"what changed since an earlier state; missing where none was named"`
	Frameworks    []framework.Standing        `json:"frameworks,omitempty" jsonschema:"where the review stands against those that were named"`
}

// Lens identifies the lens that assessed the review. Read takes guidance from a lens with the
// same id, version and digest.
type Lens struct {
	ID             string `json:"id" jsonschema:"of the lens"`
	Name           string `json:"name" jsonschema:"of the lens"`
	Short          string `json:"short" jsonschema:"the name where there is little room"`
	By             string `json:"by,omitempty" jsonschema:"who publishes it"`
	Version        string `json:"version" jsonschema:"as published"`
	Revision       int    `json:"revision,omitempty" jsonschema:"of its bank"`
	Digest         string `json:"digest,omitempty" jsonschema:"of its bank, SHA-256 in hex"`
	Source         string `json:"source,omitempty" jsonschema:"where it is published"`
	ReviewAnswered string `json:"review_answered" jsonschema:"the version that the review answered"`
	ReviewRevision int    `json:"review_revision,omitempty" jsonschema:"the revision with which the review was last asked; none is the first"`
	ReviewDigest   string `json:"review_digest,omitempty" jsonschema:"first 12 hex digits of the digest of that revision"`
}

type tally struct {
	Score    *float64 `json:"score" jsonschema:"percent"`
	Coverage *float64 `json:"coverage" jsonschema:"percent"`
	scoring.Tally
}

type part struct {
	ID    string `json:"id" jsonschema:"of the pillar or layer"`
	Name  string `json:"name" jsonschema:"of the pillar or layer"`
	About string `json:"about,omitempty" jsonschema:"what it is about"`
	partNumbers
	Risks map[scoring.Risk]int `json:"risks" jsonschema:"its questions by their risk"`
}

type cell struct {
	Layer  string `json:"layer" jsonschema:"id"`
	Pillar string `json:"pillar" jsonschema:"id"`
	partNumbers
	Worst lens.Level `json:"worst,omitempty" jsonschema:"highest severity of its findings"`
}

// partNumbers are the numbers of a pillar, of a layer, or of a cell of the matrix.
type partNumbers struct {
	Score      *float64 `json:"score" jsonschema:"percent, the lens's own best practices"`
	Coverage   *float64 `json:"coverage" jsonschema:"percent"`
	Counts     tally    `json:"counts" jsonschema:"of the best practices of the lens itself"`
	LayerBanks tally    `json:"layer_banks" jsonschema:"of those beyond them"`
	Findings   int      `json:"findings" jsonschema:"number of findings"`
}

type practice struct {
	Practice string            `json:"practice" jsonschema:"id"`
	Title    string            `json:"title" jsonschema:"of the best practice"`
	Question string            `json:"question" jsonschema:"id"`
	Pillar   string            `json:"pillar" jsonschema:"id"`
	Layers   []string          `json:"layers" jsonschema:"ids"`
	Severity lens.Level        `json:"severity" jsonschema:"as published, or as our banks rate it"`
	RatedBy  string            `json:"rated_by" jsonschema:"who rated the severity: aws, iotlens, author or rules"`
	Own      *lens.OwnSeverity `json:"own_severity,omitempty" jsonschema:"ours where it differs, with the reason; missing where it is the same"`
	Effort   lens.Level        `json:"effort" jsonschema:"of closing the gap"`
	Fix      lens.Fix          `json:"fix" jsonschema:"where a gap is closed"`
	Kind     lens.ChoiceKind   `json:"kind,omitempty" jsonschema:"of a custom lens: what the choice is, where it is no best practice"`
	Settled  bool              `json:"settled,omitempty" jsonschema:"it is not counted, as another answer to its question decides or it is a fact"`
	Given    review.Status     `json:"given,omitempty" jsonschema:"the status in the review, where the answer counts as another"`
	NoAnswer bool              `json:"no_answer,omitempty" jsonschema:"the review has no answer; it stands for what its question needs and counts as missing"`
}

type assessedPractice struct {
	practice
	LayerBank bool               `json:"layer_bank" jsonschema:"not of the lens itself"`
	Since     int                `json:"since,omitempty" jsonschema:"revision of the bank that first asked it; none is the first"`
	Answer    *review.Answer     `json:"answer,omitempty" jsonschema:"missing where there is none"`
	Details   *unansweredDetails `json:"details,omitempty" jsonschema:"details recorded before it is answered; not counted"`
	Line      int                `json:"line,omitempty" jsonschema:"of the answer in the review file"`
	Rank      int                `json:"rank,omitempty" jsonschema:"of its finding by priority, from 1 on"`
	Keys      map[string]string  `json:"own_keys,omitempty"` // custom keys, which begin with "x-"
	Guidance  *scoring.Guide     `json:"guidance,omitempty" jsonschema:"missing unless it was asked for"`
}

// unansweredDetails are the note, owner and other details of a best practice that has no
// answer yet.
type unansweredDetails struct {
	Note     string   `json:"note,omitempty" jsonschema:"note of the team"`
	Evidence []string `json:"evidence,omitempty" jsonschema:"what shows it"`
	Owner    string   `json:"owner,omitempty" jsonschema:"who closes the gap"`
	Due      string   `json:"due,omitempty" jsonschema:"when it is to be closed, YYYY-MM-DD"`
	Deadline string   `json:"deadline,omitempty" jsonschema:"when the gap takes effect, YYYY-MM-DD"`
	Extent   string   `json:"extent,omitempty" jsonschema:"how much is in place"`
	By       string   `json:"by,omitempty" jsonschema:"who said it"`
	At       string   `json:"at,omitempty" jsonschema:"when, YYYY-MM-DD or a time"`
}

// unansweredDetailsOf returns the details of a best practice without an answer; nil for none.
func unansweredDetailsOf(a *review.Answer) *unansweredDetails {
	if reflect.ValueOf(a).Elem().IsZero() {
		return nil
	}
	s := unansweredDetails{Note: a.Note, Evidence: a.Evidence, Owner: a.Owner, Due: a.Due, Deadline: a.Deadline, Extent: a.Extent, By: a.By, At: a.At}
	if reflect.DeepEqual(s, unansweredDetails{}) {
		return nil
	}
	return &s
}

// answer returns the details as a review has them.
func (s *unansweredDetails) answer() review.Answer {
	if s == nil {
		return review.Answer{}
	}
	return review.Answer{Note: s.Note, Evidence: s.Evidence, Owner: s.Owner, Due: s.Due, Deadline: s.Deadline, Extent: s.Extent, By: s.By, At: s.At}
}

type finding struct {
	practice
	review.Answer
	Priority   float64          `json:"priority" jsonschema:"0 to 100"`
	Holds      scoring.Risk     `json:"holds,omitempty" jsonschema:"risk of the question that closing the finding lowers, alone or as one of the fewest that do"`
	Quadrant   scoring.Quadrant `json:"quadrant,omitempty" jsonschema:"missing while it is waived"`
	Horizon    scoring.Horizon  `json:"horizon,omitempty" jsonschema:"missing while it is waived"`
	AlsoCloses string           `json:"also_closes,omitempty" jsonschema:"finding that is the same work and closed with it"`
	ClosedBy   string           `json:"closed_by,omitempty" jsonschema:"finding that closes it, too"`
	DueState   scoring.DueState `json:"due_state,omitempty" jsonschema:"where the date doesn't fit the day or the plan"`
	Because    []string         `json:"because" jsonschema:"why it ranks here, in sentences"`
	Compensate bool             `json:"compensate" jsonschema:"devices that have shipped cannot be fixed"`
	First      string           `json:"first_step" jsonschema:"what to do first"`
	Why        string           `json:"why" jsonschema:"what can happen"`
	Waived     bool             `json:"waived" jsonschema:"a waiver covers it on the day"`
}

type topRisk struct {
	Practice  string   `json:"practice" jsonschema:"id of the finding"`
	Decisions []string `json:"decisions" jsonschema:"decisions that it needs, in sentences"`
}

type plan struct {
	Now      []string        `json:"now" jsonschema:"ids"`
	Next     []string        `json:"next" jsonschema:"ids"`
	Later    []string        `json:"later" jsonschema:"ids"`
	First    []string        `json:"first" jsonschema:"what to do first: the head of now"`
	HighRisk *scoring.Effect `json:"high_risk,omitempty" jsonschema:"questions at high risk once a horizon and those before it are closed"`
}

type exclusion struct {
	practice
	Reason string `json:"reason" jsonschema:"why it does not apply"`
	By     string `json:"by,omitempty" jsonschema:"who answered; profile where the profile rules it out"`
}

// Write writes the JSON report, without the guidance of the lens.
func Write(w io.Writer, a *scoring.Assessment) error { return jsonfile.Write(w, reportOf(a)) }

// WriteWithGuidance writes the JSON report with the guidance of the lens, so that Read needs
// no lens.
func WriteWithGuidance(w io.Writer, a *scoring.Assessment) error {
	out := reportOf(a)
	for i := range out.Practices {
		out.Practices[i].Guidance = &a.Practices[i].Guide
	}
	return jsonfile.Write(w, out)
}

func reportOf(a *scoring.Assessment) Report {
	idsOf := func(h scoring.Horizon) []string {
		return findingIDs(slices.DeleteFunc(view.OpenFindings(a), func(f scoring.Finding) bool { return f.Horizon != h }))
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
		Score: roundedPercent(a.Lens.Score()), Coverage: roundedPercent(a.Lens.Coverage()),
		Counts: tallyOf(a.Lens), LayerBanks: tallyOf(a.LayerBanks), Template: a.Template, Scope: a.Scope, OutOfScope: a.OutOfScope,
		LeftOut: a.OutOfScopeIDs, Retired: a.Retired,
		Pillars: view.Map(a.Pillars, partOf), Layers: view.Map(a.Layers, partOf), Matrix: view.Map(a.Matrix, cellOf),
		Questions: a.Questions, Findings: view.Map(a.Findings, findingOf), QuickWins: findingIDs(view.QuickWins(a)),
		Plan:      plan{Now: idsOf(scoring.Now), Next: idsOf(scoring.Next), Later: idsOf(scoring.Later), First: findingIDs(a.DoFirst()), HighRisk: a.Effect},
		Scenarios: a.Scenarios, Waivers: a.Waivers, Parked: a.Parked, NoPlace: a.NoPlace,
		NotAssessed: view.Map(a.Unassessed, practiceOf),
		NotApplicable: view.Map(a.Excluded, func(p *scoring.Practice) exclusion {
			return exclusion{practice: practiceOf(p), Reason: p.Reason, By: p.By}
		}),
		SetAside:  a.SetAside,
		Practices: make([]assessedPractice, len(a.Practices)),
		Weights:   a.Weights,
		TopRisks: view.Map(view.TopFindings(a), func(f scoring.Finding) topRisk {
			return topRisk{Practice: f.ID, Decisions: view.FindingDecisions(a, f)}
		}),
		Decisions: view.DecisionLines(a), Since: a.Since, Frameworks: a.Frameworks,
		Others: a.Ignored, Notes: a.Notes, Digest: a.Record.Digest, Source: string(a.Record.Source), Policies: a.Record.Policies, Own: a.Record.CustomKeys,
	}
	rank := map[string]int{}
	for i, f := range a.Findings {
		rank[f.ID] = i + 1
	}
	for i := range a.Practices {
		p := &a.Practices[i]
		out.Practices[i] = assessedPractice{practice: practiceOf(p), LayerBank: p.FromLayer, Since: p.Since, Line: p.Line, Rank: rank[p.ID], Keys: p.CustomKeys}
		if p.Status != review.Unanswered {
			out.Practices[i].Answer = &p.Answer
		}
		out.Practices[i].Details = unansweredDetailsOf(&p.Pending)
	}
	return out
}

// roundedPercent returns a percentage with two decimals, rounded down, or nil if it is not
// known.
func roundedPercent(p float64, ok bool) *float64 {
	if !ok {
		return nil
	}
	p = math.Floor(p*100+1e-6) / 100
	return &p
}

// tallyOf returns the JSON of a tally, with its points rounded to two decimals.
func tallyOf(t scoring.Tally) tally {
	out := tally{Score: roundedPercent(t.Score()), Coverage: roundedPercent(t.Coverage()), Tally: t}
	out.Earned, out.Possible = math.Round(t.Earned*100)/100, math.Round(t.Possible*100)/100
	return out
}

func partNumbersOf(own, banks scoring.Tally, findings int) partNumbers {
	counts := tallyOf(own)
	return partNumbers{Score: counts.Score, Coverage: counts.Coverage, Counts: counts, LayerBanks: tallyOf(banks), Findings: findings}
}

func partOf(p scoring.Part) part {
	out := part{ID: p.ID, Name: p.Name, About: p.About, partNumbers: partNumbersOf(p.Lens, p.LayerBanks, p.Findings), Risks: map[scoring.Risk]int{}}
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
	return cell{Layer: c.Layer, Pillar: c.Pillar, partNumbers: partNumbersOf(c.Lens, c.LayerBanks, c.Findings), Worst: c.Worst}
}

func practiceOf(p *scoring.Practice) practice {
	out := practice{
		Practice: p.ID, Title: p.Title, Question: p.Question, Pillar: p.Pillar, Layers: p.Layers,
		Severity: p.Severity, RatedBy: p.RatedBy, Kind: p.Kind, Given: p.ReviewStatus, Settled: p.Settled, NoAnswer: p.CountsAsMissing, Effort: p.Effort, Fix: p.Fix,
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
		Because: f.Reasons, Compensate: f.Compensate, First: f.Guide.FirstStep(), Why: f.Guide.Why, Waived: f.Waived,
	}
}

func findingIDs(fs []scoring.Finding) []string {
	return view.Map(fs, func(f scoring.Finding) string { return f.ID })
}
