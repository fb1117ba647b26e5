package openreview_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/wa/openreview"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var levels = []string{"low", "medium", "high", "critical", "none"}

// A pairCase is a pair of open reviews with the verdicts of wa-ci.
type pairCase struct {
	Old        json.RawMessage     `json:"old"`
	New        json.RawMessage     `json:"new"`
	Classes    map[string]string   `json:"classes"`    // by id, of those that have one
	Advisories int                 `json:"advisories"` // gaps without an id
	Exit       map[string]int      `json:"exit"`       // by --fail-on
	Failures   map[string][]string `json:"failures"`   // ids by --fail-on, where there are any
}

// A verdict is a verdict of wa-ci for one value of --fail-on.
type verdict struct {
	Exit       int
	Failures   []string
	Classes    map[string]string
	Advisories int
}

func (c pairCase) verdict(failOn string) verdict {
	return verdict{c.Exit[failOn], c.Failures[failOn], c.Classes, c.Advisories}
}

// ours returns the verdict of iotlens in the terms of wa-ci.
func ours(t *testing.T, c pairCase, failOn string) verdict {
	t.Helper()
	older, err := openreview.Read("old.json", c.Old, nil)
	require.NoError(t, err)
	newer, err := openreview.Read("new.json", c.New, nil)
	require.NoError(t, err)
	comparison := compare.Compare(older, newer)
	v := gate.JudgeComparison(comparison, gate.Policy{Threshold: gate.Threshold{FailOn: lens.Level(failOn)}}, "2026-11-24")
	out := verdict{Classes: map[string]string{}, Advisories: len(newer.GapsWithoutID)}
	if v.Outcome == gate.Failed {
		out.Exit = 1
	} else {
		require.Equal(t, gate.Passed, v.Outcome)
	}
	for _, r := range v.Reasons {
		out.Failures = append(out.Failures, r.Subject)
	}
	slices.Sort(out.Failures)
	for _, f := range comparison.Findings {
		switch f.Class {
		case compare.New, compare.Regressed, compare.StillOpen, compare.Resolved:
			out.Classes[f.ID] = strings.ReplaceAll(string(f.Class), " ", "_")
		}
	}
	return out
}

// restated reimplements the verdict of wa-ci from its documentation, without packages of
// iotlens.
func restated(c pairCase, failOn string) verdict {
	type finding struct {
		BP       any    `json:"bp_id"`
		Status   string `json:"status"`
		Severity string `json:"severity"`
	}
	load := func(text []byte) (map[string]finding, int) {
		var doc struct{ Findings []finding }
		_ = json.Unmarshal(text, &doc)
		byID, loose := map[string]finding{}, 0
		for _, f := range doc.Findings {
			if id, _ := f.BP.(string); id != "" {
				byID[id] = f
			} else if f.Status == "not_implemented" || f.Status == "partially_implemented" {
				loose++
			}
		}
		return byID, loose
	}
	gap := map[string]bool{"not_implemented": true, "partially_implemented": true}
	pass := map[string]bool{"implemented": true, "not_applicable": true}
	rank := map[string]int{"low": 1, "medium": 2, "high": 3, "critical": 4}
	old, _ := load(c.Old)
	now, loose := load(c.New)
	v := verdict{Classes: map[string]string{}, Advisories: loose}
	for id, f := range now {
		was := old[id].Status
		switch {
		case gap[f.Status] && gap[was]:
			v.Classes[id] = "still_open"
		case gap[f.Status] && pass[was]:
			v.Classes[id] = "regressed"
		case gap[f.Status]:
			v.Classes[id] = "new"
		case pass[f.Status] && gap[was]:
			v.Classes[id] = "resolved"
		}
		fresh := v.Classes[id] == "new" || v.Classes[id] == "regressed"
		if fresh && failOn != "none" && (rank[f.Severity] == 0 || rank[f.Severity] >= rank[failOn]) {
			v.Failures = append(v.Failures, id)
			v.Exit = 1
		}
	}
	slices.Sort(v.Failures)
	return v
}

// drawPair generates a pair of open reviews that the schema allows.
func drawPair(r *rand.Rand) pairCase {
	ids := []string{"IOTSEC01-BP01", "IOTSEC01-BP02", "IOTOPS10-BP01", "SEC03-BP02", "REL09-BP01", "COST04-BP01", "EDGE01-BP03"}
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	draw := func() []byte {
		findings := []any{}
		for range r.IntN(9) {
			f := map[string]any{"pillar": pick("security", "reliability")}
			f["status"] = pick("implemented", "partially_implemented", "not_implemented", "not_applicable", "cannot_determine")
			f["severity"] = pick("critical", "high", "medium", "low")
			switch r.IntN(8) {
			case 0:
				f["title"] = "A topic"
			default:
				f["bp_id"] = pick(ids...)
			}
			if r.IntN(12) == 0 {
				delete(f, "severity")
			}
			findings = append(findings, f)
		}
		doc := map[string]any{
			"schema_version": pick("1.0.0", "1.2.0"), "workload": "w", "date": "2026-11-24", "review_mode": pick("full", "quick", "score"),
			"skill_version": "1", "run_id": "r", "pillar_scores": map[string]any{"security": 3}, "findings": findings, "recall_note": "n",
		}
		data, err := json.Marshal(doc)
		if err != nil {
			panic(err)
		}
		return data
	}
	return pairCase{Old: draw(), New: draw()}
}

const verdictsFile = "../../../testdata/aws-review-verdicts.jsonl"

// The pairs in testdata were generated by drawPair, their verdicts by wa-ci. UPDATE_GOLDEN=1
// with IOTLENS_WA_CI=wa_ci.py regenerates them.
func TestVerdictsAgreeWithWACI(t *testing.T) {
	if os.Getenv("UPDATE_GOLDEN") != "" && os.Getenv("IOTLENS_WA_CI") != "" {
		r := rand.New(rand.NewPCG(1, 2))
		var b bytes.Buffer
		for _, c := range judgedByWaCI(t, drawPairs(r, 92)) {
			line, err := json.Marshal(c)
			require.NoError(t, err)
			b.Write(append(line, '\n'))
		}
		require.NoError(t, os.WriteFile(verdictsFile, b.Bytes(), 0o644))
	}
	data, err := os.ReadFile(verdictsFile)
	require.NoError(t, err)
	seen := map[string]int{}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	n := 0
	for lines.Scan() {
		var c pairCase
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
		n++
		require.Len(t, c.Exit, len(levels))
		for _, level := range levels {
			want := c.verdict(level)
			require.Equal(t, want, ours(t, c, level), "pair %d, --fail-on %s", n, level)
			require.Equal(t, want, restated(c, level), "pair %d, --fail-on %s", n, level)
			seen[fmt.Sprintf("%s exits %d", level, want.Exit)]++
			for _, class := range want.Classes {
				seen[class]++
			}
		}
	}
	require.NoError(t, lines.Err())
	require.Equal(t, 92, n)
	for _, what := range []string{
		"low exits 0", "low exits 1", "medium exits 0", "medium exits 1", "high exits 0", "high exits 1", "critical exits 0", "critical exits 1", "none exits 0",
		"new", "regressed", "still_open", "resolved",
	} {
		assert.Greater(t, seen[what], 5, what)
	}
	assert.Zero(t, seen["none exits 1"])
}

// Verdicts on random pairs are compared with those of restated, and with those of the
// script if IOTLENS_WA_CI names a copy of it.
func TestRandomVerdictsAgreeWithWACI(t *testing.T) {
	pairs := drawPairs(rand.New(rand.NewPCG(3, 4)), 3000)
	for _, c := range pairs {
		for _, level := range levels {
			require.Equal(t, restated(c, level), ours(t, c, level), "--fail-on %s\n%s\n%s", level, c.Old, c.New)
		}
	}
	if os.Getenv("IOTLENS_WA_CI") == "" {
		return
	}
	for _, c := range judgedByWaCI(t, pairs) {
		for _, level := range levels {
			require.Equal(t, c.verdict(level), ours(t, c, level), "--fail-on %s\n%s\n%s", level, c.Old, c.New)
		}
	}
}

func drawPairs(r *rand.Rand, n int) []pairCase {
	out := make([]pairCase, n)
	for i := range out {
		out[i] = drawPair(r)
	}
	return out
}

// driver runs wa-ci's main in one process for many pairs.
const driver = `
import contextlib, importlib.util, io, json, os, sys, tempfile
spec = importlib.util.spec_from_file_location("gate", sys.argv[1])
gate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(gate)
folder = tempfile.mkdtemp()
old, new = os.path.join(folder, "old.json"), os.path.join(folder, "new.json")
for line in sys.stdin:
    pair = json.loads(line)
    for path, key in ((old, "old"), (new, "new")):
        with open(path, "w", encoding="utf-8") as f:
            json.dump(pair[key], f)
    pair.update(exit={}, failures={})
    for level in ("low", "medium", "high", "critical", "none"):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            pair["exit"][level] = gate.main(["--baseline", old, "--current", new, "--fail-on", level, "--json"])
        told = json.loads(said.getvalue())
        if told["failures"]:
            pair["failures"][level] = sorted(told["failures"])
        pair["advisories"] = len(told["advisories"])
        pair["classes"] = {c["bp_id"]: c["delta"] for c in told["changes"]}
    print(json.dumps(pair))
`

func judgedByWaCI(t *testing.T, pairs []pairCase) []pairCase {
	t.Helper()
	var in bytes.Buffer
	for _, c := range pairs {
		line, err := json.Marshal(c)
		require.NoError(t, err)
		in.Write(append(line, '\n'))
	}
	cmd := exec.Command("python3", "-c", driver, os.Getenv("IOTLENS_WA_CI"))
	cmd.Stdin, cmd.Stderr = &in, os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err)
	var judged []pairCase
	dec := json.NewDecoder(bytes.NewReader(out))
	for dec.More() {
		var c pairCase
		require.NoError(t, dec.Decode(&c))
		judged = append(judged, c)
	}
	require.Len(t, judged, len(pairs))
	return judged
}

// One readable case for each rule.
func TestVerdictRules(t *testing.T) {
	finding := func(status, severity string) string {
		switch {
		case status == "":
			return withRequired(`[]`)
		case severity == "":
			return withRequired(fmt.Sprintf(`[{"bp_id": "SEC01-BP01", "pillar": "security", "status": %q}]`, status))
		}
		return withRequired(fmt.Sprintf(`[{"bp_id": "SEC01-BP01", "pillar": "security", "status": %q, "severity": %q}]`, status, severity))
	}
	for _, c := range []struct {
		name    string
		was, is string // status and severity
		failOn  string
		want    gate.Outcome
	}{
		{"new at the level", "", "not_implemented high", "high", gate.Failed},
		{"new below it", "", "not_implemented medium", "high", gate.Passed},
		{"new, don't know before", "cannot_determine", "partially_implemented high", "high", gate.Failed},
		{"regressed", "implemented", "partially_implemented high", "high", gate.Failed},
		{"regressed from not applicable", "not_applicable", "not_implemented critical", "critical", gate.Failed},
		{"high is below critical", "implemented", "not_implemented high", "critical", gate.Passed},
		{"critical is above high", "implemented", "not_implemented critical", "high", gate.Failed},
		{"still open, and worse", "partially_implemented low", "not_implemented critical", "low", gate.Passed},
		{"resolved", "not_implemented high", "implemented", "low", gate.Passed},
		{"gone does not fail", "not_implemented high", "", "low", gate.Passed},
		{"unknown now does not fail", "not_implemented high", "cannot_determine", "low", gate.Passed},
		{"not rated", "", "not_implemented", "critical", gate.Failed},
		{"not rated, and nothing fails", "", "not_implemented", "none", gate.Passed},
		{"nothing fails", "implemented", "not_implemented critical", "none", gate.Passed},
	} {
		read := func(text string) compare.Snapshot {
			status, severity, _ := strings.Cut(text, " ")
			s, err := openreview.Read("r.json", []byte(finding(status, severity)), nil)
			require.NoError(t, err)
			return s
		}
		v := gate.JudgeComparison(compare.Compare(read(c.was), read(c.is)), gate.Policy{Threshold: gate.Threshold{FailOn: lens.Level(c.failOn)}}, "2026-11-24")
		assert.Equal(t, c.want, v.Outcome, c.name)
	}
}
