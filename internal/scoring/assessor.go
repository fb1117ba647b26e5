package scoring

import (
	"slices"

	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/rules"
)

// An Assessor assesses reviews of one lens, each as Assess does. It remembers what does not
// depend on the review, so that many reviews cost less than one each. It is for one
// goroutine.
type Assessor struct {
	// Reuse has an assessment take the memory of the one before it, which must not be used
	// any more then.
	Reuse bool

	lens      *lens.Lens
	questions []rated
	parts     [][]parts // of each best practice, by question
	scratch   *scratch

	// Memory of an assessment.
	practices []Practice
	rated     []Question
	findings  []Finding
	counts    [][]choice.Counted

	retired map[string]lens.Retired // what was asked for; the zero value: not retired
}

// NewAssessor makes an assessor for reviews of a lens, which must not change meanwhile.
func NewAssessor(l *lens.Lens) *Assessor {
	s := &Assessor{lens: l, questions: make([]rated, len(l.Questions)), parts: make([][]parts, len(l.Questions)), scratch: &scratch{}, retired: map[string]lens.Retired{}}
	for i := range l.Questions {
		q := &l.Questions[i]
		s.questions[i] = rated{q: q, scratch: s.scratch, aside: make([]bool, len(q.Practices)), ids: make([]string, 0, len(q.Practices))}
		for j := range q.Practices {
			s.questions[i].ids = append(s.questions[i].ids, q.Practices[j].ID)
			s.questions[i].kinds = s.questions[i].kinds || q.Practices[j].Kind != lens.BestPractice
			s.parts[i] = append(s.parts[i], partsOf(l, &q.Practices[j]))
		}
	}
	return s
}

// partsOf finds the pillar and the layers of a best practice in a lens.
func partsOf(l *lens.Lens, p *lens.Practice) parts {
	out := parts{pillar: slices.IndexFunc(l.Pillars, func(part lens.Pillar) bool { return part.ID == p.Pillar })}
	for i := range l.Layers {
		if slices.Contains(p.Layers, l.Layers[i].ID) {
			out.layers = append(out.layers, i)
		}
	}
	for _, id := range p.Layers {
		out.names = append(out.names, l.LayerName(id))
	}
	return out
}

// begin makes empty lists for an assessment.
func (s *Assessor) begin() {
	s.scratch.used = 0
	if s.practices != nil && s.Reuse {
		return
	}
	n := 0
	for i := range s.lens.Questions {
		n += len(s.lens.Questions[i].Practices)
	}
	s.practices, s.rated, s.findings = make([]Practice, 0, n), make([]Question, 0, len(s.lens.Questions)), nil
}

// retiredID is lens.RetiredID.
func (s *Assessor) retiredID(id string) (lens.Retired, bool) {
	known, asked := s.retired[id]
	if !asked {
		known, _ = s.lens.RetiredID(id)
		s.retired[id] = known
	}
	return known, known.ID != ""
}

// A scratch is memory for the statuses of one assessment.
type scratch struct {
	memory statuses
	used   int
}

func (s *scratch) take(n int) statuses {
	if s.used+n > len(s.memory) {
		s.memory, s.used = make(statuses, max(4096, n)), 0
	}
	out := s.memory[s.used : s.used+n : s.used+n]
	s.used += n
	clear(out)
	return out
}

// A rated question has the risks of its answers, as far as they were asked for.
type rated struct {
	q          *lens.Question
	ids        []string // of its best practices; nobody changes them
	kinds      bool     // not all of its choices are best practices
	rules      []rules.Rule
	risks      map[rating]uint8 // places in allRisks: without a pointer, nothing of it is searched for garbage
	never      bool             // no answer is a high risk
	neverKnown bool
	scratch    *scratch
	whole      statuses // all in place
	aside      []bool   // what the profile of this review sets aside
}

// A rating is the statuses of a question, and how its rules are read.
type rating struct {
	statuses uint64
	letter   bool
}

// mostKept is how many risks of a question are remembered; reviews of one lens
// come nowhere near.
const mostKept = 1 << 13

var allRisks = Risks()

// none are no statuses, for this assessment.
func (r *rated) none() statuses { return r.scratch.take(len(r.q.Practices)) }

// ideal is choice.Best. The caller doesn't change it.
func (r *rated) ideal(answers map[string]review.Answer) []review.Status {
	if r.kinds {
		return choice.BestStatuses(r.q, answers)
	}
	if r.whole == nil {
		r.whole = choice.BestStatuses(r.q, nil)
	}
	return r.whole
}

// inPlace is what changes where a choice is as it should be; of alternatives all are.
func (r *rated) inPlace(at int, ideal []review.Status) statuses {
	out := r.none()
	for i := range r.q.Practices {
		if kind := r.q.Practices[i].Kind; i == at || kind == lens.Alternative && r.q.Practices[at].Kind == kind {
			out[i] = ideal[i]
		}
	}
	return out
}

// risk is the risk of statuses with some of them changed: awsRisk or monotoneRisk.
func (r *rated) risk(mode Mode, given statuses, changes ...statuses) Risk {
	at := func(i int) review.Status {
		status := given[i]
		for _, c := range changes {
			if c[i] != review.Unanswered {
				status = c[i]
			}
		}
		return status
	}
	key, small := rating{letter: mode == AWS}, len(given) <= 21
	for i := 0; small && i < len(given); i++ {
		key.statuses = key.statuses<<3 | code(at(i))
	}
	if known, found := r.risks[key]; small && found {
		return allRisks[known]
	}
	changed := make(statuses, len(given))
	for i := range changed {
		changed[i] = at(i)
	}
	rate := monotoneRisk
	if mode == AWS {
		rate = awsRisk
	}
	out := rate(r.q, r.set(), changed)
	if small && len(r.risks) < mostKept {
		if r.risks == nil {
			r.risks = map[rating]uint8{}
		}
		r.risks[key] = uint8(slices.Index(allRisks, out))
	}
	return out
}

func (r *rated) set() []rules.Rule {
	if r.rules == nil {
		r.rules = choice.RuleSet(r.q)
	}
	return r.rules
}

// neverHigh tells whether no answer to the question can be a high risk, by rules that
// there are.
func (r *rated) neverHigh() bool {
	if !r.neverKnown {
		r.never, r.neverKnown = len(r.set()) > 0 && !canBeHigh(r.q, r.set()), true
	}
	return r.never
}

// code is a status as a number of three bits.
func code(s review.Status) uint64 {
	switch s {
	case review.Implemented:
		return 1
	case review.PartiallyImplemented:
		return 2
	case review.NotImplemented:
		return 3
	case review.NotApplicable:
		return 4
	case review.CannotDetermine:
		return 5
	}
	return 0
}
