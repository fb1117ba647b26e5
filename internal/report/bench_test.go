package report_test

import (
	"io"
	"testing"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/stretchr/testify/require"
)

// BenchmarkFormats writes a full review in each format.
func BenchmarkFormats(b *testing.B) {
	f, err := review.Load("../../testdata/reviews/smart-factory.review.yaml", shipped.Lens())
	require.NoError(b, err)
	a := scoring.Assess(shipped.Lens(), f.Review, scoring.Monotone, day)
	a.Locate("smart-factory.review.yaml", f.Lines())
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
