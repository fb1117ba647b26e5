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

// A Figure is a number of a portfolio, with the reviews behind it where they are known.
type Figure struct {
	Name string
	Tone string
	Cell
}

// Figures are what a portfolio comes to in numbers.
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
	out := []Figure{{"Reviews", view.Plain, whole(len(p.Reviews))}}
	for _, o := range p.Outcomes {
		out = append(out, Figure{strings.ToUpper(o.Name[:1]) + o.Name[1:], outcomeTones[o.Name], reviewsOf(o.Reviews)})
	}
	return append(out,
		Figure{"Open findings", view.Plain, whole(open)},
		Figure{"Overdue findings", bad(late, view.High), Cell{Number: float64(late), Known: true, IDs: p.Overdue}},
		Figure{"Waivers ended", bad(ended, view.High), whole(ended)},
		Figure{"Waivers ending within " + text.Count(p.Soon, "day"), bad(len(p.Waivers)-ended, view.Medium), whole(len(p.Waivers) - ended)},
		Figure{"No answer for " + text.Count(p.Options.Stale, "day"), bad(len(p.Stale), view.Medium), reviewsOf(p.Stale)},
		Figure{"Files not read", bad(len(p.Unread), view.High), whole(len(p.Unread))},
	)
}

var outcomeTones = map[string]string{gate.Failed.String(): view.High, gate.Incomplete.String(): view.Plain, gate.Passed.String(): view.Good}

// bad is a tone for what should be none.
func bad(n int, tone string) string {
	if n == 0 {
		return view.Good
	}
	return tone
}

// verdictTones are the tones of the marks of badges.
var verdictTones = map[string]string{"▲": view.High, "■": view.Medium, "✓": view.Good}

// VerdictSign is the sign of the verdict of a review.
func VerdictSign(v portfolio.Badge) view.Sign {
	return view.Sign{Tone: view.Or(verdictTones[v.Mark], view.Plain), Mark: v.Mark, Words: v.Words}
}

// Of lists the tables of a portfolio, in the order of every format that has
// them. A table of what nobody asked for, or what the lens doesn't have, is left out.
func Of(p *portfolio.Portfolio) []Table {
	list := []Table{
		workloads(p), byFact(p), practices(p), questions(p), parts(p), owners(p), overdue(p), waivers(p), stale(p),
		frameworks(p), provisions(p), movement(p), unread(p),
	}
	return slices.DeleteFunc(list, func(t Table) bool { return len(t.Columns) == 0 })
}

// several tells whether the reviews are of more than one lens.
func several(p *portfolio.Portfolio) bool { return len(p.Groups) > 1 }

// groupName names a lens among several.
func groupName(g *portfolio.Group) string {
	return fmt.Sprintf("%s %s, revision %d", g.LensID, g.LensVersion, g.LensRevision)
}

func reviewCell(p *portfolio.Portfolio, id portfolio.ID) Cell {
	return Cell{Text: p.Review(id).Workload, Review: id}
}

func factCell(name string) func(*portfolio.Review) Cell {
	return func(r *portfolio.Review) Cell { return words(strings.Join(r.Fact(name), ", ")) }
}

// workloads lists the reviews, in the order that was asked for.
func workloads(p *portfolio.Portfolio) Table {
	var g builder[*portfolio.Review]
	type review = *portfolio.Review
	g.column(Column{Head: "Workload"}, func(r review) Cell { return Cell{Text: r.Workload, Note: r.File} })
	facts := []string{"segment", "stage"}
	if p.CountBy != "" && !slices.Contains(facts, p.CountBy) {
		facts = append(facts, p.CountBy)
	}
	for i, f := range facts {
		if slices.ContainsFunc(p.Reviews, func(r portfolio.Review) bool { return len(r.Fact(f)) > 0 }) {
			g.column(Column{Head: titleOf(f), Facet: true, Extra: i == 1}, factCell(f))
		}
	}
	g.column(Column{Head: "Owner", Facet: true}, func(r review) Cell { return words(r.Owner) })
	g.column(Column{Head: "Verdict", Kind: Signed, Facet: true}, func(r review) Cell { return signed(VerdictSign(r.Verdict)) })
	g.column(Column{Head: "Gate", Facet: true, Extra: true}, func(r review) Cell { return words(r.Outcome.String()) })
	g.column(Column{Head: "Score", Kind: Share}, func(r review) Cell { return share(r.Score) })
	g.column(Column{Head: "Coverage", Kind: Share}, func(r review) Cell { return share(r.Coverage) })
	g.column(Column{Head: "High risk", Kind: Whole}, func(r review) Cell { return whole(r.High) })
	g.column(Column{Head: "Medium risk", Kind: Whole}, func(r review) Cell { return whole(r.Medium) })
	g.column(Column{Head: "Open", Kind: Whole}, func(r review) Cell { return whole(r.Open) })
	g.column(Column{Head: "High severity", Kind: Whole, Extra: true}, func(r review) Cell { return whole(r.HighSeverity) })
	g.column(Column{Head: "Waived", Kind: Whole, Extra: true}, func(r review) Cell { return whole(r.Waived) })
	g.column(Column{Head: "Overdue", Kind: Whole}, func(r review) Cell { return whole(r.Overdue) })
	g.column(Column{Head: "Not answered", Kind: Whole}, func(r review) Cell { return whole(r.Missing) })
	g.column(Column{Head: "Don't know", Kind: Whole, Extra: true}, func(r review) Cell { return whole(r.Unknown) })
	g.column(Column{Head: "Last answer", Kind: Day}, func(r review) Cell { return words(r.Answered) })
	if several(p) {
		g.column(Column{Head: "Lens", Facet: true}, func(r review) Cell { return words(groupName(&p.Groups[r.Group])) })
	}
	return Table{
		ID: "workloads", Title: "Workloads", Name: "Workloads", Columns: g.columns, Empty: "No review was read.",
		Rows: g.rows(p.Sorted(), func(r review) portfolio.ID { return r.ID }),
	}
}

// titleOf is the name of a fact as a head: Fleet size.
func titleOf(fact string) string {
	s := strings.ReplaceAll(fact, "-", " ")
	return strings.ToUpper(s[:1]) + s[1:]
}

// byFact counts the reviews by the values of a fact of their workloads.
func byFact(p *portfolio.Portfolio) Table {
	if p.CountBy == "" {
		return Table{}
	}
	var g builder[portfolio.Bucket]
	g.column(Column{Head: titleOf(p.CountBy)}, func(b portfolio.Bucket) Cell { return words(view.Or(b.Name, "not given")) })
	g.column(Column{Head: "Reviews", Kind: Reviews}, func(b portfolio.Bucket) Cell { return reviewsOf(b.Reviews) })
	for _, o := range p.Outcomes {
		g.column(Column{Head: titleOf(o.Name), Kind: Reviews}, func(b portfolio.Bucket) Cell {
			return reviewsOf(slices.DeleteFunc(slices.Clone(b.Reviews), func(id portfolio.ID) bool { return p.Review(id).Outcome.String() != o.Name }))
		})
	}
	title := "By " + strings.ToLower(titleOf(p.CountBy))
	return Table{ID: "by", Title: title, Name: title, Columns: g.columns, Rows: g.rows(p.Facts, nil), Empty: "No review was read."}
}

// of is an entry of the list of a group.
type of[T any] struct {
	*portfolio.Group
	entry *T
}

// lists joins the lists of the groups.
func lists[T any](p *portfolio.Portfolio, list func(*portfolio.Group) []T) []of[T] {
	var out []of[T]
	for i := range p.Groups {
		entries := list(&p.Groups[i])
		for j := range entries {
			out = append(out, of[T]{&p.Groups[i], &entries[j]})
		}
	}
	return out
}

// lensColumn adds the lens of an entry where there are several.
func lensColumn[T any](p *portfolio.Portfolio, g *builder[of[T]]) {
	if several(p) {
		g.column(Column{Head: "Lens", Facet: true}, func(e of[T]) Cell { return words(groupName(e.Group)) })
	}
}

// practices lists the best practices that are open or not answered, the most often
// open first.
func practices(p *portfolio.Portfolio) Table {
	type entry = of[portfolio.Practice]
	var g builder[entry]
	g.column(Column{Head: "Practice"}, func(e entry) Cell { return words(e.entry.ID) })
	g.column(Column{Head: "Title"}, func(e entry) Cell { return words(e.entry.Title) })
	g.column(Column{Head: "Pillar", Facet: true}, func(e entry) Cell { return words(e.Lens.PillarName(e.entry.Pillar)) })
	g.column(Column{Head: "Severity", Kind: Signed, Facet: true}, func(e entry) Cell { return signed(view.Severity(e.entry.Severity)) })
	g.column(Column{Head: "Open", Kind: Reviews}, func(e entry) Cell { return reviewsOf(e.entry.Open) })
	g.column(Column{Head: "Share open", Kind: Share}, func(e entry) Cell {
		if e.entry.Applicable == 0 {
			return Cell{}
		}
		percent := 100 * float64(len(e.entry.Open)) / float64(e.entry.Applicable)
		return Cell{Text: text.Percent(percent), Number: percent, Known: true}
	})
	g.column(Column{Head: "Applies to", Kind: Whole, Extra: true}, func(e entry) Cell { return whole(e.entry.Applicable) })
	g.column(Column{Head: "Waived", Kind: Reviews}, func(e entry) Cell { return reviewsOf(e.entry.Waived) })
	g.column(Column{Head: "Don't know", Kind: Reviews}, func(e entry) Cell { return reviewsOf(e.entry.Unknown) })
	g.column(Column{Head: "Not answered", Kind: Reviews}, func(e entry) Cell { return reviewsOf(e.entry.Missing) })
	lensColumn(p, &g)
	list := lists(p, func(g *portfolio.Group) []portfolio.Practice { return g.Practices })
	return Table{
		ID: "practices", Title: "Practices that fail most often", Name: "Practices", Columns: g.columns, Rows: g.rows(list, nil),
		Empty: "Every best practice is in place in every review.",
	}
}

// questions lists the questions at risk, the most often high first.
func questions(p *portfolio.Portfolio) Table {
	type entry = of[portfolio.Question]
	var g builder[entry]
	g.column(Column{Head: "Question"}, func(e entry) Cell { return words(e.entry.ID) })
	g.column(Column{Head: "Topic"}, func(e entry) Cell { return words(e.entry.Topic) })
	g.column(Column{Head: "Pillar", Facet: true}, func(e entry) Cell { return words(e.Lens.PillarName(e.entry.Pillar)) })
	g.column(Column{Head: "High risk", Kind: Reviews}, func(e entry) Cell { return reviewsOf(e.entry.High) })
	g.column(Column{Head: "Medium risk", Kind: Reviews}, func(e entry) Cell { return reviewsOf(e.entry.Medium) })
	g.column(Column{Head: "Asked in", Kind: Whole}, func(e entry) Cell { return whole(e.entry.Asked) })
	lensColumn(p, &g)
	list := lists(p, func(g *portfolio.Group) []portfolio.Question { return g.Questions })
	return Table{ID: "questions", Title: "Questions at risk", Name: "Questions", Columns: g.columns, Rows: g.rows(list, nil), Empty: "No question is at high or medium risk in any review."}
}

// A kindOfPart is a pillar or a layer.
type kindOfPart struct {
	portfolio.Part
	kind string
}

// parts lists the pillars and the layers, each the weakest first.
func parts(p *portfolio.Portfolio) Table {
	type entry = of[kindOfPart]
	var g builder[entry]
	g.column(Column{Head: "Name"}, func(e entry) Cell { return words(e.entry.Name) })
	g.column(Column{Head: "Part", Facet: true}, func(e entry) Cell { return words(e.entry.kind) })
	g.column(Column{Head: "Score", Kind: Share}, func(e entry) Cell { return share(e.entry.Score) })
	g.column(Column{Head: "High risk", Kind: Reviews}, func(e entry) Cell { return reviewsOf(e.entry.High) })
	g.column(Column{Head: "Open findings", Kind: Whole}, func(e entry) Cell { return whole(e.entry.Open) })
	g.column(Column{Head: "In scope of", Kind: Whole}, func(e entry) Cell { return whole(len(e.entry.Reviews)) })
	g.column(Column{Head: "Lowest scores", Kind: Reviews}, func(e entry) Cell { return reviewsOf(e.entry.Lowest) })
	lensColumn(p, &g)
	list := lists(p, func(g *portfolio.Group) []kindOfPart {
		var out []kindOfPart
		for _, part := range g.Layers {
			out = append(out, kindOfPart{part, "layer"})
		}
		for _, part := range g.Pillars {
			out = append(out, kindOfPart{part, "pillar"})
		}
		return out
	})
	return Table{
		ID: "parts", Title: "Layers and pillars", Name: "Layers and pillars", Columns: g.columns, Rows: g.rows(list, nil), Empty: "No review was read.",
		About: "The score is that of all answers of all reviews together: of a layer those of all banks, of a pillar those of the lens itself. The weakest stand first.",
	}
}

// owners lists who has findings to close.
func owners(p *portfolio.Portfolio) Table {
	type owner = portfolio.Owner
	var g builder[owner]
	g.column(Column{Head: "Owner"}, func(o owner) Cell { return words(view.Or(o.Name, "nobody")) })
	g.column(Column{Head: "Open", Kind: Whole}, func(o owner) Cell { return whole(o.Open) })
	g.column(Column{Head: "High severity", Kind: Whole}, func(o owner) Cell { return whole(o.HighSeverity) })
	g.column(Column{Head: "Overdue", Kind: Whole}, func(o owner) Cell { return whole(o.Overdue) })
	g.column(Column{Head: "Due within " + text.Count(p.Soon, "day"), Kind: Whole}, func(o owner) Cell { return whole(o.Soon) })
	g.column(Column{Head: "Next date", Kind: Day}, func(o owner) Cell { return words(o.Next) })
	g.column(Column{Head: "Reviews", Kind: Reviews}, func(o owner) Cell { return reviewsOf(o.Reviews) })
	return Table{
		ID: "owners", Title: "Owners", Name: "Owners", Columns: g.columns, Rows: g.rows(p.Owners, nil), Empty: "No finding is open.",
		About: "Of open findings, who has most overdue first.",
	}
}

// overdue lists the reviews with findings whose due date is over.
func overdue(p *portfolio.Portfolio) Table {
	var g builder[portfolio.ID]
	g.column(Column{Head: "Workload"}, func(id portfolio.ID) Cell { return reviewCell(p, id) })
	g.column(Column{Head: "Owner"}, func(id portfolio.ID) Cell { return words(p.Review(id).Owner) })
	g.column(Column{Head: "Overdue findings", Kind: Whole}, func(id portfolio.ID) Cell { return whole(p.Review(id).Overdue) })
	g.column(Column{Head: "Earliest due", Kind: Day}, func(id portfolio.ID) Cell { return words(p.Review(id).Due) })
	g.column(Column{Head: "Days over", Kind: Whole}, func(id portfolio.ID) Cell { return whole(scoring.DaysBetween(p.Review(id).Due, p.Today)) })
	return Table{ID: "overdue", Title: "Overdue", Name: "Overdue", Columns: g.columns, Rows: g.rows(p.Overdue, nil), Empty: "No finding is overdue."}
}

// waivers lists the waivers that have ended or end soon.
func waivers(p *portfolio.Portfolio) Table {
	type waiver = portfolio.Waiver
	var g builder[waiver]
	g.column(Column{Head: "Ends", Kind: Day}, func(w waiver) Cell { return words(w.Expires) })
	g.column(Column{Head: "Days left", Kind: Whole}, func(w waiver) Cell { return whole(w.Days) })
	g.column(Column{Head: "State", Kind: Signed, Facet: true}, func(w waiver) Cell {
		if w.Days <= 0 {
			return signed(view.Sign{Tone: view.High, Mark: "▲", Words: "ended"})
		}
		return signed(view.Sign{Tone: view.Medium, Mark: "■", Words: "ends soon"})
	})
	g.column(Column{Head: "Workload"}, func(w waiver) Cell { return reviewCell(p, w.Review) })
	g.column(Column{Head: "Practice"}, func(w waiver) Cell { return words(w.Practice) })
	g.column(Column{Head: "Title"}, func(w waiver) Cell { return words(w.Title) })
	g.column(Column{Head: "Owner", Facet: true}, func(w waiver) Cell { return words(w.Owner) })
	g.column(Column{Head: "Approver"}, func(w waiver) Cell { return words(w.Approver) })
	return Table{
		ID: "waivers", Title: "Waivers", Name: "Waivers", Columns: g.columns, Rows: g.rows(p.Waivers, nil),
		Empty: "No waiver of a finding has ended or ends within " + text.Count(p.Soon, "day") + ".",
	}
}

// stale lists the reviews in which nobody answered for long.
func stale(p *portfolio.Portfolio) Table {
	var g builder[portfolio.ID]
	g.column(Column{Head: "Workload"}, func(id portfolio.ID) Cell { return reviewCell(p, id) })
	g.column(Column{Head: "Owner"}, func(id portfolio.ID) Cell { return words(p.Review(id).Owner) })
	g.column(Column{Head: "Last answer", Kind: Day}, func(id portfolio.ID) Cell { return words(p.Review(id).Answered) })
	g.column(Column{Head: "Days since", Kind: Whole}, func(id portfolio.ID) Cell {
		if p.Review(id).Answered == "" {
			return words("no dated answer")
		}
		return whole(p.Review(id).Age)
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
	g.column(Column{Head: "Framework"}, func(f against) Cell { return words(f.Short) })
	g.column(Column{Head: "Title", Extra: true}, func(f against) Cell { return words(f.Title) })
	g.column(Column{Head: "Version"}, func(f against) Cell { return words(f.Version) })
	g.column(Column{Head: "Held against it", Kind: Reviews}, func(f against) Cell { return reviewsOf(f.Applies) })
	g.column(Column{Head: "Does not apply", Kind: Reviews}, func(f against) Cell { return reviewsOf(f.DoesNotApply) })
	g.column(Column{Head: "Meet every provision", Kind: Reviews}, func(f against) Cell { return reviewsOf(f.MetBy) })
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
	g.column(Column{Head: "Framework", Facet: true}, func(e gap) Cell { return words(e.framework) })
	g.column(Column{Head: "Provision"}, func(e gap) Cell { return words(e.ID) })
	g.column(Column{Head: "Status", Extra: true}, func(e gap) Cell { return words(e.Status) })
	g.column(Column{Head: "What it asks"}, func(e gap) Cell { return words(e.Title) })
	g.column(Column{Head: "Gaps", Kind: Whole}, func(e gap) Cell { return whole(e.Gaps()) })
	g.column(Column{Head: titleOf(string(framework.NotMet)), Kind: Reviews}, func(e gap) Cell { return reviewsOf(e.NotMet) })
	g.column(Column{Head: titleOf(string(framework.PartlyMet)), Kind: Reviews}, func(e gap) Cell { return reviewsOf(e.PartlyMet) })
	g.column(Column{Head: "Don't know", Kind: Reviews}, func(e gap) Cell { return reviewsOf(e.Unknown) })
	g.column(Column{Head: titleOf(string(framework.NotAnswered)), Kind: Reviews}, func(e gap) Cell { return reviewsOf(e.NotAnswered) })
	g.column(Column{Head: titleOf(string(framework.Met)), Kind: Whole}, func(e gap) Cell { return whole(e.Met) })
	g.column(Column{Head: titleOf(string(framework.NotApplicable)), Kind: Whole, Extra: true}, func(e gap) Cell { return whole(e.NotApplicable) })
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
	better = view.Sign{Tone: view.Good, Mark: "✓", Words: "better"}
	worse  = view.Sign{Tone: view.High, Mark: "▲", Words: "worse"}
	same   = view.Sign{Tone: view.Plain, Mark: "–", Words: "the same"}
	unlike = view.Sign{Tone: view.Plain, Mark: "?", Words: "not comparable"}
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
	g.column(Column{Head: "Workload"}, func(r review) Cell { return reviewCell(p, r.ID) })
	g.column(Column{Head: "Since"}, func(r review) Cell { return words(r.Movement.Name) })
	g.column(Column{Head: "Day", Kind: Day}, func(r review) Cell { return words(r.Movement.Day) })
	g.column(Column{Head: "Movement", Kind: Signed, Facet: true}, func(r review) Cell {
		switch m := r.Movement; {
		case len(m.NotComparable) > 0:
			c := signed(unlike)
			c.Note = strings.Join(m.NotComparable, "; ")
			return c
		case m.Better:
			return signed(better)
		case m.Worse:
			return signed(worse)
		}
		return signed(same)
	})
	g.column(Column{Head: "High risk, change", Kind: Whole}, like(func(r review) Cell { return change(r.Movement.HighChange) }))
	g.column(Column{Head: "Open, change", Kind: Whole}, like(func(r review) Cell { return change(r.Movement.OpenChange) }))
	g.column(Column{Head: "Score then", Kind: Share}, like(func(r review) Cell { return share(r.Movement.Score) }))
	g.column(Column{Head: "Score now", Kind: Share}, like(func(r review) Cell { return share(r.Score) }))
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

// change is a number with its sign, which is that of a minus as people write it.
func change(n int) Cell {
	c := whole(n)
	switch {
	case n > 0:
		c.Text = fmt.Sprintf("+%d", n)
	case n < 0:
		c.Text = fmt.Sprintf("−%d", -n)
	}
	return c
}

// unread lists the files that are left out.
func unread(p *portfolio.Portfolio) Table {
	var g builder[portfolio.UnreadFile]
	g.column(Column{Head: "File"}, func(u portfolio.UnreadFile) Cell { return words(u.File) })
	g.column(Column{Head: "Problems"}, func(u portfolio.UnreadFile) Cell { return words(strings.Join(u.Problems, "\n")) })
	return Table{ID: "unread", Title: "Files not read", Name: "Files not read", Columns: g.columns, Rows: g.rows(p.Unread, nil), Empty: "Every file was read."}
}
