package lint

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// ReadBaseline parses a baseline: the JSON output of an earlier run, whose findings are
// known.
func ReadBaseline(data []byte) (b ReportJSON, err error) {
	if err = json.Unmarshal(data, &b); err != nil || b.SchemaVersion != SchemaVersion || b.Files == nil {
		return b, fmt.Errorf("not a baseline of iotlens lens lint; write one with --write-baseline")
	}
	return b, nil
}

// ApplyBaseline removes the findings of a baseline from the report and returns those of the
// baseline that the files no longer have. Findings are equal if file, code and text are
// equal; their position may differ. Equal findings are counted.
func (r *Report) ApplyBaseline(b ReportJSON) (fixed []string) {
	known := map[string]int{}
	for _, f := range b.Files {
		for _, x := range f.Findings {
			known[f.File+"\n"+x.Code+"\n"+stable(x.Text)]++
		}
	}
	linted := map[string]bool{}
	for i := range r.Files {
		f := &r.Files[i]
		linted[f.File] = true
		var left []Finding
		for _, x := range f.Findings {
			key := f.File + "\n" + x.Check.Code + "\n" + stable(x.Text)
			if known[key] > 0 {
				known[key]--
				f.Known++
				continue
			}
			left = append(left, x)
		}
		f.Findings = left
	}
	for _, f := range b.Files {
		for _, x := range f.Findings {
			key := f.File + "\n" + x.Code + "\n" + stable(x.Text)
			if linted[f.File] && known[key] > 0 {
				known[key]--
				fixed = append(fixed, text.Clean(fmt.Sprintf("%s: %s [%s]", f.File, x.Text, x.Code), false))
			}
		}
	}
	return fixed
}

// stable returns the text of a finding without a line number.
func stable(s string) string {
	s, _, _ = strings.Cut(s, ", first in line ")
	return s
}
