package choice_test

import (
	"fmt"
	"math/bits"
	"regexp"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/corpus"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/wa/customlens"
	"github.com/stretchr/testify/require"
)

// imported visits every question of the corpus that has rules and choices.
func imported(t *testing.T, visit func(file string, l *lens.Lens, q *lens.Question)) {
	for _, f := range corpus.Lenses(t) {
		doc, _ := customlens.Read(f.Name, f.Data)
		l, problems := customlens.Import(doc, "", "")
		require.Empty(t, problems, f.Name)
		for i := range l.Questions {
			visit(f.Name, l, &l.Questions[i])
		}
	}
}

// A tool is an evaluator of risk rules of its own: it reads conditions from left to
// right, with ! before && before ||.
type tool struct{ rules [][2]string }

func newTool(q *lens.Question) tool {
	var t tool
	for _, r := range q.Rules {
		t.rules = append(t.rules, [2]string{r.When, strings.ToUpper(string(r.Risk))})
	}
	return t
}

var token = regexp.MustCompile(`[A-Za-z0-9_-]+|&&|\|\||[!()]`)

// risk is what the WA Tool shows for some selected choices.
func (t tool) risk(selected map[string]bool) string {
	for _, r := range t.rules {
		words := token.FindAllString(r[0], -1)
		if or(&words, selected) {
			return r[1]
		}
	}
	return "UNDETERMINED"
}

func or(w *[]string, s map[string]bool) bool {
	v := both(w, s)
	for len(*w) > 0 && (*w)[0] == "||" {
		*w = (*w)[1:]
		v = both(w, s) || v
	}
	return v
}

func both(w *[]string, s map[string]bool) bool {
	v := one(w, s)
	for len(*w) > 0 && (*w)[0] == "&&" {
		*w = (*w)[1:]
		v = one(w, s) && v
	}
	return v
}

func one(w *[]string, s map[string]bool) bool {
	word := (*w)[0]
	*w = (*w)[1:]
	switch word {
	case "!":
		return !one(w, s)
	case "(":
		v := or(w, s)
		*w = (*w)[1:]
		return v
	}
	return word == "default" || s[word]
}

// answersOf are the answers that select some choices and no others.
func answersOf(q *lens.Question, set int) (map[string]review.Answer, map[string]bool) {
	answers, selected := map[string]review.Answer{}, map[string]bool{}
	for i, p := range q.Practices {
		answers[p.ID] = review.Answer{Status: review.NotImplemented}
		if set>>i&1 == 1 {
			answers[p.ID], selected[p.ID] = review.Answer{Status: review.Implemented}, true
		}
	}
	if set == 0 && q.None != "" {
		selected[q.None] = true
	}
	return answers, selected
}

// assess assesses one question.
func assess(l *lens.Lens, q *lens.Question, answers map[string]review.Answer) *scoring.Assessment {
	one := *l
	one.Questions = []lens.Question{*q}
	return scoring.Assess(&one, &review.Review{Answers: answers}, scoring.Options{})
}

func TestImportedLensHasRisksOfWATool(t *testing.T) {
	n := 0
	imported(t, func(file string, l *lens.Lens, q *lens.Question) {
		tool := newTool(q)
		for set := range 1 << len(q.Practices) {
			answers, selected := answersOf(q, set)
			if len(selected) == 0 {
				continue
			}
			n++
			want := tool.risk(selected)
			require.Equal(t, want, string(scoring.AWSRisk(q, answers)), "%s %s %b", file, q.ID, set)
			if bits.OnesCount(uint(set)) <= 1 || set%31 == 0 { // the whole assessment
				require.Equal(t, want, string(assess(l, q, answers).Questions[0].Risk), "%s %s %b", file, q.ID, set)
			}
		}
	})
	require.Greater(t, n, 10000)
}

// The best answer is the one with the lowest risk that the rules allow, with every best
// practice in place and no negative true.
func TestBestAnswerHasNoFinding(t *testing.T) {
	grade := map[string]int{"NONE": 0, "MEDIUM": 1, "HIGH": 2, "UNDETERMINED": 3}
	imported(t, func(file string, l *lens.Lens, q *lens.Question) {
		tool := newTool(q)
		lowest, best := 4, []int{}
		better := func(a, b int) int { return kinds(q, a) - kinds(q, b) }
		for set := range 1 << len(q.Practices) {
			_, selected := answersOf(q, set)
			if len(selected) == 0 {
				continue
			}
			switch g := grade[tool.risk(selected)]; {
			case g < lowest, g == lowest && better(set, best[0]) > 0:
				lowest, best = g, []int{set}
			case g == lowest && better(set, best[0]) == 0:
				best = append(best, set)
			}
		}
		for _, set := range best {
			answers, _ := answersOf(q, set)
			a := assess(l, q, answers)
			require.Empty(t, a.Findings, "%s %s %s", file, q.ID, told(q, set))
			if score, ok := a.Lens.Score(); ok {
				require.InDelta(t, 100, score, 1e-9, "%s %s", file, q.ID)
			}
			for id, answer := range answers { // what is not ticked needs no answer beside an alternative
				if p, _ := l.Practice(id); answer.Status == review.NotImplemented && p.Kind == lens.Alternative {
					delete(answers, id)
				}
			}
			a = assess(l, q, answers)
			require.Empty(t, a.Findings, "%s %s %s", file, q.ID, told(q, set))
			require.Empty(t, a.Unassessed, "%s %s %s", file, q.ID, told(q, set))
		}
	})
}

// kinds grades an answer: by negatives, then by best practices.
func kinds(q *lens.Question, set int) int {
	n := 0
	for i, p := range q.Practices {
		if set>>i&1 == 1 {
			n += map[lens.ChoiceKind]int{lens.BestPractice: 1, lens.Negative: -100}[p.Kind]
		}
	}
	return n
}

func told(q *lens.Question, set int) string {
	var b strings.Builder
	for i, p := range q.Practices {
		fmt.Fprintf(&b, "\n%v %s %s: %s", set>>i&1 == 1, p.ID, p.Kind, p.Title)
	}
	return b.String()
}
