package cli_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/cli"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The day is that of UTC: without --today, output is the same in every time zone and at
// every hour, and with --today, output shows the day.
func TestTheDayIsUTC(t *testing.T) {
	data, err := os.ReadFile("../../testdata/lens/reviews/waterworks.review.yaml")
	require.NoError(t, err)
	t.Chdir(t.TempDir())
	write(t, "plant.review.yaml", string(data))

	tokyo, honolulu := time.FixedZone("JST", 9*3600), time.FixedZone("HST", -10*3600)
	at := func(hour, minute int) time.Time { return time.Date(2026, 11, 24, hour, minute, 0, 0, time.UTC) }
	instants := []time.Time{at(0, 0).In(honolulu), at(16, 0).In(tokyo), at(9, 30).In(honolulu), at(23, 59).In(tokyo), at(23, 59)}

	write(t, "old.review.yaml", string(data))
	commands := [][]string{{"gate", "plant.review.yaml"}, {"recap", "plant.review.yaml"}, {"diff", "old.review.yaml", "plant.review.yaml"}}
	for _, f := range report.VerdictFormats().Names() {
		commands = append(commands, []string{"gate", "plant.review.yaml", "--explain", "-f", f})
	}
	for _, f := range report.Formats() {
		commands = append(commands, []string{"report", "plant.review.yaml", "-f", f.Name})
	}
	for _, args := range commands {
		want := runAt(t, at(16, 0), args...)
		require.NotEmpty(t, want, "%v", args)
		for _, now := range instants {
			assert.True(t, bytes.Equal(want, runAt(t, now, args...)), "%v at %s is not the same as at %s", args, now, at(16, 0))
		}
	}
}

// Output that depends on the day shows it.
func TestOutputThatDependsOnTheDayShowsIt(t *testing.T) {
	review := "../../testdata/lens/reviews/waterworks.review.yaml"
	now := time.Date(2026, 11, 24, 16, 0, 0, 0, time.UTC)
	for _, format := range report.VerdictFormats() {
		f := format.Name
		if format.Audience == report.RecordProgram {
			continue
		}
		out := string(runAt(t, now, "gate", review, "-f", f))
		assert.Contains(t, out, "2026-11-24", "gate -f %s", f)
		if f == "text" || f == "markdown" {
			assert.Contains(t, out, "as of 2026-11-24", "gate -f %s", f)
		}
	}
	for _, f := range report.Formats() {
		if f.Name == "pdf" || f.Name == "xlsx" || f.Audience == report.RecordProgram { // their text is compressed; tests of their own read it
			continue
		}
		assert.Contains(t, string(runAt(t, now, "report", review, "-f", f.Name)), "2026-11-24", "report -f %s", f.Name)
	}
}

// runAt runs iotlens at an instant and returns what it wrote to stdout.
func runAt(t *testing.T, now time.Time, args ...string) []byte {
	t.Helper()
	var out, errs bytes.Buffer
	exit := cli.Main(args, cli.IO{In: strings.NewReader(""), Out: &out, Err: &errs, Lens: testlens.Lens(), Now: func() time.Time { return now }})
	require.NotEqual(t, cli.NotRun, exit, "%v: %s", args, errs.String())
	return out.Bytes()
}
