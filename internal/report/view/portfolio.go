package view

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/text"
)

// PortfolioTitle returns the title of a portfolio: "Portfolio of 12 reviews, as of
// 2026-11-28".
func PortfolioTitle(p *portfolio.Portfolio) string {
	return "Portfolio of " + text.Count(len(p.Reviews), "review") + ", as of " + p.Today
}

// PortfolioSummary says in sentences how many reviews pass, what is overdue, and what is not
// counted.
func PortfolioSummary(p *portfolio.Portfolio) string {
	var counts []string
	for _, b := range p.Outcomes {
		counts = append(counts, fmt.Sprintf("%d %s", len(b.Reviews), b.Name))
	}
	out := []string{strings.Join(counts, ", ") + " by the gate's default policy."}
	overdue := 0
	for _, id := range p.Overdue {
		overdue += p.Review(id).Overdue
	}
	if overdue > 0 {
		out = append(out, text.Plural(overdue, "finding is", "findings are")+" overdue in "+text.Count(len(p.Overdue), "review")+".")
	}
	if len(p.Where) > 0 {
		out = append(out, "Only where "+strings.Join(p.Where, " and ")+"; "+text.Plural(p.FilteredOut, "other review is", "other reviews are")+" not counted.")
	}
	if n := p.Templates; n > 0 {
		out = append(out, text.Plural(n, "review template is", "review templates are")+" not counted.")
	}
	if n := len(p.Unread); n > 0 {
		out = append(out, text.Plural(n, "file", "files")+" could not be read.")
	}
	return strings.Join(out, " ")
}

// Portfolio returns the sections of a portfolio, for text and Markdown.
func Portfolio(p *portfolio.Portfolio) []Section {
	v := portfolioView{p}
	out := []Section{v.buckets("Verdicts", p.Verdicts, ""), v.buckets("Scores", p.Scores, "Scores are of the best practices of the lens itself.")}
	if p.CountBy != "" {
		out = append(out, v.buckets("By "+strings.ReplaceAll(p.CountBy, "-", " "), p.Facts, ""))
	}
	out = append(out, v.workloads())
	for i := range p.Groups {
		out = append(out, v.groupSections(&p.Groups[i])...)
	}
	out = append(out, v.owners(), v.overdue(), v.waivers(), v.stale(), v.movement())
	for i := range p.Frameworks {
		out = append(out, v.framework(&p.Frameworks[i]))
	}
	return append(out, v.unread())
}

type portfolioView struct{ *portfolio.Portfolio }

// limit returns how many entries of a list of n are shown.
func (v portfolioView) limit(n int) int {
	if v.Top == 0 {
		return n
	}
	return min(v.Top, n)
}

// addTop adds as many entries of a list as are shown, and their number as the count.
func addTop[T any](v portfolioView, s *Section, list []T, item func(*T) Item) {
	n := v.limit(len(list))
	var items []Item
	for i := range list[:n] {
		items = append(items, item(&list[i]))
	}
	s.addGroup(Group{Items: items})
	if n < len(list) {
		s.Count = fmt.Sprintf("%d of %d", n, len(list))
	}
}

// maxNames is how many reviews a line names.
const maxNames = 4

// names joins the files of reviews.
func (v portfolioView) names(ids portfolio.IDs) string {
	n := len(ids)
	if v.Top > 0 {
		n = min(n, maxNames)
	}
	names := Map(ids[:n], func(id portfolio.ID) string { return v.Review(id).File })
	if more := len(ids) - n; more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return strings.Join(names, ", ")
}

// countWithNames returns the number of reviews with their files: "3 (a, b, c)".
func (v portfolioView) countWithNames(ids portfolio.IDs) string {
	return fmt.Sprintf("%d (%s)", len(ids), v.names(ids))
}

func (v portfolioView) buckets(title string, list []portfolio.Bucket, note string) Section {
	out := Section{Title: title}
	var items []Item
	for _, b := range list {
		if len(b.Reviews) > 0 {
			items = append(items, Item{Title: OrDefault(b.Name, "not set"), Texts: []Text{{Text: v.countWithNames(b.Reviews)}}})
		}
	}
	if out.addGroup(Group{Items: items}); len(items) > 0 {
		out.Note = note
	}
	return out
}

func (v portfolioView) workloads() Section {
	out := Section{Title: "Workloads", Table: Table{Header: []string{"", "gate", "score", "coverage", "high", "medium", "open", "overdue", "answered"}}}
	list := v.Sorted()
	n := v.limit(len(list))
	for _, r := range list[:n] {
		out.Table.Rows = append(out.Table.Rows, []string{
			r.Workload + " (" + r.File + ")", r.Outcome.String(), percentOr("–", r.Score), percentOr("–", r.Coverage),
			fmt.Sprint(r.High), fmt.Sprint(r.Medium), fmt.Sprint(r.Open), fmt.Sprint(r.Overdue), OrDefault(r.Answered, "never"),
		})
	}
	if n < len(list) {
		out.Count = fmt.Sprintf("%d of %d", n, len(list))
	}
	if n > 0 {
		out.Note = "High and medium count questions at that risk, open the findings that no waiver covers; answered is the day of the newest answer. Sorted by " + OrDefault(string(v.Sort), string(portfolio.ByRisk)) + "."
	}
	return out
}

// groupSections returns the sections of the reviews of one lens: practices, questions,
// pillars and layers.
func (v portfolioView) groupSections(g *portfolio.Group) []Section {
	lensSuffix := ""
	if len(v.Groups) > 1 {
		lensSuffix = ", " + g.LensName + " " + g.LensVersion
		if g.LensRevision > 0 {
			lensSuffix += fmt.Sprintf(", revision %d", g.LensRevision)
		}
	}
	practices := Section{Title: "Best practices that fail most often" + lensSuffix}
	addTop(v, &practices, g.Practices, func(p *portfolio.Practice) Item {
		parts := []string{fmt.Sprintf("open in %d of %d reviews", len(p.Open), p.Applicable)}
		add := func(what string, ids portfolio.IDs) {
			if len(ids) > 0 {
				parts = append(parts, fmt.Sprintf("%s in %d", what, len(ids)))
			}
		}
		add("waived", p.Waived)
		add("don't know", p.Unknown)
		add("unanswered", p.Missing)
		return Item{Badge: SeverityBadge(p.Severity), ID: p.ID, Title: p.Title, Texts: nonBlank(Text{Text: strings.Join(parts, ", ")}, Text{Label: "Open", Text: v.names(p.Open)})}
	})
	questions := Section{Title: "Questions at risk most often" + lensSuffix}
	addTop(v, &questions, g.Questions, func(q *portfolio.Question) Item {
		return Item{ID: q.ID, Title: q.Topic, Texts: nonBlank(
			Text{Text: fmt.Sprintf("high in %d, medium in %d of %d reviews", len(q.High), len(q.Medium), q.Asked)}, Text{Label: "High", Text: v.names(q.High)},
		)}
	})
	pillars := v.parts("Pillars, weakest first"+lensSuffix, g.Pillars, "The score is over all answers of all reviews to the best practices of the lens itself.")
	layers := v.parts("Layers, weakest first"+lensSuffix, g.Layers, "The score is over all answers of all reviews to everything that is asked of a layer.")
	if len(g.AskedEarlier) > 0 {
		practices.Note = "Last asked with an earlier revision or another version of the lens, so that what is new counts as unanswered: " + v.countWithNames(g.AskedEarlier) + "."
	}
	return []Section{practices, questions, pillars, layers}
}

func (v portfolioView) parts(title string, list []portfolio.Part, note string) Section {
	out := Section{Title: title}
	items := Map(list, func(p portfolio.Part) Item {
		return Item{Title: p.Name, Texts: nonBlank(
			Text{Text: fmt.Sprintf("score %s, high risk in %d of %d reviews, %s", percentOr("–", p.Score), len(p.High), len(p.Reviews), text.Count(p.Open, "open finding"))},
			Text{Label: "Lowest", Text: v.names(p.Lowest)},
		)}
	})
	if out.addGroup(Group{Items: items}); len(items) > 0 {
		out.Note = note
	}
	return out
}

func (v portfolioView) owners() Section {
	out := Section{Title: "Owners"}
	addTop(v, &out, v.Owners, func(o *portfolio.Owner) Item {
		parts := []string{fmt.Sprintf("%d open, %d of high severity, %d overdue, %d due within %s", o.Open, o.HighSeverity, o.Overdue, o.Soon, text.Count(v.Soon, "day"))}
		if o.Next != "" {
			parts = append(parts, "next on "+o.Next)
		}
		return Item{Title: OrDefault(o.Name, "no owner"), Texts: []Text{{Text: strings.Join(parts, ", ")}, {Label: "Reviews", Text: v.countWithNames(o.Reviews)}}}
	})
	return out
}

func (v portfolioView) overdue() Section {
	out := Section{Title: "Overdue"}
	addTop(v, &out, v.Overdue, func(id *portfolio.ID) Item {
		r := v.Review(*id)
		return Item{Title: r.File, Texts: []Text{{Text: text.Count(r.Overdue, "finding") + ", the first was due on " + r.Due}}}
	})
	return out
}

func (v portfolioView) waivers() Section {
	out := Section{Title: "Waivers that have ended or end within " + text.Count(v.Soon, "day")}
	addTop(v, &out, v.Waivers, func(w *portfolio.Waiver) Item {
		when := fmt.Sprintf("ends on %s, in %s", w.Expires, text.Count(w.Days, "day"))
		if w.Days <= 0 {
			when = "ended on " + w.Expires
		}
		return Item{ID: w.Practice, Title: w.Title, Texts: []Text{{Text: when + ", owner " + w.Owner + ", approved by " + w.Approver + ", in " + v.Review(w.Review).File}}}
	})
	return out
}

func (v portfolioView) stale() Section {
	out := Section{Title: fmt.Sprintf("Not answered for more than %s", text.Count(v.Options.Stale, "day"))}
	addTop(v, &out, v.Stale, func(id *portfolio.ID) Item {
		r := v.Review(*id)
		when := "no answer has a day"
		if r.Answered != "" {
			when = fmt.Sprintf("last answered on %s, %s ago", r.Answered, text.Count(r.Age, "day"))
		}
		return Item{Title: r.File, Texts: []Text{{Text: when}}}
	})
	return out
}

func (v portfolioView) movement() Section {
	m := v.Movement
	if len(m.Better)+len(m.Same)+len(m.Worse)+len(m.NotComparable) == 0 {
		return Section{}
	}
	since := "the last milestone of each review"
	if v.Since != "" {
		since += " up to " + v.Since
	}
	out := Section{Title: "Movement", Intro: fmt.Sprintf("Since %s: %s at high risk, %s.", since, withSign(m.HighChange, "question"), withSign(m.OpenChange, "open finding"))}
	for _, g := range []struct {
		title string
		ids   portfolio.IDs
	}{{"Worse", m.Worse}, {"Better", m.Better}, {"As before", m.Same}, {"Cannot be compared", m.NotComparable}} {
		group := Section{}
		addTop(v, &group, g.ids, func(id *portfolio.ID) Item { return v.movedItem(v.Review(*id)) })
		for i := range group.Groups {
			group.Groups[i].Title, group.Groups[i].Note = g.title, OrDefault(group.Count, fmt.Sprint(len(g.ids)))
		}
		out.Groups = append(out.Groups, group.Groups...)
	}
	if m.WithoutMilestone > 0 {
		out.Note = text.Plural(m.WithoutMilestone, "review has", "reviews have") + " no milestone."
	}
	return out
}

func (v portfolioView) movedItem(r *portfolio.Review) Item {
	m := r.Movement
	words := fmt.Sprintf("score %s to %s, questions at high risk %d to %d, open findings %d to %d", percentOr("–", m.Score), percentOr("–", r.Score), m.High, r.High, m.Open, r.Open)
	if len(m.NotComparable) > 0 {
		words = strings.Join(m.NotComparable, "; ")
	}
	return Item{Title: r.File, Texts: []Text{{Text: "since " + m.Day + " (" + strings.TrimSuffix(m.Name, ".") + "): " + words}}}
}

// withSign returns a difference with its noun: "+3 questions", "-1 question", "0 questions".
func withSign(n int, noun string) string {
	s := text.Count(max(n, -n), noun)
	switch {
	case n > 0:
		return "+" + s
	case n < 0:
		return "-" + s
	}
	return s
}

func (v portfolioView) framework(f *portfolio.FrameworkTotals) Section {
	out := Section{
		Title: f.Short + ", provisions with gaps",
		Intro: fmt.Sprintf("%s It applies to %s, or their profiles leave that open; %d meet all of it. To %d it does not apply.",
			FrameworkDisclaimer, text.Count(len(f.Applies), "review"), len(f.MetBy), len(f.DoesNotApply)),
	}
	gaps := filter(f.Provisions, func(p portfolio.Provision) bool { return p.Gaps() > 0 })
	addTop(v, &out, gaps, func(p *portfolio.Provision) Item {
		item := Item{ID: p.ID, Title: p.Title, Texts: []Text{{Text: fmt.Sprintf("met by %d", p.Met)}}}
		for _, s := range []struct {
			label string
			ids   portfolio.IDs
		}{{"Not met", p.NotMet}, {"Partly met", p.PartlyMet}, {"Don't know", p.Unknown}, {"Not answered", p.NotAnswered}} {
			if len(s.ids) > 0 {
				item.Texts = append(item.Texts, Text{Label: s.label, Text: v.countWithNames(s.ids)})
			}
		}
		return item
	})
	return out
}

func (v portfolioView) unread() Section {
	out := Section{Title: "Left out", Details: true}
	addTop(v, &out, v.Unread, func(u *portfolio.UnreadFile) Item {
		return Item{Title: u.File, Texts: Map(u.Problems, func(p string) Text { return Text{Text: p} })}
	})
	return out
}
