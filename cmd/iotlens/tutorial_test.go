package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const tutorial = "../../docs/tutorial.md"

// The tutorial is one story: its commands run in order in one folder, and each prints just
// what the page shows. UPDATE_GOLDEN=1 writes what is printed today.
func TestTutorialIsCorrect(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(tutorial)
	require.NoError(t, err)
	dir := t.TempDir()
	var told strings.Builder
	commands := 0
	rest := string(page)
	for {
		before, block, found := strings.Cut(rest, "\n```")
		told.WriteString(before)
		if !found {
			break
		}
		block, after, closed := strings.Cut(block, "\n```\n")
		require.True(t, closed, "a block of code has no end: %.80s", block)
		language, lines, _ := strings.Cut(block, "\n")
		switch language {
		case "console":
			lines = retold(t, dir, lines, &commands)
		case "sh": // its output is not shown
			out, exit := tell(dir, lines)
			assert.Zero(t, exit, "%s\n%s", lines, out)
			commands++
		}
		told.WriteString("\n```" + language + "\n" + lines + "\n```\n")
		rest = after
	}
	assert.Greater(t, commands, 15)
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		require.NoError(t, os.WriteFile(tutorial, []byte(told.String()), 0o644))
		return
	}
	assert.Equal(t, told.String(), string(page), "if the change is meant: UPDATE_GOLDEN=1 go test ./cmd/iotlens -run Tutorial")
}

// retold runs the commands of a block, which begin with "$ ", and returns the block with
// what they print. A command goes on where its line ends in a backslash.
func retold(t *testing.T, dir, block string, commands *int) string {
	t.Helper()
	var out []string
	lines := strings.Split(block, "\n")
	for i := 0; i < len(lines); i++ {
		command, ok := strings.CutPrefix(lines[i], "$ ")
		if !ok {
			continue
		}
		out = append(out, lines[i])
		for strings.HasSuffix(command, "\\") && i+1 < len(lines) {
			i++
			command += "\n" + lines[i]
			out = append(out, lines[i])
		}
		printed, exit := tell(dir, command)
		assert.Zero(t, exit, "%s\n%s", command, printed)
		if printed = strings.TrimRight(printed, "\n"); printed != "" {
			out = append(out, printed)
		}
		*commands++
	}
	return strings.Join(out, "\n")
}

// tell runs a command as its reader has iotlens, without a terminal.
func tell(dir, command string) (printed string, exit int) {
	c := exec.Command("bash", "-c", command)
	c.Dir = dir
	home := filepath.Join(dir, "..", "home")
	c.Env = append(os.Environ(), "HOME="+home, "XDG_CACHE_HOME="+home, "XDG_STATE_HOME="+home, "XDG_CONFIG_HOME="+home,
		testLens+"=", testNow+"="+instant, "NO_COLOR=1", "LC_ALL=C.UTF-8", "GIT_CEILING_DIRECTORIES="+filepath.Dir(dir))
	out, _ := c.CombinedOutput()
	return string(out), c.ProcessState.ExitCode()
}
