package report_test

import (
	"io"
	"testing"

	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/require"
)

// BenchmarkFormats writes a full review in each format.
func BenchmarkFormats(b *testing.B) {
	f, err := review.Load(testlens.ReviewPath(testlens.Waterworks), testlens.Lens())
	require.NoError(b, err)
	a := scoring.Assess(testlens.Lens(), f.Review, scoring.Options{Mode: scoring.Monotone, Today: day, File: "waterworks.review.yaml", Lines: f.AnswerLines()})
	for _, format := range report.Formats() {
		b.Run(format.Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := format.Write(io.Discard, a); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
