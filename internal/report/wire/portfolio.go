package wire

import (
	"io"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report/view"
)

// PortfolioSchemaVersion is the version of the JSON of a portfolio. It changes if a field is
// removed or changes its meaning, not if one is added.
const PortfolioSchemaVersion = 1

// Portfolio is the JSON of a portfolio. Except in the list of reviews, reviews are given by
// id. Unknown numbers are null; lists are never null.
type Portfolio struct {
	SchemaVersion int                  `json:"schema_version"`
	Program       string               `json:"iotlens_version,omitempty" jsonschema:"of the program that made it"`
	AsOf          string               `json:"as_of" jsonschema:"the day on which waivers and dates were judged"`
	StaleDays     int                  `json:"stale_days" jsonschema:"days after which the newest answer of a review is old"`
	SoonDays      int                  `json:"soon_days" jsonschema:"days within which a waiver ends soon, or a finding is due soon"`
	Where         []string             `json:"where" jsonschema:"conditions that every review here meets, FIELD=VALUE"`
	LeftOut       int                  `json:"left_out" jsonschema:"reviews that do not meet them"`
	Templates     int                  `json:"templates" jsonschema:"review templates that are not counted, as they are no workloads"`
	Reviews       []portfolioReview    `json:"reviews" jsonschema:"by file; the id of each is its place, counted from 1"`
	Unread        []portfolioUnread    `json:"unread" jsonschema:"files that are left out as they could not be read"`
	Outcomes      []bucket             `json:"outcomes" jsonschema:"of a gate with its default policy"`
	Verdicts      []bucket             `json:"verdicts" jsonschema:"the badges of the reports, worst first"`
	Scores        []bucket             `json:"scores" jsonschema:"of the lens's own best practices, in steps of 25 percent"`
	By            *portfolioBy         `json:"by,omitempty" jsonschema:"the reviews by a fact of their workloads; missing where none was named"`
	Lenses        []portfolioGroup     `json:"lenses" jsonschema:"the reviews that each lens assessed, with what they have in common"`
	Owners        []portfolioOwner     `json:"owners" jsonschema:"of open findings, most overdue first; nobody last"`
	Overdue       portfolio.IDs        `json:"overdue" jsonschema:"reviews with overdue findings, most first"`
	Stale         portfolio.IDs        `json:"stale" jsonschema:"reviews whose newest answer is old, or that have none, oldest first"`
	Waivers       []portfolioWaiver    `json:"waivers" jsonschema:"of findings, that have ended or end soon, by day"`
	Movement      movement             `json:"movement" jsonschema:"of the reviews that have a milestone"`
	Declaration   string               `json:"declaration,omitempty" jsonschema:"what the part on frameworks is, and what it is not"`
	Frameworks    []portfolioFramework `json:"frameworks" jsonschema:"those that were named, with how often their provisions are met"`
}

type bucket struct {
	Name    string        `json:"name"`
	Reviews portfolio.IDs `json:"reviews" jsonschema:"ids"`
}

type portfolioBy struct {
	Field  string   `json:"field"`
	Values []bucket `json:"values" jsonschema:"most reviews first; an empty name: the fact is open. A review with several values is in each"`
}

type portfolioReview struct {
	ID       portfolio.ID        `json:"id"`
	File     string              `json:"file"`
	Digest   string              `json:"review_file_digest" jsonschema:"SHA-256 of the file, in hex"`
	Workload string              `json:"workload"`
	Lens     int                 `json:"lens" jsonschema:"place of its lens in lenses, counted from 0"`
	Asked    int                 `json:"asked_revision" jsonschema:"revision of the lens with which it was last asked"`
	Facts    map[string][]string `json:"facts" jsonschema:"of the workload by name, as the flags of iotlens profile have them"`
	Outcome  string              `json:"outcome" jsonschema:"failed, incomplete or passed: of a gate with its default policy"`
	Verdict  string              `json:"verdict" jsonschema:"the badge of its report"`
	Score    *float64            `json:"score" jsonschema:"percent, of the lens's own best practices"`
	Coverage *float64            `json:"coverage" jsonschema:"percent, of the lens's own best practices"`
	High     int                 `json:"high_risks" jsonschema:"questions"`
	Medium   int                 `json:"medium_risks" jsonschema:"questions"`
	Open     int                 `json:"open" jsonschema:"findings that no waiver covers"`
	Severe   int                 `json:"open_high" jsonschema:"of these, of high severity"`
	Waived   int                 `json:"waived" jsonschema:"findings that a waiver covers"`
	Missing  int                 `json:"unanswered" jsonschema:"best practices in scope"`
	Unknown  int                 `json:"cannot_determine" jsonschema:"best practices answered don't know"`
	Overdue  int                 `json:"overdue" jsonschema:"open findings whose due date is over"`
	Due      string              `json:"overdue_since,omitempty" jsonschema:"the first of these dates"`
	Answered string              `json:"answered,omitempty" jsonschema:"day of the newest answer"`
	Age      *int                `json:"age_days" jsonschema:"days since then"`
	Stale    bool                `json:"stale"`
	Pillars  []reviewPillar      `json:"pillars" jsonschema:"those that it has in scope, in lens order"`
	Met      []reviewFramework   `json:"frameworks" jsonschema:"how much of each it meets"`
	Move     *move               `json:"move" jsonschema:"since a milestone; null where it has none"`
}

type reviewPillar struct {
	Pillar string   `json:"pillar" jsonschema:"id"`
	Score  *float64 `json:"score" jsonschema:"percent, of the lens's own best practices"`
	High   int      `json:"high_risks" jsonschema:"questions"`
}

type reviewFramework struct {
	ID         string `json:"id"`
	Applies    string `json:"applies" jsonschema:"yes, no or unknown: by the profile"`
	Met        int    `json:"met" jsonschema:"provisions"`
	Applicable int    `json:"of" jsonschema:"provisions that a review can answer and that apply"`
}

type move struct {
	Milestone  string   `json:"milestone" jsonschema:"name of the last one, up to the day that was asked for"`
	Day        string   `json:"day"`
	Milestones int      `json:"milestones" jsonschema:"of the review"`
	Score      *float64 `json:"score" jsonschema:"then, percent"`
	Coverage   *float64 `json:"coverage" jsonschema:"then, percent"`
	High       int      `json:"high_risks" jsonschema:"then"`
	Medium     int      `json:"medium_risks" jsonschema:"then"`
	Open       int      `json:"open" jsonschema:"then"`
	Comparable bool     `json:"comparable" jsonschema:"with now"`
	Differs    []string `json:"differs" jsonschema:"why it is not"`
}

type portfolioUnread struct {
	File     string   `json:"file"`
	Problems []string `json:"problems" jsonschema:"each with its line, where it has one"`
}

type portfolioGroup struct {
	ID        string          `json:"id" jsonschema:"of the lens"`
	Name      string          `json:"name"`
	Version   string          `json:"version"`
	Revision  int             `json:"revision" jsonschema:"of its bank"`
	Digest    string          `json:"digest" jsonschema:"SHA-256 of its bank, in hex"`
	Reviews   portfolio.IDs   `json:"reviews" jsonschema:"ids"`
	Earlier   portfolio.IDs   `json:"asked_earlier" jsonschema:"those that were last asked with an earlier revision or another version"`
	Practices []practiceCount `json:"practices" jsonschema:"best practices that are open or unanswered somewhere, most often open first"`
	Questions []questionCount `json:"questions" jsonschema:"at high or medium risk somewhere, most often high first"`
	Pillars   []portfolioPart `json:"pillars" jsonschema:"weakest first; the score is of the lens's own best practices"`
	Layers    []portfolioPart `json:"layers" jsonschema:"weakest first; the score is of everything that is asked of them"`
}

type practiceCount struct {
	ID         string        `json:"id"`
	Title      string        `json:"title"`
	Question   string        `json:"question" jsonschema:"id"`
	Pillar     string        `json:"pillar" jsonschema:"id"`
	Severity   lens.Level    `json:"severity" jsonschema:"as published, or as our banks rate it"`
	Applicable int           `json:"applicable" jsonschema:"reviews in which it is in scope and applies"`
	Open       portfolio.IDs `json:"open" jsonschema:"reviews with a finding that no waiver covers"`
	Waived     portfolio.IDs `json:"waived" jsonschema:"reviews with a finding that one covers"`
	Missing    portfolio.IDs `json:"unanswered" jsonschema:"reviews that do not answer it"`
	Unknown    portfolio.IDs `json:"cannot_determine" jsonschema:"reviews that answer don't know; they are among open or waived"`
}

type questionCount struct {
	ID     string        `json:"id"`
	Topic  string        `json:"topic"`
	Pillar string        `json:"pillar,omitempty" jsonschema:"id"`
	Layer  string        `json:"layer,omitempty" jsonschema:"id, only in a layer bank"`
	Asked  int           `json:"asked" jsonschema:"reviews that have it in scope"`
	High   portfolio.IDs `json:"high" jsonschema:"reviews in which it is at high risk"`
	Medium portfolio.IDs `json:"medium" jsonschema:"reviews in which it is at medium risk"`
}

type portfolioPart struct {
	ID      string        `json:"id"`
	Name    string        `json:"name"`
	Score   *float64      `json:"score" jsonschema:"percent, over all answers of all reviews"`
	Open    int           `json:"open" jsonschema:"open findings of all reviews"`
	High    portfolio.IDs `json:"high" jsonschema:"reviews with a question at high risk there"`
	Lowest  portfolio.IDs `json:"lowest" jsonschema:"reviews with the lowest scores there, lowest first, ten at most"`
	Reviews portfolio.IDs `json:"reviews" jsonschema:"that have it in scope"`
}

type portfolioOwner struct {
	Name         string        `json:"name" jsonschema:"empty: nobody"`
	Open         int           `json:"open" jsonschema:"findings that no waiver covers"`
	HighSeverity int           `json:"open_high" jsonschema:"of these, of high severity"`
	Overdue      int           `json:"overdue" jsonschema:"of these, overdue"`
	Soon         int           `json:"due_soon" jsonschema:"of these, due within soon_days"`
	Next         string        `json:"next_due,omitempty" jsonschema:"the first due date that is not over"`
	Reviews      portfolio.IDs `json:"reviews" jsonschema:"ids"`
}

type portfolioWaiver struct {
	Review   portfolio.ID `json:"review" jsonschema:"id"`
	Practice string       `json:"practice" jsonschema:"id"`
	Title    string       `json:"title"`
	Owner    string       `json:"owner"`
	Approver string       `json:"approver"`
	Expires  string       `json:"expires" jsonschema:"the first day on which it does not hold"`
	Days     int          `json:"days_left" jsonschema:"zero and less: it has ended"`
}

type movement struct {
	Since  string        `json:"since,omitempty" jsonschema:"last day of the milestones that are compared with; empty: the last milestone of each review"`
	Better portfolio.IDs `json:"better" jsonschema:"fewer questions at high risk, or as many and a higher score"`
	Same   portfolio.IDs `json:"same"`
	Worse  portfolio.IDs `json:"worse"`
	Unlike portfolio.IDs `json:"not_comparable"`
	None   int           `json:"without_milestone" jsonschema:"reviews"`
	High   int           `json:"high_risks_change" jsonschema:"questions at high risk now less those then, of what can be compared"`
	Open   int           `json:"open_change" jsonschema:"open findings now less those then, of what can be compared"`
}

type portfolioFramework struct {
	ID           string           `json:"id"`
	Short        string           `json:"short"`
	Title        string           `json:"title"`
	Version      string           `json:"version"`
	Applies      portfolio.IDs    `json:"applies" jsonschema:"reviews to which it applies, or whose profiles leave that open"`
	DoesNotApply portfolio.IDs    `json:"does_not_apply" jsonschema:"reviews; they count in no provision"`
	MetBy        portfolio.IDs    `json:"met_by" jsonschema:"reviews that meet every provision"`
	Provisions   []provisionCount `json:"provisions" jsonschema:"in the order of the document; those that no review can answer are left out"`
}

type provisionCount struct {
	ID            string        `json:"id"`
	Title         string        `json:"title"`
	Status        string        `json:"status,omitempty" jsonschema:"as the framework gives it"`
	Met           int           `json:"met" jsonschema:"reviews"`
	NotApplicable int           `json:"not_applicable" jsonschema:"reviews"`
	NotMet        portfolio.IDs `json:"not_met"`
	PartlyMet     portfolio.IDs `json:"partly_met"`
	Unknown       portfolio.IDs `json:"cannot_determine"`
	NotAnswered   portfolio.IDs `json:"not_answered"`
}

// WritePortfolio writes a portfolio as JSON.
func WritePortfolio(w io.Writer, p *portfolio.Portfolio) error {
	out := Portfolio{
		SchemaVersion: PortfolioSchemaVersion, Program: p.Program, AsOf: p.Today, StaleDays: p.Options.Stale, SoonDays: p.Soon, Where: p.Where, LeftOut: p.FilteredOut, Templates: p.Templates,
		Reviews: view.Map(p.Reviews, portfolioReviewOf), Unread: view.Map(p.Unread, func(u portfolio.UnreadFile) portfolioUnread { return portfolioUnread(u) }),
		Outcomes: buckets(p.Outcomes), Verdicts: buckets(p.Verdicts), Scores: buckets(p.Scores),
		Lenses: view.Map(p.Groups, portfolioGroupOf), Owners: view.Map(p.Owners, func(o portfolio.Owner) portfolioOwner { return portfolioOwner(o) }),
		Overdue: p.Overdue, Stale: p.Stale, Waivers: view.Map(p.Waivers, func(v portfolio.Waiver) portfolioWaiver { return portfolioWaiver(v) }),
		Movement:   movementOf(p),
		Frameworks: view.Map(p.Frameworks, portfolioFrameworkOf),
	}
	if p.CountBy != "" {
		out.By = &portfolioBy{p.CountBy, buckets(p.Facts)}
	}
	if len(p.Frameworks) > 0 {
		out.Declaration = view.FrameworkDisclaimer
	}
	return jsonfile.Write(w, out)
}

func movementOf(p *portfolio.Portfolio) movement {
	m := p.Movement
	return movement{p.Since, m.Better, m.Same, m.Worse, m.NotComparable, m.WithoutMilestone, m.HighChange, m.OpenChange}
}

func buckets(list []portfolio.Bucket) []bucket {
	return view.Map(list, func(b portfolio.Bucket) bucket { return bucket(b) })
}

func portfolioReviewOf(r portfolio.Review) portfolioReview {
	out := portfolioReview{
		ID: r.ID, File: r.File, Digest: r.Digest, Workload: r.Workload, Lens: r.Group, Asked: r.AskedRevision, Facts: map[string][]string{},
		Outcome: r.Outcome.String(), Verdict: r.Verdict.Words, Score: percentOrNull(r.Score), Coverage: percentOrNull(r.Coverage),
		High: r.High, Medium: r.Medium, Open: r.Open, Severe: r.HighSeverity, Waived: r.Waived, Missing: r.Missing, Unknown: r.Unknown,
		Overdue: r.Overdue, Due: r.Due, Answered: r.Answered, Stale: r.Stale,
		Pillars: view.Map(r.Pillars, func(s portfolio.Share) reviewPillar { return reviewPillar{s.ID, percentOrNull(s.Score), s.High} }),
		Met:     view.Map(r.Met, func(s portfolio.FrameworkStanding) reviewFramework { return reviewFramework(s) }),
	}
	if r.Answered != "" {
		out.Age = &r.Age
	}
	for _, f := range r.Facts {
		out.Facts[f.Name] = f.Values
	}
	if m := r.Movement; m != nil {
		out.Move = &move{
			Milestone: m.Name, Day: m.Day, Milestones: m.MilestoneCount, Score: percentOrNull(m.Score), Coverage: percentOrNull(m.Coverage),
			High: m.High, Medium: m.Medium, Open: m.Open, Comparable: len(m.NotComparable) == 0, Differs: m.NotComparable,
		}
	}
	return out
}

func portfolioGroupOf(g portfolio.Group) portfolioGroup {
	return portfolioGroup{
		ID: g.LensID, Name: g.LensName, Version: g.LensVersion, Revision: g.LensRevision, Digest: g.LensDigest, Reviews: g.Reviews, Earlier: g.AskedEarlier,
		Practices: view.Map(g.Practices, func(p portfolio.Practice) practiceCount {
			return practiceCount{p.ID, p.Title, p.Question, p.Pillar, p.Severity, p.Applicable, p.Open, p.Waived, p.Missing, p.Unknown}
		}),
		Questions: view.Map(g.Questions, func(q portfolio.Question) questionCount {
			return questionCount{q.ID, q.Topic, q.Pillar, q.Layer, q.Asked, q.High, q.Medium}
		}),
		Pillars: view.Map(g.Pillars, portfolioPartOf), Layers: view.Map(g.Layers, portfolioPartOf),
	}
}

func portfolioPartOf(p portfolio.Part) portfolioPart {
	return portfolioPart{p.ID, p.Name, percentOrNull(p.Score), p.Open, p.High, p.Lowest, p.Reviews}
}

func portfolioFrameworkOf(f portfolio.FrameworkTotals) portfolioFramework {
	return portfolioFramework{f.ID, f.Short, f.Title, f.Version, f.Applies, f.DoesNotApply, f.MetBy, view.Map(f.Provisions, func(p portfolio.Provision) provisionCount {
		return provisionCount{p.ID, p.Title, p.Status, p.Met, p.NotApplicable, p.NotMet, p.PartlyMet, p.Unknown, p.NotAnswered}
	})}
}

// percentOrNull is roundedPercent of a percentage of a comparison.
func percentOrNull(p compare.Percent) *float64 { return roundedPercent(p.Value, p.Known) }
