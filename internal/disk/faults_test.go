package disk_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A case of the fault test: what a run writes, starting with a known folder.
type writing struct {
	name string
	run  func(o disk.Options) error
	want map[string]string // what it writes
	gone []string          // what it removes
}

// before is the content of the folder before every run.
func before() map[string]string {
	return map[string]string{"plant.review.yaml": "old review\n", "a.md": "old a\n", "b.html": "old b\n"}
}

func writings() []writing {
	out := func(path, data string) disk.Output { return disk.Output{Path: path, Data: []byte(data)} }
	appended := func(now []byte) ([]byte, []disk.Output, error) {
		return append(now, "an answer\n"...), nil, nil
	}
	return []writing{
		{
			"one file that exists",
			func(o disk.Options) error { return disk.Write(o, out("a.md", "new a\n")) },
			map[string]string{"a.md": "new a\n"},
			nil,
		},
		{
			"one new file",
			func(o disk.Options) error { return disk.Write(o, out("c.csv", "new c\n")) },
			map[string]string{"c.csv": "new c\n"},
			nil,
		},
		{
			"a file that must be new",
			func(o disk.Options) error {
				return disk.Write(o, disk.Output{Path: "c.csv", Data: []byte("new c\n"), New: true})
			},
			map[string]string{"c.csv": "new c\n"},
			nil,
		},
		{
			"several",
			func(o disk.Options) error {
				return disk.Write(o, out("a.md", "new a\n"), out("b.html", "new b\n"), out("c.csv", "new c\n"))
			},
			map[string]string{"a.md": "new a\n", "b.html": "new b\n", "c.csv": "new c\n"},
			nil,
		},
		{
			"a chosen name in a new folder",
			func(o disk.Options) error {
				return disk.Write(o, disk.Output{Root: ".", Path: "site/in/index.html", Data: []byte("new\n")})
			},
			map[string]string{"site/in/index.html": "new\n"},
			nil,
		},
		{
			"an update",
			func(o disk.Options) error { return disk.Update("plant.review.yaml", 1<<20, o, appended) },
			map[string]string{"plant.review.yaml": "old review\nan answer\n"},
			nil,
		},
		{
			"a milestone",
			func(o disk.Options) error {
				return disk.Update("plant.review.yaml", 1<<20, o, func(now []byte) ([]byte, []disk.Output, error) {
					return []byte("emptied\n"), []disk.Output{{Root: ".", Path: "milestones/plant/1.yaml", Data: now, New: true, Mode: 0o444}}, nil
				})
			},
			map[string]string{"milestones/plant/1.yaml": "old review\n", "plant.review.yaml": "emptied\n"},
			nil,
		},
		{
			"a new folder",
			func(o disk.Options) error { return disk.WriteFolder("new/bank", entries(), o) },
			map[string]string{"new/bank/pillars/p.yaml": "p\n", "new/bank/q.yaml": "q\n"},
			nil,
		},
		{
			"an empty folder that exists",
			func(o disk.Options) error { return disk.WriteFolder("empty", entries(), o) },
			map[string]string{"empty/pillars/p.yaml": "p\n", "empty/q.yaml": "q\n"},
			nil,
		},
		{
			"two files changed and one removed",
			func(o disk.Options) error {
				outs := []disk.Output{out("a.md", "new a\n"), out("c.csv", "new c\n")}
				if _, err := os.Stat("b.html"); err == nil { // not so in the run after one that was killed
					outs = append(outs, disk.Output{Root: ".", Path: "b.html", Remove: true})
				}
				return disk.Write(o, outs...)
			},
			map[string]string{"a.md": "new a\n", "c.csv": "new c\n"},
			[]string{"b.html"},
		},
	}
}

func entries() []disk.File {
	return []disk.File{{Path: "pillars/p.yaml", Data: []byte("p\n")}, {Path: "q.yaml", Data: []byte("q\n")}}
}

// Each system call of each case fails with each fault, or kills the process. Every file then
// has its old or its new content, the error is correct, and leftovers are removed at once
// or by the next run.
func TestEverySystemCallOfAWriteFails(t *testing.T) {
	t.Chdir(fast(t))
	runs := 0
	for _, w := range writings() {
		reset(t)
		clean := &system{}
		require.NoError(t, clean.under(func() error { return w.run(disk.Options{}) }), w.name)
		want := merged(before(), w.want)
		for _, path := range w.gone {
			delete(want, path)
		}
		require.Equal(t, want, files(t), w.name)
		for _, f := range faults() {
			for at := 1; at <= clean.calls; at++ {
				runs++
				failed(t, w, at, f)
				if t.Failed() {
					return
				}
			}
		}
	}
	t.Logf("%d faults", runs)
	assert.Greater(t, runs, 1000)
}

func failed(t *testing.T, w writing, at int, f fault) {
	t.Helper()
	reset(t)
	s := &system{at: at, fault: f}
	var told []string
	err := s.under(func() error { return w.run(disk.Options{Warn: func(s string) { told = append(told, s) }}) })
	where := fmt.Sprintf("%s: %s at call %d (%s): %v %q", w.name, f.name, at, s.hit, err, told)
	if s.hit == "" {
		require.NoError(t, err, where)
	}
	got := files(t)
	left := leftovers(got)
	for _, path := range w.gone {
		now, there := got[path]
		switch {
		case there:
			assert.Equal(t, before()[path], now, "%s: %s", where, path)
			assert.Error(t, err, "%s: %s said done", where, path)
		case err != nil && !s.killed:
			assert.True(t, stays(err, path), "%s: %s was removed", where, path)
		}
		got[path] = before()[path]
	}
	for path, data := range merged(before(), w.want) {
		was, want := before()[path], w.want[path]
		now, there := got[path]
		delete(got, path)
		switch {
		case want == "":
			assert.Equal(t, was, now, "%s: %s was not to be written", where, path)
		case err == nil:
			assert.Equal(t, data, now, "%s: %s said done", where, path)
		case s.killed:
			assert.Contains(t, []string{was, want}, now, "%s: %s", where, path)
		case there && now == want:
			assert.True(t, stays(err, path), where)
		default:
			assert.Equal(t, was, now, "%s: %s", where, path)
		}
		if err != nil && !s.killed && stays(err, path) {
			assert.Equal(t, want, now, where)
		}
	}
	if err != nil && !s.killed {
		assert.NotContains(t, err.Error(), "iotlens-tmp", where)
		assert.NotEmpty(t, err.Error())
	}
	for _, path := range left {
		delete(got, path)
	}
	assert.Empty(t, got, where)
	removable := !strings.HasPrefix(s.hit, "remove") && s.hit != "lock" && !f.from
	if !s.killed && removable {
		assert.Empty(t, left, where)
	}
	// The next run works, and the next one in the same folder removes leftovers.
	defer disk.Intercept((&system{}).call)() // without syncs
	err = w.run(disk.Options{})
	if err != nil {
		expected := errors.Is(err, disk.ErrExists) || strings.Contains(err.Error(), "is not empty")
		require.True(t, expected, "%s: the next run: %v", where, err)
	}
	for path := range w.want {
		for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
			if disk.IsFolder(dir) {
				require.NoError(t, disk.Write(disk.Options{}, disk.Output{Path: filepath.Join(dir, "other"), Data: []byte("x")}))
			}
			if dir == "." {
				break
			}
		}
	}
	assert.Empty(t, leftovers(files(t)), "%s: after the next run", where)
}

// stays reports whether an error says that a file, or a folder that contains it, was written
// and could not be restored.
func stays(err error, path string) bool {
	for ; path != "."; path = filepath.Dir(path) {
		if strings.Contains(err.Error(), path+": was written and could not be restored") {
			return true
		}
	}
	return false
}

// fast returns a new folder, in memory if there is such a file system.
func fast(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "iotlens-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// reset restores the content of the working folder before a run.
func reset(t *testing.T) {
	t.Helper()
	found, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, e := range found {
		require.NoError(t, os.RemoveAll(e.Name()))
	}
	for path, data := range before() {
		require.NoError(t, os.WriteFile(path, []byte(data), 0o600))
	}
	require.NoError(t, os.Mkdir("empty", 0o755))
}

// files returns all files below the working folder by path.
func files(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	require.NoError(t, filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		out[filepath.ToSlash(path)] = string(data)
		return err
	}))
	return out
}

// leftovers returns lock files, temporary files and files in temporary folders.
func leftovers(files map[string]string) []string {
	var out []string
	for path := range files {
		if strings.Contains(path, ".iotlens-") {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	return out
}

func merged(a, b map[string]string) map[string]string {
	out := map[string]string{}
	for _, m := range []map[string]string{a, b} {
		for k, v := range m {
			out[k] = v
		}
	}
	return out
}
