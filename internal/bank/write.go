package bank

import (
	"path"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// A File is one file of a bank.
type File struct {
	Path string // with /, from the folder of the bank on
	Data []byte
}

// Files writes a lens as the files of a bank: the way back of Load, which makes
// the same lens of them. Comments and the order of the keys are the writer's.
func Files(l *lens.Lens) []File {
	f := lensFile{
		ID: l.ID, Name: l.Name, Short: l.Short, By: l.By, Version: l.Version, Source: l.Source, Description: l.Description,
		Promises: l.Promises, WA: l.WA, Pillars: l.PillarIDs(), Layers: l.Layers, Scenarios: l.Scenarios,
		Lifecycle: l.Lifecycle, DeviceClasses: l.DeviceClasses, Protocols: l.Protocols, Segments: l.Segments, Power: l.Power,
		Connectivity: l.Connectivity, Stages: l.Stages, Services: l.Services, Resources: l.Resources, Weights: l.Weights,
	}
	if f.Short == f.Name {
		f.Short = ""
	}
	files := []File{{"pillars/lens.yaml", yamlfile.EncodeProse(f)}}
	for _, p := range l.Pillars {
		files = append(files, File{path.Join("pillars", p.ID+".yaml"), yamlfile.EncodeProse(p)})
	}
	for i := range l.Questions {
		q := &l.Questions[i]
		dir := q.Pillar
		if !q.AWS() {
			dir = path.Join("layers", q.Layer)
		}
		files = append(files, File{path.Join("questions", dir, q.ID+".yaml"), yamlfile.EncodeProse(fileOf(q))})
	}
	return files
}

// fileOf is the file of a question; what the folder says is left out.
func fileOf(q *lens.Question) questionFile {
	f := questionFile{
		ID: q.ID, WA: q.WA, Title: q.Title, Ask: q.Ask, Description: q.Description, Help: q.Help, Area: q.Area,
		Minutes: q.Minutes, None: q.None, NoneChoice: q.NoneChoice, Resources: q.Resources, Rules: q.Rules,
	}
	if f.Ask == f.Title {
		f.Ask = ""
	}
	for _, p := range q.Practices {
		out := practiceFile{
			ID: p.ID, WA: p.WA, Title: p.Title, Severity: p.Severity, RatedBy: ratedBy(p.RatedBy), Pillar: p.Pillar,
			Relates: p.Relates, Effort: p.Effort, Fix: p.Fix, Layers: p.Layers, Scenarios: p.Scenarios,
			Lifecycle: p.Lifecycle, AppliesTo: p.AppliesTo, Why: p.Why, How: p.How, Probes: p.Probes,
			Evidence: p.Evidence, RedFlags: p.RedFlags, Resources: p.Resources, Services: p.Services,
		}
		if q.AWS() {
			out.Pillar = ""
		}
		if p.RatedBy == defaultRater(q) {
			out.RatedBy = ""
		}
		f.Practices = append(f.Practices, out)
	}
	return f
}
