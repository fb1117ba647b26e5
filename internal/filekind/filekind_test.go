package filekind_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Each kind is detected, and files that only look like one are not.
func TestDetectKind(t *testing.T) {
	for content, want := range map[string]filekind.Kind{
		"schema: 1\nlens: aws-iot\nworkload:\n  name: x\n":                                   filekind.Review,
		"# ours\n---\nlens: aws-iot\nschema: 1\nanswers: {}\n":                               filekind.Review,
		"schema: 1\r\nlens: aws-iot\r\n":                                                     filekind.Review,
		"schema: 1\nanswers:\n<<<<<<< HEAD\n  A: {}\n=======\n":                              filekind.Review,
		"schema: 1\nlens: aws-iot\nquestions:\n  IOTSEC01:\n    id: x\n":                     filekind.IDMap,
		"note:\n  schema: 1\n":                                                               filekind.Other,
		"fail_on: high\n":                                                                    filekind.Policy,
		"pillars:\n  security: {min_score: 80}\nmin_coverage: 90\n":                          filekind.Policy,
		"id: IOTSEC01\npractices: []\n":                                                      filekind.Bank,
		"id: aws-iot\nname: x\npillars: [a]\n":                                               filekind.Bank,
		"title: x\n":                                                                         filekind.Other,
		"practice,status\nIOTSEC05-BP01,implemented\n":                                       filekind.Table,
		"\"Practice\";\"Status\"\r\n":                                                        filekind.Table,
		"sep=,\nquestion,practice\n":                                                         filekind.Table,
		"Our workshop of March,,\n\npractice,status,note\n":                                  filekind.Table,
		"practice\nA\n":                                                                      filekind.Other,
		`{"schema_version": 3, "outcome": "failed", "reasons": []}`:                          filekind.Verdict,
		`{"schema_version": 3, "old": {}, "new": {}}`:                                        filekind.Other,
		`{"schema_version": 1, "counts": {}, "files": []}`:                                   filekind.Other,
		`{"schema_version": 9, "lens": {}, "verdict": "", "findings": []}`:                   filekind.Report,
		`{"schema_version": "1.0.0", "findings": []}`:                                        filekind.OpenReview,
		`{"findings": [{"bp_id": "IOTSEC05-BP01"}]}`:                                         filekind.OpenReview,
		`{"findings": [{"pillar": "security", "status": "not_implemented"}]}`:                filekind.OpenReview,
		`{"pillar_scores": {}, "findings": "none"}`:                                          filekind.OpenReview,
		`{"findings": []}`:                                                                   filekind.Other, // what many tools write
		`{"findings": [{"taskId": "00", "severity": "CRITICAL"}]}`:                           filekind.Other, // aws iot list-audit-findings
		`{"findings": [{"id": "a", "status": "ACTIVE", "resourceType": "AWS::S3::Bucket"}]}`: filekind.Other, // aws accessanalyzer list-findings
		`{"findings": [{"awsAccountId": "1", "severity": "HIGH", "status": "ACTIVE"}]}`:      filekind.Other, // aws inspector2 list-findings
		`{"Findings": [{"SchemaVersion": "2018-10-08"}]}`:                                    filekind.Other, // aws securityhub get-findings
		`{"schemaVersion": "2021-11-01", "name": "x", "pillars": []}`:                        filekind.CustomLens,
		`{"schemaVersion": "2021-11-01", "name": "x", "description": "y",, }`:                filekind.CustomLens,
		`{"pillars": [{"questions": [{"riskRules": [ ]}],}`:                                  filekind.CustomLens,
		`{"version": 1, "name": "x", "description": "y", "pillars": [{"ref": "p", "questions": [{"choices": [], "risks": []}]}]}`: filekind.ServiceLens,
		"version: 1\nname: x\npillars:\n  - ref: p\n    questions:\n      - choices: []\n        risks: []\n":                     filekind.ServiceLens,
		"---\nschemaVersion: '2021-11-01'\nname: x\npillars:\n  - id: p\n    questions:\n      - choices: []\n":                   filekind.YAMLLens,
		"name: x\npillars:\n  Security:\n    - title: q\n      choices: []\n":                                                     filekind.GenLens,
		"schema: orrlens/lens/1\nkey: core\npillars:\n  - id: p\n":                                                                filekind.OrrLens,
		`{"AnswerSummaries": [], "NextToken": "x"}`:                                                                               filekind.WAAnswers,
		`{"WorkloadId": "x", "Answer": {"QuestionId": "q"}}`:                                                                      filekind.WAAnswers,
		`{"Workload": {"WorkloadId": "x", "WorkloadName": "Lifts"}}`:                                                              filekind.WAState,
		`{"WorkloadId": "x", "LensReview": {"LensAlias": "iot"}}`:                                                                 filekind.WAState,
		"schema: 1\nignore:\n  - code: WA073\n":                                                                                   filekind.Ignores,
		`[{"WorkloadId": "x", "QuestionId": "q"}]`:                                                                                filekind.WAAnswers,
		`{"version": "2.1.0", "runs": []}`:                                                                                        filekind.Other,
		`{"Version": "2012-10-17", "Statement": []}`:                                                                              filekind.Other,
		`[]`:                    filekind.Other,
		`{`:                     filekind.Other,
		``:                      filekind.Other,
		" \n\uFEFF":             filekind.Other,
		"PK\x03\x04\x00\x00":    filekind.Workbook,
		"%PDF-1.7":              filekind.Other,
		"<!doctype html>":       filekind.Other,
		"<<<<<<< HEAD\na: 1\n":  filekind.Other,
		"just a sentence: so\n": filekind.Other,
	} {
		assert.Equal(t, want, filekind.Detect([]byte(content)), content)
		assert.Equal(t, want, filekind.Detect([]byte("\uFEFF"+content)), "with a byte order mark: %s", content)
		if isASCII(content) {
			assert.Equal(t, want, filekind.Detect(littleEndian(content)), "in UTF-16: %s", content)
		}
	}
}

func isASCII(s string) bool { return strings.IndexFunc(s, func(r rune) bool { return r > '~' }) < 0 }

func littleEndian(s string) []byte {
	out := []byte("\xFF\xFE")
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// The files that iotlens writes and ships have the expected kinds.
func TestDetectOwnFiles(t *testing.T) {
	for pattern, want := range map[string]filekind.Kind{
		"testdata/golden/small.review.yaml": filekind.Review,
		"testdata/reviews/*.review.yaml":    filekind.Review,
		"testdata/golden/small.json":        filekind.Report,
		"testdata/golden/small.aws-review":  filekind.OpenReview,
		"testdata/golden/small.csv":         filekind.Table,
		"testdata/golden/small.sarif":       filekind.Other,
		"testdata/golden/small.junit":       filekind.Other,
		"testdata/lenses/greenhouse.json":   filekind.CustomLens,
		"testdata/lenses/*/lens.json":       filekind.CustomLens,
		"pillars/*.yaml":                    filekind.Bank,
		"questions/*/*.yaml":                filekind.Bank,
		"questions/layers/*/*.yaml":         filekind.Bank,
		"testdata/golden/small.text":        filekind.Other,
		"testdata/golden/small.markdown":    filekind.Other,
		"schemas/review.schema.json":        filekind.Other,
	} {
		paths, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(pattern)))
		require.NoError(t, err)
		require.NotEmpty(t, paths, pattern)
		for _, path := range paths {
			want := want
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			if strings.Contains(path, "not-an-object") {
				want = filekind.Other
			}
			assert.Equal(t, want, filekind.Detect(data), path)
		}
	}
}

func TestMismatch(t *testing.T) {
	for kind, want := range map[filekind.Kind]string{
		filekind.Review:  "",
		filekind.Other:   "",
		filekind.Verdict: "this is a saved verdict of iotlens gate, not a review file",
		filekind.Report:  "this is a saved JSON report, not a review file; iotlens report --from 'a b' writes it in any format, and iotlens diff compares it",
		filekind.Table:   "this is a table of answers, not a review file; iotlens import REVIEW 'a b' takes it into a review",
	} {
		assert.Equal(t, want, kind.Mismatch(filekind.Review, "'a b'"))
	}
}

func TestMergeConflicts(t *testing.T) {
	type ranges = []filekind.Range
	for data, want := range map[string]ranges{
		"a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n":                 {{2, 6}},
		"<<<<<<<\r\n=======\r\n>>>>>>>\r\n":                                    {{1, 3}},
		"<<<<<<< ours\n||||||| base\n>>>>>>> theirs":                           {{1, 3}},
		"<<<<<<< a\n=======\n>>>>>>> b\nx: 1\n<<<<<<< a\n=======\n>>>>>>> b\n": {{1, 3}, {5, 7}},
		"<<<<<<< a\n<<<<<<< a\n=======\nx: 1\n":                                {{2, 3}},
		"a: |\n  <<<<<<< HEAD\n  =======\n":                                    nil,
		"<<<<<<< HEAD\nb: 1\n":                                                 nil,
		"<<<<<<<< HEAD\n=======\n":                                             nil,
		"title\n=======\n":                                                     nil,
		"":                                                                     nil,
	} {
		assert.Equal(t, want, filekind.Conflicts([]byte(data)), data)
	}
}

func TestTabIndent(t *testing.T) {
	for data, want := range map[string]int{
		"a:\n\tb: 1\n":            2,
		"a:\n  b: 1\n  \tc: 1\n":  3,
		"a:\tb\n":                 0,
		"\t\n\t# comment\na: 1\n": 0,
		"":                        0,
	} {
		line, ok := filekind.TabIndent([]byte(data))
		assert.Equal(t, want, line, data)
		assert.Equal(t, want > 0, ok)
	}
}

func FuzzDetect(f *testing.F) {
	f.Add([]byte(`{"findings": [{"bp_id": "x"}]}`))
	f.Add([]byte("schema: 1\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		kind := filekind.Detect(data)
		assert.Empty(t, kind.Mismatch(kind, "x"))
		filekind.Conflicts(data)
		filekind.TabIndent(data)
	})
}
