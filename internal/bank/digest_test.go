package bank_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The digest depends on the content of a bank and on nothing else.
func TestTheDigestIsThatOfTheContent(t *testing.T) {
	sound := load(t, filepath.Join(banks, "sound"))
	assert.Regexp(t, "^[0-9a-f]{64}$", sound.Digest)

	dir := filepath.Join(t.TempDir(), "bank")
	require.NoError(t, bank.Write(dir, sound, disk.Options{}))
	assert.Equal(t, sound.Digest, load(t, dir).Digest, "the same content, laid out by another hand")

	for name, change := range map[string]func(l *lens.Lens){
		"a letter":             func(l *lens.Lens) { l.Questions[0].Practices[0].Why += "!" },
		"another revision":     func(l *lens.Lens) { l.Revision = 2 },
		"a practice that left": func(l *lens.Lens) { l.Questions[1].Practices[0].Relates = nil },
		"a text that moved": func(l *lens.Lens) {
			p := &l.Questions[0].Practices[0]
			p.Probes, p.Evidence = append(p.Probes, p.Evidence[0]), p.Evidence[1:]
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := load(t, filepath.Join(banks, "sound"))
			l.Promises = nil
			l.Weights = imported(l)
			plain := filepath.Join(t.TempDir(), "plain")
			require.NoError(t, bank.Write(plain, l, disk.Options{}))
			change(l)
			changed := filepath.Join(t.TempDir(), "changed")
			require.NoError(t, bank.Write(changed, l, disk.Options{}))
			assert.NotEqual(t, load(t, plain).Digest, load(t, changed).Digest)
		})
	}
}

// imported returns weights for a lens whose fixes may be unknown.
func imported(l *lens.Lens) lens.Weights {
	w := l.Weights
	w.Reversibility = append(w.Reversibility, lens.Reversible{Factor: 1, Because: "nobody knows"})
	for _, s := range l.Stages {
		w.Reversibility = append(w.Reversibility, lens.Reversible{Stage: s.ID, Factor: 1, Because: "nobody knows"})
	}
	return w
}

// The revision of a bank is 1 by default, and its content has been asked since revision 1
// unless since says otherwise.
func TestRevisionAndSinceHaveDefaults(t *testing.T) {
	l := load(t, filepath.Join(banks, "sound"))
	assert.Equal(t, 1, l.Revision)
	assert.Zero(t, l.Questions[0].Practices[0].Since)

	dir := t.TempDir()
	overlay(t, filepath.Join(banks, "sound"), dir)
	edit(t, filepath.Join(dir, "pillars", "lens.yaml"), `version: "2026-01-01"`, `version: "2026-01-01"
revision: 4
retired:
  - {id: KEY01, since: 2, reason: Nobody sells keys any more.}`)
	edit(t, filepath.Join(dir, "questions", "layers", "device", "DEVICE01.yaml"), "title: How", "since: 3\ntitle: How")
	edit(t, filepath.Join(dir, "questions", "layers", "device", "DEVICE01.yaml"), "    title: Keep", "    since: 4\n    title: Keep")
	edit(t, filepath.Join(dir, "questions", "security", "LOCK01.yaml"), "title: ", "since: 1\ntitle: ")
	l = load(t, dir)
	var since []int
	for _, q := range l.Questions {
		since = append(since, q.Since)
		for _, p := range q.Practices {
			since = append(since, p.Since)
		}
	}
	assert.Equal(t, []int{0, 0, 0, 3, 3, 4}, since, "a best practice is as old as its question unless it says so")
	_, ok := l.RetiredID("key01")
	assert.True(t, ok)
	_, ok = l.RetiredID("KEY01-BP01")
	assert.False(t, ok)

	again := filepath.Join(t.TempDir(), "again")
	require.NoError(t, bank.Write(again, l, disk.Options{}))
	assert.Equal(t, l, load(t, again))
	text, err := os.ReadFile(filepath.Join(again, "questions", "layers", "device", "DEVICE01.yaml"))
	require.NoError(t, err)
	assert.Equal(t, 2, strings.Count(string(text), "since:"), "only what doesn't follow is written")
}

func load(t *testing.T, dir string) *lens.Lens {
	t.Helper()
	l, problems := bank.Validate(bank.Dir(dir))
	require.NoError(t, problems.Err())
	return l
}

// edit replaces the first occurrence of a text in a file.
func edit(t *testing.T, file, old, with string) {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Contains(t, string(data), old)
	require.NoError(t, os.WriteFile(file, []byte(strings.Replace(string(data), old, with, 1)), 0o600))
}
