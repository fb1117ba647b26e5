package scoring

import (
	"slices"

	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/rules"
)

// An Assessor assesses many reviews of one lens. It gives the same assessments as Assess, and
// is faster, as it caches what does not depend on a review. It is not safe for concurrent use.
type Assessor struct {
	// Reuse makes each assessment reuse the memory of the one before it, which must not be used
	// any more.
	Reuse bool

	lens      *lens.Lens
	questions []ratedQuestion
	parts     [][]partIndexes // of each best practice of each question
	scratch   *scratch

	// Memory that assessments reuse.
	practices []Practice
	rated     []Question
	findings  []Finding
	counts    [][]choice.Counted

	retired map[string]lens.Retired // by normalised id
}

// NewAssessor makes an assessor for reviews of a lens. The lens must not change while the
// assessor is used.
func NewAssessor(l *lens.Lens) *Assessor {
	s := &Assessor{lens: l, questions: make([]ratedQuestion, len(l.Questions)), parts: make([][]partIndexes, len(l.Questions)), scratch: &scratch{}, retired: map[string]lens.Retired{}}
	for i := range l.Questions {
		q := &l.Questions[i]
		s.questions[i] = ratedQuestion{q: q, rules: choice.RuleSet(q), scratch: s.scratch, setAside: make([]bool, len(q.Practices)), ids: make([]string, 0, len(q.Practices))}
		for j := range q.Practices {
			s.questions[i].ids = append(s.questions[i].ids, q.Practices[j].ID)
			s.questions[i].hasChoices = s.questions[i].hasChoices || q.Practices[j].Kind != lens.BestPractice
			s.parts[i] = append(s.parts[i], partsOf(l, &q.Practices[j]))
		}
	}
	for _, r := range l.Retired {
		s.retired[lens.NormalizeID(r.ID)] = r
	}
	return s
}

// partsOf finds the pillar and the layers of a best practice in a lens.
func partsOf(l *lens.Lens, p *lens.Practice) partIndexes {
	out := partIndexes{pillar: slices.IndexFunc(l.Pillars, func(part lens.Pillar) bool { return part.ID == p.Pillar })}
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

// reset prepares the lists for the next assessment.
func (s *Assessor) reset() {
	s.scratch.used = 0
	if s.practices != nil && s.Reuse {
		return
	}
	n := 0
	for i := range s.lens.Questions {
		n += len(s.lens.Questions[i].Practices)
	}
	s.practices, s.rated, s.findings = make([]Practice, 0, n), make([]Question, 0, len(s.lens.Questions)), make([]Finding, 0, n)
}

// A scratch is an arena for the statuses of one assessment.
type scratch struct {
	memory statuses
	used   int
}

// take returns n unanswered statuses.
func (s *scratch) take(n int) statuses {
	if s.used+n > len(s.memory) {
		s.memory, s.used = make(statuses, max(4096, n)), 0
	}
	out := s.memory[s.used : s.used+n : s.used+n]
	s.used += n
	clear(out)
	return out
}

// A ratedQuestion is a question with a cache of the risks of its answers.
type ratedQuestion struct {
	q          *lens.Question
	ids        []string // ids of its best practices; must not be changed
	hasChoices bool     // some of its choices are not best practices
	rules      []rules.Rule
	risks      map[riskKey]uint8 // indexes in allRisks: a map without pointers costs the garbage collector nothing
	never      bool              // no answer is a high risk; valid if neverKnown
	neverKnown bool
	scratch    *scratch
	allInPlace statuses // cache of bestStatuses if all choices are best practices
	setAside   []bool   // best practices that the profile of the current review sets aside
}

// A riskKey identifies the statuses of a question and the mode in which its rules are read.
type riskKey struct {
	statuses uint64
	letter   bool
}

// maxKeptRisks limits the cached risks of a question. Reviews of one lens have far fewer
// different answers.
const maxKeptRisks = 1 << 13

var allRisks = Risks()

// newStatuses returns unanswered statuses for the best practices of the question.
func (r *ratedQuestion) newStatuses() statuses { return r.scratch.take(len(r.q.Practices)) }

// bestStatuses is choice.BestStatuses with a cache. The result must not be changed.
func (r *ratedQuestion) bestStatuses(answers map[string]review.Answer) []review.Status {
	if r.hasChoices {
		return choice.BestStatuses(r.q, answers)
	}
	if r.allInPlace == nil {
		r.allInPlace = choice.BestStatuses(r.q, nil)
	}
	return r.allInPlace
}

// inPlace returns the status that the choice at an index should have, all others unanswered. Of
// an alternative, all alternatives are set.
func (r *ratedQuestion) inPlace(at int, best []review.Status) statuses {
	out := r.newStatuses()
	for i := range r.q.Practices {
		if kind := r.q.Practices[i].Kind; i == at || kind == lens.Alternative && r.q.Practices[at].Kind == kind {
			out[i] = best[i]
		}
	}
	return out
}

// risk is awsRisk or monotoneRisk, with a cache, of statuses with changes overlaid in order.
func (r *ratedQuestion) risk(mode Mode, given statuses, changes ...statuses) Risk {
	at := func(i int) review.Status {
		status := given[i]
		for _, c := range changes {
			if c[i] != review.Unanswered {
				status = c[i]
			}
		}
		return status
	}
	key, small := riskKey{letter: mode == AWS}, len(given) <= 21
	for i := 0; small && i < len(given); i++ {
		key.statuses = key.statuses<<3 | statusCode(at(i))
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
	out := rate(r.q, r.rules, changed)
	if small && len(r.risks) < maxKeptRisks {
		if r.risks == nil {
			r.risks = map[riskKey]uint8{}
		}
		r.risks[key] = uint8(slices.Index(allRisks, out))
	}
	return out
}

// neverHigh reports whether the question has rules and they rate no answer as a high risk.
func (r *ratedQuestion) neverHigh() bool {
	if !r.neverKnown {
		r.never, r.neverKnown = len(r.rules) > 0 && !canBeHigh(r.q, r.rules), true
	}
	return r.never
}

// statusCode encodes a status in three bits.
func statusCode(s review.Status) uint64 {
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
