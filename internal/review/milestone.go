package review

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// milestonesFolder is the folder of milestones, beside the reviews.
const milestonesFolder = "milestones"

// MilestonePath returns where the milestone of a review file goes. A search for reviews
// does not enter its folder. day is YYYY-MM-DD.
func MilestonePath(file, day, name string) string {
	return filepath.Join(MilestonesDir(file), day+"-"+text.FileName(name, "milestone")+".yaml")
}

// TakeMilestone writes a frozen copy of the file, marked with m, and clears the histories
// of the answers in the file: both or neither. It returns the path of the copy, which must
// not exist. day is YYYY-MM-DD.
func (f *File) TakeMilestone(m Milestone, day string) (path string, err error) {
	return f.Upgrade(m, day, f.lens, func(r *Review) {
		for id, a := range r.Answers {
			a.History = nil
			r.Answers[id] = a
		}
	})
}

// Upgrade writes a frozen copy as TakeMilestone does and changes the review, which is then
// one of the lens to: both or neither.
func (f *File) Upgrade(m Milestone, day string, to *lens.Lens, change func(*Review)) (path string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.frozen {
		return "", fmt.Errorf("%s: %w", disk.DisplayPath(f.Path), ErrFrozen)
	}
	path = MilestonePath(f.Path, day, m.Name)
	var data []byte
	var changed *Review
	err = disk.Update(f.Path, yamlfile.MaxSize, f.Options, func(current []byte) ([]byte, []disk.Output, error) {
		r, problems := Parse(f.Path, current, f.lens)
		if len(problems) > 0 {
			return nil, nil, problems
		}
		copied := r.Clone()
		copied.Milestone = m
		copied.LensRevision = copied.AskedRevision() // a milestone always records the revision
		frozen, err := f.render(current, copied, f.lens)
		if err != nil {
			return nil, nil, err
		}
		changed = r
		change(changed)
		if data, err = f.render(current, changed, to); err != nil {
			return nil, nil, err
		}
		root := filepath.Dir(f.Path)
		name, err := filepath.Rel(root, path)
		return data, []disk.Output{{Root: root, Path: name, Data: frozen, New: true, Mode: 0o444}}, err
	})
	if err != nil {
		return "", err
	}
	f.Review, f.lens = changed, to
	f.recordContent(data)
	return path, nil
}

// AsOf returns when the review had its current state: the time of the milestone, else that
// of the newest answer; empty if the file has neither.
func (r *Review) AsOf() string {
	if r.Milestone.At != "" {
		return r.Milestone.At
	}
	newest := ""
	for _, a := range r.Answers {
		newest = max(newest, a.At)
	}
	return newest
}

// MilestonesDir returns the folder of the milestones of a review file.
func MilestonesDir(file string) string {
	stem := filepath.Base(file)
	for _, ext := range []string{".yaml", ".yml", ".review"} {
		stem = strings.TrimSuffix(stem, ext)
	}
	return filepath.Join(filepath.Dir(file), milestonesFolder, stem)
}
