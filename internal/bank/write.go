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

// Files writes a lens as the files of a bank: the way back of Load, which makes
// the same lens of them. Comments and the order of the keys are the writer's.
func Files(l *lens.Lens) []disk.File {
	var files []disk.File
	for _, c := range contents(l) {
		files = append(files, disk.File{Path: c.path, Data: yamlfile.EncodeProse(c.value)})
	}
	return files
}

// A content is what one file of a bank holds.
type content struct {
	path  string
	value any
}

func contents(l *lens.Lens) []content {
	f := *l
	f.PillarFiles = l.PillarIDs()
	if f.Short == f.Name {
		f.Short = ""
	}
	files := []content{{"pillars/lens.yaml", f}}
	for _, p := range l.Pillars {
		files = append(files, content{path.Join("pillars", p.ID+".yaml"), p})
	}
	for i := range l.Questions {
		q := &l.Questions[i]
		dir := cmp.Or(q.Part, q.Pillar)
		if q.Layer != "" {
			dir = path.Join("layers", q.Layer)
		}
		files = append(files, content{path.Join("questions", dir, q.ID+".yaml"), withoutDefaults(*q)})
	}
	return files
}

// What a question file leaves out follows from its folder and from other keys:
// fillIn adds it to a question that was read, withoutDefaults takes it out of one
// that is to be written.

func fillIn(q *lens.Question) {
	if strings.TrimSpace(q.Ask) == "" {
		q.Ask = q.Title // an error in a lens that promises its cards; see content
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

// defaultRater is who rated the severities of a question where no rater is given.
func defaultRater(q *lens.Question) lens.Rater {
	if q.AWS() {
		return lens.RatedByAWS
	}
	return lens.RatedByUs
}
