package review

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// MilestonePath is where the milestone of a review file goes: a folder that a
// search for reviews beside the file doesn't enter, with day and name in the name
// of the file. day is YYYY-MM-DD.
func MilestonePath(file, day, name string) string {
	stem := filepath.Base(file)
	for _, ext := range []string{".yaml", ".yml", ".review"} {
		stem = strings.TrimSuffix(stem, ext)
	}
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slug := strings.Join(append([]string{day}, words...), "-")
	return filepath.Join(filepath.Dir(file), "milestones", stem, slug+".yaml")
}

// TakeMilestone freezes a copy of the review as it is on disk, marked with m, and
// then empties the history of every answer in the review and saves it: both or
// neither. It returns the path of the copy, and refuses one that is there already.
// day is YYYY-MM-DD.
func (f *File) TakeMilestone(m Milestone, day string) (path string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.frozen {
		return "", fmt.Errorf("%s: %w", f.Path, ErrFrozen)
	}
	if f.lock == nil {
		if err := f.acquire(); err != nil {
			return "", err
		}
		defer f.surrender()
	}
	if now, err := os.ReadFile(f.Path); err != nil || !bytes.Equal(now, f.data) {
		return "", fmt.Errorf("%s: %w", f.Path, errors.Join(err, ErrChanged))
	}
	copied := f.Review.Clone()
	copied.Milestone = m
	copied.LensRevision = copied.AskedRevision() // a milestone always says what was asked
	path = MilestonePath(f.Path, day, m.Name)
	data, err := yamlfile.Patch(f.data, *copied)
	if err != nil {
		return "", fmt.Errorf("%s: %w; nothing was written", f.Path, err)
	}
	if _, problems := Parse(path, data, f.lens); len(problems) > 0 {
		return "", fmt.Errorf("nothing was written, as the milestone would not load:\n%w", problems)
	}
	if err := disk.New(path, data); err != nil {
		return "", err
	}
	cleared := f.Review.Clone()
	for id, a := range cleared.Answers {
		a.History = nil
		cleared.Answers[id] = a
	}
	if err := f.save(cleared); err != nil {
		return "", errors.Join(err, os.Remove(path))
	}
	f.Review.Answers = cleared.Answers
	return path, nil
}
