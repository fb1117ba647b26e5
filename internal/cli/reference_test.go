package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/cli"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A line of help on a flag.
var flagLine = regexp.MustCompile(`(?m)^ {2}(-., |    )--`)

// The manual of a command says what its --help says: every flag, every example, and
// every command below it.
func TestManualsSayWhatHelpSays(t *testing.T) {
	root, everywhere := cli.Manuals()
	require.NotEmpty(t, everywhere)
	seen := 0
	var check func(m cli.Manual)
	check = func(m cli.Manual) {
		seen++
		var out bytes.Buffer
		require.Equal(t, cli.Done, cli.Main(append(m.Path[1:], "--help"), cli.IO{Out: &out, Err: &out}))
		help := out.String()
		name := strings.Join(m.Path, " ")
		for _, part := range []string{m.Short, m.Long, m.Usage, m.Example} {
			if part != m.Short || m.Long == "" {
				assert.Contains(t, help, part, name)
			}
		}
		own, _, _ := strings.Cut(help, "Global Flags:")
		listed := 1 // --help
		for _, f := range m.Flags {
			listed++
			assert.Contains(t, own, "--"+f.Name+" ", name)
			assert.Contains(t, own, f.Usage, name)
			if f.Default != "" {
				assert.Contains(t, own, f.Default, "%s --%s", name, f.Name)
			}
		}
		if len(m.Path) == 1 {
			listed += len(everywhere)
		}
		assert.Equal(t, listed, len(flagLine.FindAllString(own[strings.LastIndex(own, "\nFlags:"):], -1)), "%s: flags", name)
		for _, sub := range m.Commands {
			assert.Contains(t, help, "\n  "+sub.Path[len(sub.Path)-1]+" ", name)
			check(sub)
		}
	}
	check(root)
	assert.Greater(t, seen, 25)
}

// The exit codes of a manual agree with those in the text of the help.
func TestManualsStateTheExitCodesOfHelp(t *testing.T) {
	root, _ := cli.Manuals()
	var check func(m cli.Manual)
	check = func(m cli.Manual) {
		if _, codes, ok := strings.Cut(m.Long, "Exit codes: "); ok {
			codes, _, _ = strings.Cut(codes, ".")
			assert.Len(t, m.Exits, len(strings.Split(codes, ",")), "%v", m.Path)
			for i, part := range strings.Split(codes, ", ") {
				code, is, _ := strings.Cut(part, " ")
				assert.Equal(t, code, strconv.Itoa(int(m.Exits[i].Code)), "%v", m.Path)
				assert.True(t, strings.HasPrefix(m.Exits[i].Meaning, is), "%v: %q and %q", m.Path, m.Exits[i].Meaning, is)
			}
		}
		for _, sub := range m.Commands {
			check(sub)
		}
	}
	check(root)
}

// The commands whose manual has the exit code of an interrupt are those that handle one.
func TestManualsSayWhatAnInterruptEndsWith(t *testing.T) {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	var want, got []string
	for _, file := range files {
		source, err := os.ReadFile(file)
		require.NoError(t, err)
		if !strings.HasSuffix(file, "_test.go") && strings.Contains(string(source), "return a.interruptible(") {
			want = append(want, strings.TrimSuffix(file, ".go"))
		}
	}
	root, _ := cli.Manuals()
	for _, m := range root.Commands {
		if slices.ContainsFunc(m.Exits, func(e cli.ExitMeaning) bool { return e.Code == cli.Interrupted }) {
			got = append(got, m.Path[1])
		}
	}
	slices.Sort(got)
	assert.Equal(t, want, got)
}
