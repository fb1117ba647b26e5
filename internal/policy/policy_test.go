package policy_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/policy"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEnvVarIsUnique(t *testing.T) {
	keys := policy.Keys(testlens.Lens())
	assert.Len(t, keys, 27+(6+7)*3+len(testlens.Lens().PracticeIDs())*2)
	seen := map[string]string{}
	for _, key := range keys {
		v := policy.EnvVar(key)
		assert.Regexp(t, `^IOTLENS_[A-Z0-9_]+$`, v)
		assert.Empty(t, seen[v], "%s and %s", key, seen[v])
		seen[v] = key
	}
	assert.Equal(t, "IOTLENS_PILLARS_COST_OPTIMIZATION_MIN_SCORE", policy.EnvVar("pillars.cost-optimization.min_score"))
}

func TestDefaults(t *testing.T) {
	p, err := policy.FromSettings(policy.Defaults(testlens.Lens()), testlens.Lens())
	require.NoError(t, err)
	assert.Equal(t, gate.Policy{
		Threshold: gate.Threshold{FailOn: "high", MinCoverage: 100},
		Pillars:   map[string]gate.Threshold{}, Layers: map[string]gate.Threshold{}, Practices: map[string]gate.PracticeRule{},
		Unanswered: gate.EnforceIncomplete, Unknown: gate.EnforceIncomplete, NewQuestions: gate.NewQuestionsNote, Severity: gate.SeverityPublished,
		Safeguards: gate.Safeguards{Relaxations: gate.EnforceIncomplete},
		Sources: map[string]string{
			"fail_on": "default", "min_coverage": "default", "min_score": "default", "new_questions": "default", "relaxations": "default", "scoring": "default", "severity": "default", "unanswered": "default", "unknown": "default",
		},
	}, p.Policy)
	assert.Equal(t, scoring.Monotone, p.Scoring)
	assert.Empty(t, p.Baseline)
}

// A file with every setting is read, and each setting has its line.
func TestReadEverySetting(t *testing.T) {
	file := filepath.Join(t.TempDir(), "rules", policy.FileName)
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
	require.NoError(t, os.WriteFile(file, []byte(`fail_on: medium
min_score: 70.5
min_coverage: 0
scoring: aws
unanswered: fail
unknown: note
baseline: accepted.review.yaml
pillars:
  security: {fail_on: low, min_score: 80, min_coverage: 90}
layers:
  edge:
    fail_on: none
practices:
  LABSEC03-BP01: {fail_on: low, at_least: partially_implemented}
hard:
  - LABSEC05-BP01
  - LABSEC01-BP01
soft: [LABSUS04-BP02]
relaxations: fail
scope: full
not_applicable: {approvers: [Ana Lind], never: [LABSEC01-BP01]}
waivers: {max_days: 180, four_eyes: true, approvers: [Bo], refused: [LABSEC01-BP01], unused: fail}
max_age: 365
evidence: high
by: required
overdue: incomplete
`), 0o644))
	settings, err := policy.Read(file, testlens.Lens())
	require.NoError(t, err)
	p, err := policy.FromSettings(settings, testlens.Lens())
	require.NoError(t, err)
	from := p.Sources
	p.Sources = nil
	assert.Equal(t, gate.Policy{
		Threshold:  gate.Threshold{FailOn: "medium", MinScore: 70.5},
		Pillars:    map[string]gate.Threshold{"security": {FailOn: "low", MinScore: 80, MinCoverage: 90}},
		Layers:     map[string]gate.Threshold{"edge": {FailOn: gate.LevelNone}},
		Practices:  map[string]gate.PracticeRule{"LABSEC03-BP01": {FailOn: "low", AtLeast: "partially_implemented"}},
		Unanswered: gate.EnforceFail, Unknown: gate.EnforceNote,
		Hard: []string{"LABSEC05-BP01", "LABSEC01-BP01"}, Soft: []string{"LABSUS04-BP02"},
		Safeguards: gate.Safeguards{
			Relaxations: gate.EnforceFail, FullScope: true, NotApplicableApprovers: []string{"Ana Lind"}, AlwaysApplicable: []string{"LABSEC01-BP01"},
			MaxWaiverDays: 180, FourEyes: true, WaiverApprovers: []string{"Bo"}, NeverWaived: []string{"LABSEC01-BP01"}, UnusedWaivers: gate.EnforceFail,
			MaxAnswerAge: 365, EvidenceFrom: "high", AuthorRequired: true, OverdueFindings: gate.EnforceIncomplete,
		},
	}, p.Policy)
	assert.Equal(t, scoring.AWS, p.Scoring)
	assert.Equal(t, filepath.Join(filepath.Dir(file), "accepted.review.yaml"), p.Baseline, "a path is from the policy file")
	assert.Equal(t, file+":3", from["min_coverage"])
	assert.Equal(t, file+":12", from["layers.edge.fail_on"])
	assert.Equal(t, file+":14", from["practices.LABSEC03-BP01.at_least"])
	assert.Equal(t, file+":15", from["hard"])
}

// All problems are reported at once, each with the source of its setting.
func TestFromSettingsReportsEveryProblem(t *testing.T) {
	_, err := policy.FromSettings(policy.Settings{
		"fail_on":                  {Value: policy.RawText("hihg"), Source: "--fail-on"},
		"min_score":                {Value: policy.RawText("NaN"), Source: "IOTLENS_MIN_SCORE"},
		"pillars.security.fail_on": {Value: policy.RawText("critical"), Source: "--set pillars.security.fail_on"},
		"hard":                     {Value: policy.RawText("LABSEC05_BP01, labsec99-bp01"), Source: "--hard"},
		"soft":                     {Value: []string{"LABSEC05-BP01"}, Source: "p.yaml:7"},
	}, testlens.Lens())
	assert.EqualError(t, err, `--fail-on: unknown fail_on "hihg", did you mean "high"?
--hard: unknown best practice "labsec99-bp01" in hard, did you mean "LABSEC01-BP01"?
IOTLENS_MIN_SCORE: min_score must be a percentage from 0 to 100, not NaN
--set pillars.security.fail_on: unknown fail_on "critical"; known: high, medium, low, none
p.yaml:7: LABSEC05-BP01 is on the hard list (--hard) and on the soft list; remove it from one of them`)
}

// A key without a value is an error: it was meant as a rule.
func TestEmptyKeyIsAnError(t *testing.T) {
	_, problems := policy.Parse("p.yaml", []byte(`fail_on:
x-owner:
pillars:
  security: {min_score: , fail_on: low}
  reliability:
layers: {edge: {}}
hard: []
`), testlens.Lens())
	assert.EqualError(t, problems.Err(), `p.yaml:1: fail_on has no value; set it, or remove the key
p.yaml:4: pillars.security.min_score has no value; set it, or remove the key
p.yaml:5: pillars.reliability has no value; set it, or remove the key
p.yaml:6: layers.edge has no value; set it, or remove the key`)
}

// The default that the help of a flag names has the same effect if it is set.
func TestDefaultsParse(t *testing.T) {
	for key, s := range policy.Defaults(testlens.Lens()) {
		p, err := policy.FromSettings(policy.Settings{key: {Value: policy.RawText(fmt.Sprint(s.Value)), Source: "default"}}, testlens.Lens())
		require.NoError(t, err)
		want, err := policy.FromSettings(policy.Settings{key: s}, testlens.Lens())
		require.NoError(t, err)
		assert.Equal(t, want, p, key)
	}
}
