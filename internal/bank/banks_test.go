package bank_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/yamlfile"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// testdata/banks/sound is a small valid bank. Each other folder has one fault: the files that
// differ, and want.txt with the reported problems. To run one by hand:
//
//	cp -r testdata/banks/sound /tmp/bank && cp -r testdata/banks/no-default/. /tmp/bank
//	iotlens lens validate --bank /tmp/bank
const banks = "../../testdata/banks"

func TestTheSoundBankIsSound(t *testing.T) {
	l, problems := bank.Validate(bank.Dir(filepath.Join(banks, "sound")))
	require.NoError(t, problems.Err())
	assert.Equal(t, []string{"LOCK01", "DEVICE01"}, l.QuestionIDs())
	assert.Equal(t, []string{"LOCK01-BP01", "LOCK01-BP02", "DEVICE01-BP01", "DEVICE01-BP02"}, l.PracticeIDs())
}

func TestEachFaultIsReportedOnceWithItsLine(t *testing.T) {
	for _, fault := range faults(t) {
		t.Run(fault, func(t *testing.T) {
			dir := bankWith(t, fault)
			want, err := os.ReadFile(filepath.Join(banks, fault, "want.txt"))
			require.NoError(t, err)

			l, problems := bank.Validate(bank.Dir(dir))

			assert.Equal(t, string(want), said(dir, problems))
			assert.Nil(t, l, "a lens with a fault must not be used")
		})
	}
}

// This fault needs stakes in every file, so it has no folder in testdata.
func TestTooMuchAtStakeIsReportedOnce(t *testing.T) {
	dir := bankWith(t, "sound")
	for file, change := range map[string][2]string{
		"pillars/lens.yaml":                     {"\nfacts:\n", "\nstakes: [{id: a, name: A, description: A.}, {id: b, name: B, description: B.}, {id: c, name: C, description: C.}]\nfacts:\n"},
		"questions/security/LOCK01.yaml":        {"    severity: high\n", "    at_stake: [a, b, c]\n    severity: high\n"},
		"questions/layers/device/DEVICE01.yaml": {"    severity: ", "    at_stake: [a]\n    severity: "},
	} {
		file = filepath.Join(dir, filepath.FromSlash(file))
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		text := strings.ReplaceAll(string(data), change[0], change[1])
		text = strings.ReplaceAll(text, "    severity: medium\n    effort: low\n", "    severity: medium\n    at_stake: [b]\n    effort: low\n")
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	}
	_, problems := bank.Validate(bank.Dir(dir))
	assert.Equal(t, "questions/security/LOCK01.yaml:13: at_stake has 3 elements; it takes at most 2\n", said(dir, problems))
}

// unfinished are the faults that only Validate reports. All others are errors of Load and
// prevent reviews.
var unfinished = []string{
	"ask-is-no-question", "ask-of-two-sentences", "ask-too-long", "ask-yes-or-no", "closed-probe", "core-of-two-sentences", "core-without-why", "empty-text", "follow-up-yes-or-no",
	"framework-names-no-practice", "meets-unknown-provision", "minutes-missing", "missing-why", "one-probe", "one-sentence-why", "practice-of-another-layer", "provision-without-answer", "role-with-comma", "same-sentence", "segment-asked-twice",
	"step-nobody-protects", "too-few-steps", "too-many-steps", "topic-missing", "topic-too-long", "undescribed-term",
}

func TestLoadRefusesAnInvalidBank(t *testing.T) {
	for _, fault := range faults(t) {
		t.Run(fault, func(t *testing.T) {
			l, problems := bank.Load(bank.Dir(bankWith(t, fault)))
			if slices.Contains(unfinished, fault) {
				assert.NoError(t, problems.Err())
				assert.NotNil(t, l)
				return
			}
			assert.Error(t, problems.Err())
			assert.Nil(t, l)
		})
	}
}

func TestFaultsInSeveralFilesAreReportedTogether(t *testing.T) {
	dir := bankWith(t, "unknown-key")
	overlay(t, filepath.Join(banks, "one-probe"), dir) // replaces the file of unknown-key
	overlay(t, filepath.Join(banks, "dangling-pillar"), dir)
	overlay(t, filepath.Join(banks, "weight-out-of-range"), dir)
	_, problems := bank.Validate(bank.Dir(dir))
	var files []string
	for _, p := range problems {
		files = append(files, filepath.Base(p.File))
	}
	assert.Equal(t, []string{"lens.yaml", "DEVICE01.yaml", "LOCK01.yaml"}, files, "sorted by file")
}

func TestAFolderThatIsNotABank(t *testing.T) {
	dir := t.TempDir()
	_, problems := bank.Load(bank.Dir(dir))
	assert.Equal(t, "pillars/lens.yaml: no such file\n", said(dir, problems))

	_, problems = bank.Validate(bank.Dir(filepath.Join(dir, "nowhere")))
	assert.Equal(t, "nowhere/pillars/lens.yaml: no such file\n", said(dir, problems))
}

func TestOtherFilesAreAllowedInABank(t *testing.T) {
	dir := t.TempDir()
	overlay(t, filepath.Join(banks, "sound"), dir)
	for _, name := range []string{"questions/README.md", "pillars/notes.txt", "questions/security/.LOCK01.yaml.swp", "questions/.git/config.yaml"} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte("x"), 0o600))
	}
	_, problems := bank.Validate(bank.Dir(dir))
	assert.NoError(t, problems.Err())
}

func faults(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(banks)
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		if e.Name() != "sound" {
			names = append(names, e.Name())
		}
	}
	require.NotEmpty(t, names)
	for _, name := range unfinished {
		require.Contains(t, names, name)
	}
	return names
}

// bankWith returns a copy of the sound bank with one fault.
func bankWith(t *testing.T, fault string) string {
	t.Helper()
	dir := t.TempDir()
	overlay(t, filepath.Join(banks, "sound"), dir)
	overlay(t, filepath.Join(banks, fault), dir)
	return dir
}

// overlay copies the files of a folder over those of another.
func overlay(t *testing.T, from, to string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(from, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.Name() == "want.txt" {
			return err
		}
		name, err := filepath.Rel(from, file)
		if err != nil {
			return err
		}
		target := filepath.Join(to, name)
		if e.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		return os.WriteFile(target, data, 0o600)
	}))
}

// said formats problems as printed, with paths relative to the bank.
func said(dir string, problems yamlfile.Problems) string {
	var b strings.Builder
	for _, p := range problems {
		b.WriteString(strings.ReplaceAll(p.String(), filepath.ToSlash(dir)+"/", "") + "\n")
	}
	return b.String()
}
