package lint_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// testdata/lenses/sound is a small lens without a fault. Each folder beside it
// is one fault: lens.json has it, want.txt is what lint says, fixed.json is what
// --fix makes of it (there is none where nothing is mended). To see one as its
// author would:
//
//	iotlens lens lint testdata/lenses/no-default/lens.json
const lenses = "../../../testdata/lenses"

func update() bool { return os.Getenv("UPDATE_GOLDEN") != "" }

func soundLens(t testing.TB) []byte {
	data, err := os.ReadFile(filepath.Join(lenses, "sound", "lens.json"))
	require.NoError(t, err)
	return data
}

// said is what lint says of files, as a person reads it.
func said(t require.TestingT, sources ...lint.Source) string {
	var b bytes.Buffer
	format, err := lint.FindFormat("text")
	require.NoError(t, err)
	require.NoError(t, format.Write(&b, lint.Files(sources)))
	return b.String()
}

func TestEachFaultIsSaidWithItsPlace(t *testing.T) {
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
			golden(t, filepath.Join(dir, "want.txt"), said(t, sources...))

			mended, done := lint.Fix(sources[0])
			again, more := lint.Fix(lint.Source{Data: mended})
			assert.Empty(t, more, "what was mended once stays as it is")
			assert.Equal(t, string(mended), string(again))
			fixed := filepath.Join(dir, "fixed.json")
			if _, err := os.Stat(fixed); err != nil && (!update() || len(done) == 0) {
				assert.Empty(t, done)
				assert.Equal(t, string(sources[0].Data), string(mended))
				return
			}
			golden(t, fixed, string(mended))
			for _, d := range done {
				assert.True(t, d.Check.Mends, "%s says that it can be mended", d.Check.Code)
				assert.NotEmpty(t, d.Mend.Says)
			}
		})
	}
}

// golden holds text to a file; UPDATE_GOLDEN=1 writes it.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if update() {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), got, file)
}

// Every check has a lens of its name that it finds; file-size alone would need a
// large one.
func TestEveryCheckIsShown(t *testing.T) {
	for _, c := range lint.Checks() {
		if c.Name == "file-size" {
			continue
		}
		want, err := os.ReadFile(filepath.Join(lenses, c.Name, "want.txt"))
		if assert.NoError(t, err, c.Code) {
			assert.Contains(t, string(want), "["+c.Code+"]", c.Name)
		}
		_, err = os.Stat(filepath.Join(lenses, c.Name, "fixed.json"))
		if c.Mends {
			assert.NoError(t, err, "%s can be mended, and nothing shows it", c.Code)
		}
	}
}

func TestTheTableOfChecksIsSound(t *testing.T) {
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
		found, ok := lint.Find(strings.ToLower(c.Code))
		assert.True(t, ok)
		assert.Same(t, c, found)
	}
	_, ok := lint.Find("WA999")
	assert.False(t, ok)
	assert.Greater(t, len(codes), 60)
}

func TestAFileOver500KBIsSaid(t *testing.T) {
	var lens map[string]any
	require.NoError(t, json.Unmarshal(soundLens(t), &lens))
	lens["_note"] = strings.Repeat("x", 500_000)
	data, err := json.Marshal(lens)
	require.NoError(t, err)
	assert.Contains(t, said(t, lint.Source{File: "big.json", Data: data}), "big.json:1:1: error: the file has 50")
	assert.Contains(t, said(t, lint.Source{File: "big.json", Data: data}), "AWS takes 500000 characters in 500 KB [WA011]")
	lens["_note"] = strings.Repeat("é", 300_000)
	data, err = json.Marshal(lens)
	require.NoError(t, err)
	assert.Contains(t, said(t, lint.Source{File: "big.json", Data: data}), "[WA011]", "600 KB in few characters")
	assert.Contains(t, said(t, lint.Source{File: "x", Data: bytes.Repeat([]byte(" "), 9<<20)}), "x:1:1: error: the file has 9 MB; more than 8 MB is not read [WA011]")
}

// Line ends of Windows mean nothing, and stay.
func TestCRLFStays(t *testing.T) {
	crlf := bytes.ReplaceAll(soundLens(t), []byte("\n"), []byte("\r\n"))
	assert.Empty(t, said(t, lint.Source{File: "lens.json", Data: crlf}))
	faulty := bytes.Replace(crlf, []byte(`"https://example.org/sensors.html"`), []byte(`""`), 1)
	mended, done := lint.Fix(lint.Source{Data: faulty})
	assert.Len(t, done, 1)
	assert.Equal(t, bytes.Count(mended, []byte("\n")), bytes.Count(mended, []byte("\r\n")))
	assert.Equal(t, len(faulty)-len(",\r\n                      \"url\": \"\""), len(mended), "no other byte changed")
}

func TestManyMendsOfOneObject(t *testing.T) {
	repeated := strings.Repeat(`"_x": [1, {"a": null}], `, 60)
	lens := bytes.Replace(soundLens(t), []byte(`"name": "Frost"`), []byte(repeated+`"name": "Frost", `+repeated+`"_x": [1, {"a": null}]`), 1)
	mended, done := lint.Fix(lint.Source{Data: lens})
	assert.GreaterOrEqual(t, len(done), 120)
	assert.Contains(t, string(mended), `"id": "frost", "name": "Frost", "_x": [1, {"a": null}],`)
	assert.Equal(t, "lens.json:71:39: note: the format knows no field \"_x\" in a pillar; the import ignores it [WA024]\n", said(t, lint.Source{File: "lens.json", Data: mended}))
}

// A file can be far from a lens and still comes to an end, with an end to what is
// said of it.
func TestAHopelessLensIsBounded(t *testing.T) {
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
		assert.Contains(t, said(t, lint.Source{File: "lens.json", Data: data}), "; further findings of this kind are not told ["+code+"]\n")
	}
}

func TestLensesAreToldFromOtherJSON(t *testing.T) {
	for data, want := range map[string]bool{
		string(soundLens(t)): true,
		`{"name": "n", "description": "d", "pillars": []}`:            true,
		`{"pillars": [{"questions": [{"riskRules": [{"risk": NaN}]}]`: true,
		`{"schema_version": 1, "pillars": []}`:                        false,
		`{"name": "package", "description": "d", "version": "1"}`:     false,
		`[]`: false, ``: false, `pillars`: false,
	} {
		assert.Equal(t, want, lint.IsLens([]byte(data)), data)
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
