package bank_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestABankIsWrittenWholeOrNotAtAll(t *testing.T) {
	sound, problems := bank.Load(bank.Dir(filepath.Join(banks, "sound")))
	require.NoError(t, problems.Err())
	root := t.TempDir()
	in := func(names ...string) string { return filepath.Join(append([]string{root}, names...)...) }

	// A new folder, in one that isn't there yet; and an empty one.
	require.NoError(t, bank.Write(in("a", "b"), sound, disk.Options{}))
	require.NoError(t, os.Mkdir(in("empty"), 0o755))
	require.NoError(t, bank.Write(in("empty"), sound, disk.Options{}))
	for _, dir := range []string{in("a", "b"), in("empty")} {
		_, problems := bank.Validate(bank.Dir(dir))
		assert.NoError(t, problems.Err())
	}

	// The folder in which the user stands, which stays that folder.
	require.NoError(t, os.Mkdir(in("here"), 0o755))
	before, err := os.Stat(in("here"))
	require.NoError(t, err)
	t.Chdir(in("here"))
	require.NoError(t, bank.Write(".", sound, disk.Options{}))
	after, err := os.Stat(in("here"))
	require.NoError(t, err)
	assert.True(t, os.SameFile(before, after))
	here, err := os.ReadDir(in("here"))
	require.NoError(t, err)
	require.Len(t, here, 2)
	assert.Equal(t, []string{"pillars", "questions"}, []string{here[0].Name(), here[1].Name()})

	// What is there stays.
	require.NoError(t, os.WriteFile(in("file"), []byte("mine"), 0o600))
	assert.EqualError(t, bank.Write(in("file"), sound, disk.Options{}), in("file")+": is not a folder")
	assert.EqualError(t, bank.Write(in("empty"), sound, disk.Options{}), in("empty")+": is not empty; nothing was written. Choose a new or empty folder")
	assert.EqualError(t, bank.Write(root, sound, disk.Options{}), root+": is not empty; nothing was written. Choose a new or empty folder")

	// A lens of which no bank can be made leaves nothing behind.
	broken := *sound
	broken.Questions = append([]lens.Question{}, sound.Questions...)
	broken.Questions[0].Title = ""
	err = bank.Write(in("broken"), &broken, disk.Options{})
	require.Error(t, err)
	assert.Contains(t, err.Error(), "the lens makes an invalid bank; nothing was written\n")
	require.NoError(t, os.Mkdir(in("still"), 0o755))
	require.Error(t, bank.Write(in("still"), &broken, disk.Options{}))
	require.NoError(t, os.Remove(in("still")), "it is as empty as it was")
	assert.Contains(t, err.Error(), "title is missing or empty")
	entries, err := os.ReadDir(root)
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	assert.Equal(t, []string{"a", "empty", "file", "here"}, names)
}

// The list of questions of a pillar defines their order; missing questions are reported.
func TestAPillarCanOrderItsQuestions(t *testing.T) {
	l, problems := bank.Load(bank.Dir(filepath.Join(banks, "sound")))
	require.NoError(t, problems.Err())
	dir := filepath.Join(t.TempDir(), "bank")
	second := l.Questions[0]
	second.ID = "LOCK02"
	second.Practices = append([]lens.Practice{}, second.Practices...)
	second.Rules = []lens.Rule{{When: "default", Risk: lens.RuleNone}}
	for i := range second.Practices {
		second.Practices[i].ID = "LOCK02-BP0" + string(rune('1'+i))
		second.Practices[i].How = nil
	}
	l.Promises = nil
	l.Weights.Reversibility = append(l.Weights.Reversibility, lens.Reversible{Factor: 1, Because: "nobody knows"})
	for _, s := range l.Stages {
		l.Weights.Reversibility = append(l.Weights.Reversibility, lens.Reversible{Stage: s.ID, Factor: 1, Because: "nobody knows"})
	}
	l.Questions = append([]lens.Question{second}, l.Questions...)
	l.Pillars[0].Order = []string{"LOCK02", "LOCK01"}
	require.NoError(t, bank.Write(dir, l, disk.Options{}))
	again, problems := bank.Load(bank.Dir(dir))
	require.NoError(t, problems.Err())
	assert.Equal(t, []string{"LOCK02", "LOCK01", "DEVICE01"}, again.QuestionIDs())

	l.Pillars[0].Order = []string{"LOCK02", "LOCK1"}
	err := bank.Write(dir+"2", l, disk.Options{})
	require.Error(t, err)
	assert.Contains(t, err.Error(), `unknown question "LOCK1", did you mean "LOCK01"?`)
	assert.Contains(t, err.Error(), "the question LOCK01 is not on the list of")
}
