package cli_test

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/cli"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A plant is a whole review in the making: the answer of every best practice of the lens,
// as its fields in YAML.
type plant struct {
	name    string
	head    string // further keys of the file
	answers map[string]string
	waivers []string
}

// inPlace is a plant in which everything is in place, but for some gaps of high
// severity.
func inPlace(gaps ...string) plant {
	p := plant{name: "Plant", answers: map[string]string{}}
	for _, id := range testlens.Lens().PracticeIDs() {
		p.answers[id] = "status: implemented, by: Ana, at: 2026-11-01, evidence: [minutes]"
	}
	for _, id := range gaps {
		p.answers[id] = "status: not_implemented, by: Ana, at: 2026-11-01, due: 2027-02-01"
	}
	return p
}

// with changes the answers to some best practices; to all, where none is named.
func (p plant) with(answer string, ids ...string) plant {
	p.answers = maps.Clone(p.answers)
	if len(ids) == 0 {
		ids = slices.Collect(maps.Keys(p.answers))
	}
	for _, id := range ids {
		p.answers[id] = answer
		if answer == "" {
			delete(p.answers, id)
		}
	}
	return p
}

func (p plant) waived(terms string, ids ...string) plant {
	for _, id := range ids {
		p.waivers = append(slices.Clone(p.waivers), "{practice: "+id+", "+terms+"}")
	}
	return p
}

func (p plant) headed(head string) plant {
	p.head = head + "\n"
	return p
}

func (p plant) yaml() string {
	var b strings.Builder
	fmt.Fprintf(&b, "schema: 1\nlens: lab-iot\nlens_version: 2026-01-15\nworkload: {name: %s}\n%sanswers:\n", p.name, p.head)
	for _, id := range slices.Sorted(maps.Keys(p.answers)) {
		fmt.Fprintf(&b, "  %s: {%s}\n", id, p.answers[id])
	}
	if len(p.waivers) > 0 {
		b.WriteString("waivers:\n  - " + strings.Join(p.waivers, "\n  - ") + "\n")
	}
	return b.String()
}

// high lists the best practices of high severity.
func high() (ids []string) {
	for _, p := range testlens.Lens().All() {
		if p.Severity == "high" {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// What an author who wants to pass could change, with the exit codes: of the default policy
// without and with a baseline, and of the strict policy that rejects it. -1 means not tested.
func TestGateCannotBeBypassed(t *testing.T) {
	gaps := high()[:4]
	known := inPlace(gaps...)
	na := "status: not_applicable, reason: ., by: Ana, at: 2026-11-01"
	own := "owner: Ana, approver: ana., reason: x, expires: 9999-12-31"
	for _, c := range []struct {
		name   string
		attack plant
		base   plant
		alone  cli.Exit // without a baseline
		based  cli.Exit // with it
		trust  string   // policy
		strict cli.Exit // by it, without a baseline
		says   string   // of the verdict without a baseline, or else with it
	}{
		{"nothing", inPlace(), inPlace(), 0, 0, "scope: full\nnot_applicable: {approvers: [Bo]}\nwaivers: {max_days: 10, four_eyes: true}\nmax_age: 365\nevidence: low\nby: required\noverdue: fail\n", 0, ""},
		{"B1: hard, and not applicable", inPlace().with(na, gaps[0]), inPlace(), 1, 1, "", -1, gaps[0] + " high, on the hard list, not applicable"},
		{"B2: hard, and out of scope", inPlace().headed("scope: {questions: [LABSEC11]}"), inPlace(), 1, 1, "", -1, gaps[0] + ": on the hard list, but out of scope"},
		{"A2: gaps that do not apply", known.with(na, gaps...), known, 0, 3, "not_applicable: {approvers: [Bo]}\n", 1, "high severity, not applicable: "},
		{"A3: all that is high does not apply", known.with(na, high()...), known, 0, 3, "not_applicable: {approvers: [Bo]}\n", 1, "high severity, not applicable: "},
		{"A3: of which some always apply", known.with(na, high()...), known, 0, 3, "not_applicable: {never: [" + gaps[1] + "]}\n", 1, "high severity, not applicable: "},
		{"A4: all but one does not apply", inPlace().with(na).with("status: implemented", gaps[0]), known, 0, 3, "not_applicable: {approvers: [Bo]}\n", 1, "high severity, not applicable: "},
		{"A4: as if the profile said so", inPlace().with("status: not_applicable, reason: ., by: profile", high()...), known, 0, 3, "not_applicable: {approvers: [Bo]}\n", 1, "high severity, not applicable: "},
		{"A6: one question", inPlace().headed("scope: {questions: [LABSEC11]}"), inPlace(), 0, 3, "scope: full\n", 3, "the scope of the review leaves out "},
		{"B4b: a threshold on what is out of scope", inPlace().headed("scope: {pillars: [reliability]}"), inPlace(), 0, 3, "pillars: {security: {min_coverage: 100}}\n", 3, ""},
		{"A8: waivers for ever by their owners", inPlace(high()...).waived(own, high()...), inPlace(high()...), 0, 3, "waivers: {four_eyes: true}\n", 1, "waivers approved by their own owners: "},
		{"A8: and too long", inPlace(high()...).waived(own, high()...), inPlace(high()...), 0, 3, "waivers: {max_days: 180}\n", 1, "waivers for more than a year: "},
		{"A8: by whom", inPlace(high()...).waived(own, high()...), inPlace(high()...), 0, 3, "waivers: {approvers: [R. Lind]}\n", 1, ""},
		{"A8: of what may not be waived", inPlace(high()...).waived(own, high()...), inPlace(high()...), 0, 3, "waivers: {refused: [" + gaps[2] + "]}\n", 1, ""},
		{"518: all answers are old", inPlace().with("status: implemented, by: Ana, at: 2019-01-01"), inPlace(), 0, 0, "max_age: 365\n", 3, "answered more than a year ago: "},
		{"519: no name, no date, no evidence", inPlace().with("status: implemented"), inPlace(), 0, 0, "by: required\n", 3, "no answer says who gave it or when, and none has evidence"},
		{"519: evidence", inPlace().with("status: implemented, by: Ana"), inPlace(), 0, 0, "evidence: high\n", 3, ""},
		{"520: overdue", inPlace().with("status: not_implemented, by: Ana, due: 2020-01-01", "LABSEC03-BP02"), inPlace().with("status: not_implemented", "LABSEC03-BP02"), 0, 0, "overdue: fail\n", 1, "overdue: LABSEC03-BP02"},
		{"520: and incomplete", inPlace().with("status: not_implemented, by: Ana, due: 2020-01-01", "LABSEC03-BP02"), inPlace().with("status: not_implemented", "LABSEC03-BP02"), 0, 0, "overdue: incomplete\n", 3, ""},
		{"unused waivers", inPlace().waived(own, gaps[0]), inPlace(), 0, 3, "waivers: {unused: fail}\n", 1, "waivers without a finding: "},
		{"522: a waiver that had expired is prolonged", known.waived("owner: Ana, approver: Bo, reason: x, expires: 2099-01-01", gaps...), known.waived("owner: Ana, approver: Bo, reason: x, expires: 2026-01-01", gaps...), 0, 3, "waivers: {max_days: 180}\n", 1, ""},
		{"its terms change", known.waived("owner: Ana, approver: Cy, reason: y, expires: 2027-01-01", gaps...), known.waived("owner: Ana, approver: Bo, reason: x, expires: 2027-01-01", gaps...), 0, 3, "", -1, ""},
		{"an answer is removed", inPlace().with("", "LABSEC03-BP02"), inPlace(), 3, 3, "", -1, ""},
		{"the profile changes", inPlace().headed("").named("Plant, profile: {stage: design}"), inPlace().named("Plant, profile: {stage: production}"), 0, 3, "", -1, ""},
		{"another workload", inPlace().named("Pump"), inPlace(), 0, 3, "", -1, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			write(t, "plant.review.yaml", c.attack.yaml())
			write(t, "old.yaml", c.base.yaml())
			args := []string{"gate", "plant.review.yaml"}
			if strings.HasPrefix(c.name, "B1") || strings.HasPrefix(c.name, "B2") {
				args = append(args, "--hard", gaps[0])
			}
			exit, alone := run(nil, args...)
			assert.Equal(t, c.alone, exit, alone)
			assert.Contains(t, alone, c.says)
			assert.Contains(t, alone, "as of 2026-11-24")
			based := append(slices.Clone(args), "--baseline", "old.yaml")
			exit, out := run(nil, based...)
			assert.Equal(t, c.based, exit, out)
			if c.based == 3 && c.alone != 3 {
				exit, out = run(nil, append(based, "--set", "relaxations=fail")...)
				assert.Equal(t, cli.GateFailed, exit, out)
				exit, out = run(nil, append(based, "--accept")...)
				assert.Equal(t, cli.Done, exit, out)
				assert.Contains(t, out, "accepted: ")
				exit, out = run(nil, based...)
				assert.Equal(t, cli.Done, exit, "what was accepted does not count again: %s", out)
			}
			if c.trust != "" {
				write(t, ".iotlens.yaml", c.trust)
				exit, out = run(nil, args...)
				assert.Equal(t, c.strict, exit, out)
			}
		})
	}
}

// named has another name of the workload, or more of it.
func (p plant) named(name string) plant {
	p.name = name
	return p
}

// Replacing the review by one in the open schema does not drop the policy.
func TestOpenReviewDoesNotDropThePolicy(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "old.yaml", inPlace().yaml())
	exit, _ := run(nil, "report", "old.yaml", "-f", "aws-review=plant.review.yaml")
	require.Equal(t, cli.Done, exit)
	exit, out := run(nil, "gate", "plant.review.yaml", "--baseline", "old.yaml")
	assert.Equal(t, cli.Incomplete, exit, out)
	for _, policy := range []string{"min_score: 97", "hard: [LABSEC03-BP01]", "pillars: {security: {min_score: 80}}", "unanswered: fail", "unknown: fail", "scope: full", "by: required", "waivers: {four_eyes: true}"} {
		write(t, ".iotlens.yaml", policy+"\nbaseline: old.yaml\n")
		exit, out := run(nil, "gate", "plant.review.yaml")
		assert.Equal(t, cli.NotRun, exit, "%s: %s", policy, out)
		assert.Contains(t, out, "cannot be applied")
	}
}

// A bank of the same version in which somebody lowered the weight of a gap.
func TestEditedBankIsReported(t *testing.T) {
	bank := edition(t, "2026-01-15", map[string][2]string{"questions/security/LABSEC03.yaml": {"severity: high", "severity: low"}})
	t.Chdir(t.TempDir())
	write(t, "plant.review.yaml", inPlace().yaml())
	write(t, "old.yaml", inPlace().yaml())
	args := []string{"gate", "plant.review.yaml", "--bank", bank}
	exit, out := run(nil, args...)
	assert.Equal(t, cli.Done, exit, out)
	assert.Contains(t, out, "not the lens that iotlens ships")
	args = append(args, "--baseline", "old.yaml")
	exit, out = run(nil, args...)
	assert.Equal(t, cli.Incomplete, exit, out)
	assert.Regexp(t, `: the lens is 2026-01-15, revision 1 \(\w{12}\), edited; the baseline was asked with 2026-01-15, revision 1`, out)
	exit, out = run(nil, append(args, "--accept")...)
	assert.Equal(t, cli.Done, exit, out)
	exit, out = run(nil, args...)
	assert.Equal(t, cli.Done, exit, out)
	exit, out = run(nil, "gate", "plant.review.yaml", "--baseline", "old.yaml")
	assert.Equal(t, cli.Incomplete, exit, "and back is another lens, too: %s", out)
}

// Policy files from the root of the repository to the review: an inner one can only tighten.
func TestInnerPolicyCanOnlyTighten(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "team/plant.review.yaml", inPlace("LABSEC03-BP01").yaml())
	write(t, ".iotlens.yaml", "fail_on: high\nhard: [LABSEC04-BP01]\nsoft: [LABSEC11-BP01]\nunknown: fail\nwaivers: {max_days: 90}\n")
	write(t, "team/.iotlens.yaml", `fail_on: none
min_score: 10
min_coverage: 50
unknown: note
hard: [LABSEC02-BP02]
soft: [LABSEC11-BP01, LABSEC03-BP01]
waivers: {max_days: 900}
practices: {LABSEC03-BP01: {fail_on: none, at_least: partially_implemented}}
pillars: {security: {fail_on: none}, reliability: {fail_on: low}}
`)
	exit, out := run(nil, "gate", "team/plant.review.yaml", "--explain")
	assert.Equal(t, cli.GateFailed, exit, out)
	for _, says := range []string{
		"policy      .iotlens.yaml, team/.iotlens.yaml\n",
		"note        fail_on stays high (.iotlens.yaml:1); none (team/.iotlens.yaml:1) would loosen it",
		"note        min_coverage stays 100 (default); 50 (team/.iotlens.yaml:3) would loosen it",
		"note        unknown stays fail (.iotlens.yaml:4); note (team/.iotlens.yaml:4) would loosen it",
		"note        soft stays LABSEC11-BP01 (.iotlens.yaml:3); LABSEC11-BP01, LABSEC03-BP01 (team/.iotlens.yaml:6) would loosen it",
		"note        waivers.max_days stays 90 (.iotlens.yaml:5); 900 (team/.iotlens.yaml:7) would loosen it",
		"note        practices.LABSEC03-BP01.fail_on stays high (as for the whole); none",
		"note        practices.LABSEC03-BP01.at_least stays implemented (as for the whole)",
		"note        pillars.security.fail_on stays high (as for the whole); none",
		"hard = LABSEC04-BP01, LABSEC02-BP02 (.iotlens.yaml:2, team/.iotlens.yaml:5)",
		"min_score = 10 % (team/.iotlens.yaml:2)",
		"pillars.reliability.fail_on = low (team/.iotlens.yaml:9)",
	} {
		assert.Contains(t, out, says)
	}
}

// Baseline and policy are read from a commit, so that a pull request cannot change them.
func TestBaselineIsReadFromGit(t *testing.T) {
	git := func(args ...string) {
		t.Helper()
		out, err := exec.Command("git", append([]string{"-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"}, args...)...).CombinedOutput()
		require.NoError(t, err, string(out))
	}
	t.Chdir(t.TempDir())
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	git("init", "-q")
	known := inPlace("LABSEC03-BP01")
	write(t, "team/plant.review.yaml", known.yaml())
	write(t, "team/accepted.yaml", known.yaml())
	write(t, ".iotlens.yaml", "min_score: 10\nhard: [LABSEC04-BP01]\n")
	write(t, "team/.iotlens.yaml", "baseline: accepted.yaml\n")
	git("add", ".")
	git("commit", "-qm", "x")

	gate := func(args ...string) (cli.Exit, string) {
		return run(nil, append([]string{"gate", "team/plant.review.yaml"}, args...)...)
	}
	exit, out := gate("--baseline", "git:main")
	assert.Equal(t, cli.Done, exit, out)
	assert.Contains(t, out, "Since git:main:team/plant.review.yaml")
	exit, out = gate("--policy-from", "git:HEAD")
	assert.Equal(t, cli.Done, exit, out)
	assert.Contains(t, out, "policy      git:HEAD:.iotlens.yaml, git:HEAD:team/.iotlens.yaml\n")
	assert.Contains(t, out, "Since git:HEAD:team/accepted.yaml")

	// A change that brings another policy and another baseline.
	write(t, "team/plant.review.yaml", inPlace("LABSEC03-BP01", "LABSEC04-BP01").yaml())
	write(t, "team/accepted.yaml", inPlace("LABSEC03-BP01", "LABSEC04-BP01").yaml())
	write(t, ".iotlens.yaml", "fail_on: none\n")
	exit, out = gate()
	assert.Equal(t, cli.Done, exit, out)
	exit, out = gate("--policy-from", "git:main")
	assert.Equal(t, cli.GateFailed, exit, out)
	assert.Contains(t, out, ": the baseline was changed: team/accepted.yaml differs from git:main:team/accepted.yaml")
	exit, out = gate("--baseline", "git:main")
	assert.Equal(t, cli.Incomplete, exit, out)
	for _, says := range []string{"fail_on: the policy was loosened from high to none", "hard: the policy was loosened from LABSEC04-BP01 to not set", "min_score: the policy was loosened from 10 to 0"} {
		assert.Contains(t, out, says)
	}
	exit, out = gate("--baseline", "git:main:team/accepted.yaml", "--accept")
	assert.Equal(t, cli.NotRun, exit, out)
	assert.Contains(t, out, "--accept needs the file of a baseline")

	for ref, says := range map[string]string{
		"git:nowhere":         "git:nowhere: unknown ref",
		"git:--upload-pack=x": "unknown ref",
		"git:":                "git:REF",
		"git:main:none.yaml":  "git:main:none.yaml: no such file in that commit",
		"git:main:../x":       "must be a path from the root of the repository",
		"git:main:team":       "is not a regular file",
	} {
		exit, out = gate("--baseline", ref)
		assert.Equal(t, cli.NotRun, exit, out)
		assert.Contains(t, out, says)
	}
	shallow := t.TempDir()
	git("clone", "-q", "--depth", "1", "file://"+filepath.ToSlash(mustGetwd(t)), shallow)
	t.Chdir(shallow)
	exit, out = gate("--baseline", "git:main~1")
	assert.Equal(t, cli.NotRun, exit, out)
	assert.Contains(t, out, "this clone is shallow: fetch the ref first")
	t.Setenv("PATH", t.TempDir())
	exit, out = gate("--baseline", "git:main")
	assert.Equal(t, cli.NotRun, exit, out)
	assert.Contains(t, out, "the git program was not found")
}

func mustGetwd(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	require.NoError(t, err)
	return dir
}
