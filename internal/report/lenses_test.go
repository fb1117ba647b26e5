package report_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/corpus"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/spreadsheet"
	"github.com/iotlens/iotlens/internal/wa/customlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Lenses of others can be reviewed, scored, gated and reported in every format. The answers
// are random.
func TestOtherLensesInEveryFormat(t *testing.T) {
	t.Parallel()
	for _, f := range corpus.Lenses(t) {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			l := importLens(t, f.Name, f.Data)
			for seed := range uint64(3) {
				r := randomReview(l, seed)
				for _, mode := range []scoring.Mode{scoring.Monotone, scoring.AWS} {
					a := scoring.Assess(l, r, scoring.Options{Mode: mode, Today: "2026-11-23"})
					text := everyFormat(t, l, a)["text"]
					_, table, _ := strings.Cut(text, "\nSCORES BY PILLAR\n\n")
					table, _, _ = strings.Cut(table, "\n\n")
					rows := 0
					for line := range strings.SplitSeq(table, "\n") {
						assert.LessOrEqual(t, utf8.RuneCountInString(line), 80, line)
						if regexp.MustCompile(`^  .{24} +([0-9.]+ %|not assessed) +([0-9.]+ %|-)( +[0-9]+){4,5}$`).MatchString(line) {
							rows++
						}
					}
					assert.Equal(t, len(a.Pillars), rows, table)
					v := gate.Judge(a, gate.Policy{}, nil)
					assert.NotNil(t, v)
				}
				walk := interview.New(l, r, interview.Filter{})
				assert.Equal(t, len(l.PracticeIDs()), walk.Progress().Stops)
			}
		})
	}
}

// The report of a review of another lens mentions neither AWS nor IoT, nor layers, scenarios
// or efforts that the lens does not have.
func TestOtherLensesDoNotMentionTheShippedOne(t *testing.T) {
	data, err := os.ReadFile("../../testdata/lenses/greenhouse.json")
	require.NoError(t, err)
	l := importLens(t, "greenhouse.json", data)
	for seed := range uint64(20) {
		a := scoring.Assess(l, randomReview(l, seed), scoring.Options{Mode: scoring.Monotone, Today: "2026-11-23"})
		for name, out := range everyFormat(t, l, a) {
			if name != "text" && name != "markdown" && name != "html" {
				continue // for programs: their words are the format's
			}
			if name == "html" {
				_, out, _ = strings.Cut(out, "</style>")
				out, _, _ = strings.Cut(out, "<script>")
			}
			out = strings.ReplaceAll(out, "as the AWS Well-Architected Tool does", "") // which has such lenses, too
			for _, word := range []string{"AWS", "IoT", "ayers by pillars", "ayer bank", "cenarios", " ·  effort", "> effort", "effort ,", "LAYER", "SCENARIO"} {
				assert.NotContains(t, out, word, "%s, review %d", name, seed)
			}
			assert.Contains(t, out, "Greenhouse Lens")
		}
	}
}

// The import of an unedited CSV changes nothing, also for alternatives, negatives and facts,
// whose answers count as another status.
func TestCSVRoundTripWithOtherLenses(t *testing.T) {
	for _, name := range []string{"alternatives.json", "greenhouse.json"} {
		data, err := os.ReadFile("../../testdata/lenses/" + name)
		require.NoError(t, err)
		l := importLens(t, name, data)
		differ := 0
		for seed := range uint64(30) {
			r := randomReview(l, seed)
			a := scoring.Assess(l, r, scoring.Options{Today: "2026-11-23"})
			tables := everyFormat(t, l, a)
			for _, p := range a.Practices {
				require.Equal(t, r.Answers[p.ID], p.ReviewAnswer(), "%s, seed %d: %s", name, seed, p.ID)
				if p.Status != p.ReviewAnswer().Status {
					differ++
				}
			}
			for _, format := range []string{"csv", "xlsx"} {
				taken, problems := spreadsheet.ReadChanges("table", []byte(tables[format]), l, r, "Bo", "2026-11-23")
				require.Empty(t, problems, "%s, seed %d", name, seed)
				require.Empty(t, taken.Changes, "%s, seed %d", name, seed)
				require.Equal(t, len(a.Practices), taken.Unchanged)
			}
		}
		assert.NotZero(t, differ, "%s: some answers count as others", name)
	}
}

// everyFormat writes an assessment in each format; as JSON it is read back.
func everyFormat(t *testing.T, l *lens.Lens, a *scoring.Assessment) map[string]string {
	out := map[string]string{}
	for _, f := range report.Formats() {
		var b bytes.Buffer
		require.NoError(t, f.Write(&b, a), f.Name)
		require.NotZero(t, b.Len(), f.Name)
		out[f.Name] = b.String()
		if f.Name == "json" {
			again, guided, err := wire.Read("report.json", b.Bytes(), l)
			require.NoError(t, err)
			require.True(t, guided)
			var twice bytes.Buffer
			require.NoError(t, f.Write(&twice, again))
			require.True(t, bytes.Equal(b.Bytes(), twice.Bytes()), "the JSON report is read and written again")
		}
	}
	return out
}

func importLens(t *testing.T, name string, data []byte) *lens.Lens {
	doc, problems := customlens.Read(name, data)
	require.NoError(t, problems.Err())
	l, problems := customlens.Import(doc, "", "")
	require.NoError(t, problems.Err())
	return l
}

// randomReview answers most of a lens, the same for the same seed.
func randomReview(l *lens.Lens, seed uint64) *review.Review {
	rnd := rand.New(rand.NewPCG(seed, 1))
	r := &review.Review{
		Schema: review.Schema, Lens: l.ID, LensVersion: l.Version,
		Workload: review.Workload{Name: "At random", Profile: review.Profile{SafetyCritical: new(seed%2 == 0)}},
		Answers:  map[string]review.Answer{},
	}
	statuses := review.Statuses()
	for _, id := range l.PracticeIDs() {
		if n := rnd.IntN(len(statuses) + 1); n < len(statuses) {
			r.Answers[id] = review.Answer{Status: statuses[n], Note: "said at random", By: "Ana"}
			if statuses[n] == review.NotApplicable {
				r.Answers[id] = review.Answer{Status: statuses[n], Reason: "does not apply"}
			}
		}
	}
	return r
}
