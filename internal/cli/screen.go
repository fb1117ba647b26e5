package cli

import (
	"bytes"
	"path/filepath"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
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
func writeReports(file string, judged *scoring.Assessment, o disk.Options) ([]string, error) {
	base := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ".yaml"), ".review")
	var outs []disk.Output
	var paths []string
	for _, out := range []struct{ format, ending string }{{"markdown", ".report.md"}, {"json", ".report.json"}} {
		f, err := report.Formats().Find(out.format)
		if err != nil {
			return nil, err
		}
		var page bytes.Buffer
		if err := f.Write(&page, judged); err != nil {
			return nil, err
		}
		dir, name := filepath.Dir(file), base+out.ending
		outs = append(outs, disk.Output{Below: dir, Path: name, Data: page.Bytes()})
		paths = append(paths, disk.Shown(filepath.Join(dir, name)))
	}
	return paths, disk.Write(o, outs...)
}
