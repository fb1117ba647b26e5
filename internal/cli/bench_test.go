package cli_test

import (
	"io"
	"path/filepath"
	"testing"

	"github.com/iotlens/iotlens/internal/cli"
	"github.com/stretchr/testify/require"
)

// BenchmarkCommands runs the commands of pipelines. Its profile is the one by which the compiler
// optimises the program: make profile.
func BenchmarkCommands(b *testing.B) {
	const file = "../../testdata/reviews/smart-factory.review.yaml"
	world := cli.System()
	world.Out, world.Err = io.Discard, io.Discard
	out := filepath.Join(b.TempDir(), "report")
	for b.Loop() {
		for _, args := range [][]string{
			{"gate", file},
			{"report", file},
			{"report", file, "-f", "markdown=" + out},
			{"report", file, "-f", "html=" + out},
			{"report", file, "-f", "json=" + out},
			{"report", file, "-f", "pdf=" + out},
			{"explain", "IOTSEC05-BP01"},
		} {
			exit := cli.Main(append(args, "--today", "2026-11-23"), world)
			require.Contains(b, []cli.Exit{cli.Done, cli.GateFailed}, exit, args)
		}
	}
}
