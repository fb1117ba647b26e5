package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every shell example of the pages and of --help is run, in a folder that has the files
// it names. What is needed besides is in examples_samples_test.go: a file that a new
// example reads (samples), a program that is not ours (standIns), a value in capitals
// (placeholders).
//
// An example is a block of code that is fenced as sh, bash, shell or console, or that is
// indented, or fenced as nothing, and in which a line begins with a command. Where its lines begin with "$ ", what follows them is
// their output, in that block or in the block fenced as text behind it; a line "..." stands
// for any number of lines. UPDATE_GOLDEN=1 writes what is printed today.

// An example is one block.
type example struct {
	page  string // path from the root of the repository, or a command with --help
	line  int    // of its first line in the page
	lines []string
	// output is the number of lines fenced as text behind the block, and where they begin.
	outputAt, output int
}

// A command is one line after "$ ", with what is shown of its output.
type command struct {
	text   string
	at     int // line of the page where the output begins
	indent string
	shown  []string
}

func TestExamplesOfPagesRun(t *testing.T) {
	t.Parallel()
	pages := map[string]int{}
	for _, file := range pagesWithExamples(t) {
		for _, e := range examplesOf(t, file) {
			pages[e.page]++
			t.Run(fmt.Sprintf("%s:%d", e.page, e.line), func(t *testing.T) { e.run(t) })
		}
	}
	for _, page := range []string{"README.md", "CONTRIBUTING.md", "questions/README.md", "docs/ci.md", "docs/custom-lenses.md", "docs/reports.md", "docs/tickets.md"} {
		assert.Positive(t, pages[page], page)
	}
}

func TestExamplesOfHelpRun(t *testing.T) {
	t.Parallel()
	bin, err := built()
	require.NoError(t, err)
	n := 0
	var visit func(path []string)
	visit = func(path []string) {
		out, err := exec.Command(filepath.Join(bin, "iotlens"), append(slices.Clone(path), "--help")...).Output()
		require.NoError(t, err, path)
		if _, text, ok := strings.Cut(string(out), "\nExamples:\n"); ok {
			text, _, _ = strings.Cut(text, "\n\n")
			n++
			e := example{page: strings.Join(append([]string{"iotlens"}, path...), " ") + " --help", lines: strings.Split(text, "\n")}
			t.Run(e.page, func(t *testing.T) { e.run(t) })
		}
		if !strings.Contains(string(out), " [command]\n") {
			return
		}
		for _, m := range regexp.MustCompile(`(?m)^  ([a-z-]+) {2,}\S`).FindAllStringSubmatch(string(out), -1) {
			if m[1] != "help" && m[1] != "completion" { // they are Cobra's own
				visit(append(slices.Clone(path), m[1]))
			}
		}
	}
	visit(nil)
	assert.GreaterOrEqual(t, n, 25)
}

// pagesWithExamples lists the pages of the repository but for records of decisions and
// changes, which are of their day.
func pagesWithExamples(t *testing.T) []string {
	t.Helper()
	var out []string
	require.NoError(t, filepath.WalkDir("../..", func(file string, e fs.DirEntry, err error) error {
		name := filepath.ToSlash(strings.TrimPrefix(file, "../../"))
		switch {
		case err != nil:
			return err
		case e.IsDir() && slices.Contains([]string{".git", "node_modules", "testdata", "docs/adr"}, name), e.IsDir() && e.Name() == "node_modules":
			return fs.SkipDir
		case filepath.Ext(name) == ".md" && !slices.Contains([]string{"CHANGELOG.md", "docs/tutorial.md"}, name):
			out = append(out, name)
		}
		return nil
	}))
	return out
}

// begins is how a line of an example begins that is only indented.
var begins = regexp.MustCompile(`^(\$ |[A-Za-z_]+=\S*$|(?:` + strings.Join(slices.Sorted(maps.Keys(standIns)), "|") + `|iotlens|sed|sudo)( |$))`)

// examplesOf finds the examples of a page.
func examplesOf(t *testing.T, page string) []example {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../..", filepath.FromSlash(page)))
	require.NoError(t, err)
	lines := strings.Split(string(data), "\n")
	var out []example
	for i := 0; i < len(lines); i++ {
		language, fenced := strings.CutPrefix(strings.TrimLeft(lines[i], " "), "```")
		switch {
		case fenced:
			from := i + 1
			i = from
			for i < len(lines) && !strings.HasPrefix(strings.TrimLeft(lines[i], " "), "```") {
				i++
			}
			language, _, _ = strings.Cut(language, " ")
			if slices.Contains([]string{"sh", "bash", "shell", "console"}, language) || language == "" && slices.ContainsFunc(lines[from:i], begins.MatchString) {
				out = append(out, example{page: page, line: from + 1, lines: lines[from:i]})
			} else if language == "text" && len(out) > 0 {
				// The output of the example right before it, if that is one with "$ ".
				last := &out[len(out)-1]
				if end := last.line - 1 + len(last.lines); strings.TrimSpace(strings.Join(lines[end:from-1], "")) == "" && last.console() {
					last.outputAt, last.output = from+1, i-from
				}
			}
		case strings.HasPrefix(lines[i], "    ") && (i == 0 || lines[i-1] == "" || strings.HasPrefix(lines[i-1], "<!--")):
			from := i
			for i+1 < len(lines) && (strings.HasPrefix(lines[i+1], "    ") || lines[i+1] == "" && i+2 < len(lines) && strings.HasPrefix(lines[i+2], "    ")) {
				i++
			}
			if slices.ContainsFunc(lines[from:i+1], func(l string) bool { return begins.MatchString(strings.TrimLeft(l, " ")) }) {
				out = append(out, example{page: page, line: from + 1, lines: lines[from : i+1]})
			}
		}
	}
	return out
}

func (e *example) console() bool {
	return slices.ContainsFunc(e.lines, func(l string) bool { return strings.HasPrefix(strings.TrimLeft(l, " "), "$ ") })
}

// commands splits an example whose lines begin with "$ ".
func (e *example) commands(t *testing.T) []command {
	t.Helper()
	var out []command
	for i, line := range e.lines {
		text := strings.TrimLeft(line, " ")
		indent := line[:len(line)-len(text)]
		if rest, ok := strings.CutPrefix(text, "$ "); ok {
			out = append(out, command{text: rest, at: e.line + i + 1, indent: indent})
			continue
		}
		require.NotEmpty(t, out, "%s:%d: output before a command", e.page, e.line+i)
		last := &out[len(out)-1]
		if len(last.shown) == 0 && strings.HasSuffix(last.text, `\`) {
			last.text += "\n" + line
			last.at++
		} else {
			last.shown = append(last.shown, strings.TrimPrefix(line, last.indent))
		}
	}
	if last := &out[len(out)-1]; e.output > 0 && len(last.shown) == 0 {
		page := pageLines(t, e.page)
		last.at, last.indent, last.shown = e.outputAt, "", page[e.outputAt-1:e.outputAt-1+e.output]
	}
	return out
}

func pageLines(t *testing.T, page string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../..", filepath.FromSlash(page)))
	require.NoError(t, err)
	return strings.Split(string(data), "\n")
}

// run runs an example in a folder of its own.
func (e *example) run(t *testing.T) {
	text := placeholders(strings.Join(e.lines, "\n"))
	p := newPlace(t, text)
	for _, with := range slices.Sorted(maps.Keys(before)) {
		if strings.Contains(text, with) && !strings.Contains(text, before[with]) {
			out, exit := p.bash(t, before[with])
			require.Zero(t, exit, out)
		}
	}
	if e.console() {
		for _, c := range e.commands(t) {
			out, exit := p.bash(t, placeholders(c.text))
			assert.Zero(t, exit, "%s:%d\n%s\n%s", e.page, e.line, c.text, p.last())
			compare(t, e.page, c, out)
		}
	} else {
		_, exit := p.bash(t, text)
		assert.Equal(t, exitsOf[strings.TrimSpace(e.lines[0])], exit, "%s:%d\n%s\n%s", e.page, e.line, text, p.last())
	}
	ran := p.ran(t)
	for _, call := range ran {
		assert.NotRegexp(t, "^2 ", call, "%s:%d: could not run\n%s", e.page, e.line, p.last())
	}
	ours := regexp.MustCompile(`(?m)^ *(?:\$ )?iotlens `).FindAllString(text, -1)
	assert.GreaterOrEqual(t, len(ran), len(ours), "%s:%d: not all of it was run\n%s", e.page, e.line, p.last())
}

// compare holds what a page shows against what was printed.
func compare(t *testing.T, page string, c command, printed string) {
	t.Helper()
	got := strings.Split(strings.TrimRight(printed, "\n"), "\n")
	if len(c.shown) == 0 || matches(c.shown, got) {
		return
	}
	if os.Getenv("UPDATE_GOLDEN") == "" {
		assert.Fail(t, "what is shown is not what is printed; UPDATE_GOLDEN=1 rewrites it", "%s:%d: %s\nshown:\n%s\n\nprinted:\n%s",
			page, c.at, c.text, strings.Join(c.shown, "\n"), strings.Join(got, "\n"))
		return
	}
	if n := slices.Index(c.shown, "..."); n >= 0 {
		after := len(c.shown) - n - 1
		require.False(t, slices.Contains(c.shown[n+1:], "...") || n+after > len(got), "%s:%d: edit this by hand; printed:\n%s", page, c.at, printed)
		got = slices.Concat(got[:n], []string{"..."}, got[len(got)-after:])
	}
	lines := pageLines(t, page)
	for i := range got {
		if got[i] != "" {
			got[i] = c.indent + got[i]
		}
	}
	lines = slices.Replace(lines, c.at-1, c.at-1+len(c.shown), got...)
	require.NoError(t, os.WriteFile(filepath.Join("../..", page), []byte(strings.Join(lines, "\n")), 0o644))
	t.Fatalf("%s was rewritten at line %d; run it again", page, c.at)
}

// matches reports whether lines are as shown, where "..." stands for any number of them.
func matches(shown, lines []string) bool {
	if len(shown) == 0 {
		return len(lines) == 0
	}
	if shown[0] == "..." {
		for skip := 0; skip <= len(lines); skip++ {
			if matches(shown[1:], lines[skip:]) {
				return true
			}
		}
		return false
	}
	return len(lines) > 0 && shown[0] == strings.TrimRight(lines[0], " ") && matches(shown[1:], lines[1:])
}

// A place is the folder that an example runs in, with stand-ins on the path.
type place struct {
	dir     string
	calls   string // file that lists the calls of iotlens
	printed string // all that was printed
}

// newPlace copies the files that a text names, and a review to go on with.
func newPlace(t *testing.T, text string) *place {
	t.Helper()
	prepared, err := prepared()
	require.NoError(t, err)
	p := &place{dir: filepath.Join(t.TempDir(), "work"), calls: filepath.Join(t.TempDir(), "calls")}
	require.NoError(t, os.Mkdir(p.dir, 0o755))
	for _, s := range samples {
		if s.name == "plant.review.yaml" && !strings.Contains(text, "--bank") || s.name == ".git" && regexp.MustCompile(`\bgit[ :]`).MatchString(text) || s.named(text) {
			out, err := exec.Command("cp", "-R", filepath.Join(prepared, "files", s.name), p.dir).CombinedOutput()
			require.NoError(t, err, string(out))
		}
	}
	return p
}

// named reports whether a text names a sample before it writes such a file itself.
func (s sample) named(text string) bool {
	name := regexp.QuoteMeta(s.name)
	first := regexp.MustCompile(`(^|[\s"'=/])` + name + `($|[\s"'/])`).FindStringIndex(text)
	if first == nil {
		return false
	}
	written := regexp.MustCompile(`(-o |[a-z]=|>+ ?|mkdir |--write-[a-z]+ )` + name + `($|\s)`).FindStringIndex(text)
	return written == nil || written[1] > first[1]+1
}

// bash runs a script without a terminal and returns what it printed.
func (p *place) bash(t *testing.T, script string) (string, int) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "example.sh")
	require.NoError(t, os.WriteFile(file, []byte(script+"\n"), 0o600))
	dir, err := prepared()
	require.NoError(t, err)
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	c := exec.Command("bash", "-eo", "pipefail", file)
	c.Dir = p.dir
	c.Env = append(os.Environ(), "PATH="+filepath.Join(dir, "tools")+string(os.PathListSeparator)+os.Getenv("PATH"),
		"HOME="+p.dir, "GIT_EDITOR=true", "GITHUB_STEP_SUMMARY=", "ROOT="+root, "CALLS="+p.calls, "NO_COLOR=1", "COLUMNS=80", "WORKLOAD="+workloadID, "LENS="+lensARN)
	if strings.Contains(script, "code=") {
		c.Env = append(c.Env, "EXACT=1")
	}
	out, _ := c.CombinedOutput()
	p.printed += string(out)
	return string(out), c.ProcessState.ExitCode()
}

// last is the end of what was printed, where a reason stands.
func (p *place) last() string {
	lines := strings.Split(p.printed, "\n")
	return strings.Join(lines[max(0, len(lines)-12):], "\n")
}

// ran lists the calls of iotlens: exit code and arguments.
func (p *place) ran(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile(p.calls)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	require.NoError(t, err)
	return strings.Split(strings.TrimRight(string(data), "\n"), "\n")
}
