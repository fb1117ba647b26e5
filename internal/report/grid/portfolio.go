package grid

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// A Figure is a key figure of a portfolio, with the reviews that it counts, if it counts
// reviews.
type Figure struct {
	Name string
	Tone string
	Cell
}

// Figures returns the key figures of a portfolio.
func Figures(p *portfolio.Portfolio) []Figure {
	var open, late, ended int
	for _, o := range p.Owners {
		open, late = open+o.Open, late+o.Overdue
	}
	for _, w := range p.Waivers {
		if w.Days <= 0 {
			ended++
		}
	}
	out := []Figure{{"Reviews", view.ToneNeutral, wholeCell(len(p.Reviews))}}
	for _, o := range p.Outcomes {
		out = append(out, Figure{strings.ToUpper(o.Name[:1]) + o.Name[1:], outcomeTones[o.Name], reviewsCell(o.Reviews)})
	}
	return append(out,
		Figure{"Open findings", view.ToneNeutral, wholeCell(open)},
		Figure{"Overdue findings", toneUnlessZero(late, view.ToneHigh), Cell{Number: float64(late), Known: true, IDs: p.Overdue}},
		Figure{"Waivers ended", toneUnlessZero(ended, view.ToneHigh), wholeCell(ended)},
		Figure{"Waivers ending within " + text.Count(p.Soon, "day"), toneUnlessZero(len(p.Waivers)-ended, view.ToneMedium), wholeCell(len(p.Waivers) - ended)},
		Figure{"No answer for " + text.Count(p.Options.Stale, "day"), toneUnlessZero(len(p.Stale), view.ToneMedium), reviewsCell(p.Stale)},
		Figure{"Files not read", toneUnlessZero(len(p.Unread), view.ToneHigh), wholeCell(len(p.Unread))},
	)
}

var outcomeTones = map[string]string{gate.Failed.String(): view.ToneHigh, gate.Incomplete.String(): view.ToneNeutral, gate.Passed.String(): view.ToneGood}

// toneUnlessZero returns the tone of a number that should be 0: good if it is.
func toneUnlessZero(n int, tone string) string {
	if n == 0 {
		return view.ToneGood
	}
	return tone
}

// verdictTones has the tones of the symbols of verdicts.
var verdictTones = map[string]string{"▲": view.ToneHigh, "■": view.ToneMedium, "✓": view.ToneGood}

// VerdictBadge returns the badge of the verdict of a review.
func VerdictBadge(v portfolio.Badge) view.Badge {
	return view.Badge{Tone: view.OrDefault(verdictTones[v.Mark], view.ToneNeutral), Symbol: v.Mark, Words: v.Words}
}

// Tables returns the tables of a portfolio, in the order of all formats. Tables that the
// options do not ask for, such as frameworks, are left out.
func Tables(p *portfolio.Portfolio) []Table {
	list := []Table{
		workloads(p), byFact(p), practices(p), questions(p), parts(p), owners(p), overdue(p), waivers(p), stale(p),
		frameworks(p), provisions(p), movement(p), unread(p),
	}
	return slices.DeleteFunc(list, func(t Table) bool { return len(t.Columns) == 0 })
}

// severalLenses reports whether the reviews are of more than one lens.
func severalLenses(p *portfolio.Portfolio) bool { return len(p.Groups) > 1 }

// groupName returns the name of the lens of a group with version and revision.
func groupName(g *portfolio.Group) string {
	return fmt.Sprintf("%s %s, revision %d", g.LensID, g.LensVersion, g.LensRevision)
}

func reviewCell(p *portfolio.Portfolio, id portfolio.ID) Cell {
	return Cell{Text: p.Review(id).Workload, Review: id}
}

func factCell(name string) func(*portfolio.Review) Cell {
	return func(r *portfolio.Review) Cell { return wordsCell(strings.Join(r.Fact(name), ", ")) }
}

// workloads lists the reviews, in the order of --sort.
func workloads(p *portfolio.Portfolio) Table {
	var g builder[*portfolio.Review]
	type review = *portfolio.Review
	g.column(Column{Header: "Workload"}, func(r review) Cell { return Cell{Text: r.Workload, Note: r.File} })
	facts := []string{"segment", "stage"}
	if p.CountBy != "" && !slices.Contains(facts, p.CountBy) {
		facts = append(facts, p.CountBy)
	}
	for i, f := range facts {
		if slices.ContainsFunc(p.Reviews, func(r portfolio.Review) bool { return len(r.Fact(f)) > 0 }) {
			g.column(Column{Header: factTitle(f), Facet: true, Extra: i == 1}, factCell(f))
		}
	}
	g.column(Column{Header: "Owner", Facet: true}, func(r review) Cell { return wordsCell(r.Owner) })
	g.column(Column{Header: "Verdict", Kind: BadgeKind, Facet: true}, func(r review) Cell { return badgeCell(VerdictBadge(r.Verdict)) })
	g.column(Column{Header: "Gate", Facet: true, Extra: true}, func(r review) Cell { return wordsCell(r.Outcome.String()) })
	g.column(Column{Header: "Score", Kind: ShareKind}, func(r review) Cell { return shareCell(r.Score) })
	g.column(Column{Header: "Coverage", Kind: ShareKind}, func(r review) Cell { return shareCell(r.Coverage) })
	g.column(Column{Header: "High risk", Kind: WholeKind}, func(r review) Cell { return wholeCell(r.High) })
	g.column(Column{Header: "Medium risk", Kind: WholeKind}, func(r review) Cell { return wholeCell(r.Medium) })
	g.column(Column{Header: "Open", Kind: WholeKind}, func(r review) Cell { return wholeCell(r.Open) })
	g.column(Column{Header: "High severity", Kind: WholeKind, Extra: true}, func(r review) Cell { return wholeCell(r.HighSeverity) })
	g.column(Column{Header: "Waived", Kind: WholeKind, Extra: true}, func(r review) Cell { return wholeCell(r.Waived) })
	g.column(Column{Header: "Overdue", Kind: WholeKind}, func(r review) Cell { return wholeCell(r.Overdue) })
	g.column(Column{Header: "Not answered", Kind: WholeKind}, func(r review) Cell { return wholeCell(r.Missing) })
	g.column(Column{Header: "Don't know", Kind: WholeKind, Extra: true}, func(r review) Cell { return wholeCell(r.Unknown) })
	g.column(Column{Header: "Last answer", Kind: DayKind}, func(r review) Cell { return wordsCell(r.Answered) })
	if severalLenses(p) {
		g.column(Column{Header: "Lens", Facet: true}, func(r review) Cell { return wordsCell(groupName(&p.Groups[r.Group])) })
	}
	return Table{
		ID: "workloads", Title: "Workloads", Name: "Workloads", Columns: g.columns, Empty: "No review was read.",
		Rows: g.rows(p.Sorted(), func(r review) portfolio.ID { return r.ID }),
	}
}

// factTitle returns the name of a fact as a header: fleet-size is "Fleet size".
func factTitle(fact string) string {
	s := strings.ReplaceAll(fact, "-", " ")
	return strings.ToUpper(s[:1]) + s[1:]
}

// byFact counts the reviews by the values of a fact of their workloads.
func byFact(p *portfolio.Portfolio) Table {
	if p.CountBy == "" {
		return Table{}
	}
	var g builder[portfolio.Bucket]
	g.column(Column{Header: factTitle(p.CountBy)}, func(b portfolio.Bucket) Cell { return wordsCell(view.OrDefault(b.Name, "not given")) })
	g.column(Column{Header: "Reviews", Kind: ReviewsKind}, func(b portfolio.Bucket) Cell { return reviewsCell(b.Reviews) })
	for _, o := range p.Outcomes {
		g.column(Column{Header: factTitle(o.Name), Kind: ReviewsKind}, func(b portfolio.Bucket) Cell {
			return reviewsCell(slices.DeleteFunc(slices.Clone(b.Reviews), func(id portfolio.ID) bool { return p.Review(id).Outcome.String() != o.Name }))
		})
	}
	title := "By " + strings.ToLower(factTitle(p.CountBy))
	return Table{ID: "by", Title: title, Name: title, Columns: g.columns, Rows: g.rows(p.Facts, nil), Empty: "No review was read."}
}

// A groupEntry is an entry of a list of a group, with the group.
type groupEntry[T any] struct {
	*portfolio.Group
	entry *T
}

// groupEntries concatenates a list of all groups.
func groupEntries[T any](p *portfolio.Portfolio, list func(*portfolio.Group) []T) []groupEntry[T] {
	var out []groupEntry[T]
	for i := range p.Groups {
		entries := list(&p.Groups[i])
		for j := range entries {
			out = append(out, groupEntry[T]{&p.Groups[i], &entries[j]})
		}
	}
	return out
}

// lensColumn adds a column with the lens of an entry if there are several lenses.
func lensColumn[T any](p *portfolio.Portfolio, g *builder[groupEntry[T]]) {
	if severalLenses(p) {
		g.column(Column{Header: "Lens", Facet: true}, func(e groupEntry[T]) Cell { return wordsCell(groupName(e.Group)) })
	}
}

// practices lists the best practices that are open or not answered, the most often
// open first.
func practices(p *portfolio.Portfolio) Table {
	type entry = groupEntry[portfolio.Practice]
	var g builder[entry]
	g.column(Column{Header: "Practice"}, func(e entry) Cell { return wordsCell(e.entry.ID) })
	g.column(Column{Header: "Title"}, func(e entry) Cell { return wordsCell(e.entry.Title) })
	g.column(Column{Header: "Pillar", Facet: true}, func(e entry) Cell { return wordsCell(e.Lens.PillarName(e.entry.Pillar)) })
	g.column(Column{Header: "Severity", Kind: BadgeKind, Facet: true}, func(e entry) Cell { return badgeCell(view.SeverityBadge(e.entry.Severity)) })
	g.column(Column{Header: "Open", Kind: ReviewsKind}, func(e entry) Cell { return reviewsCell(e.entry.Open) })
	g.column(Column{Header: "Share open", Kind: ShareKind}, func(e entry) Cell {
		if e.entry.Applicable == 0 {
			return Cell{}
		}
		percent := 100 * float64(len(e.entry.Open)) / float64(e.entry.Applicable)
		return Cell{Text: text.Percent(percent), Number: percent, Known: true}
	})
	g.column(Column{Header: "Applies to", Kind: WholeKind, Extra: true}, func(e entry) Cell { return wholeCell(e.entry.Applicable) })
	g.column(Column{Header: "Waived", Kind: ReviewsKind}, func(e entry) Cell { return reviewsCell(e.entry.Waived) })
	g.column(Column{Header: "Don't know", Kind: ReviewsKind}, func(e entry) Cell { return reviewsCell(e.entry.Unknown) })
	g.column(Column{Header: "Not answered", Kind: ReviewsKind}, func(e entry) Cell { return reviewsCell(e.entry.Missing) })
	lensColumn(p, &g)
	list := groupEntries(p, func(g *portfolio.Group) []portfolio.Practice { return g.Practices })
	return Table{
		ID: "practices", Title: "Practices that fail most often", Name: "Practices", Columns: g.columns, Rows: g.rows(list, nil),
		Empty: "Every best practice is in place in every review.",
	}
}

// questions lists the questions at risk, the most often high first.
func questions(p *portfolio.Portfolio) Table {
	type entry = groupEntry[portfolio.Question]
	var g builder[entry]
	g.column(Column{Header: "Question"}, func(e entry) Cell { return wordsCell(e.entry.ID) })
	g.column(Column{Header: "Topic"}, func(e entry) Cell { return wordsCell(e.entry.Topic) })
	g.column(Column{Header: "Pillar", Facet: true}, func(e entry) Cell { return wordsCell(e.Lens.PillarName(e.entry.Pillar)) })
	g.column(Column{Header: "High risk", Kind: ReviewsKind}, func(e entry) Cell { return reviewsCell(e.entry.High) })
	g.column(Column{Header: "Medium risk", Kind: ReviewsKind}, func(e entry) Cell { return reviewsCell(e.entry.Medium) })
	g.column(Column{Header: "Asked in", Kind: WholeKind}, func(e entry) Cell { return wholeCell(e.entry.Asked) })
	lensColumn(p, &g)
	list := groupEntries(p, func(g *portfolio.Group) []portfolio.Question { return g.Questions })
	return Table{ID: "questions", Title: "Questions at risk", Name: "Questions", Columns: g.columns, Rows: g.rows(list, nil), Empty: "No question is at high or medium risk in any review."}
}

// A partWithKind is a pillar or a layer, with the word for which it is.
type partWithKind struct {
	portfolio.Part
	kind string
}

// parts lists the pillars and the layers, each the weakest first.
func parts(p *portfolio.Portfolio) Table {
	type entry = groupEntry[partWithKind]
	var g builder[entry]
	g.column(Column{Header: "Name"}, func(e entry) Cell { return wordsCell(e.entry.Name) })
	g.column(Column{Header: "Part", Facet: true}, func(e entry) Cell { return wordsCell(e.entry.kind) })
	g.column(Column{Header: "Score", Kind: ShareKind}, func(e entry) Cell { return shareCell(e.entry.Score) })
	g.column(Column{Header: "High risk", Kind: ReviewsKind}, func(e entry) Cell { return reviewsCell(e.entry.High) })
	g.column(Column{Header: "Open findings", Kind: WholeKind}, func(e entry) Cell { return wholeCell(e.entry.Open) })
	g.column(Column{Header: "In scope of", Kind: WholeKind}, func(e entry) Cell { return wholeCell(len(e.entry.Reviews)) })
	g.column(Column{Header: "Lowest scores", Kind: ReviewsKind}, func(e entry) Cell { return reviewsCell(e.entry.Lowest) })
	lensColumn(p, &g)
	list := groupEntries(p, func(g *portfolio.Group) []partWithKind {
		var out []partWithKind
		for _, part := range g.Layers {
			out = append(out, partWithKind{part, "layer"})
		}
		for _, part := range g.Pillars {
			out = append(out, partWithKind{part, "pillar"})
		}
		return out
	})
	return Table{
		ID: "parts", Title: "Layers and pillars", Name: "Layers and pillars", Columns: g.columns, Rows: g.rows(list, nil), Empty: "No review was read.",
		About: "The score is that of all answers of all reviews together: of a layer those of all banks, of a pillar those of the lens itself. The weakest come first.",
	}
}

// owners lists who has findings to close.
func owners(p *portfolio.Portfolio) Table {
	type owner = portfolio.Owner
	var g builder[owner]
	g.column(Column{Header: "Owner"}, func(o owner) Cell { return wordsCell(view.OrDefault(o.Name, "nobody")) })
	g.column(Column{Header: "Open", Kind: WholeKind}, func(o owner) Cell { return wholeCell(o.Open) })
	g.column(Column{Header: "High severity", Kind: WholeKind}, func(o owner) Cell { return wholeCell(o.HighSeverity) })
	g.column(Column{Header: "Overdue", Kind: WholeKind}, func(o owner) Cell { return wholeCell(o.Overdue) })
	g.column(Column{Header: "Due within " + text.Count(p.Soon, "day"), Kind: WholeKind}, func(o owner) Cell { return wholeCell(o.Soon) })
	g.column(Column{Header: "Next date", Kind: DayKind}, func(o owner) Cell { return wordsCell(o.Next) })
	g.column(Column{Header: "Reviews", Kind: ReviewsKind}, func(o owner) Cell { return reviewsCell(o.Reviews) })
	return Table{
		ID: "owners", Title: "Owners", Name: "Owners", Columns: g.columns, Rows: g.rows(p.Owners, nil), Empty: "No finding is open.",
		About: "Owners of open findings; those with most overdue come first.",
	}
}

// overdue lists the reviews with findings whose due date is over.
func overdue(p *portfolio.Portfolio) Table {
	var g builder[portfolio.ID]
	g.column(Column{Header: "Workload"}, func(id portfolio.ID) Cell { return reviewCell(p, id) })
	g.column(Column{Header: "Owner"}, func(id portfolio.ID) Cell { return wordsCell(p.Review(id).Owner) })
	g.column(Column{Header: "Overdue findings", Kind: WholeKind}, func(id portfolio.ID) Cell { return wholeCell(p.Review(id).Overdue) })
	g.column(Column{Header: "Earliest due", Kind: DayKind}, func(id portfolio.ID) Cell { return wordsCell(p.Review(id).Due) })
	g.column(Column{Header: "Days over", Kind: WholeKind}, func(id portfolio.ID) Cell { return wholeCell(scoring.DaysBetween(p.Review(id).Due, p.Today)) })
	return Table{ID: "overdue", Title: "Overdue", Name: "Overdue", Columns: g.columns, Rows: g.rows(p.Overdue, nil), Empty: "No finding is overdue."}
}

// waivers lists the waivers that have ended or end soon.
func waivers(p *portfolio.Portfolio) Table {
	type waiver = portfolio.Waiver
	var g builder[waiver]
	g.column(Column{Header: "Ends", Kind: DayKind}, func(w waiver) Cell { return wordsCell(w.Expires) })
	g.column(Column{Header: "Days left", Kind: WholeKind}, func(w waiver) Cell { return wholeCell(w.Days) })
	g.column(Column{Header: "State", Kind: BadgeKind, Facet: true}, func(w waiver) Cell {
		if w.Days <= 0 {
			return badgeCell(view.Badge{Tone: view.ToneHigh, Symbol: "▲", Words: "ended"})
		}
		return badgeCell(view.Badge{Tone: view.ToneMedium, Symbol: "■", Words: "ends soon"})
	})
	g.column(Column{Header: "Workload"}, func(w waiver) Cell { return reviewCell(p, w.Review) })
	g.column(Column{Header: "Practice"}, func(w waiver) Cell { return wordsCell(w.Practice) })
	g.column(Column{Header: "Title"}, func(w waiver) Cell { return wordsCell(w.Title) })
	g.column(Column{Header: "Owner", Facet: true}, func(w waiver) Cell { return wordsCell(w.Owner) })
	g.column(Column{Header: "Approver"}, func(w waiver) Cell { return wordsCell(w.Approver) })
	return Table{
		ID: "waivers", Title: "Waivers", Name: "Waivers", Columns: g.columns, Rows: g.rows(p.Waivers, nil),
		Empty: "No waiver of a finding has ended or ends within " + text.Count(p.Soon, "day") + ".",
	}
}

// stale lists the reviews in which nobody answered for long.
func stale(p *portfolio.Portfolio) Table {
	var g builder[portfolio.ID]
	g.column(Column{Header: "Workload"}, func(id portfolio.ID) Cell { return reviewCell(p, id) })
	g.column(Column{Header: "Owner"}, func(id portfolio.ID) Cell { return wordsCell(p.Review(id).Owner) })
	g.column(Column{Header: "Last answer", Kind: DayKind}, func(id portfolio.ID) Cell { return wordsCell(p.Review(id).Answered) })
	g.column(Column{Header: "Days since", Kind: WholeKind}, func(id portfolio.ID) Cell {
		if p.Review(id).Answered == "" {
			return wordsCell("no dated answer")
		}
		return wholeCell(p.Review(id).Age)
	})
	return Table{
		ID: "stale", Title: "Old reviews", Name: "Old reviews", Columns: g.columns, Rows: g.rows(p.Stale, nil),
		Empty: "Every review has an answer of the last " + text.Count(p.Options.Stale, "day") + ".",
	}
}

// frameworks lists the frameworks that were named.
func frameworks(p *portfolio.Portfolio) Table {
	if len(p.Frameworks) == 0 {
		return Table{}
	}
	type against = *portfolio.FrameworkTotals
	var g builder[against]
	g.column(Column{Header: "Framework"}, func(f against) Cell { return wordsCell(f.Short) })
	g.column(Column{Header: "Title", Extra: true}, func(f against) Cell { return wordsCell(f.Title) })
	g.column(Column{Header: "Version"}, func(f against) Cell { return wordsCell(f.Version) })
	g.column(Column{Header: "Held against it", Kind: ReviewsKind}, func(f against) Cell { return reviewsCell(f.Applies) })
	g.column(Column{Header: "Does not apply", Kind: ReviewsKind}, func(f against) Cell { return reviewsCell(f.DoesNotApply) })
	g.column(Column{Header: "Meet every provision", Kind: ReviewsKind}, func(f against) Cell { return reviewsCell(f.MetBy) })
	list := make([]against, len(p.Frameworks))
	for i := range p.Frameworks {
		list[i] = &p.Frameworks[i]
	}
	return Table{
		ID: "frameworks", Title: "Frameworks", Name: "Frameworks", Columns: g.columns, Rows: g.rows(list, nil),
		About: "It is evidence for an assessment and no declaration of conformity. Where a profile leaves open whether a framework applies, the review is held against it.",
	}
}

// A gap is a provision of a framework.
type gap struct {
	framework string
	portfolio.Provision
}

// provisions lists the provisions that some review does not meet, the most gaps first.
func provisions(p *portfolio.Portfolio) Table {
	if len(p.Frameworks) == 0 {
		return Table{}
	}
	var g builder[gap]
	g.column(Column{Header: "Framework", Facet: true}, func(e gap) Cell { return wordsCell(e.framework) })
	g.column(Column{Header: "Provision"}, func(e gap) Cell { return wordsCell(e.ID) })
	g.column(Column{Header: "Status", Extra: true}, func(e gap) Cell { return wordsCell(e.Status) })
	g.column(Column{Header: "What it asks"}, func(e gap) Cell { return wordsCell(e.Title) })
	g.column(Column{Header: "Gaps", Kind: WholeKind}, func(e gap) Cell { return wholeCell(e.Gaps()) })
	g.column(Column{Header: factTitle(string(framework.NotMet)), Kind: ReviewsKind}, func(e gap) Cell { return reviewsCell(e.NotMet) })
	g.column(Column{Header: factTitle(string(framework.PartlyMet)), Kind: ReviewsKind}, func(e gap) Cell { return reviewsCell(e.PartlyMet) })
	g.column(Column{Header: "Don't know", Kind: ReviewsKind}, func(e gap) Cell { return reviewsCell(e.Unknown) })
	g.column(Column{Header: factTitle(string(framework.NotAnswered)), Kind: ReviewsKind}, func(e gap) Cell { return reviewsCell(e.NotAnswered) })
	g.column(Column{Header: factTitle(string(framework.Met)), Kind: WholeKind}, func(e gap) Cell { return wholeCell(e.Met) })
	g.column(Column{Header: factTitle(string(framework.NotApplicable)), Kind: WholeKind, Extra: true}, func(e gap) Cell { return wholeCell(e.NotApplicable) })
	var list []gap
	for _, f := range p.Frameworks {
		for _, provision := range f.Provisions {
			if provision.Gaps() > 0 {
				list = append(list, gap{f.Short, provision})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b gap) int { return b.Gaps() - a.Gaps() })
	return Table{ID: "provisions", Title: "Gaps of frameworks", Name: "Framework gaps", Columns: g.columns, Rows: g.rows(list, nil), Empty: "Every provision is met in every review."}
}

var (
	better = view.Badge{Tone: view.ToneGood, Symbol: "✓", Words: "better"}
	worse  = view.Badge{Tone: view.ToneHigh, Symbol: "▲", Words: "worse"}
	same   = view.Badge{Tone: view.ToneNeutral, Symbol: "–", Words: "the same"}
	unlike = view.Badge{Tone: view.ToneNeutral, Symbol: "?", Words: "not comparable"}
)

// movement lists the reviews that have a milestone, with what changed since.
func movement(p *portfolio.Portfolio) Table {
	type review = *portfolio.Review
	like := func(cell func(review) Cell) func(review) Cell {
		return func(r review) Cell {
			if len(r.Movement.NotComparable) > 0 {
				return Cell{}
			}
			return cell(r)
		}
	}
	var g builder[review]
	g.column(Column{Header: "Workload"}, func(r review) Cell { return reviewCell(p, r.ID) })
	g.column(Column{Header: "Since"}, func(r review) Cell { return wordsCell(r.Movement.Name) })
	g.column(Column{Header: "Day", Kind: DayKind}, func(r review) Cell { return wordsCell(r.Movement.Day) })
	g.column(Column{Header: "Movement", Kind: BadgeKind, Facet: true}, func(r review) Cell {
		switch m := r.Movement; {
		case len(m.NotComparable) > 0:
			c := badgeCell(unlike)
			c.Note = strings.Join(m.NotComparable, "; ")
			return c
		case m.Better:
			return badgeCell(better)
		case m.Worse:
			return badgeCell(worse)
		}
		return badgeCell(same)
	})
	g.column(Column{Header: "High risk, change", Kind: WholeKind}, like(func(r review) Cell { return changeCell(r.Movement.HighChange) }))
	g.column(Column{Header: "Open, change", Kind: WholeKind}, like(func(r review) Cell { return changeCell(r.Movement.OpenChange) }))
	g.column(Column{Header: "Score then", Kind: ShareKind}, like(func(r review) Cell { return shareCell(r.Movement.Score) }))
	g.column(Column{Header: "Score now", Kind: ShareKind}, like(func(r review) Cell { return shareCell(r.Score) }))
	var list []review
	for _, ids := range []portfolio.IDs{p.Movement.Worse, p.Movement.Better, p.Movement.Same, p.Movement.NotComparable} {
		for _, id := range ids {
			list = append(list, p.Review(id))
		}
	}
	about := ""
	if len(list) > 0 {
		about = "Since the last milestone of each review. " + text.Plural(p.Movement.WithoutMilestone, "review has", "reviews have") + " none."
		if p.Since != "" {
			about = "Since the last milestone of each review up to " + p.Since + ". " + text.Plural(p.Movement.WithoutMilestone, "review has", "reviews have") + " none."
		}
	}
	return Table{ID: "movement", Title: "Movement", Name: "Movement", About: about, Columns: g.columns, Rows: g.rows(list, nil), Empty: "No review has a milestone to compare with."}
}

// changeCell returns a cell with a change: "+3", or "−1" with the typographic minus sign.
func changeCell(n int) Cell {
	c := wholeCell(n)
	switch {
	case n > 0:
		c.Text = fmt.Sprintf("+%d", n)
	case n < 0:
		c.Text = fmt.Sprintf("−%d", -n)
	}
	return c
}

// unread lists the files that could not be read.
func unread(p *portfolio.Portfolio) Table {
	var g builder[portfolio.UnreadFile]
	g.column(Column{Header: "File"}, func(u portfolio.UnreadFile) Cell { return wordsCell(u.File) })
	g.column(Column{Header: "Problems"}, func(u portfolio.UnreadFile) Cell { return wordsCell(strings.Join(u.Problems, "\n")) })
	return Table{ID: "unread", Title: "Files not read", Name: "Files not read", Columns: g.columns, Rows: g.rows(p.Unread, nil), Empty: "Every file was read."}
}
