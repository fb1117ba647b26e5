package lint_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/corpus"
	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func sourcesOf(files []corpus.File) []lint.Source {
	var out []lint.Source
	for _, f := range files {
		out = append(out, lint.Source{File: f.Name, Path: f.Path, Data: f.Data})
	}
	return out
}

// counts counts the findings of a file by code.
func counts(f lint.FileReport) map[string]int {
	n := map[string]int{}
	for _, x := range f.Findings {
		n[x.Check.Code]++
	}
	return n
}

// The golden has the numbers of findings in the 27 published lenses of the corpus.
func TestFindingsInPublishedLenses(t *testing.T) {
	r := lint.Files(sourcesOf(corpus.Lenses(t)))
	require.Len(t, r.Files, 27)
	var b strings.Builder
	total := map[string]int{}
	line := func(name string, n map[string]int) {
		fmt.Fprintf(&b, "%s\n", name)
		for _, code := range slices.Sorted(maps.Keys(n)) {
			c, _ := lint.FindCheck(code)
			fmt.Fprintf(&b, "  %s %-22s %-7s %4d\n", code, c.Name, c.Severity, n[code])
		}
	}
	for _, f := range r.Files {
		n := counts(f)
		line(f.File, n)
		for code, c := range n {
			total[code] += c
		}
	}
	line("all", total)
	golden(t, "../../../testdata/golden/corpus-lint.txt", b.String())
}

// AWS's reference (docs/gates.md, see package lint) counted the same hazards by other means
// in 50 lenses, of which the corpus has 27. Where it names lenses, the numbers must agree;
// where it gives a total over all 50, ours must not be higher.
func TestCorpusCountsAgreeWithAWS(t *testing.T) {
	files := corpus.Lenses(t)
	r := lint.Files(sourcesOf(files))
	in := func(name string) lint.FileReport {
		i := slices.IndexFunc(r.Files, func(f lint.FileReport) bool { return strings.Contains(f.File, name) })
		require.GreaterOrEqual(t, i, 0, name)
		return r.Files[i]
	}
	texts := func(f lint.FileReport, code string) (out []string) {
		for _, x := range f.Findings {
			if x.Check.Code == code {
				out = append(out, x.Text)
			}
		}
		return out
	}
	total := func(code string) (findings, lenses int) {
		for _, f := range r.Files {
			if n := counts(f)[code]; n > 0 {
				findings, lenses = findings+n, lenses+1
			}
		}
		return findings, lenses
	}
	exactly := func(code string, byLens map[string]int, rest string) {
		t.Helper()
		want := 0
		for name, n := range byLens {
			assert.Equal(t, n, counts(in(name))[code], "%s in %s", code, name)
			want += n
		}
		got, _ := total(code)
		assert.Equal(t, want, got, "%s: %s", code, rest)
	}
	within := func(code string, findings, lenses int) {
		t.Helper()
		n, in := total(code)
		assert.LessOrEqual(t, n, findings, code)
		assert.LessOrEqual(t, in, lenses, code)
		assert.Positive(t, n, code)
	}

	// Hazard 1 and 2: all 27 are JSON, without a mark or a repeated key.
	for _, f := range r.Files {
		for _, x := range f.Findings {
			assert.Greater(t, x.Check.Code, "WA019", "%s:%d: %s", x.File, x.Line, x.Text)
		}
	}
	// Hazard 3: Url, with a capital, is in three published places of the ORR.
	exactly("WA023", map[string]int{"ORR-Whitepaper": 1, "orr-v1.3.5": 1, "orr-v1.3.6": 1}, "misspelt fields")
	// Hazard 4 counts 118 in saas_biz, Connect and one lens that isn't here; 4 more are in API Gateway and Lambda.
	exactly("WA040", map[string]int{"saas_biz": 113, "costOptimization": 1, "connect-customlens-wellarchitected": 1, "apigw-lambda": 4}, "empty links")
	// Hazard 6: 40 questions without a default, of which 2 are in a lens that isn't here.
	exactly("WA063", map[string]int{
		"elasticache": 22, "costOptimization": 6, "connect-customlens-wellarchitected": 5, "globalResiliency": 3, "Amazon_ECS": 1, "orr-v1.3.6": 1,
	}, "questions without a default")
	assert.Contains(t, texts(in("Amazon_ECS"), "WA063")[0], "NET3")
	assert.Contains(t, texts(in("orr-v1.3.6"), "WA063")[0], "releases_manual_changes")
	// Hazard 6: 12 questions in 5 lenses can reach "no rule matches": all of them are here.
	n, lenses := total("WA075")
	assert.Equal(t, [2]int{12, 5}, [2]int{n, lenses}, "answers that no rule matches")
	// Hazard 8: choice ids repeat in 22 lenses of 50; lint reports it once a lens.
	within("WA033", 22, 22)
	// Hazard 9: 103 titled None of these without the suffix in 4 lenses, of which one isn't
	// here; and 21 that say it in other words, Not in place and Not yet reviewed among them.
	exactly("WA051", map[string]int{"documentDB": 36, "elasticache": 22, "orr-v1.3.6": 52}, "None of these without _no")
	// Hazard 9: S3 counts on None in its rules. SEC_01 wants it together with all
	// practices, OPS_4 gives it NO_RISK.
	s3 := in("Amazon_S3")
	assert.Contains(t, strings.Join(texts(s3, "WA071"), "\n"), "question SEC_01: no answer has the risk NO_RISK (except SEC_01_1 + SEC_01_2 + SEC_01_3 + SEC_01_no")
	assert.Contains(t, strings.Join(texts(s3, "WA054"), "\n"), "question OPS_4: OPS_4_no alone is NO_RISK")
	// Hazard 11, in two counts: 31 conditions with outer blanks, 8 with double ones.
	within("WA067", 31+8, 50)
	// The one public lens that depends on the precedence of && over ||.
	exactly("WA070", map[string]int{"Amazon_ECS": 1}, "mixed && and ||")
	assert.Contains(t, texts(in("Amazon_ECS"), "WA070")[0], "NET1_2 && !NET1_1 || NET1_3")
	// Hazard 12, over all non-empty answers. 431 questions in 36 lenses declare a
	// risk that no answer reaches; 224 in 19 are only ever NO_RISK; 480 in 35 are
	// never HIGH_RISK, those included; 87 in 14 aren't monotone; 675 choices in 24
	// lenses are in no rule.
	within("WA071", 431, 36)
	within("WA074", 224, 19)
	low, _ := total("WA073")
	only, _ := total("WA074")
	assert.LessOrEqual(t, low+only, 480)
	within("WA076", 87, 14)
	within("WA077", 675, 24)
	// The reference takes None of these for a practice where its id doesn't end in
	// _no; lint doesn't. Those three lenses apart the totals bound ours: 34
	// questions where everything isn't enough, 6 where None scores better.
	without := func(code string) int {
		n, _ := total(code)
		return n - counts(in("documentDB"))[code] - counts(in("elasticache"))[code] - counts(in("orr-v1.3.6"))[code]
	}
	assert.LessOrEqual(t, without("WA079"), 34)
	assert.LessOrEqual(t, without("WA054"), 6)
	// And what it did to documentDB: 32 of its 37 questions give NO_RISK only to those
	// who select None of above as well.
	n = 0
	for _, text := range texts(in("documentDB"), "WA071") {
		if strings.Contains(text, "no answer has the risk NO_RISK (except") && strings.Contains(text, "selects None of these") {
			n++
		}
	}
	assert.Equal(t, 32, n)
	// One more of them gives it only to those who select both Yes and No.
	assert.Contains(t, strings.Join(texts(in("documentDB"), "WA071"), "\n"), "question docdb_sust4: no answer has the risk NO_RISK (except docdb_sust4_1 + docdb_sust4_2, which selects both Yes and No)")
}

// Lint finds exactly the known defects of AWS's own custom lens of the IoT Lens. This copy
// has ids, titles, links and rules; its two misspelt links are corrected and its texts are
// left out, which lint reports.
func TestTheIoTLens(t *testing.T) {
	f := corpus.IoTLens(t)
	r := lint.Files([]lint.Source{{File: "iot.json", Data: f.Data}}).Files[0]
	of := func(code string) (about []string) {
		for _, x := range r.Findings {
			if x.Check.Code == code {
				_, rest, _ := strings.Cut(x.Text, "question ")
				id, _, _ := strings.Cut(strings.ReplaceAll(strings.ReplaceAll(rest, ":", " "), ",", " "), " ")
				about = append(about, id)
			}
		}
		return about
	}
	// None ids that belong to another question.
	assert.Equal(t, []string{"IOTOPS03", "IOTOPS10"}, of("WA037"))
	texts := ""
	for _, x := range r.Findings {
		texts += x.Text + "\n"
	}
	assert.Contains(t, texts, "question IOTOPS03: the choice IOTOPS3_no is the only one")
	assert.Contains(t, texts, "question IOTOPS10: the choice IOTOPS9_no is the only one")
	// No choice None of these.
	assert.Equal(t, []string{"IOTPERF06", "IOTPERF08", "IOTPERF09", "IOTCOST05", "IOTCOST06"}, of("WA050"))
	// Blanks at the ends of titles.
	assert.Len(t, of("WA029"), 3)
	for _, id := range []string{"IOTSEC01_BP01", "IOTREL13_BP01", "IOTSUS05_BP03"} {
		assert.Contains(t, texts, "choice "+id+" starts or ends with white space")
	}
	assert.Contains(t, texts, `the pillar security is named "Security Pillar"; its name in the Framework is "Security"`)
	// Doing more raises the risk.
	assert.Equal(t, []string{"IOTOPS05", "IOTOPS06", "IOTSEC07", "IOTSEC10", "IOTSEC12", "IOTSEC13"}, of("WA076"))
	// 59 questions: 15 reach all levels, 32 up to MEDIUM and 8 NO and HIGH; four are
	// only NO_RISK, for every answer, and declare more.
	assert.Equal(t, []string{"IOTPERF06", "IOTPERF09", "IOTCOST05", "IOTCOST06"}, of("WA074"))
	assert.Equal(t, of("WA074"), of("WA071"))
	assert.Len(t, of("WA073"), 32)
	// This copy has no texts: no displayText, no improvement plan.
	assert.Len(t, of("WA044"), 59)
	assert.Len(t, of("WA046"), 128)
	// And that is all, but for blanks in one condition and for None together with everything.
	assert.Len(t, of("WA067"), 1)
	assert.Len(t, of("WA055"), 1)
	known := []string{"WA029", "WA035", "WA037", "WA044", "WA046", "WA050", "WA055", "WA067", "WA071", "WA073", "WA074", "WA076"}
	for _, x := range r.Findings {
		assert.Contains(t, known, x.Check.Code, x.Text)
	}
}

// Fixing a published lens leaves no fixable finding and adds none.
func TestFixingPublishedLenses(t *testing.T) {
	for _, s := range sourcesOf(corpus.Lenses(t)) {
		before := lint.Files([]lint.Source{s})
		fixed, done := lint.Fix(s)
		after := lint.Files([]lint.Source{{File: s.File, Data: fixed}})
		assert.Zero(t, after.Fixable(), s.File)
		assert.GreaterOrEqual(t, len(done), before.Fixable(), s.File)
		for i, n := range after.Counts() {
			assert.LessOrEqual(t, n, before.Counts()[i], s.File)
		}
		again, more := lint.Fix(lint.Source{File: s.File, Data: fixed})
		assert.Empty(t, more, s.File)
		assert.Equal(t, string(fixed), string(again), s.File)
	}
}

func BenchmarkCorpus(b *testing.B) {
	sources := sourcesOf(corpus.Lenses(b))
	for b.Loop() {
		lint.Files(sources)
	}
	b.ReportMetric(300, "ms-promised")
}

// BenchmarkLargeConditions runs the proofs on the largest lens: 200 questions of 15 choices
// each, with conditions of 300 operators. No file may take more than a second.
func BenchmarkLargeConditions(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	var condition func(operators int) string
	condition = func(operators int) string {
		if operators == 0 {
			return []string{"", "!"}[random.IntN(2)] + fmt.Sprintf("choice%d", random.IntN(15))
		}
		left := random.IntN(operators)
		return "(" + condition(left) + []string{" && ", " || "}[random.IntN(2)] + condition(operators-1-left) + ")"
	}
	var pillars []any
	for p := range 10 {
		var questions []any
		for q := range 20 {
			var choices []any
			for c := range 15 {
				choices = append(choices, map[string]any{"id": fmt.Sprintf("choice%d", c), "title": "Do it", "improvementPlan": map[string]any{"displayText": "Do it."}})
			}
			questions = append(questions, map[string]any{"id": fmt.Sprintf("Q%d_%d", p, q), "title": "Do you?", "choices": choices, "riskRules": []any{
				map[string]any{"condition": condition(300), "risk": "NO_RISK"},
				map[string]any{"condition": condition(300), "risk": "MEDIUM_RISK"},
				map[string]any{"condition": "default", "risk": "HIGH_RISK"},
			}})
		}
		pillars = append(pillars, map[string]any{"id": fmt.Sprintf("pillar%d", p), "name": "Pillar", "questions": questions})
	}
	data, err := json.Marshal(map[string]any{"schemaVersion": "2021-11-01", "name": "Large", "description": "Large.", "pillars": pillars})
	require.NoError(b, err)
	for b.Loop() {
		lint.Files([]lint.Source{{File: "large.json", Data: data}})
	}
	b.ReportMetric(1000, "ms-promised")
}
