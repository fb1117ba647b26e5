package main

import (
	"bytes"
	"errors"
	"testing"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/policy"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"
)

// Every pair of the shipped reviews, as diff and as gate write it.
func TestEveryDiffAndEveryVerdictIsValid(t *testing.T) {
	diffs, verdicts := compiled(t, "diff.schema.json"), compiled(t, "gate.schema.json")
	valid := func(s *jsonschema.Schema, b *bytes.Buffer) {
		v, err := jsonschema.UnmarshalJSON(b)
		require.NoError(t, err)
		require.NoError(t, s.Validate(v))
	}
	diff, err := report.DiffFormats().Find("json")
	require.NoError(t, err)
	verdict, err := report.VerdictFormats().Find("json")
	require.NoError(t, err)
	l := shipped.Lens()
	assess := func(file string) *scoring.Assessment {
		f, err := review.Load(file, l)
		require.NoError(t, err)
		return scoring.Assess(l, f.Review, scoring.Options{Mode: scoring.Monotone, Today: "2026-11-23"})
	}
	policy := gate.Policy{Threshold: gate.Threshold{FailOn: "low", MinScore: 90, MinCoverage: 100}}
	for _, old := range reviews(t) {
		for _, file := range reviews(t) {
			a := assess(file)
			c := compare.Compare(compare.FromAssessment(old, compare.ReviewFile, assess(old), l), compare.FromAssessment(file, compare.Report, a, l))
			var b bytes.Buffer
			require.NoError(t, diff.Write(&b, c))
			valid(diffs, &b)
			require.NoError(t, verdict.Write(&b, []report.GateResult{{File: file, Assessment: a, Baseline: c, Verdict: gate.Judge(a, policy, c)}}))
			valid(verdicts, &b)
			open := report.GateResult{File: file, Baseline: c, Verdict: gate.JudgeComparison(c, policy, a.Today)}
			require.NoError(t, verdict.Write(&b, []report.GateResult{open}))
			valid(verdicts, &b)
			require.NoError(t, verdict.Write(&b, []report.GateResult{open, {File: file, Err: errors.New("no such file")}}))
			valid(verdicts, &b)
		}
	}
}

// What the reader of policies takes the schema takes, and what it refuses the
// schema refuses.
func TestThePolicySchemaIsAsStrictAsItsReader(t *testing.T) {
	s := compiled(t, "policy.schema.json")
	for text, valid := range map[string]bool{
		"fail_on: medium": true,
		"fail_on: critical\nmin_score: 0\nmin_coverage: 100\nscoring: aws\nunanswered: fail\nunknown: note\nbaseline: old.yaml": true,
		"pillars: {security: {fail_on: low, min_score: 79.5, min_coverage: 10}}":                                                true,
		"layers: {edge: {fail_on: none}}":                                             true,
		"practices: {IOTSEC03-BP01: {fail_on: low, at_least: partially_implemented}}": true,
		"hard: [IOTSEC03-BP01]\nsoft: [EDGE01-BP01]\nx-owner: platform":               true,
		"new_questions: incomplete":                                                   true,
		"practices: {x-why: {note: anything}}":                                        true,
		"new_questions: fail":                                                         false,
		"fail_on: hihg":                                                               false,
		"min_score: 101":                                                              false,
		"min_score: many":                                                             false,
		"min_coverage: -1":                                                            false,
		"unanswered: ignore":                                                          false,
		"scoring: strict":                                                             false,
		"pillars: {securty: {min_score: 1}}":                                          false,
		"pillars: {security: {min_scor: 1}}":                                          false,
		"pillars: {security: {fail_on: critical}}":                                    false,
		"layers: {cloud: {fail_on: low}}":                                             false,
		"layers: {edge: {min_coverage: 100.5}}":                                       false,
		"practices: {IOTSEC03-BP09: {fail_on: low}}":                                  false,
		"practices: {IOTSEC03-BP01: {min_score: 50}}":                                 false,
		"hard: IOTSEC03-BP01":                                                         false,
		"soft: [IOTSEC03]":                                                            false,
		"thresholds: {}":                                                              false,
	} {
		var n yaml.Node
		require.NoError(t, yaml.Unmarshal([]byte(text), &n))
		_, problems := policy.Parse("p.yaml", []byte(text), shipped.Lens())
		assert.Equal(t, valid, len(problems) == 0, "reader, %s: %v", text, problems)
		if err := s.Validate(plain(n.Content[0])); valid {
			assert.NoError(t, err, text)
		} else {
			assert.Error(t, err, text)
		}
	}
}
