package cli

import (
	"io"
	"path/filepath"
	"strings"

	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/scoring"
)

// clock is the time of day where the people are, who compare it with the clock on
// the wall; it is never written down. Empty where --today stops it.
func (a *app) clock() string {
	if a.day != "" {
		return ""
	}
	return a.Now().Format("15:04")
}

// writeReports writes what the team reads and what programs read beside a review
// file, and says where.
func writeReports(file string, judged *scoring.Assessment) ([]string, error) {
	base := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ".yaml"), ".review")
	var paths []string
	for _, out := range []struct{ format, ending string }{{"markdown", ".report.md"}, {"json", ".report.json"}} {
		f, err := report.Find(out.format)
		if err != nil {
			return paths, err
		}
		path := filepath.Join(filepath.Dir(file), base+out.ending)
		if err := writeFile(path, func(w io.Writer) error { return f.Write(w, judged) }); err != nil {
			return paths, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}
