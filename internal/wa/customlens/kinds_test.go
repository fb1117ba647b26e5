package customlens_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/corpus"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/wa/customlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// testdata/kinds has the kind of each choice in the lenses of the corpus. Each line was
// reviewed against the rules of its question. UPDATE_GOLDEN=1 rewrites the files.
func TestKindsOfPublishedLenses(t *testing.T) {
	for _, f := range corpus.Lenses(t) {
		doc, _ := customlens.Read(f.Name, f.Data)
		l, problems := customlens.Import(doc, "", "")
		require.Empty(t, problems, f.Name)
		golden := filepath.Join("testdata", "kinds", strings.TrimSuffix(f.Name, ".json")+".tsv")
		got := kindsOf(l)
		if os.Getenv("UPDATE_GOLDEN") != "" {
			require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		assert.Equal(t, string(want), got, f.Name)
	}
}

// kindsOf lists the choices of a lens: question, choice, kind and title.
func kindsOf(l *lens.Lens) string {
	var b strings.Builder
	for i := range l.Questions {
		q := &l.Questions[i]
		_, doubts := customlens.Kinds(q)
		why := map[string]string{}
		for _, d := range doubts {
			why[d.ID] = "unclear: " + d.Why
		}
		line := func(id, kind, title string) {
			fmt.Fprintf(&b, "%s\n", strings.TrimRight(strings.Join([]string{q.ID, id, kind, cut(title), why[id]}, "\t"), "\t"))
		}
		for _, p := range q.Practices {
			kind := string(p.Kind)
			if kind == "" {
				kind = "practice"
			}
			line(p.ID, kind, p.Title)
		}
		if q.None != "" {
			line(q.None, "none", q.NoneChoice.Title)
		}
	}
	return b.String()
}

func cut(title string) string {
	const most = 60
	title = strings.Join(strings.Fields(title), " ")
	if r := []rune(title); len(r) > most {
		return string(r[:most]) + "…"
	}
	return title
}

func TestKindsFollowFromRulesAndWording(t *testing.T) {
	const (
		best = lens.BestPractice
		way  = lens.Alternative
		neg  = lens.Negative
		fact = lens.FactChoice
	)
	type choices = []string
	type kinds = []lens.ChoiceKind
	for _, c := range []struct {
		name, title string
		choices     choices // their ids are a, b, c and so on
		rules       [][2]string
		want        kinds
		unclear     bool
	}{
		{"practices add up", "", choices{"Encrypt", "Rotate keys"}, [][2]string{{"a && b", "none"}, {"a || b", "medium"}, {"default", "high"}}, kinds{best, best}, false},
		{"what no rule names adds up, too", "", choices{"Encrypt", "Rotate keys"}, [][2]string{{"a", "none"}, {"default", "high"}}, kinds{best, best}, false},
		{"yes or no", "", choices{"Yes.", "No."}, [][2]string{{"a", "none"}, {"b", "high"}, {"default", "medium"}}, kinds{best, neg}, false},
		{"no rule names the no", "", choices{"Yes", "No", "Not sure"}, [][2]string{{"a", "none"}, {"default", "high"}}, kinds{best, neg, neg}, false},
		{"a no that is better than don't know", "", choices{"Yes.", "No.", "I don't know"}, [][2]string{{"a", "none"}, {"b", "medium"}, {"default", "high"}}, kinds{best, neg, neg}, false},
		{"the good answer is no", "Is it public?", choices{"Yes.", "No."}, [][2]string{{"!a", "none"}, {"default", "high"}}, kinds{way, way}, false},
		{"a no that the rules need", "", choices{"Yes, in part", "No, by hand"}, [][2]string{{"a && b", "none"}, {"default", "high"}}, kinds{best, best}, true},
		{"a ladder", "", choices{"Backup", "Pilot light", "Hot standby"}, [][2]string{{"c", "none"}, {"b", "medium"}, {"default", "high"}}, kinds{way, way, way}, false},
		{"a ladder, worst first", "", choices{"By hand", "By script", "By pipeline"}, [][2]string{{"a", "high"}, {"b", "medium"}, {"c", "none"}}, kinds{way, way, way}, false},
		{"any of them", "", choices{"CloudFormation", "Terraform"}, [][2]string{{"a || b", "none"}, {"default", "high"}}, kinds{way, way}, false},
		{"any of them, and what no rule names", "", choices{"CloudFormation", "Terraform", "Reviews"}, [][2]string{{"a || b", "none"}, {"default", "high"}}, kinds{way, way, best}, false},
		{"no way, and in the way of another", "", choices{"By hand", "By script", "By pipeline"}, [][2]string{{"a", "high"}, {"b", "medium"}, {"c", "none"}, {"default", "high"}}, kinds{neg, way, way}, false},
		{"the question says so", "Which subnet? Choose one option", choices{"Public", "Private"}, [][2]string{{"b", "none"}, {"default", "high"}}, kinds{way, way}, false},
		{"one of two, and a third", "", choices{"MFA", "Passkeys", "Long passwords"}, [][2]string{{"(a || b) && c", "none"}, {"default", "high"}}, kinds{way, way, best}, false},
		{"a lesser way beside what is needed", "", choices{"Unit tests", "Smoke tests", "Tests by hand"}, [][2]string{{"a && b", "none"}, {"c", "medium"}, {"default", "high"}}, kinds{best, best, way}, false},
		{"what only raises a risk", "", choices{"Known", "Documented", "Third parties"}, [][2]string{{"a && b && !c", "none"}, {"default", "high"}}, kinds{best, best, neg}, false},
		{"nothing to ask for", "", choices{"Bought", "Built", "Rented"}, [][2]string{{"!a", "none"}, {"default", "medium"}}, kinds{neg, fact, fact}, false},
		{"sizes", "", choices{"1-9.", "10 to 99", "More than 1,000 sites", "100+"}, [][2]string{{"a || b || c || d", "none"}, {"default", "high"}}, kinds{fact, fact, fact, fact}, false},
		{"sizes with a risk", "", choices{"1-9", "10+"}, [][2]string{{"b", "none"}, {"default", "high"}}, kinds{way, way}, false},
		{"who is who", "Who sponsors it?", choices{"Finance", "Engineering"}, [][2]string{{"default", "none"}}, kinds{fact, fact}, false},
		{"things to talk about", "Plan", choices{"What drives you?", "Are rivals there?"}, [][2]string{{"default", "none"}}, kinds{fact, fact}, false},
		{"whether it is done", "Plan", choices{"Do you rotate keys?", "Is access reviewed?"}, [][2]string{{"default", "none"}}, kinds{best, best}, false},
		{"lazy rules", "How is it protected?", choices{"Encrypt", "Rotate keys"}, [][2]string{{"default", "none"}}, kinds{best, best}, false},
		{"no rules", "", choices{"Yes", "No", "Encrypt"}, nil, kinds{best, neg, best}, false},
		{"a good thing that begins with no", "", choices{"Rotate keys", "No keys in code"}, [][2]string{{"a", "none"}, {"default", "high"}}, kinds{best, best}, true},
		{"rules that cannot be met", "", choices{"Encrypt", "Rotate keys"}, [][2]string{{"a && b && nobody", "none"}, {"default", "high"}}, kinds{best, best}, false},
	} {
		q := &lens.Question{ID: "Q", Title: c.title}
		for i, title := range c.choices {
			q.Practices = append(q.Practices, lens.Practice{ID: string(rune('a' + i)), Title: title})
		}
		for _, r := range c.rules {
			q.Rules = append(q.Rules, lens.Rule{When: r[0], Risk: lens.RuleRisk(r[1])})
		}
		got, doubts := customlens.Kinds(q)
		assert.Equal(t, c.want, got, c.name)
		assert.Equal(t, c.unclear, len(doubts) > 0, "%s: %v", c.name, doubts)
	}
}

// An alternative whose only other alternative says no becomes a best practice, as a bank
// refuses a lone alternative.
func TestALoneAlternativeIsABestPractice(t *testing.T) {
	q := &lens.Question{
		ID: "q", None: "q_no",
		Practices: []lens.Practice{{ID: "a", Title: "Encrypt"}, {ID: "b", Title: "None of these"}},
		Rules:     []lens.Rule{{When: "!q_no || a", Risk: lens.RuleNone}, {When: "default", Risk: "medium"}},
	}
	kinds, _ := customlens.Kinds(q)
	assert.Equal(t, []lens.ChoiceKind{lens.BestPractice, lens.FactChoice}, kinds)
}
