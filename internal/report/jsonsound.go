package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// sound says everything that is wrong with a decoded JSON report:
//
//   - words that are none of a fixed set, ids of other than letters, digits and
//     the signs . _ -, dates that are no dates;
//   - ids that stand for nothing in the report, or for two things;
//   - counts, findings and waivers that are not those of its answers.
func sound(j *JSON, a *scoring.Assessment) []string {
	c := &soundness{}
	c.id("lens", "id", j.Lens.ID)
	c.date("as_of", j.AsOf, false)
	word(c, "scoring", j.Scoring, j.Scoring.Values())
	if j.Workload.Environment != "" {
		word(c, "workload: environment", j.Workload.Environment, j.Workload.Environment.Values())
	}
	pillars, layers := map[string]bool{}, map[string]bool{}
	for _, p := range j.Pillars {
		c.unique(pillars, "pillars", p.ID)
	}
	for _, p := range j.Layers {
		c.unique(layers, "layers", p.ID)
	}
	for _, m := range j.Matrix {
		c.known(pillars, "matrix", "pillar", m.Pillar)
		c.known(layers, "matrix", "layer", m.Layer)
		if m.Worst != "" {
			word(c, "matrix: worst", m.Worst, m.Worst.Values())
		}
	}
	questions := map[string]bool{}
	for _, q := range j.Questions {
		c.unique(questions, "questions", q.ID)
		for _, r := range []scoring.Risk{q.Risk, q.AWSRisk, q.Monotone, q.Accepted, q.Best, q.Worst} {
			word(c, q.ID+": risk", r, scoring.Risks())
		}
		if q.Layer == "" {
			c.known(pillars, q.ID, "pillar", q.Pillar)
		}
	}
	for _, t := range j.Parked {
		if t.Practice != "" {
			c.id("parked", "best practice", t.Practice)
		}
	}
	c.practices(j, pillars, layers, questions)
	c.revisions(j)
	c.findings(j, a)
	c.scenarios(j)
	c.counts(a)
	return c.problems
}

type soundness struct {
	problems []string
	ids      map[string]bool // of the best practices in scope
}

func (c *soundness) say(format string, args ...any) {
	if s := fmt.Sprintf(format, args...); !slices.Contains(c.problems, s) {
		c.problems = append(c.problems, s)
	}
}

// word refuses a word that is not on a list.
func word[T ~string, W ~string](c *soundness, what string, given T, known []W) {
	names := make([]string, len(known))
	for i, k := range known {
		if string(k) == string(given) {
			return
		}
		names[i] = string(k)
	}
	c.say("unknown %s %q; known: %s", what, given, strings.Join(names, ", "))
}

func (c *soundness) id(where, what, id string) {
	odd := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("._-", r)
	}
	if id == "" || strings.ContainsFunc(id, odd) {
		c.say("%s: %q is no %s", where, id, what)
	}
}

func (c *soundness) unique(seen map[string]bool, where, id string) {
	c.id(where, "id", id)
	if seen[id] {
		c.say("%s: %s is here twice", where, id)
	}
	seen[id] = true
}

func (c *soundness) known(ids map[string]bool, where, what, id string) {
	if !ids[id] {
		c.say("%s: the report has no %s %q", where, what, id)
	}
}

func (c *soundness) date(what, text string, withTime bool) {
	if err := review.CheckDate(text, withTime); err != nil {
		c.say("%s: %v", what, err)
	}
}

func (c *soundness) practices(j *JSON, pillars, layers, questions map[string]bool) {
	c.ids = map[string]bool{}
	level := lens.Level("").Values()
	for _, p := range j.Practices {
		c.unique(c.ids, "practices", p.Practice)
		c.known(questions, p.Practice, "question", p.Question)
		c.known(pillars, p.Practice, "pillar", p.Pillar)
		for _, id := range p.Layers {
			c.known(layers, p.Practice, "layer", id)
		}
		word(c, p.Practice+": severity", p.Severity, level)
		if p.Effort != "" {
			word(c, p.Practice+": effort", p.Effort, level)
		}
		if p.Fix != "" {
			word(c, p.Practice+": fix", p.Fix, p.Fix.Values())
		}
		c.id(p.Practice, "rated_by", p.RatedBy)
		for _, h := range p.Guidance.How {
			if h.Guidance != "" {
				c.id(p.Practice, "guidance id", h.Guidance)
			}
		}
		if p.Line < 0 {
			c.say("%s: line can't be negative", p.Practice)
		}
		if p.Answer == nil {
			continue
		}
		word(c, p.Practice+": status", p.Answer.Status, review.Statuses())
		if p.Answer.Due != "" {
			c.date(p.Practice+": due", p.Answer.Due, false)
		}
		if p.Answer.At != "" {
			c.date(p.Practice+": at", p.Answer.At, true)
		}
	}
}

// revisions checks what says which revision of the lens asked what.
func (c *soundness) revisions(j *JSON) {
	if j.Lens.Revision < 0 || j.Lens.ReviewRevision < 0 {
		c.say("lens: a revision can't be negative")
	}
	for _, d := range []string{j.Lens.Digest, j.Lens.ReviewDigest} {
		if strings.Trim(d, "0123456789abcdef") != "" {
			c.say("lens: %q is no digest", d)
		}
	}
	left := map[string]bool{}
	for _, id := range j.LeftOut {
		c.unique(left, "left_out", id)
		if c.ids[id] {
			c.say("left_out: %s is among the practices in scope", id)
		}
	}
	if n := len(j.LeftOut); n > 0 && n != j.OutOfScope {
		c.say("left_out: lists %d best practices, out_of_scope says %d", n, j.OutOfScope)
	}
	for _, r := range j.Retired {
		c.id("retired", "best practice", r.ID)
	}
}

// findings holds the findings against the answers that they come from, and the
// waivers against the findings.
func (c *soundness) findings(j *JSON, a *scoring.Assessment) {
	waivers, seen := map[string]bool{}, map[string]bool{}
	for _, w := range j.Waivers {
		c.unique(waivers, "waivers", w.Practice)
		c.date("waiver of "+w.Practice, w.Expires, false)
		word(c, "waiver of "+w.Practice+": state", w.State, []scoring.WaiverState{
			scoring.WaiverActive, scoring.WaiverExpiring, scoring.WaiverExpired, scoring.WaiverUnused,
		})
	}
	for _, f := range j.Findings {
		c.unique(seen, "findings", f.Practice)
		c.known(c.ids, "findings", "best practice", f.Practice)
		word(c, f.Practice+": quadrant", f.Quadrant, scoring.Quadrants())
		word(c, f.Practice+": horizon", f.Horizon, scoring.Horizons())
		if f.Priority < 0 || f.Priority > 100 {
			c.say("%s: the priority %d is not 0 to 100", f.Practice, f.Priority)
		}
		if f.Waived && !waivers[f.Practice] {
			c.say("findings: %s is waived and has no waiver", f.Practice)
		}
	}
	for _, p := range a.Practices {
		if found := p.Finding(); found != seen[p.ID] {
			c.say("findings: %s is %s and is %s the findings", p.ID, p.Status.Words(), map[bool]string{true: "not among", false: "among"}[found])
		}
	}
}

func (c *soundness) scenarios(j *JSON) {
	for _, s := range j.Scenarios {
		c.id("scenarios", "id", s.ID)
		word(c, s.ID+": kind", s.Kind, s.Kind.Values())
		for _, step := range s.Steps {
			word(c, s.ID+": state", step.State, []scoring.StepState{
				scoring.StepAtRisk, scoring.StepUnassessed, scoring.StepProtected, scoring.StepNotApplicable,
			})
			if step.Worst != "" {
				word(c, s.ID+": worst", step.Worst, step.Worst.Values())
			}
			for _, id := range slices.Concat(step.Findings, step.NotAssessed, step.Protected) {
				c.id(s.ID, "best practice", id)
			}
		}
	}
}

// counts holds the two totals against the answers.
func (c *soundness) counts(a *scoring.Assessment) {
	var aws, layer scoring.Tally
	for _, p := range a.Practices {
		t := &aws
		if p.FromLayer {
			t = &layer
		}
		t.InScope++
		switch p.Status {
		case review.NotApplicable:
			t.NotApplicable++
		case review.Unanswered:
		default:
			t.Answered++
		}
	}
	for _, t := range []struct {
		what        string
		said, found scoring.Tally
	}{{"counts", a.Lens, aws}, {"layer_banks", a.LayerBanks, layer}} {
		if t.said.InScope != t.found.InScope || t.said.Answered != t.found.Answered || t.said.NotApplicable != t.found.NotApplicable {
			c.say("%s: says %d in scope, %d answered and %d not applicable; the best practices listed make %d, %d and %d", t.what,
				t.said.InScope, t.said.Answered, t.said.NotApplicable, t.found.InScope, t.found.Answered, t.found.NotApplicable)
		}
	}
}
