package customlens_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/rules"
	"github.com/iotlens/iotlens/internal/wa/customlens"
	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// facts reads a table of testdata/aws, transcribed from what AWS publishes.
func facts(t *testing.T, name string) [][]string {
	data, err := os.ReadFile("../../../testdata/aws/" + name)
	require.NoError(t, err)
	var rows [][]string
	for line := range strings.Lines(string(data)) {
		rows = append(rows, strings.Split(strings.TrimRight(line, "\r\n"), "\t"))
	}
	return rows[1:]
}

// questionsOf lists the questions of a custom lens with the id of their pillar.
func questionsOf(w *customlens.Lens) (list []customlens.Question, pillars []string) {
	for _, p := range w.Pillars {
		for _, q := range p.Questions {
			list, pillars = append(list, q), append(pillars, p.ID.Value)
		}
	}
	return list, pillars
}

func export(t require.TestingT, o customlens.Options) *customlens.Lens {
	w, err := customlens.Export(shipped.Lens(), o)
	require.NoError(t, err)
	return w
}

func TestTheExportHasTheIDsTitlesAndRulesOfAWS(t *testing.T) {
	pillars := map[string]string{
		"operational-excellence": "operationalExcellence", "security": "security", "reliability": "reliability",
		"performance-efficiency": "performance", "cost-optimization": "costOptimization", "sustainability": "sustainability",
	}
	practices, ruleRows := map[string][]string{}, map[string][]string{}
	for _, row := range facts(t, "best-practices.tsv") {
		q, _, _ := strings.Cut(row[0], "-")
		practices[q] = append(practices[q], strings.ReplaceAll(row[0], "-", "_")+" "+strings.TrimSpace(row[2]))
	}
	for _, row := range facts(t, "rules.tsv") {
		ruleRows[row[0]] = append(ruleRows[row[0]], strings.TrimSpace(row[1])+" "+row[2])
	}
	var want, got []string
	for _, row := range facts(t, "questions.tsv") {
		choices := practices[row[0]]
		if row[3] != "" {
			choices = append(choices, row[3]+" None of these")
		}
		want = append(want, fmt.Sprintln(pillars[row[1]], row[0], strings.TrimSpace(row[4]), choices, ruleRows[row[0]]))
	}
	list, at := questionsOf(export(t, customlens.Options{}))
	for i, q := range list {
		var choices, set []string
		for _, c := range q.Choices {
			choices = append(choices, c.ID.Value+" "+c.Title.Value)
		}
		for _, r := range q.RiskRules {
			set = append(set, r.Condition.Value+" "+r.Risk.Value)
		}
		got = append(got, fmt.Sprintln(at[i], q.ID.Value, q.Title.Value, choices, set))
	}
	assert.Len(t, got, 59)
	assert.Equal(t, want, got)
}

func TestRepairFixesNoneOfThese(t *testing.T) {
	before, _ := questionsOf(export(t, customlens.Options{}))
	after, _ := questionsOf(export(t, customlens.Options{Repair: true}))
	var fixed []string
	for i, q := range after {
		last := q.Choices[len(q.Choices)-1]
		assert.Equal(t, q.ID.Value+"_no", last.ID.Value)
		assert.Equal(t, "None of these", last.Title.Value)
		if !slices.ContainsFunc(before[i].Choices, func(c customlens.Choice) bool { return c.ID.Value == last.ID.Value }) {
			fixed = append(fixed, q.ID.Value)
		}
	}
	assert.Equal(t, []string{"IOTOPS03", "IOTOPS10", "IOTPERF06", "IOTPERF08", "IOTPERF09", "IOTCOST05", "IOTCOST06"}, fixed)
}

// For every selection, the monotone export gives the same risk as EvalMonotone of AWS's
// rules. Only the six questions in which doing more raises the risk have changed rules.
func TestTheMonotoneExportIsTheClosureOfTheRules(t *testing.T) {
	letter, _ := questionsOf(export(t, customlens.Options{}))
	form, _ := questionsOf(export(t, customlens.Options{Rules: customlens.MonotoneRules}))
	var changed []string
	for i, q := range form {
		assert.LessOrEqual(t, len(q.RiskRules), 3)
		aws, mono := ruleSet(t, letter[i]), ruleSet(t, q)
		var ids []string
		for _, c := range q.Choices {
			if !strings.HasSuffix(c.ID.Value, "_no") {
				ids = append(ids, c.ID.Value)
			}
		}
		differs := false
		for subset := range 1 << len(ids) {
			state := func(id string) rules.State {
				if n := slices.Index(ids, id); n >= 0 && subset>>n&1 == 1 {
					return rules.Selected
				}
				return rules.NotSelected
			}
			want, _ := rules.EvalMonotone(aws, ids, "", state)
			got, _ := rules.Eval(mono, state)
			require.Equal(t, want, got, "%s, selection %b", q.ID.Value, subset)
			to, _ := rules.Eval(aws, state)
			differs = differs || to != got
		}
		if differs {
			changed = append(changed, q.ID.Value)
		} else {
			for j := range q.RiskRules {
				assert.Equal(t, letter[i].RiskRules[j].Condition.Value, q.RiskRules[j].Condition.Value)
			}
		}
	}
	assert.Equal(t, []string{"IOTOPS05", "IOTOPS06", "IOTSEC07", "IOTSEC10", "IOTSEC12", "IOTSEC13"}, changed)
}

func ruleSet(t require.TestingT, q customlens.Question) []rules.Rule {
	var set []rules.Rule
	for _, r := range q.RiskRules {
		when, err := rules.Parse(r.Condition.Value)
		require.NoError(t, err)
		risk, ok := customlens.ParseRisk(r.Risk.Value)
		require.True(t, ok)
		set = append(set, rules.Rule{When: when, Risk: risk})
	}
	return set
}

// Every export of the shipped lens is within the limits of the WA Tool.
func TestTheExportKeepsWithinTheLimits(t *testing.T) {
	for name, o := range map[string]customlens.Options{
		"aws": {}, "monotone": {Rules: customlens.MonotoneRules}, "layers": {Layers: true}, "repaired": {Repair: true},
	} {
		t.Run(name, func(t *testing.T) {
			w := export(t, o)
			data, err := customlens.Write(w)
			require.NoError(t, err)
			assert.LessOrEqual(t, len(data), customlens.MaxSize)
			assert.LessOrEqual(t, len(w.Pillars), 10)
			name := func(s customlens.Text, most int) {
				assert.True(t, s.Set && s.Value != "" && utf8.RuneCountInString(s.Value) <= most, s.Value)
				assert.Empty(t, strings.Trim(s.Value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_.,:/()@!&#+'?\u2019"), s.Value)
			}
			text := func(r *customlens.Resource) {
				require.NotNil(t, r)
				assert.NotEmpty(t, r.DisplayText.Value)
				assert.LessOrEqual(t, utf8.RuneCountInString(r.DisplayText.Value), 2048)
				assert.True(t, !r.URL.Set || strings.HasPrefix(r.URL.Value, "https://"))
			}
			name(w.Name, 128)
			name(w.Description, 2048)
			for _, p := range w.Pillars {
				name(p.Name, 128)
				assert.LessOrEqual(t, len(p.Questions), 20)
				for _, q := range p.Questions {
					name(q.Title, 128)
					text(q.HelpfulResource)
					assert.LessOrEqual(t, len(q.Choices), 15)
					assert.LessOrEqual(t, len(q.RiskRules), 3)
					for _, c := range q.Choices {
						name(c.Title, 128)
						assert.Regexp(t, `^[A-Za-z0-9_]{3,64}$`, c.ID.Value)
						if strings.HasSuffix(c.ID.Value, "_no") {
							continue
						}
						text(c.HelpfulResource)
						text(c.ImprovementPlan)
						for _, a := range c.AdditionalResources {
							assert.LessOrEqual(t, len(a.Content), 5)
						}
					}
				}
			}
		})
	}
}

// Lint finds no errors in an export, and no other findings than those of AWS's own lens.
// A repaired, monotone export has only those about its low risks.
func TestLintFindsInTheExportOnlyMistakesOfAWS(t *testing.T) {
	low := []string{"WA055", "WA073"} // None is ignored beside all others; no answer is HIGH_RISK
	for _, c := range []struct {
		o     customlens.Options
		codes []string
	}{
		{customlens.Options{}, append([]string{"WA037", "WA050", "WA071", "WA074", "WA076"}, low...)},
		{customlens.Options{Repair: true}, append([]string{"WA076"}, low...)},
		{customlens.Options{Repair: true, Rules: customlens.MonotoneRules}, low},
		{customlens.Options{Layers: true}, low},
	} {
		r := lint.Files([]lint.Source{{File: "export.json", Data: exported(t, shipped.Lens(), c.o)}})
		assert.Zero(t, r.Counts()[lint.Error])
		for _, f := range r.Files[0].Findings {
			assert.Contains(t, c.codes, f.Check.Code, "%+v: %s", c.o, f.Text)
		}
	}
}

// An import of an export has the same pillars, questions, best practices, titles, rules and
// None choices, and is exported to the same JSON. Cards are reduced to two texts, and
// severities follow from the rules; layers, scenarios and effort are not in the format.
func TestExportsAreImportedAsTheSameLens(t *testing.T) {
	for name, o := range map[string]customlens.Options{"the lens": {}, "its layer banks": {Layers: true}, "monotone": {Rules: customlens.MonotoneRules, Repair: true}} {
		t.Run(name, func(t *testing.T) {
			data := exported(t, shipped.Lens(), o)
			l := imported(t, "export.json", data)
			assert.Equal(t, values(t, data), values(t, exported(t, reloaded(t, l), customlens.Options{})))
			if o != (customlens.Options{}) {
				return
			}
			ours := shipped.Lens()
			assert.Equal(t, ours.PillarIDs(), l.PillarIDs())
			var want, got []string
			for i := range ours.Questions {
				if q := &ours.Questions[i]; q.AWS() {
					want = append(want, carried(q))
				}
			}
			for i := range l.Questions {
				got = append(got, carried(&l.Questions[i]))
			}
			assert.Equal(t, want, got)
		})
	}
}

// carried returns the parts of a question that survive an export and an import.
func carried(q *lens.Question) string {
	s := fmt.Sprintln(q.ID, q.Pillar, q.Title, q.None, q.Rules)
	for _, p := range q.Practices {
		s += fmt.Sprintln(p.ID, p.Question, p.Pillar, strings.TrimSpace(p.Title))
	}
	return s
}

// Changes to an imported bank are exported, whether or not the bank stores JSON for the
// field. Unknown fields are exported as well.
func TestChangesToAnImportedBankAreExported(t *testing.T) {
	const original = `{"schemaVersion":"2021-11-01","name":"Shed\n","description":"","_note":1,"pillars":[{"id":"p_1","name":"Lock\n","questions":[
	  {"id":"q_1","title":"Locked?\u0007","number":7,"choices":[
	    {"id":"choice1","title":"Yes\n","improvementPlan":{"displayText":"Lock it.\r\n","url":""},"number":8},
	    {"id":"q_1_no","title":"None of these"}],
	   "riskRules":[{"condition":"choice1 && !q_1_no","risk":"NO_RISK"},{"condition":"default","risk":"HIGH_RISK"}]}]}]}`
	l := imported(t, "shed.json", []byte(original))
	assert.Equal(t, values(t, []byte(original)), values(t, exported(t, reloaded(t, l), customlens.Options{})))

	l.Name, l.Pillars[0].Name = "Garden", "Door"
	q := &l.Questions[0]
	q.Title, q.Rules[1].Risk = "Is it locked?", lens.RuleMedium
	q.Practices[0].Title, q.Practices[0].How[0].Do = "It is locked", "Turn the key."
	want := strings.NewReplacer(`Shed\n`, "Garden", `Lock\n`, "Door", `Locked?\u0007`, "Is it locked?", "HIGH_RISK", "MEDIUM_RISK", `Yes\n`, "It is locked",
		`{"displayText":"Lock it.\r\n","url":""}`, `{"displayText":"Turn the key."}`, `"description":"",`, "").Replace(original)
	assert.Equal(t, values(t, []byte(want)), values(t, exported(t, reloaded(t, l), customlens.Options{})))
}

// The texts of a lens that is too large are all cut to the same limit until it fits.
func TestALensThatIsTooLargeIsCutToSize(t *testing.T) {
	l := *shipped.Lens()
	l.Questions = slices.Clone(l.Questions)
	for i := range l.Questions {
		q := &l.Questions[i]
		q.Practices = slices.Clone(q.Practices)
		for j := range q.Practices {
			q.Practices[j].Why = strings.Repeat("It is said at some length. ", 80)
			q.Practices[j].How = []lens.HowStep{{Do: strings.Repeat("Then it is done. ", 130)}}
		}
	}
	data := exported(t, &l, customlens.Options{})
	assert.LessOrEqual(t, len(data), customlens.MaxSize)
	assert.Greater(t, len(data), customlens.MaxSize*9/10, "texts are not cut more than necessary")
	doc, problems := customlens.Read("large.json", data)
	require.NoError(t, problems.Err())
	for _, p := range doc.Lens.Pillars {
		for _, q := range p.Questions {
			for _, c := range q.Choices {
				if c.ImprovementPlan != nil {
					assert.Regexp(t, `\.$`, c.ImprovementPlan.DisplayText.Value)
				}
			}
		}
	}
	assert.Empty(t, lint.Files([]lint.Source{{File: "large.json", Data: data}}).Counts()[lint.Error])
}
