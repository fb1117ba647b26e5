package lint_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// testdata/lenses/sound has a small lens without findings. Each other folder has a lens.json
// with one mistake, the report of lint in want.txt, and the result of --fix in fixed.json
// (if anything can be fixed). To run one by hand:
//
//	iotlens lens lint testdata/lenses/no-default/lens.json
const lenses = "../../../testdata/lenses"

func update() bool { return os.Getenv("UPDATE_GOLDEN") != "" }

func soundLens(t testing.TB) []byte {
	data, err := os.ReadFile(filepath.Join(lenses, "sound", "lens.json"))
	require.NoError(t, err)
	return data
}

// linted returns the text report on files.
func linted(t require.TestingT, sources ...lint.Source) string {
	var b bytes.Buffer
	format, err := lint.FindFormat("text")
	require.NoError(t, err)
	require.NoError(t, format.Write(&b, lint.Files(sources)))
	return b.String()
}

func TestLenses(t *testing.T) {
	folders, err := os.ReadDir(lenses)
	require.NoError(t, err)
	require.Greater(t, len(folders), 60)
	for _, f := range folders {
		if !f.IsDir() {
			continue
		}
		t.Run(f.Name(), func(t *testing.T) {
			dir := filepath.Join(lenses, f.Name())
			files, err := filepath.Glob(filepath.Join(dir, "lens*.json"))
			require.NoError(t, err)
			var sources []lint.Source
			for _, file := range files {
				data, err := os.ReadFile(file)
				require.NoError(t, err)
				sources = append(sources, lint.Source{File: filepath.Base(file), Data: data})
			}
			golden(t, filepath.Join(dir, "want.txt"), linted(t, sources...))

			data, done := lint.Fix(sources[0])
			again, more := lint.Fix(lint.Source{Data: data})
			assert.Empty(t, more, "a fixed file needs no fix")
			assert.Equal(t, string(data), string(again))
			fixed := filepath.Join(dir, "fixed.json")
			if _, err := os.Stat(fixed); err != nil && (!update() || len(done) == 0) {
				assert.Empty(t, done)
				assert.Equal(t, string(sources[0].Data), string(data))
				return
			}
			golden(t, fixed, string(data))
			for _, d := range done {
				assert.True(t, d.Check.Fixable, "%s is fixable", d.Check.Code)
				assert.NotEmpty(t, d.Fix.Message)
			}
		})
	}
}

// golden compares a text with a file; UPDATE_GOLDEN=1 rewrites the file.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if update() {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), got, file)
}

// Every check has a lens folder of its name, except file-size, which would need a large
// one.
func TestEveryCheckHasALens(t *testing.T) {
	for _, c := range lint.Checks() {
		if c.Name == "file-size" {
			continue
		}
		want, err := os.ReadFile(filepath.Join(lenses, c.Name, "want.txt"))
		if assert.NoError(t, err, c.Code) {
			assert.Contains(t, string(want), "["+c.Code+"]", c.Name)
		}
		_, err = os.Stat(filepath.Join(lenses, c.Name, "fixed.json"))
		if c.Fixable {
			assert.NoError(t, err, "%s is fixable, but no lens shows it", c.Code)
		}
	}
}

func TestTheTableOfChecksIsConsistent(t *testing.T) {
	codes, names := map[string]bool{}, map[string]bool{}
	last := ""
	for _, c := range lint.Checks() {
		assert.Regexp(t, `^WA\d{3}$`, c.Code)
		assert.Greater(t, c.Code, last, "in order")
		last = c.Code
		assert.Regexp(t, `^[a-z]+(-[a-z]+)*$`, c.Name)
		assert.False(t, codes[c.Code] || names[c.Name], c.Code)
		codes[c.Code], names[c.Name] = true, true
		assert.NotRegexp(t, `\.$`, c.Summary, c.Code)
		assert.Regexp(t, `\.$`, c.Why, c.Code)
		found, ok := lint.FindCheck(strings.ToLower(c.Code))
		assert.True(t, ok)
		assert.Same(t, c, found)
	}
	_, ok := lint.FindCheck("WA999")
	assert.False(t, ok)
	assert.Greater(t, len(codes), 60)
}

// checks.md describes exactly the codes of codes.go.
func TestEveryCodeIsDescribed(t *testing.T) {
	codes, err := os.ReadFile("codes.go")
	require.NoError(t, err)
	assert.Equal(t, lint.Codes(), regexp.MustCompile(`\bWA\d+`).FindAllString(string(codes), -1))
	for _, c := range lint.Checks() {
		assert.Contains(t, []lint.Severity{lint.Error, lint.Warning, lint.Note}, c.Severity, c.Code)
		assert.NotEmpty(t, c.Summary, c.Code)
		assert.NotContains(t, c.Summary, "\n", c.Code)
	}
}

func TestOversizedFilesAreReported(t *testing.T) {
	var lens map[string]any
	require.NoError(t, json.Unmarshal(soundLens(t), &lens))
	lens["_note"] = strings.Repeat("x", 500_000)
	data, err := json.Marshal(lens)
	require.NoError(t, err)
	assert.Contains(t, linted(t, lint.Source{File: "big.json", Data: data}), "big.json:1:1: error: the file has 50")
	assert.Contains(t, linted(t, lint.Source{File: "big.json", Data: data}), "the maximum is 500000 characters in 500 KB [WA011]")
	lens["_note"] = strings.Repeat("é", 300_000)
	data, err = json.Marshal(lens)
	require.NoError(t, err)
	assert.Contains(t, linted(t, lint.Source{File: "big.json", Data: data}), "[WA011]", "600 KB in few characters")
	assert.Contains(t, linted(t, lint.Source{File: "x", Data: bytes.Repeat([]byte(" "), 9<<20)}), "x:1:1: error: the file has 9 MB; the maximum is 8 MB [WA011]")
}

// Windows line endings are allowed and kept.
func TestFixKeepsCRLF(t *testing.T) {
	crlf := bytes.ReplaceAll(soundLens(t), []byte("\n"), []byte("\r\n"))
	assert.Empty(t, linted(t, lint.Source{File: "lens.json", Data: crlf}))
	faulty := bytes.Replace(crlf, []byte(`"https://example.org/sensors.html"`), []byte(`""`), 1)
	fixed, done := lint.Fix(lint.Source{Data: faulty})
	assert.Len(t, done, 1)
	assert.Equal(t, bytes.Count(fixed, []byte("\n")), bytes.Count(fixed, []byte("\r\n")))
	assert.Equal(t, len(faulty)-len(",\r\n                      \"url\": \"\""), len(fixed), "no other byte changed")
}

func TestManyFixesInOneObject(t *testing.T) {
	repeated := strings.Repeat(`"_x": [1, {"a": null}], `, 60)
	lens := bytes.Replace(soundLens(t), []byte(`"name": "Frost"`), []byte(repeated+`"name": "Frost", `+repeated+`"_x": [1, {"a": null}]`), 1)
	fixed, done := lint.Fix(lint.Source{Data: lens})
	assert.GreaterOrEqual(t, len(done), 120)
	assert.Contains(t, string(fixed), `"id": "frost", "name": "Frost", "_x": [1, {"a": null}],`)
	assert.Equal(t, "lens.json:71:39: note: unknown field \"_x\" in a pillar; the import ignores it [WA024]\n", linted(t, lint.Source{File: "lens.json", Data: fixed}))
}

// The number of findings of one check is limited.
func TestFindingsAreBounded(t *testing.T) {
	var choices, conditions strings.Builder
	for i := range 30_000 {
		fmt.Fprintf(&choices, `{"id": "c%05d", "title": "x"},`, i)
		fmt.Fprintf(&conditions, "x%05d || ", i)
	}
	many := bytes.Replace(soundLens(t), []byte(`"choices": [`), []byte(`"choices": [`+choices.String()), 1)
	long := bytes.Replace(soundLens(t), []byte(`"condition": "`), []byte(`"condition": "`+conditions.String()), 1)
	for code, data := range map[string][]byte{"WA046": many, "WA061": long} {
		r := lint.Files([]lint.Source{{File: "lens.json", Data: data}}).Files[0]
		assert.Equal(t, 10_000, counts(r)[code])
		assert.Less(t, len(r.Findings), 10_100)
		assert.Contains(t, linted(t, lint.Source{File: "lens.json", Data: data}), "; further findings of this check are not reported ["+code+"]\n")
	}
}

func TestSeveritiesHaveNames(t *testing.T) {
	for i, name := range lint.Severities() {
		s, ok := lint.ParseSeverity(name)
		assert.True(t, ok)
		assert.Equal(t, lint.Severity(i), s)
		assert.Equal(t, name, s.String())
	}
	_, ok := lint.ParseSeverity("fatal")
	assert.False(t, ok)
}
