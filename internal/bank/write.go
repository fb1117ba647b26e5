package bank

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// Files returns the files of a bank for a lens. Load returns the same lens for them.
func Files(l *lens.Lens) []disk.File {
	var files []disk.File
	for _, c := range filesOf(l) {
		files = append(files, disk.File{Path: c.path, Data: yamlfile.EncodeProse(c.value)})
	}
	return files
}

// A bankFile is a file of a bank with its value.
type bankFile struct {
	path  string
	value any
}

func filesOf(l *lens.Lens) []bankFile {
	f := *l
	f.PillarFiles = l.PillarIDs()
	if f.Short == f.Name {
		f.Short = ""
	}
	files := []bankFile{{"pillars/lens.yaml", f}}
	for _, p := range l.Pillars {
		files = append(files, bankFile{path.Join("pillars", p.ID+".yaml"), p})
	}
	for i := range l.Questions {
		q := &l.Questions[i]
		dir := cmp.Or(q.Part, q.Pillar)
		if q.Layer != "" {
			dir = path.Join("layers", q.Layer)
		}
		files = append(files, bankFile{path.Join("questions", dir, q.ID+".yaml"), withoutDefaults(*q)})
	}
	return files
}

// Values that follow from the folder of a question file and from other keys are left out of
// the file: addDefaults adds them after reading, withoutDefaults removes them before
// writing.

func addDefaults(q *lens.Question) {
	if strings.TrimSpace(q.Ask) == "" {
		q.Ask = q.Title // an error in a lens that promises its cards; see checkWording
	}
	if q.Since == 1 {
		q.Since = 0
	}
	for i := range q.Practices {
		p := &q.Practices[i]
		p.Question, p.Part = q.ID, q.Part
		if p.Kind == "practice" {
			p.Kind = lens.BestPractice
		}
		if q.AWS() {
			p.Pillar = q.Pillar
		}
		if p.RatedBy == "" {
			p.RatedBy = defaultRater(q)
		}
		if p.Since == 0 {
			p.Since = q.Since
		}
		if p.Since == 1 {
			p.Since = 0
		}
	}
}

func withoutDefaults(q lens.Question) lens.Question {
	if q.Ask == q.Title {
		q.Ask = ""
	}
	q.Practices = slices.Clone(q.Practices)
	for i := range q.Practices {
		p := &q.Practices[i]
		if q.AWS() {
			p.Pillar = ""
		}
		if p.RatedBy == defaultRater(&q) {
			p.RatedBy = ""
		}
		if p.Since == q.Since {
			p.Since = 0
		}
	}
	return q
}

// defaultRater returns who rated the severities of a question by default.
func defaultRater(q *lens.Question) lens.Rater {
	if q.AWS() {
		return lens.RatedByAWS
	}
	return lens.RatedByUs
}
