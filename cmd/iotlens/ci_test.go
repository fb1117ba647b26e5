package main

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/policy"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"
)

// The scripts that pipelines run (action.yml, the GitLab template, the hooks of
// pre-commit, the recipes of docs/ci.md) are taken out of their files and run here the way that
// the services run them, with the real program.

// built is the program in a folder of its own.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "iotlens-ci")
	if err != nil {
		return "", err
	}
	out, err := exec.Command("go", "build", "-trimpath", "-o", filepath.Join(dir, "iotlens"), ".").CombinedOutput()
	if err != nil {
		return "", errors.New(string(out))
	}
	return dir, nil
})

// A workspace is a checkout in a pipeline on 2026-11-24: some reviews, the program
// on the path, and a go that only notes what it is asked to install.
type workspace struct {
	dir   string
	tools string // where the program and go are
	env   []string
}

func newWorkspace(t *testing.T) *workspace {
	t.Helper()
	bin, err := built()
	require.NoError(t, err)
	w := &workspace{dir: t.TempDir(), tools: t.TempDir()}
	tools := w.tools
	w.put(t, filepath.Join(tools, "go"), "#!/bin/sh\nif [ \"$1\" = env ]; then echo /nowhere; else echo \"go $*\" >>\""+w.path("go.log")+"\"; fi\n")
	w.put(t, filepath.Join(tools, "iotlens"), "#!/bin/sh\nexec \""+filepath.Join(bin, "iotlens")+"\" --today 2026-11-24 \"$@\"\n")
	for _, tool := range []string{"go", "iotlens"} {
		require.NoError(t, os.Chmod(filepath.Join(tools, tool), 0o755))
	}
	for name, status := range map[string]string{"sound": "implemented", "gap": "not_implemented", "accepted-gap": "not_implemented", "unknown": "cannot_determine"} {
		w.put(t, w.path(name+".review.yaml"), "schema: 1\nlens: aws-iot\nlens_version: 2025-07-02\nworkload: {name: Plant}\nscope: {questions: [IOTSEC01]}\nanswers:\n  IOTSEC01-BP01: {status: "+status+"}\n")
	}
	w.env = []string{
		"PATH=" + strings.Join([]string{tools, os.Getenv("PATH")}, string(os.PathListSeparator)), "HOME=" + w.dir, "GITHUB_WORKSPACE=" + w.dir,
		"RUNNER_TEMP=" + w.path("temp"), "GITHUB_OUTPUT=" + w.path("output"), "GITHUB_STEP_SUMMARY=" + w.path("summary"),
	}
	require.NoError(t, os.MkdirAll(w.path("temp/iotlens"), 0o755))
	require.NoError(t, os.Symlink(filepath.Join(tools, "iotlens"), w.path("temp/iotlens/iotlens")))
	return w
}

func (w *workspace) path(name string) string { return filepath.Join(w.dir, name) }

func (w *workspace) put(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
}

func (w *workspace) read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(w.path(name))
	if errors.Is(err, os.ErrNotExist) {
		return ""
	}
	require.NoError(t, err)
	return string(data)
}

// run runs a script and returns its exit code and all that it said.
func (w *workspace) run(t *testing.T, script string, env []string, shell ...string) (int, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "script")
	w.put(t, file, script)
	c := exec.Command(shell[0], append(shell[1:], file)...)
	c.Dir, c.Env = w.dir, append(slices.Clone(w.env), env...)
	out, err := c.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		require.NoError(t, err)
	}
	return c.ProcessState.ExitCode(), string(out)
}

func fromYAML(t *testing.T, file string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", file))
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(data, into))
}

// An action is as much of action.yml as runs.
type action struct {
	Inputs map[string]struct {
		Description, Default string
		Required             bool
	}
	Outputs map[string]struct{ Description, Value string }
	Runs    struct {
		Using string
		Steps []struct {
			ID, Name, Shell, Run string
			Env                  map[string]string
		}
	}
}

var (
	inputOf = regexp.MustCompile(`^\$\{\{ inputs\.([a-z-]+) \}\}$`)
	// GitHub runs "shell: bash" so.
	githubBash = []string{"bash", "--noprofile", "--norc", "-eo", "pipefail"}
)

// runGate runs the step that gates, with inputs.
func (a action) runGate(t *testing.T, w *workspace, with map[string]string) (int, string) {
	t.Helper()
	return w.run(t, a.Runs.Steps[1].Run, a.env(t, 1, with), githubBash...)
}

// env is the environment of a step: its inputs, as given or by default.
func (a action) env(t *testing.T, step int, with map[string]string) []string {
	t.Helper()
	var env []string
	for name, value := range a.Runs.Steps[step].Env {
		if step == 0 && !strings.Contains(value, "inputs.") {
			continue
		}
		input := inputOf.FindStringSubmatch(value)
		require.NotNil(t, input, "%s: %s is no input", name, value)
		def, ok := a.Inputs[input[1]]
		require.True(t, ok, "%s is not declared", input[1])
		given, ok := with[input[1]]
		if !ok {
			given = def.Default
		}
		env = append(env, name+"="+given)
	}
	return env
}

// house is a framework of a team.
const house = `id: house
title: Rules of the house
version: "1"
date: 2026-01
source: https://example.com/rules
licence: Ours.
provisions:
  - {id: R-1, title: One identity a device, fully: [IOTSEC01-BP01]}
  - {id: R-2, title: One register, fully: [IOTSEC02-BP01]}
`

func TestTheGitHubAction(t *testing.T) {
	t.Parallel()
	var a action
	fromYAML(t, "action.yml", &a)
	require.Equal(t, "composite", a.Runs.Using)
	require.Len(t, a.Runs.Steps, 2)
	for _, s := range a.Runs.Steps {
		assert.Equal(t, "bash", s.Shell)
		assert.NotContains(t, s.Run, "${{", "an expression in a script can be code of whoever fills it")
	}
	for _, c := range []struct {
		name     string
		with     map[string]string
		exit     int
		output   string
		log      []string
		summary  string
		noResult bool
	}{
		{name: "passed", with: map[string]string{"file": "sound.review.yaml"}, exit: 0, output: "outcome=passed\nexit-code=0\n", log: []string{"\nPassed\n"}, summary: "## Passed\n"},
		{name: "failed", with: map[string]string{"file": "gap.review.yaml"}, exit: 1, output: "outcome=failed\nexit-code=1\n", log: []string{"\nStopped: 1 high risk\n", "gap.review.yaml:7 IOTSEC01-BP01 high, not implemented", "fail_on = high (default)", "\n::error file=gap.review.yaml,line=7,title=IOTSEC01-BP01"}, summary: "| failed | IOTSEC01-BP01 |"},
		{name: "incomplete", with: map[string]string{"file": "unknown.review.yaml"}, exit: 3, output: "outcome=incomplete\nexit-code=3\n", log: []string{"\n::warning file=unknown.review.yaml,line=7,title=IOTSEC01-BP01"}, summary: "| incomplete | IOTSEC01-BP01 |"},
		{name: "incomplete, let through", with: map[string]string{"file": "unknown.review.yaml", "allow-incomplete": "true"}, exit: 0, output: "outcome=incomplete\nexit-code=3\n", log: []string{"::warning title=iotlens::"}},
		{name: "failing is not let through", with: map[string]string{"file": "gap.review.yaml", "allow-incomplete": "true"}, exit: 1, output: "outcome=failed\nexit-code=1\n"},
		{name: "settings", with: map[string]string{"file": "gap.review.yaml", "fail-on": "none", "min-coverage": "50", "set": "\npillars.security.min_score=10\n"}, exit: 1, output: "outcome=failed\nexit-code=1\n", log: []string{"the score of Security is 0 %, below 10 %", "min_coverage = 50 % (--min-coverage)"}},
		{name: "a law and rules of a team", with: map[string]string{"file": "gap.review.yaml", "fail-on": "none", "min-coverage": "0", "require": "house:R-1\nhouse:R-2\n", "framework": "house.yaml\n"}, exit: 1, output: "outcome=failed\nexit-code=1\n", log: []string{"gap.review.yaml house:R-1: One identity a device. Not met; open: IOTSEC01-BP01", "require = house:R-1, house:R-2 (--require): failed"}},
		{name: "line ends of Windows", with: map[string]string{"file": "gap.review.yaml\r\n", "fail-on": "none\r", "set": "min_coverage=50\r\npillars.security.min_score=10\r\n"}, exit: 1, output: "outcome=failed\nexit-code=1\n", log: []string{"the score of Security is 0 %, below 10 %", "min_coverage = 50 %"}},
		{name: "a baseline", with: map[string]string{"file": "gap.review.yaml", "baseline": "accepted-gap.review.yaml"}, exit: 0, output: "outcome=passed\nexit-code=0\n", summary: "## Passed: 1 known and accepted"},
		{name: "several", with: map[string]string{"file": "sound.review.yaml\ngap.review.yaml\n"}, exit: 1, output: "outcome=failed\nexit-code=1\n", log: []string{"\nPassed\n", "\nStopped: 1 high risk\n"}, summary: "## Passed\n"},
		{name: "a folder", with: map[string]string{"file": "."}, exit: 1, output: "outcome=failed\nexit-code=1\n", log: []string{"unknown.review.yaml:7 "}},
		{name: "a policy file", with: map[string]string{"file": "gap.review.yaml", "config": "lax.yaml"}, exit: 0, output: "outcome=passed\nexit-code=0\n"},
		{name: "no such file", with: map[string]string{"file": "--help"}, exit: 2, output: "outcome=\nexit-code=2\nverdict=\n", log: []string{"--help: no such file", "\n::error file=--help,line=1,title=iotlens could not run::"}, summary: "## Could not run", noResult: true},
		{name: "no such policy", with: map[string]string{"file": "gap.review.yaml", "config": "none.yaml"}, exit: 2, output: "outcome=\nexit-code=2\nverdict=\n", log: []string{"\n::error file=gap.review.yaml,line=1,title=iotlens could not run::none.yaml: no such file"}, summary: "## Could not run", noResult: true},
		{name: "no file", with: map[string]string{"file": ""}, exit: 2, output: "outcome=\nexit-code=2\nverdict=\n", log: []string{"\n::error title=iotlens could not run::iotlens: usage: iotlens gate FILE...%0ASee: "}, summary: "## iotlens could not run\n\n    iotlens: usage:", noResult: true},
		{name: "an input that is code", with: map[string]string{"file": "gap.review.yaml", "fail-on": "$(touch pwned)\"; touch pwned; '"}, exit: 2, output: "outcome=\nexit-code=2\n", log: []string{"\n::error "}, summary: "ould not run", noResult: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorkspace(t)
			w.put(t, w.path("lax.yaml"), "fail_on: none\n")
			w.put(t, w.path("house.yaml"), house)
			exit, log := a.runGate(t, w, c.with)
			assert.Equal(t, c.exit, exit, log)
			assert.Contains(t, w.read(t, "output"), c.output)
			for _, l := range c.log {
				assert.Contains(t, log, l)
			}
			assert.Contains(t, w.read(t, "summary"), c.summary)
			assert.NoFileExists(t, w.path("pwned"))
			if c.noResult {
				return
			}
			var verdict struct{ Outcome string }
			file := outputOf(t, w, "verdict")[0]
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			require.NoError(t, json.Unmarshal(data, &verdict))
			assert.Contains(t, c.output, "outcome="+verdict.Outcome+"\n")
			for _, name := range []string{"sarif", "junit", "markdown"} {
				assert.FileExists(t, outputOf(t, w, name)[0])
			}
		})
	}
	for name, o := range a.Outputs {
		assert.Equal(t, "${{ steps.gate.outputs."+name+" }}", o.Value)
		w := newWorkspace(t)
		a.runGate(t, w, map[string]string{"file": "sound.review.yaml"})
		assert.Contains(t, w.read(t, "output"), name+"=", "the script sets it")
	}
}

// outputOf lists what a step of a job set an output to, a value a run of the action.
func outputOf(t *testing.T, w *workspace, name string) []string {
	t.Helper()
	var out []string
	for _, m := range regexp.MustCompile("(?m)^"+name+"=(.*)$").FindAllStringSubmatch(w.read(t, "output"), -1) {
		out = append(out, m[1])
	}
	require.NotEmpty(t, out)
	return out
}

// Two uses in a job have a verdict each.
func TestTheActionTwiceInAJob(t *testing.T) {
	var a action
	fromYAML(t, "action.yml", &a)
	w := newWorkspace(t)
	a.runGate(t, w, map[string]string{"file": "sound.review.yaml"})
	a.runGate(t, w, map[string]string{"file": "gap.review.yaml"})
	for i, outcome := range []string{"passed", "failed"} {
		data, err := os.ReadFile(outputOf(t, w, "verdict")[i])
		require.NoError(t, err)
		assert.Contains(t, string(data), `"outcome": "`+outcome+`"`)
	}
	assert.Contains(t, w.read(t, "summary"), "## Passed")
	assert.Contains(t, w.read(t, "summary"), "## Stopped")
}

// GitHub takes the files of annotations from the root of the repository, wherever
// the action works.
func TestAnnotationsFromAFolder(t *testing.T) {
	var a action
	fromYAML(t, "action.yml", &a)
	w := newWorkspace(t)
	require.NoError(t, os.MkdirAll(w.path("plants/north"), 0o755))
	w.put(t, w.path("plants/north/gap.review.yaml"), w.read(t, "gap.review.yaml"))
	a.Runs.Steps[1].Run = "cd plants\n" + a.Runs.Steps[1].Run
	exit, log := a.runGate(t, w, map[string]string{"file": "north/gap.review.yaml"})
	assert.Equal(t, 1, exit, log)
	assert.Contains(t, log, "\n::error file=plants/north/gap.review.yaml,line=7,")
}

// What a review says can't give the runner commands: they are stopped while the
// program talks.
func TestReviewCannotSendCommandsToTheRunner(t *testing.T) {
	var a action
	fromYAML(t, "action.yml", &a)
	w := newWorkspace(t)
	w.put(t, w.path("hostile.review.yaml"), "schema: 1\nlens: aws-iot\nlens_version: 2025-07-02\nworkload: {name: Plant}\nscope: {questions: [IOTSEC01]}\nanswers:\n  IOTSEC01-BP01: {status: not_implemented}\nwaivers:\n  - {practice: IOTSEC01-BP01, owner: \"a\\n::error::pwned\", approver: b, reason: c, expires: 2020-01-01}\n")
	_, log := a.runGate(t, w, map[string]string{"file": "hostile.review.yaml"})
	stop := regexp.MustCompile(`(?s)^::stop-commands::(iotlens-\d+)\n(.*)\n::(iotlens-\d+)::\n`).FindStringSubmatch(log)
	require.NotNil(t, stop, log)
	assert.Equal(t, stop[1], stop[3])
	assert.Contains(t, stop[2], "::error::pwned")
	assert.NotRegexp(t, `(?m)^\s*::error`, stop[2])
	assert.Equal(t, 1, strings.Count(log, "\n::error "), "that of the gate: %s", log)
}

// gitLabJob reads the template, which has a copy of get-iotlens.sh: an include brings no
// other file along.
func gitLabJob(t *testing.T) (job gitLab, script string) {
	t.Helper()
	const file = "../../.gitlab/iotlens-gate.yml"
	get, err := os.ReadFile("../../.github/get-iotlens.sh")
	require.NoError(t, err)
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	head, rest, ok := strings.Cut(string(data), "<<'END'\n")
	require.True(t, ok)
	_, tail, ok := strings.Cut(rest, "      END\n")
	require.True(t, ok)
	want := head + "<<'END'\n" + regexp.MustCompile("(?m)^(.)").ReplaceAllString(string(get), "      $1") + "      END\n" + tail
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(t, os.WriteFile(file, []byte(want), 0o644))
	}
	assert.Equal(t, want, string(data), "UPDATE_GOLDEN=1 copies get-iotlens.sh into the template")
	var template map[string]gitLab
	require.NoError(t, yaml.Unmarshal([]byte(want), &template))
	require.Len(t, template, 1)
	job = template["iotlens-gate"]
	return job, "set -e\n" + strings.Join(append(job.BeforeScript, job.Script...), "\n")
}

// A gitLab is as much of a job as runs.
type gitLab struct {
	BeforeScript []string `yaml:"before_script"`
	Script       []string
	Variables    map[string]string
	Kept         struct {
		Paths   []string
		Reports map[string]string
	} `yaml:"artifacts"` //nolint:misspell // GitLab's word
}

// variables are those of a job, which the pipeline can set.
func (g gitLab) variables(set ...string) []string {
	var out []string
	for name, value := range g.Variables {
		out = append(out, name+"="+value)
	}
	return append(out, set...)
}

// Without a digest and without cosign the template builds the program.
func TestTheGitLabTemplate(t *testing.T) {
	job, script := gitLabJob(t)
	for _, c := range []struct {
		name string
		env  []string
		exit int
		says string
	}{
		{"passed", []string{"REVIEW_FILE=sound.review.yaml", "IOTLENS_VERSION=v1.2.3"}, 0, "Passed\n"},
		{"failed", []string{"REVIEW_FILE=gap.review.yaml", "IOTLENS_VERSION=v1.2.3"}, 1, "Stopped: 1 high risk\n"},
		{"incomplete", []string{"REVIEW_FILE=unknown.review.yaml", "IOTLENS_VERSION=v1.2.3"}, 3, "Incomplete: "},
		{"settings are variables", []string{"REVIEW_FILE=gap.review.yaml", "IOTLENS_VERSION=v1.2.3", "IOTLENS_BASELINE=accepted-gap.review.yaml"}, 0, "baseline = no new, regressed or missing finding since accepted-gap.review.yaml (IOTLENS_BASELINE)"},
		{"a law is required", []string{"REVIEW_FILE=sound.review.yaml", "IOTLENS_VERSION=v1.2.3", "IOTLENS_REQUIRE=psti", "IOTLENS_FAIL_ON=none"}, 3, "psti: markets is not set in the profile"},
		{"no review is named", []string{"REVIEW_FILE=", "IOTLENS_VERSION=v1.2.3"}, 2, "set the variables REVIEW_FILE and IOTLENS_VERSION"},
		{"a folder", []string{"REVIEW_FILE=.", "IOTLENS_VERSION=v1.2.3"}, 1, "Incomplete: "},
		{"no such review", []string{"REVIEW_FILE=none.yaml", "IOTLENS_VERSION=v1.2.3"}, 2, "none.yaml: no such file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorkspace(t)
			exit, log := w.run(t, script, job.variables(append(c.env, "IOTLENS_RELEASE_URL=file:///none")...), "sh")
			assert.Equal(t, c.exit, exit, log)
			assert.Contains(t, log, c.says)
			if c.exit == 2 {
				return
			}
			junit := w.read(t, "iotlens-junit.xml")
			counts := regexp.MustCompile(`<testsuites [^>]* failures="(\d+)" errors="(\d+)"`).FindStringSubmatch(junit)
			assert.Equal(t, c.exit == 1, counts[1] != "0", "a test fails where the job does")
			assert.Equal(t, c.exit == 3 || c.env[0] == "REVIEW_FILE=.", counts[2] != "0")
			assert.Equal(t, c.exit == 1, strings.Contains(w.read(t, "gl-code-quality-report.json"), `"critical"`))
			assert.Equal(t, "go install github.com/iotlens/iotlens/cmd/iotlens@v1.2.3\n", w.read(t, "go.log"))
			for _, kept := range append(slices.Collect(maps.Values(job.Kept.Reports)), job.Kept.Paths...) {
				assert.FileExists(t, w.path(kept))
			}
		})
	}
}

func TestThePreCommitHooks(t *testing.T) {
	var hooks []struct{ ID, Name, Description, Language, Entry, Files string }
	fromYAML(t, ".pre-commit-hooks.yaml", &hooks)
	require.Len(t, hooks, 2)
	for _, h := range hooks {
		assert.Equal(t, "golang", h.Language)
		assert.Regexp(t, h.Files, "a/plant.review.yaml")
		assert.NotRegexp(t, h.Files, "pillars/lens.yaml")
		if h.ID == "iotlens-gate" {
			assert.Regexp(t, h.Files, "team/.iotlens.yaml")
			assert.Regexp(t, h.Files, ".iotlens.yaml")
		}
	}
	for _, c := range []struct {
		hook, args string
		files      []string
		exit       int
	}{
		{"iotlens-check", "", []string{"sound.review.yaml", "gap.review.yaml", "unknown.review.yaml"}, 0},
		{"iotlens-check", "", []string{"sound.review.yaml", "broken.review.yaml"}, 2},
		{"iotlens-check", "", []string{"expired.review.yaml"}, 1},
		{"iotlens-gate", "", []string{"north/plant.review.yaml", "south/plant.review.yaml"}, 0},
		{"iotlens-gate", "", []string{"north/accepted.review.yaml"}, 0},
		{"iotlens-gate", "", []string{"north/accepted.review.yaml", "north/plant.review.yaml", "south/plant.review.yaml"}, 0},
		{"iotlens-gate", "", []string{"south/.iotlens.yaml"}, 0},
		{"iotlens-gate", "--fail-on none --unknown note", []string{".iotlens.yaml"}, 2}, // one of the reviews below is broken
		{"iotlens-gate", "", []string{"strict/.iotlens.yaml"}, 1},
		{"iotlens-gate", "", []string{"sound.review.yaml"}, 0},
		{"iotlens-gate", "", []string{"sound.review.yaml", "gap.review.yaml"}, 1},
		{"iotlens-gate", "--fail-on none", []string{"sound.review.yaml", "gap.review.yaml"}, 0},
	} {
		w := newWorkspace(t)
		w.put(t, w.path(".iotlens.yaml"), "unanswered: fail\nunknown: fail\n")
		for _, folder := range []string{"north", "south", "strict"} {
			require.NoError(t, os.Mkdir(w.path(folder), 0o755))
			w.put(t, w.path(folder+"/plant.review.yaml"), w.read(t, "gap.review.yaml"))
			w.put(t, w.path(folder+"/accepted.review.yaml"), w.read(t, "gap.review.yaml"))
			w.put(t, w.path(folder+"/.iotlens.yaml"), "baseline: accepted.review.yaml\n")
		}
		w.put(t, w.path("strict/.iotlens.yaml"), "min_score: 50\n")
		w.put(t, w.path("broken.review.yaml"), "schema: 1\nlenz: aws-iot\n")
		w.put(t, w.path("expired.review.yaml"), w.read(t, "gap.review.yaml")+"waivers:\n  - {practice: IOTSEC01-BP01, owner: a, approver: b, reason: c, expires: 2020-01-01}\n")
		i := slices.IndexFunc(hooks, func(h struct{ ID, Name, Description, Language, Entry, Files string }) bool { return h.ID == c.hook })
		exit, log := w.run(t, strings.Join(append([]string{hooks[i].Entry, c.args}, c.files...), " "), nil, "sh")
		assert.Equal(t, c.exit, exit, "%s %v: %s", c.hook, c.files, log)
	}
}

// A block is a fenced example of docs/ci.md.
type block struct{ language, text string }

func blocks(t *testing.T) []block {
	t.Helper()
	page, err := os.ReadFile("../../docs/ci.md")
	require.NoError(t, err)
	var out []block
	for _, m := range regexp.MustCompile("(?s)```([a-z ]+)\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		out = append(out, block{m[1], m[2]})
	}
	require.GreaterOrEqual(t, len(out), 9)
	return out
}

func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	c := exec.Command("git", args...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	require.NoError(t, err, string(out))
}

// repository makes the workspace a checkout whose main branch has a sound review.
func (w *workspace) repository(t *testing.T) {
	t.Helper()
	w.put(t, w.path("plant.review.yaml"), w.read(t, "sound.review.yaml"))
	w.put(t, w.path("accepted.review.yaml"), w.read(t, "sound.review.yaml"))
	git(t, w.dir, "init", "-q", "-b", "main")
	git(t, w.dir, "remote", "add", "origin", w.dir)
	git(t, w.dir, "add", "plant.review.yaml")
	git(t, w.dir, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "a")
	git(t, w.dir, "update-ref", "refs/remotes/origin/main", "main")
}

// A recipe is a block of docs/ci.md as its host takes it.
type recipe struct {
	Jobs map[string]struct {
		Steps []struct {
			Uses string
			With map[string]string
		}
	}
	Include []struct{ Remote string }
	Job     struct {
		Variables map[string]string
	} `yaml:"iotlens-gate"`
	Repos []struct {
		Repo  string
		Hooks []struct {
			ID   string
			Args []string
		}
	}
	Steps []struct{ Script string }
}

// Every recipe of the page passes a change that is no worse than the main branch, and
// stops one that is, run as its host runs it.
func TestTheRecipesOfThePage(t *testing.T) {
	t.Parallel()
	var a action
	fromYAML(t, "action.yml", &a)
	var hooks []struct{ ID, Entry string }
	fromYAML(t, ".pre-commit-hooks.yaml", &hooks)
	gitLab, _ := gitLabJob(t)
	shells := regexp.MustCompile(`(?m)^ *sh '(.*)'$`)
	seen := map[string]bool{}
	// try runs a recipe on a review that is as on the main branch, and on one with a gap.
	try := func(host string, run func(w *workspace) (int, string)) {
		seen[host] = true
		for review, exit := range map[string]int{"sound": 0, "gap": 1} {
			w := newWorkspace(t)
			w.repository(t)
			w.put(t, w.path("plant.review.yaml"), w.read(t, review+".review.yaml"))
			got, log := run(w)
			assert.Equal(t, exit, got, "%s, %s: %s", host, review, log)
			if host == "jenkins" || host == "azure" {
				assert.Equal(t, exit == 1, strings.Contains(w.read(t, "iotlens-junit.xml"), "<failure"), host)
			}
		}
	}
	for _, b := range blocks(t) {
		var doc recipe
		switch b.language {
		case "yaml policy":
			_, problems := policy.Parse("docs/ci.md", []byte(b.text), shipped.Lens())
			assert.Empty(t, problems)
			seen["policy"] = true
		case "yaml":
			require.NoError(t, yaml.Unmarshal([]byte(b.text), &doc), b.text)
		case "groovy":
			try("jenkins", func(w *workspace) (int, string) {
				for _, m := range shells.FindAllStringSubmatch(b.text, -1) {
					if exit, log := w.run(t, m[1], nil, "sh", "-xe"); exit != 0 {
						return exit, log
					}
				}
				return 0, ""
			})
		}
		for _, job := range doc.Jobs {
			for _, s := range job.Steps {
				if !strings.HasPrefix(s.Uses, "iotlens/iotlens@") {
					continue
				}
				for name := range s.With {
					assert.Contains(t, slices.Collect(maps.Keys(a.Inputs)), name)
				}
				with := maps.Clone(s.With)
				delete(with, "set") // the score of one gap is 0
				try("github", func(w *workspace) (int, string) { return a.runGate(t, w, with) })
			}
		}
		for _, i := range doc.Include {
			_, path, _ := strings.Cut(i.Remote, "/VERSION/")
			assert.FileExists(t, filepath.Join("..", "..", path))
			var env []string
			for name, value := range doc.Job.Variables {
				env = append(env, name+"="+value)
			}
			try("gitlab", func(w *workspace) (int, string) {
				return w.run(t, "set -e\n"+strings.Join(gitLab.Script, "\n"), env, "sh")
			})
		}
		for name := range doc.Job.Variables {
			known := slices.Collect(maps.Keys(gitLab.Variables))
			for _, key := range policy.Keys(shipped.Lens()) {
				known = append(known, policy.EnvVar(key))
			}
			assert.True(t, slices.Contains(known, name), "%s is neither a variable of the template nor a setting", name)
		}
		for _, s := range doc.Steps {
			if s.Script != "" {
				try("azure", func(w *workspace) (int, string) { return w.run(t, s.Script, nil, "bash", "--noprofile", "--norc") })
			}
		}
		for _, r := range doc.Repos {
			for _, h := range r.Hooks {
				i := slices.IndexFunc(hooks, func(k struct{ ID, Entry string }) bool { return k.ID == h.ID })
				require.GreaterOrEqual(t, i, 0, h.ID)
				if h.ID == "iotlens-gate" {
					try("pre-commit", func(w *workspace) (int, string) {
						return w.run(t, hooks[i].Entry+" "+strings.Join(h.Args, " ")+" plant.review.yaml", nil, "sh")
					})
				}
			}
		}
	}
	assert.Equal(t, []string{"azure", "github", "gitlab", "jenkins", "policy", "pre-commit"}, slices.Sorted(maps.Keys(seen)))
}
