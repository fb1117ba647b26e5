package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/cli"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A reviewText is a review file in the making: scope, then answers as
// "ID status", then waivers as "ID expiry".
type reviewText struct {
	scope   string
	answers []string
	waivers []string
	version string
}

func (r reviewText) yaml() string {
	version := r.version
	if version == "" {
		version = "2026-01-15"
	}
	var b strings.Builder
	b.WriteString("schema: 1\nlens: lab-iot\nlens_version: " + version + "\nworkload: {name: Plant}\nscope: {questions: [" + r.scope + "]}\n")
	if len(r.answers) > 0 {
		b.WriteString("answers:\n")
	}
	for _, a := range r.answers {
		id, status, _ := strings.Cut(a, " ")
		b.WriteString("  " + id + ": {status: " + status)
		if status == "not_applicable" {
			b.WriteString(", reason: none here")
		}
		b.WriteString("}\n")
	}
	if len(r.waivers) > 0 {
		b.WriteString("waivers:\n")
	}
	for _, w := range r.waivers {
		id, expires, _ := strings.Cut(w, " ")
		b.WriteString("  - {practice: " + id + ", owner: Ana, approver: Bo, reason: x, expires: " + expires + "}\n")
	}
	return b.String()
}

// In LABSEC03 the first practice is of high severity, the second of low, and the
// layer is application; LABSEC10 has high, low, medium. Both of LABSEC11 are medium,
// and with neither the question is HIGH.
var (
	sound    = reviewText{scope: "LABSEC03", answers: []string{"LABSEC03-BP01 implemented", "LABSEC03-BP02 implemented"}}
	gap      = reviewText{scope: "LABSEC03", answers: []string{"LABSEC03-BP01 not_implemented", "LABSEC03-BP02 implemented"}}
	partly   = reviewText{scope: "LABSEC03", answers: []string{"LABSEC03-BP01 partially_implemented", "LABSEC03-BP02 implemented"}}
	lowGap   = reviewText{scope: "LABSEC03", answers: []string{"LABSEC03-BP01 implemented", "LABSEC03-BP02 not_implemented"}}
	unknown  = reviewText{scope: "LABSEC03", answers: []string{"LABSEC03-BP01 cannot_determine", "LABSEC03-BP02 implemented"}}
	half     = reviewText{scope: "LABSEC03", answers: []string{"LABSEC03-BP02 implemented"}}
	nothing  = reviewText{scope: "LABSEC03", answers: []string{"LABSEC03-BP01 not_applicable", "LABSEC03-BP02 not_applicable"}}
	wider    = reviewText{scope: "LABSEC03, LABSEC04", answers: []string{"LABSEC03-BP01 implemented", "LABSEC03-BP02 implemented", "LABSEC04-BP01 not_implemented"}}
	widerOK  = reviewText{scope: "LABSEC03, LABSEC04", answers: []string{"LABSEC03-BP01 implemented", "LABSEC03-BP02 implemented", "LABSEC04-BP01 implemented"}}
	twoGaps  = reviewText{scope: "LABSEC03, LABSEC04", answers: []string{"LABSEC03-BP01 not_implemented", "LABSEC03-BP02 implemented", "LABSEC04-BP01 not_implemented"}}
	waived   = reviewText{scope: "LABSEC03", answers: gap.answers, waivers: []string{"LABSEC03-BP01 2026-12-10"}}
	older    = reviewText{scope: "LABSEC03", answers: gap.answers, version: "2024-01-01"}
	oneOfTwo = reviewText{scope: "LABSEC11", answers: []string{"LABSEC11-BP01 implemented", "LABSEC11-BP02 not_implemented"}}
	bothGone = reviewText{scope: "LABSEC11", answers: []string{"LABSEC11-BP01 not_implemented", "LABSEC11-BP02 not_implemented"}}
	oldAlien = reviewText{scope: "LABSEC03, IOTOLD01", answers: append([]string{"IOTOLD01-BP01 not_implemented"}, gap.answers...), version: "2024-01-01"}
)

// Every rule of the gate, with its exit code and a line that says why.
func TestGateRules(t *testing.T) {
	for _, c := range []struct {
		name     string
		review   reviewText
		baseline *reviewText
		policy   string   // of .iotlens.yaml, beside the review
		env      []string // NAME=VALUE
		args     []string
		exit     cli.Exit
		says     []string
		never    string
	}{
		{name: "everything is in place", review: sound, exit: 0, says: []string{"Passed\n"}},
		{name: "a finding at the level", review: gap, exit: 1, says: []string{"failed      LABSEC03-BP01: high severity, not implemented"}},
		{name: "a finding below the level", review: lowGap, exit: 0},
		{name: "the level of a flag", review: lowGap, args: []string{"--fail-on", "low"}, exit: 1, says: []string{"failed      LABSEC03-BP02"}},
		{name: "nothing at level none", review: gap, args: []string{"--fail-on", "none"}, exit: 0, says: []string{"note        high severity, not in place, exempted: 1 by fail_on"}},
		{name: "everything is said not to apply", review: nothing, exit: 3, says: []string{"nothing was assessed", "high severity, not applicable: LABSEC03-BP01", "answer what applies"}},
		{name: "the day is set by hand", review: sound, args: []string{"--today", "2026-11-01"}, exit: 0, says: []string{"note        the day of this verdict was set by --today"}},
		{name: "unanswered", review: half, exit: 3, says: []string{"incomplete  LABSEC03-BP01: high severity, unanswered", "Next: answer what is unanswered"}},
		{name: "unanswered fails", review: half, args: []string{"--unanswered", "fail"}, exit: 1, says: []string{"failed      LABSEC03-BP01: high severity, unanswered"}},
		{name: "unanswered is noted, and coverage still counts", review: half, args: []string{"--unanswered", "note"}, exit: 3, says: []string{"note        LABSEC03-BP01: high severity, unanswered", "1 of 2 best practices are answered"}},
		{name: "unanswered is noted, and coverage is enough", review: half, args: []string{"--unanswered", "note", "--min-coverage", "50"}, exit: 0, says: []string{"note        LABSEC03-BP01"}},
		{name: "don't know", review: unknown, exit: 3, says: []string{"incomplete  LABSEC03-BP01: high severity, don't know", "Next: resolve what was answered \"don't know\""}},
		{name: "don't know fails", review: unknown, args: []string{"--unknown", "fail"}, exit: 1},
		{name: "don't know is noted", review: unknown, args: []string{"--unknown", "note"}, exit: 0, says: []string{"note        LABSEC03-BP01: high severity, don't know"}},
		{name: "coverage", review: half, args: []string{"--fail-on", "none"}, exit: 3, says: []string{"fewer than 100 %"}},
		{name: "coverage where unanswered fails", review: half, args: []string{"--fail-on", "none", "--unanswered", "fail"}, exit: 1},
		{name: "the score", review: lowGap, args: []string{"--min-score", "99"}, exit: 1, says: []string{"the score is 76 %, below 99 %"}},
		{name: "a scope of nothing", review: reviewText{scope: "LABSEC03], pillars: [reliability"}, args: []string{"--fail-on", "none"}, exit: 3, says: []string{"the scope leaves nothing to assess"}},

		{name: "a waiver holds", review: waived, args: []string{"--today", "2026-11-01"}, exit: 0, never: "note        LABSEC03-BP01"},
		{name: "a waiver is about to expire", review: waived, args: []string{"--today", "2026-11-10"}, exit: 0, says: []string{"note        the waiver of LABSEC03-BP01 expires in 30 days, on 2026-12-10 (owner Ana)"}},
		{name: "its last day", review: waived, args: []string{"--today", "2026-12-09"}, exit: 0, says: []string{"expires in 1 day, on"}},
		{name: "a waiver has expired", review: waived, args: []string{"--today", "2026-12-10", "--fail-on", "none"}, exit: 1, says: []string{"failed      LABSEC03-BP01: the waiver expired on 2026-12-10"}},
		{name: "an expired waiver fails with a baseline, too", review: waived, baseline: &waived, args: []string{"--today", "2026-12-10"}, exit: 1, says: []string{"the waiver expired on 2026-12-10"}},

		{name: "baseline: still open", review: gap, baseline: &gap, exit: 0, says: []string{"0 regressed, 0 new, 0 don't know, 0 gone, 1 still open, 0 resolved", "still open  LABSEC03-BP01"}},
		{name: "baseline: new", review: twoGaps, baseline: &gap, exit: 1, says: []string{"failed      LABSEC04-BP01: new (not in scope before), high severity", "still open  LABSEC03-BP01"}, never: "failed      LABSEC03"},
		{name: "baseline: regressed", review: gap, baseline: &sound, exit: 1, says: []string{"failed      LABSEC03-BP01: regressed (passed before)"}},
		{name: "baseline: the gap grew", review: gap, baseline: &partly, exit: 1, says: []string{"regressed (gap grew)"}},
		{name: "baseline: the gap shrank", review: partly, baseline: &gap, exit: 0, says: []string{"still open  LABSEC03-BP01"}},
		{name: "baseline: regressed below the level", review: lowGap, baseline: &sound, exit: 0, says: []string{"1 regressed"}},
		{name: "baseline: resolved", review: sound, baseline: &gap, exit: 0, says: []string{"resolved    LABSEC03-BP01"}},
		{name: "baseline: a gap that is said not to apply", review: reviewText{scope: "LABSEC03", answers: []string{"LABSEC03-BP01 not_applicable", "LABSEC03-BP02 implemented"}}, baseline: &gap, exit: 3, says: []string{"incomplete  LABSEC03-BP01: not applicable now; in the baseline it was not implemented", "resolved    LABSEC03-BP01"}},
		{name: "baseline: a gap that nobody can vouch for now", review: unknown, baseline: &gap, exit: 3, says: []string{"don't know", "(in the baseline it was not implemented)", "don't know  LABSEC03-BP01"}},
		{name: "baseline: and no policy makes a pass of it", review: unknown, baseline: &gap, args: []string{"--unknown", "note"}, exit: 3, says: []string{"incomplete  LABSEC03-BP01"}},
		{name: "baseline: an answer taken back", review: half, baseline: &gap, args: []string{"--unanswered", "note", "--min-coverage", "0"}, exit: 3, says: []string{"unanswered", "(in the baseline it was not implemented)", "gone        LABSEC03-BP01"}},
		{name: "baseline: a narrower scope hides a finding", review: sound, baseline: &wider, exit: 3, says: []string{"incomplete  LABSEC04-BP01: out of scope; in the baseline it was not implemented", "or accept the loss with a new baseline"}},
		{name: "baseline: a narrower scope hides what was in place", review: sound, baseline: &widerOK, exit: 3, says: []string{"1 best practice of the baseline left the scope: LABSEC04-BP01"}},
		{name: "baseline: a narrower scope, where nothing is at the level", review: sound, baseline: &widerOK, args: []string{"--fail-on", "none"}, exit: 0, says: []string{"note        1 best practice of the baseline left the scope"}},
		{name: "baseline: another version of the lens", review: gap, baseline: &older, exit: 0, says: []string{"note        the baseline answered lens version 2024-01-01, this review 2026-01-15", "note        the lens of the baseline is not available"}},
		{name: "baseline: no longer asked", review: gap, baseline: &oldAlien, exit: 3, says: []string{"incomplete  IOTOLD01-BP01: no longer asked; in the baseline it was not implemented", "note        the lens no longer asks: IOTOLD01-BP01"}},
		{name: "baseline: a waiver that is no more", review: gap, baseline: &waived, args: []string{"--today", "2026-11-01"}, exit: 1, says: []string{"regressed (waiver removed)"}},
		{name: "baseline: nor does it help to take out one that has expired", review: gap, baseline: &waived, args: []string{"--today", "2026-12-11"}, exit: 1, says: []string{"regressed (waiver removed)"}},
		{name: "baseline: a waiver that holds now", review: waived, baseline: &gap, args: []string{"--today", "2026-11-01"}, exit: 3, says: []string{"incomplete  LABSEC03-BP01: a waiver was added, until 2026-12-10", "iotlens gate --accept"}},
		{name: "baseline: and that the policy lets pass", review: waived, baseline: &gap, policy: "relaxations: note\n", args: []string{"--today", "2026-11-01"}, exit: 0, says: []string{"note        LABSEC03-BP01: a waiver was added"}},
		{name: "baseline: the risk of a question rose", review: bothGone, baseline: &oneOfTwo, exit: 1, says: []string{"failed      LABSEC11: high risk by the question's rules"}},
		{name: "baseline: the risk of a question is as it was", review: bothGone, baseline: &bothGone, exit: 0},
		{name: "the risk of a question", review: bothGone, exit: 1, says: []string{"failed      LABSEC11: high risk"}},
		{name: "baseline: thresholds count all the same", review: gap, baseline: &gap, args: []string{"--min-score", "90"}, exit: 1, says: []string{"the score is"}},
		{name: "baseline: of the file", review: gap, baseline: &gap, policy: "baseline: old.yaml\n", exit: 0, says: []string{"Since old.yaml"}},
		{name: "baseline: the hard list knows none", review: gap, baseline: &gap, args: []string{"--hard", "LABSEC03-BP01"}, exit: 1, says: []string{"failed      LABSEC03-BP01: on the hard list, high severity"}},

		{name: "policy: level of a pillar", review: lowGap, policy: "pillars: {security: {fail_on: low}}\n", exit: 1, says: []string{"failed      LABSEC03-BP02: low severity"}},
		{name: "policy: of another pillar", review: lowGap, policy: "pillars: {reliability: {fail_on: low}}\n", exit: 0},
		{name: "policy: no level for a pillar", review: gap, policy: "pillars: {security: {fail_on: none}}\n", exit: 0},
		{name: "policy: score of a pillar", review: lowGap, policy: "pillars: {security: {min_score: 80}}\n", exit: 1, says: []string{"the score of Security is 76 %, below 80 %"}},
		{name: "policy: coverage of a pillar", review: half, policy: "fail_on: none\nmin_coverage: 0\npillars: {security: {min_coverage: 60}}\n", exit: 3, says: []string{"1 of 2 best practices of Security are answered (50 %), fewer than 60 %"}},
		{name: "policy: no score in a pillar", review: sound, policy: "pillars: {reliability: {min_score: 10}}\n", exit: 3, says: []string{"nothing of Reliability was assessed"}},
		{name: "policy: level of a layer", review: lowGap, policy: "layers: {application: {fail_on: low}}\n", exit: 1},
		{name: "policy: of another layer", review: lowGap, policy: "layers: {analytics: {fail_on: low}}\n", exit: 0},
		{name: "policy: score of a layer", review: lowGap, policy: "layers: {application: {min_score: 90}}\n", exit: 1, says: []string{"the score of Application"}},
		{name: "policy: the stricter of pillar and layer", review: lowGap, policy: "pillars: {security: {fail_on: none}}\nlayers: {application: {fail_on: low}}\n", exit: 1},
		{name: "policy: level of a best practice", review: lowGap, policy: "practices: {LABSEC03-BP02: {fail_on: low}}\n", exit: 1, says: []string{"failed      LABSEC03-BP02"}},
		{name: "policy: none for a best practice, and its question follows", review: gap, policy: "practices: {LABSEC03-BP01: {fail_on: none}}\n", exit: 0},
		{name: "policy: partially is enough", review: partly, policy: "practices: {LABSEC03-BP01: {at_least: partially_implemented}}\n", exit: 0},
		{name: "policy: and not at all is too little", review: gap, policy: "practices: {LABSEC03-BP01: {at_least: partially_implemented}}\n", exit: 1},
		{name: "policy: hard", review: lowGap, policy: "hard: [LABSEC03-BP02]\n", exit: 1, says: []string{"on the hard list, low severity, not implemented"}},
		{name: "policy: hard and unanswered", review: reviewText{scope: "LABSEC03", answers: []string{"LABSEC03-BP01 implemented"}}, policy: "hard: [LABSEC03-BP02]\nmin_coverage: 0\n", exit: 3, says: []string{"on the hard list, low severity, unanswered"}},
		{name: "policy: soft", review: gap, policy: "soft: [LABSEC03-BP01]\n", exit: 0, says: []string{"note        LABSEC03-BP01 is on the soft list: high severity, not implemented"}},
		{name: "policy: unknown fails", review: unknown, policy: "unknown: fail\n", exit: 1},
		{name: "policy: the letter of AWS's rules", review: reviewText{scope: "LABSEC10", answers: []string{"LABSEC10-BP01 implemented", "LABSEC10-BP02 implemented", "LABSEC10-BP03 not_implemented"}}, policy: "scoring: aws\n", exit: 1, says: []string{"LABSEC10: high risk by the question's rules"}},

		{name: "precedence: the file goes before the default", review: lowGap, policy: "fail_on: low\n", exit: 1},
		{name: "precedence: the environment before the file", review: lowGap, policy: "fail_on: low\n", env: []string{"IOTLENS_FAIL_ON=high"}, exit: 0},
		{name: "precedence: a flag before the environment", review: lowGap, policy: "fail_on: high\n", env: []string{"IOTLENS_FAIL_ON=high"}, args: []string{"--fail-on", "low"}, exit: 1},
		{name: "precedence: also where the flag says the default", review: lowGap, policy: "fail_on: low\n", env: []string{"IOTLENS_FAIL_ON=low"}, args: []string{"--fail-on", "high"}, exit: 0},
		{name: "precedence: an empty variable says nothing", review: lowGap, policy: "fail_on: low\n", env: []string{"IOTLENS_FAIL_ON="}, exit: 1},
		{name: "precedence: --set before a variable of a pillar", review: lowGap, policy: "pillars: {security: {min_score: 10}}\n", env: []string{"IOTLENS_PILLARS_SECURITY_MIN_SCORE=20"}, args: []string{"--set", "pillars.security.min_score=90"}, exit: 1, says: []string{"below 90 %"}},
		{name: "precedence: a variable of a pillar before the file", review: lowGap, policy: "pillars: {security: {min_score: 10}}\n", env: []string{"IOTLENS_PILLARS_SECURITY_MIN_SCORE=90"}, exit: 1},
		{name: "precedence: a variable of a best practice", review: lowGap, env: []string{"IOTLENS_PRACTICES_LABSEC03_BP02_FAIL_ON=low"}, exit: 1},
		{name: "precedence: lists are replaced, not joined", review: gap, policy: "soft: [LABSEC03-BP01]\n", env: []string{"IOTLENS_SOFT=LABSEC03-BP02"}, exit: 1},
		{name: "precedence: a flag takes the baseline of the file away", review: gap, baseline: &gap, policy: "baseline: old.yaml\n", args: []string{"--baseline", ""}, exit: 1},

		{name: "bad: a typo in the environment", review: gap, env: []string{"IOTLENS_FIAL_ON=none"}, exit: 2, says: []string{`IOTLENS_FIAL_ON: unknown variable, did you mean "IOTLENS_FAIL_ON"?`}},
		{name: "bad: a value in the environment", review: gap, env: []string{"IOTLENS_MIN_SCORE=lots"}, exit: 2, says: []string{"IOTLENS_MIN_SCORE: min_score must be a percentage from 0 to 100, not lots"}},
		{name: "an unrelated variable", review: sound, env: []string{"IOTLENS_VERSION=1.2.3"}, exit: 0},
		{name: "bad: --set of an unknown key", review: gap, args: []string{"--set", "pillars.securty.min_score=1", "--set", "fail_on"}, exit: 2, says: []string{`--set pillars.securty.min_score=1: unknown key, did you mean "pillars.security.min_score"?`, "--set fail_on: must be KEY=VALUE"}},
		{name: "bad: twice", review: gap, args: []string{"--set", "fail_on=none", "--fail-on", "high"}, exit: 2, says: []string{"fail_on is already set by --fail-on"}},
		{name: "bad: a rule without its value", review: sound, policy: "pillars: {security: {min_score: }}\n", exit: 2, says: []string{".iotlens.yaml:1: pillars.security.min_score has no value; set it, or remove the key"}},
		{name: "bad: hard and soft", review: gap, policy: "hard: [LABSEC03-BP01]\n", args: []string{"--soft", "LABSEC03-BP01"}, exit: 2, says: []string{"LABSEC03-BP01 is on the hard list", "and on the soft list"}},
		{name: "bad: critical", review: gap, args: []string{"--fail-on", "critical"}, exit: 2, says: []string{"would let everything pass"}},
		{name: "bad: a baseline that is not there", review: gap, args: []string{"--baseline", "none.yaml"}, exit: 2, says: []string{"the baseline (--baseline) cannot be read", "none.yaml: no such file"}},
		{name: "bad: a baseline that is the review itself", review: gap, policy: "baseline: ./plant.review.yaml\n", exit: 2, says: []string{".iotlens.yaml:1: the baseline is the review itself"}},
		{name: "bad: a policy file that is not there", review: gap, args: []string{"--config", "none.yaml"}, exit: 2, says: []string{"none.yaml: no such file"}},
		{name: "policy: none at all", review: lowGap, policy: "fail_on: low\n", args: []string{"--config", "none"}, exit: 0},
		{name: "bad: a policy of another name", review: gap, policy: ":rename", exit: 2, says: []string{".iotlens.yml: a policy file must be named .iotlens.yaml"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			write(t, "plant.review.yaml", c.review.yaml())
			args := []string{"gate", "plant.review.yaml"}
			if c.baseline != nil {
				write(t, "old.yaml", c.baseline.yaml())
				if !strings.Contains(c.policy, "baseline") {
					args = append(args, "--baseline", "old.yaml")
				}
			}
			switch c.policy {
			case "":
			case ":rename":
				write(t, ".iotlens.yml", "fail_on: none\n")
			default:
				write(t, ".iotlens.yaml", c.policy)
			}
			exit, out := run(c.env, append(args, append([]string{"--explain"}, c.args...)...)...)
			assert.Equal(t, c.exit, exit, out)
			for _, s := range c.says {
				assert.Contains(t, out, s)
			}
			if c.never != "" {
				assert.NotContains(t, out, c.never)
			}
		})
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
	require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
}

// run runs iotlens on 2026-11-24 and returns all that it said.
func run(env []string, args ...string) (cli.Exit, string) {
	var out bytes.Buffer
	exit := cli.Main(args, cli.IO{In: strings.NewReader(""), Out: &out, Err: &out, Env: env, Lens: testlens.Lens(), Now: func() time.Time {
		return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	}})
	return exit, out.String()
}

// A custom lens is judged by the same rules, with its own pillars and ids.
func TestGateWithCustomLens(t *testing.T) {
	bank, err := filepath.Abs("../../testdata/banks/sound")
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	write(t, "door.review.yaml", `schema: 1
lens: shed-lock
lens_version: "2026-01-01"
workload: {name: Door}
answers:
  LOCK01-BP01: {status: not_implemented}
  LOCK01-BP02: {status: implemented}
  DEVICE01-BP01: {status: implemented}
  DEVICE01-BP02: {status: implemented}
`)
	gate := func(args ...string) (cli.Exit, string) {
		return run(nil, append([]string{"gate", "door.review.yaml", "--bank", bank}, args...)...)
	}
	exit, out := gate()
	assert.Equal(t, cli.GateFailed, exit, out)
	assert.Contains(t, out, "LOCK01-BP01")
	exit, out = gate("--soft", "lock01_bp01", "--set", "layers.device.min_score=0")
	assert.Equal(t, cli.Done, exit, out)
	exit, out = gate("--set", "layers.edge.min_score=10")
	assert.Equal(t, cli.NotRun, exit)
	assert.Contains(t, out, "--set layers.edge.min_score=10: unknown key")
}
