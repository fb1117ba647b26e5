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

// milestonesFolder is the folder of frozen copies, beside the reviews.
const milestonesFolder = "milestones"

// MilestonePath is where the milestone of a review file goes: a folder that a
// search for reviews beside the file doesn't enter, with day and name in the name
// of the file. day is YYYY-MM-DD.
func MilestonePath(file, day, name string) string {
	return filepath.Join(MilestonesDir(file), day+"-"+text.FileName(name, "milestone")+".yaml")
}

// TakeMilestone freezes a copy of the review as it is on disk, marked with m, and
// then empties the history of every answer in the review: both or neither. It
// returns the path of the copy, which must not exist. day is YYYY-MM-DD.
func (f *File) TakeMilestone(m Milestone, day string) (path string, err error) {
	return f.Upgrade(m, day, f.lens, func(r *Review) {
		for id, a := range r.Answers {
			a.History = nil
			r.Answers[id] = a
		}
	})
}

// Upgrade freezes a copy as TakeMilestone does, and changes the review into one of the
// given lens: both or neither.
func (f *File) Upgrade(m Milestone, day string, to *lens.Lens, change func(*Review)) (path string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.frozen {
		return "", fmt.Errorf("%s: %w", disk.DisplayPath(f.Path), ErrFrozen)
	}
	path = MilestonePath(f.Path, day, m.Name)
	var data []byte
	var changed *Review
	err = disk.Update(f.Path, yamlfile.MaxSize, f.Options, func(now []byte) ([]byte, []disk.Output, error) {
		r, problems := Parse(f.Path, now, f.lens)
		if len(problems) > 0 {
			return nil, nil, problems
		}
		copied := r.Clone()
		copied.Milestone = m
		copied.LensRevision = copied.AskedRevision() // a milestone always says what was asked
		frozen, err := f.render(now, copied, f.lens)
		if err != nil {
			return nil, nil, err
		}
		changed = r
		change(changed)
		if data, err = f.render(now, changed, to); err != nil {
			return nil, nil, err
		}
		below := filepath.Dir(f.Path)
		name, err := filepath.Rel(below, path)
		return data, []disk.Output{{Root: below, Path: name, Data: frozen, New: true, Mode: 0o444}}, err
	})
	if err != nil {
		return "", err
	}
	f.Review, f.lens = changed, to
	f.recordContent(data)
	return path, nil
}

// AsOf is when a review was in the state that it has: when the milestone was taken, or
// else when the newest of its answers was given. It is empty where the file has neither.
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

// MilestonesDir is the folder of the milestones of a review file.
func MilestonesDir(file string) string {
	stem := filepath.Base(file)
	for _, ext := range []string{".yaml", ".yml", ".review"} {
		stem = strings.TrimSuffix(stem, ext)
	}
	return filepath.Join(filepath.Dir(file), milestonesFolder, stem)
}
