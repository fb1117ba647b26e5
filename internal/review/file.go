package review

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// A File is a review on disk, as it was when it was read or last saved.
type File struct {
	Path       string
	Review     *Review      // change it, then Save
	Options    disk.Options // of the writes
	RescueDirs []string     // folders for what Sync cannot save, where that of the file does not take it
	Bank       string       // folder of the lens, for the command in a rescue file; empty: the shipped one
	// ReadOnly has Sync read the file, and never write it.
	ReadOnly bool

	data     []byte // what is on disk; nil while there is no file
	doc      *yamlfile.Doc
	saved    *Review      // what data holds
	lastRead *Review      // what was read, without what Sync added to it
	mark     *disk.Stamp  // of the file as it was read; nil: not known
	rescue   *disk.Output // what Sync could not save is there
	frozen   bool         // it is a milestone
	lens     *lens.Lens
	mu       sync.Mutex // a save may run beside another one
}

// Load reads a review of a lens. The error lists every problem of the file at
// once, each with its line. Where the lens is nil, the lens of the review and what it
// names of it are not checked.
func Load(path string, l *lens.Lens) (*File, error) {
	data, err := yamlfile.Read(path)
	if err != nil {
		return nil, err
	}
	return Open(path, data, l)
}

// Open is Load of a file that was read already.
func Open(path string, data []byte, l *lens.Lens) (*File, error) {
	r, doc, problems := parse(path, data, l)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	saved := r.Clone()
	return &File{Path: path, Review: r, frozen: r.Milestone.Name != "", lens: l, data: data, doc: doc, saved: saved, lastRead: saved}, nil
}

// AnswerLines returns, by best practice, the line of each answer in the file as it
// was when it was read or last saved, counted from 1.
func (f *File) AnswerLines() map[string]int {
	if f.doc == nil {
		return nil
	}
	return f.doc.KeyLines("answers")
}

// Data is the file as it was when it was read or last saved.
func (f *File) Data() []byte { return f.data }

// ExtensionKeys returns the keys of people's own, which begin with "x-", with their values as
// texts: those of answers, waivers and parked topics by best practice, the others of the
// whole file. A key below another one has its path before it: "waiver.x-ticket".
func (f *File) ExtensionKeys() (whole map[string]string, practices map[string]map[string]string) {
	whole, practices = map[string]string{}, map[string]map[string]string{}
	if f.doc == nil {
		return whole, practices
	}
	for _, own := range f.doc.Extensions() {
		id, path := f.practiceAt(own.Path)
		key := strings.Join(append(path, own.Key), ".")
		if id == "" {
			whole[key] = own.Value
			continue
		}
		if practices[id] == nil {
			practices[id] = map[string]string{}
		}
		practices[id][key] = own.Value
	}
	return whole, practices
}

// practiceAt is the best practice of a place in the file, with the rest of the path; empty
// where it belongs to none.
func (f *File) practiceAt(path []string) (practice string, rest []string) {
	if len(path) < 2 {
		return "", path
	}
	i, err := strconv.Atoi(path[1])
	switch {
	case path[0] == "answers":
		return path[1], path[2:]
	case path[0] == "waivers" && err == nil && i < len(f.saved.Waivers):
		return f.saved.Waivers[i].Practice, append([]string{"waiver"}, path[2:]...)
	case path[0] == "parked" && err == nil && i < len(f.saved.Parked) && f.saved.Parked[i].Practice != "":
		return f.saved.Parked[i].Practice, append([]string{"parked"}, path[2:]...)
	}
	return "", path
}

// Parse decodes and checks the content of a review file named name.
func Parse(name string, data []byte, l *lens.Lens) (*Review, yamlfile.Problems) {
	r, _, problems := parse(name, data, l)
	return r, problems
}

// ParseAnyLens is Parse of a review of one of several lenses: of finds the lens of a review that
// is decoded, and not checked yet.
func ParseAnyLens(name string, data []byte, of func(*Review) *lens.Lens) (*Review, *lens.Lens, yamlfile.Problems) {
	r := &Review{}
	doc, problems := yamlfile.Decode(name, data, r)
	l := of(r)
	if problems = appendCheck(problems, r, l, doc, false); len(problems) > 0 {
		return nil, nil, problems
	}
	return r, l, nil
}

func parse(name string, data []byte, l *lens.Lens) (*Review, *yamlfile.Doc, yamlfile.Problems) {
	r := &Review{}
	doc, problems := yamlfile.Decode(name, data, r)
	earlier := l == nil
	if earlier {
		l = &lens.Lens{ID: r.Lens, Version: r.LensVersion}
	}
	if problems = appendCheck(problems, r, l, doc, earlier); len(problems) > 0 {
		return nil, nil, problems
	}
	return r, doc, nil
}

// appendCheck adds what check finds in a decoded review to the problems of the decoding.
func appendCheck(problems yamlfile.Problems, r *Review, l *lens.Lens, doc *yamlfile.Doc, earlier bool) yamlfile.Problems {
	if r.Schema > Schema {
		// Whatever else is wrong with it, it is newer: that is what to say.
		problems = nil
	}
	if !doc.Parsed() {
		return problems
	}
	return problems.AddChecked(checkReview(r, l, doc, earlier))
}

// Create makes the file of a new review. It refuses a path that is taken. Nothing
// is written until Save.
func Create(path string, r *Review, l *lens.Lens) (*File, error) {
	if disk.Exists(path) {
		return nil, fmt.Errorf("%s: %w", disk.DisplayPath(path), disk.ErrExists)
	}
	return &File{Path: path, Review: r, lens: l}, nil
}

// ErrFrozen is returned by Save for a milestone.
var ErrFrozen = errors.New("this is a milestone, a frozen copy, and is not changed; change the review that it was taken of, or a copy without the key milestone")

// Save writes the review whole or not at all. A review that would not load again is
// refused. Where somebody else changed the file since it was read or last saved,
// the two changes are merged by answer and field, as if this one had been made
// after theirs; what both changed is a warning (disk.Options.Warn), and of an answer
// theirs goes to the history. Review has their changes, too, then. Where nothing changed
// here, nothing is written.
func (f *File) Save() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.frozen {
		return fmt.Errorf("%s: %w", disk.DisplayPath(f.Path), ErrFrozen)
	}
	data, err := f.render(f.data, f.Review, f.lens)
	if err != nil {
		return err
	}
	if f.data != nil && bytes.Equal(data, f.data) {
		return nil
	}
	merged, conflicts := f.Review, []Conflict(nil)
	err = f.update(func(now []byte) (*Review, []byte, error) {
		var err error
		if f.data != nil {
			merged, conflicts, err = f.mergeInto(now)
		} else if now != nil {
			err = fmt.Errorf("%s: %w", disk.DisplayPath(f.Path), disk.ErrExists)
		}
		return merged, now, err
	})
	if err != nil {
		return err
	}
	*f.Review = *merged
	f.warnConflicts(conflicts)
	return nil
}

// update makes the review of the file, and writes it in the layout of some content of the
// file. now is what the file holds; nil where there is none.
func (f *File) update(change func(now []byte) (r *Review, layout []byte, err error)) error {
	var data []byte
	render := func(now []byte) ([]byte, []disk.Output, error) {
		r, layout, err := change(now)
		if err != nil {
			return nil, nil, err
		}
		if data, err = f.render(layout, r, f.lens); err != nil || bytes.Equal(data, now) {
			return nil, nil, err
		}
		return data, nil, nil
	}
	var err error
	for range 5 { // another program may change the file meanwhile
		if err = disk.Update(f.Path, yamlfile.MaxSize, f.Options, render); !isChangedOnDisk(err) {
			break
		}
	}
	if err == nil && !bytes.Equal(f.data, data) {
		f.recordContent(data)
	}
	return err
}

// render makes the content of the file of a review of a lens, where now is what it holds.
func (f *File) render(now []byte, r *Review, l *lens.Lens) ([]byte, error) {
	data := yamlfile.Encode(*r)
	if now != nil {
		var err error
		if data, err = yamlfile.Patch(now, *r); err != nil {
			return nil, fmt.Errorf("%s: %w; nothing was written", disk.DisplayPath(f.Path), err)
		}
	}
	if _, problems := Parse(f.Path, data, l); len(problems) > 0 {
		return nil, fmt.Errorf("not saved, because the file would not load again:\n%w", problems)
	}
	return data, nil
}

// recordContent notes what is in the file, which render has checked.
func (f *File) recordContent(data []byte) {
	f.data = data
	f.saved, f.doc, _ = parse(f.Path, data, f.lens)
	f.lastRead = f.saved
}

// mergeInto brings the review into the file as it is now.
func (f *File) mergeInto(now []byte) (*Review, []Conflict, error) {
	if now == nil {
		return nil, nil, fmt.Errorf("%s: was removed meanwhile; nothing was written", disk.DisplayPath(f.Path))
	}
	if bytes.Equal(now, f.data) {
		return f.Review, nil, nil
	}
	theirs, problems := Parse(f.Path, now, f.lens)
	if len(problems) > 0 {
		return nil, nil, fmt.Errorf("not saved, because somebody else changed the file and it is now invalid:\n%w", problems)
	}
	// The first of two changes stands where both changed a field: it is this one here.
	merged, conflicts := Merge(f.saved, f.Review, theirs)
	for _, c := range conflicts {
		before, ok := theirs.Answers[c.ID]
		after, still := merged.Answers[c.ID]
		if c.Part == "answers" && ok && still {
			before.History = after.History
			merged.Answers[c.ID] = before
			merged.PutAnswer(c.ID, after)
		}
	}
	return merged, conflicts, nil
}

// warnConflicts reports what was changed here and by somebody else at once.
func (f *File) warnConflicts(conflicts []Conflict) {
	if f.Options.Warn == nil {
		return
	}
	for _, c := range conflicts {
		// The first of the two changes was ours: see merge.
		outcome := fmt.Sprintf("also changed by somebody else, to %q; saved as %q", c.Other, c.Current)
		if c.Field == "" && c.Current == "" {
			outcome = fmt.Sprintf("removed here and changed by somebody else, to %q; kept", c.Other)
		} else if c.Field == "" && c.Other == "" {
			outcome = fmt.Sprintf("removed by somebody else and changed here, to %q; kept", c.Current)
		}
		what := strings.TrimSpace(cmp.Or(c.ID, c.Part) + " " + c.Field)
		f.Options.Warn(fmt.Sprintf("%s: %s: %s", disk.DisplayPath(f.Path), what, outcome))
	}
}
