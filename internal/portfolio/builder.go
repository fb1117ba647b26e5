package portfolio

import (
	"cmp"
	"maps"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/scoring"
)

// A Builder builds a Portfolio from rows. Their order does not matter. Of a row it keeps only a
// Review, and its id in the lists.
type Builder struct {
	options         Options
	frameworks      []*framework.Framework
	out             Portfolio
	groups          []*groupBuilder
	owners          map[string]*Owner
	frameworkTotals []FrameworkTotals
	facts           map[string]*Fact // each fact once: many workloads share them
}

// NewBuilder makes a builder. The frameworks are those of the rows, in the same order.
func NewBuilder(o Options, frameworks []*framework.Framework) *Builder {
	s := &Builder{options: o, frameworks: frameworks, owners: map[string]*Owner{}, facts: map[string]*Fact{}}
	s.out.Options = o
	for _, f := range frameworks {
		of := FrameworkTotals{ID: f.ID, Short: f.Short, Title: f.Title, Version: f.Version}
		for _, p := range f.Provisions {
			of.Provisions = append(of.Provisions, Provision{ID: p.ID, Title: p.Title, Status: p.Status, outside: p.Outside != ""})
		}
		s.frameworkTotals = append(s.frameworkTotals, of)
	}
	return s
}

// CountFiltered counts a review that does not meet Options.Where.
func (b *Builder) CountFiltered() { b.out.FilteredOut++ }

// CountTemplates counts review templates that were skipped.
func (b *Builder) CountTemplates(templates int) { b.out.Templates += templates }

// AddUnread adds a file that could not be read, with its problems.
func (b *Builder) AddUnread(file string, problems []string) {
	b.out.Unread = append(b.out.Unread, UnreadFile{file, problems})
}

// Add counts a row. Afterwards its lists may be read, but not changed.
func (b *Builder) Add(row *Row) {
	group := b.group(row)
	r := Review{
		ID: ID(len(b.out.Reviews) + 1), File: row.File, Digest: row.Digest, Workload: row.Workload, Group: group.place, AskedRevision: row.AskedRevision, Owner: row.Owner,
		Facts: b.shareFacts(row.Facts), Outcome: row.Outcome, Verdict: row.Verdict, Score: percentOf(row.LensTally.Score()), Coverage: percentOf(row.LensTally.Coverage()),
		Unknown: row.LensTally.Unknown + row.BankTally.Unknown, Answered: row.Answered,
	}
	if r.Answered != "" {
		r.Age = max(0, scoring.DaysBetween(r.Answered, b.options.Today))
	}
	r.Stale = r.Answered == "" || r.Age > b.options.Stale
	for _, q := range row.Questions {
		switch q.Risk {
		case scoring.RiskHigh:
			r.High++
		case scoring.RiskMedium:
			r.Medium++
		}
	}
	b.addAnswers(&r, row)
	b.addWaivers(&r, row)
	b.addStandings(&r, row)
	r.Movement = b.movementOf(row)
	if r.Movement != nil {
		r.Movement.setChanges(&r)
	}
	group.add(&r, row)
	b.out.Reviews = append(b.out.Reviews, r)
}

// shareFacts returns pointers to facts, the same pointer for equal facts.
func (b *Builder) shareFacts(facts []Fact) []*Fact {
	out := make([]*Fact, 0, len(facts))
	for _, f := range facts {
		key := f.Name + "\x00" + strings.Join(f.Values, "\x00")
		known, ok := b.facts[key]
		if !ok {
			known = &f
			b.facts[key] = known
		}
		out = append(out, known)
	}
	return out
}

// addAnswers counts the findings of a review, and those of each owner.
func (b *Builder) addAnswers(r *Review, row *Row) {
	soon := addDays(b.options.Today, b.options.Soon)
	for i := range row.Answers {
		a := &row.Answers[i]
		switch {
		case a.Status == "":
			r.Missing++
		case !a.Finding:
		case a.Waived:
			r.Waived++
		default:
			r.Open++
			severe := a.Severity.Rank() == highest
			if severe {
				r.HighSeverity++
			}
			name := strings.Join(strings.Fields(a.Owner), " ")
			of := b.owners[name]
			if of == nil {
				of = &Owner{Name: name}
				b.owners[name] = of
			}
			of.Open++
			if severe {
				of.HighSeverity++
			}
			if last := len(of.Reviews) - 1; last < 0 || of.Reviews[last] != r.ID {
				of.Reviews = append(of.Reviews, r.ID)
			}
			switch {
			case a.Overdue(b.options.Today):
				r.Overdue++
				of.Overdue++
				if r.Due == "" || a.Due < r.Due {
					r.Due = a.Due
				}
			case a.Due == "":
			default:
				if of.Next == "" || a.Due < of.Next {
					of.Next = a.Due
				}
				if a.Due <= soon {
					of.Soon++
				}
			}
		}
	}
}

// addWaivers adds the waivers of findings that have expired or expire soon.
func (b *Builder) addWaivers(r *Review, row *Row) {
	for _, w := range row.Waivers {
		days := scoring.DaysBetween(b.options.Today, w.Expires)
		p, place, ok := indexOf(row.Lens).practice(w.Practice)
		if !ok || days > b.options.Soon || !row.isFinding(place) {
			continue
		}
		b.out.Waivers = append(b.out.Waivers, Waiver{
			Review: r.ID, Practice: w.Practice, Title: strings.TrimSpace(p.Title), Owner: w.Owner, Approver: w.Approver, Expires: w.Expires, Days: days,
		})
	}
}

// isFinding reports whether a best practice, by its index in lens order, is a finding.
func (row *Row) isFinding(place int) bool {
	i, ok := findAnswer(row.Answers, place)
	return ok && row.Answers[i].Finding
}

// findAnswer returns the index of the answer to a best practice, by its index in lens order.
func findAnswer(answers []Answer, place int) (int, bool) {
	return sort.Find(len(answers), func(i int) int { return cmp.Compare(place, answers[i].Index) })
}

// addStandings counts where a review stands against each framework.
func (b *Builder) addStandings(r *Review, row *Row) {
	for i, standing := range row.Standings {
		of := &b.frameworkTotals[i]
		out := FrameworkStanding{ID: of.ID, Applies: string(standing.Applies)}
		applies := standing.Applies != framework.AppliesNo
		for j, state := range standing.States {
			switch state {
			case framework.Outside, framework.NotApplicable:
			case framework.Met:
				out.Met++
				out.Applicable++
			default:
				out.Applicable++
			}
			if applies {
				of.Provisions[j].count(r.ID, state)
			}
		}
		r.Met = append(r.Met, out)
		switch {
		case !applies:
			of.DoesNotApply = append(of.DoesNotApply, r.ID)
		default:
			of.Applies = append(of.Applies, r.ID)
			if out.Met == out.Applicable {
				of.MetBy = append(of.MetBy, r.ID)
			}
		}
	}
}

func (p *Provision) count(id ID, state framework.State) {
	switch state {
	case framework.Met:
		p.Met++
	case framework.NotMet:
		p.NotMet = append(p.NotMet, id)
	case framework.PartlyMet:
		p.PartlyMet = append(p.PartlyMet, id)
	case framework.Unknown:
		p.Unknown = append(p.Unknown, id)
	case framework.NotAnswered:
		p.NotAnswered = append(p.NotAnswered, id)
	case framework.NotApplicable:
		p.NotApplicable++
	}
}

// Build returns the portfolio of the rows so far. The builder must not be used after it.
func (b *Builder) Build() *Portfolio {
	out := &b.out
	b.assignIDs()
	slices.SortFunc(out.Unread, func(a, b UnreadFile) int {
		return cmp.Or(cmp.Compare(a.File, b.File), slices.Compare(a.Problems, b.Problems))
	})
	for _, g := range b.groups {
		out.Groups = append(out.Groups, g.build())
	}
	out.Owners = b.sortedOwners()
	out.Frameworks = b.frameworkTotals
	for i := range out.Frameworks {
		out.Frameworks[i].Provisions = slices.DeleteFunc(out.Frameworks[i].Provisions, func(p Provision) bool { return p.outside })
	}
	slices.SortFunc(out.Waivers, func(a, b Waiver) int {
		return cmp.Or(cmp.Compare(a.Expires, b.Expires), cmp.Compare(a.Review, b.Review), cmp.Compare(a.Practice, b.Practice))
	})
	out.addOverview()
	return out
}

// sortedOwners lists the owners by overdue, due and open findings, most first. Findings without an
// owner come last.
func (b *Builder) sortedOwners() []Owner {
	var out []Owner
	for _, o := range b.owners {
		out = append(out, *o)
	}
	slices.SortFunc(out, func(a, b Owner) int {
		switch {
		case a.Name == "":
			return 1
		case b.Name == "":
			return -1
		}
		return cmp.Or(cmp.Compare(b.Overdue, a.Overdue), cmp.Compare(b.Soon, a.Soon), cmp.Compare(b.Open, a.Open), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// addOverview fills the lists of reviews. The reviews must be complete.
func (p *Portfolio) addOverview() {
	for _, o := range []gate.Outcome{gate.Failed, gate.Incomplete, gate.Passed} {
		p.Outcomes = append(p.Outcomes, Bucket{o.String(), p.idsOf(func(r *Review) bool { return r.Outcome == o })})
	}
	badges := map[Badge]IDs{}
	for i := range p.Reviews {
		r := &p.Reviews[i]
		badges[r.Verdict] = append(badges[r.Verdict], r.ID)
	}
	for _, v := range slices.SortedFunc(maps.Keys(badges), func(a, b Badge) int {
		return cmp.Or(cmp.Compare(badgeRank(a.Mark), badgeRank(b.Mark)), cmp.Compare(a.Words, b.Words))
	}) {
		p.Verdicts = append(p.Verdicts, Bucket{v.Words, badges[v]})
	}
	p.addScoreBuckets()
	p.addFactBuckets()
	p.Overdue = p.idsOf(func(r *Review) bool { return r.Overdue > 0 })
	slices.SortStableFunc(p.Overdue, func(a, b ID) int {
		x, y := p.Review(a), p.Review(b)
		return cmp.Or(cmp.Compare(y.Overdue, x.Overdue), cmp.Compare(x.Due, y.Due))
	})
	p.Stale = p.idsOf(func(r *Review) bool { return r.Stale })
	slices.SortStableFunc(p.Stale, func(a, b ID) int { return cmp.Compare(p.Review(a).Answered, p.Review(b).Answered) })
	p.addMovement()
}

// badgeRank orders the marks of badges, the worst first.
func badgeRank(mark string) int { return strings.Index("▲■?✓", mark) }

// Review returns the review with an id.
func (p *Portfolio) Review(id ID) *Review { return &p.Reviews[id-1] }

// idsOf lists the ids of the reviews that meet a condition.
func (p *Portfolio) idsOf(is func(*Review) bool) IDs {
	var out IDs
	for i := range p.Reviews {
		if is(&p.Reviews[i]) {
			out = append(out, p.Reviews[i].ID)
		}
	}
	return out
}

// addScoreBuckets counts the reviews by their score, in steps of 25.
func (p *Portfolio) addScoreBuckets() {
	names := []string{"below 25 %", "25 to 49 %", "50 to 74 %", "75 to 99 %", "100 %", "not assessed"}
	for i, name := range names {
		p.Scores = append(p.Scores, Bucket{name, p.idsOf(func(r *Review) bool {
			if !r.Score.Known {
				return i == len(names)-1
			}
			return int(r.Score.Value+1e-9)/25 == i
		})})
	}
}

// addFactBuckets counts the reviews by the values of the fact CountBy.
func (p *Portfolio) addFactBuckets() {
	if p.CountBy == "" {
		return
	}
	found := map[string]IDs{}
	for i := range p.Reviews {
		r := &p.Reviews[i]
		values := r.Fact(p.CountBy)
		if len(values) == 0 {
			values = []string{""}
		}
		for _, v := range values {
			found[v] = append(found[v], r.ID)
		}
	}
	for name, ids := range found {
		p.Facts = append(p.Facts, Bucket{name, ids})
	}
	slices.SortFunc(p.Facts, func(a, b Bucket) int {
		return cmp.Or(cmp.Compare(len(b.Reviews), len(a.Reviews)), cmp.Compare(a.Name, b.Name))
	})
}

// Fact lists the values of a fact of the workload; none if it is open.
func (r *Review) Fact(name string) []string {
	for _, f := range r.Facts {
		if f.Name == name {
			return f.Values
		}
	}
	return nil
}

func percentOf(value float64, known bool) compare.Percent {
	return compare.Percent{Value: value, Known: known}
}

// addDays returns the day some days after another, YYYY-MM-DD; empty if it is not a day.
func addDays(day string, days int) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return at.AddDate(0, 0, days).Format(time.DateOnly)
}
