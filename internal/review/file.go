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

// A File is a review file as it was last read or written.
type File struct {
	Path       string
	Review     *Review      // change it, then call Save
	Options    disk.Options // for writing
	RescueDirs []string     // folders for the rescue file if the folder of Path can't be written; see Sync
	Bank       string       // folder of the lens, for the command in a rescue file; empty for the shipped lens
	ReadOnly   bool         // Sync only reads the file

	data     []byte        // content of the file; nil while there is no file
	doc      *yamlfile.Doc // positions in data
	saved    *Review       // data decoded
	lastRead *Review       // what was read, without what Sync added
	stamp    *disk.Stamp   // of the file when it was read; nil if not known
	rescue   *disk.Output  // the rescue file, if Sync wrote one
	frozen   bool          // the file is a milestone
	lens     *lens.Lens
	mu       sync.Mutex // saves can run concurrently
}

// Load reads a review of a lens. The error lists every problem of the file, each with its
// line. If the lens is nil, ids and versions are not checked against a lens.
func Load(path string, l *lens.Lens) (*File, error) {
	data, err := yamlfile.Read(path)
	if err != nil {
		return nil, err
	}
	return Open(path, data, l)
}

// Open is Load for a file whose content was already read.
func Open(path string, data []byte, l *lens.Lens) (*File, error) {
	r, doc, problems := parse(path, data, l)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	saved := r.Clone()
	return &File{Path: path, Review: r, frozen: r.Milestone.Name != "", lens: l, data: data, doc: doc, saved: saved, lastRead: saved}, nil
}

// AnswerLines returns the line of each answer in the file, from 1, by best practice.
func (f *File) AnswerLines() map[string]int {
	if f.doc == nil {
		return nil
	}
	return f.doc.KeyLines("answers")
}

// Data returns the content of the file.
func (f *File) Data() []byte { return f.data }

// ExtensionKeys returns the keys that users added to the file, which begin with "x-", with
// their values as text: those within answers, waivers and parked topics by best practice, the
// others for the whole file. A nested key includes its path: "waiver.x-ticket".
func (f *File) ExtensionKeys() (file map[string]string, practices map[string]map[string]string) {
	file, practices = map[string]string{}, map[string]map[string]string{}
	if f.doc == nil {
		return file, practices
	}
	for _, extension := range f.doc.Extensions() {
		id, path := f.practiceAt(extension.Path)
		key := strings.Join(append(path, extension.Key), ".")
		if id == "" {
			file[key] = extension.Value
			continue
		}
		if practices[id] == nil {
			practices[id] = map[string]string{}
		}
		practices[id][key] = extension.Value
	}
	return file, practices
}

// practiceAt returns the best practice that a path in the file belongs to, and the rest of the
// path; the id is empty if it belongs to none.
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

// Parse decodes and checks data, the content of a review file; name is for messages.
func Parse(name string, data []byte, l *lens.Lens) (*Review, yamlfile.Problems) {
	r, _, problems := parse(name, data, l)
	return r, problems
}

// ParseAnyLens is Parse for a review of one of several lenses. lensOf returns the lens of a
// review that is decoded but not checked.
func ParseAnyLens(name string, data []byte, lensOf func(*Review) *lens.Lens) (*Review, *lens.Lens, yamlfile.Problems) {
	r := &Review{}
	doc, problems := yamlfile.Decode(name, data, r)
	l := lensOf(r)
	if problems = appendCheck(problems, r, l, doc, false); len(problems) > 0 {
		return nil, nil, problems
	}
	return r, l, nil
}

func parse(name string, data []byte, l *lens.Lens) (*Review, *yamlfile.Doc, yamlfile.Problems) {
	r := &Review{}
	doc, problems := yamlfile.Decode(name, data, r)
	anyVersion := l == nil
	if anyVersion {
		l = &lens.Lens{ID: r.Lens, Version: r.LensVersion}
	}
	if problems = appendCheck(problems, r, l, doc, anyVersion); len(problems) > 0 {
		return nil, nil, problems
	}
	return r, doc, nil
}

// appendCheck checks a decoded review and adds what is wrong to the problems of decoding.
func appendCheck(problems yamlfile.Problems, r *Review, l *lens.Lens, doc *yamlfile.Doc, anyVersion bool) yamlfile.Problems {
	if r.Schema > Schema {
		// A newer schema explains all other problems.
		problems = nil
	}
	if !doc.Parsed() {
		return problems
	}
	return problems.AddChecked(checkReview(r, l, doc, anyVersion))
}

// Create returns the file of a new review. It is an error if the path exists. Nothing is
// written until Save.
func Create(path string, r *Review, l *lens.Lens) (*File, error) {
	if disk.Exists(path) {
		return nil, fmt.Errorf("%s: %w", disk.DisplayPath(path), disk.ErrExists)
	}
	return &File{Path: path, Review: r, lens: l}, nil
}

// ErrFrozen is the error of saving a milestone.
var ErrFrozen = errors.New("this is a milestone, a frozen copy, and is not changed; change the review that it was taken of, or a copy without the key milestone")

// Save writes the review, completely or not at all. A review that would not load again is an
// error. If somebody else changed the file since it was last read or written, both changes
// are merged by answer and field into the file and Review. Of a field that both changed, the
// value saved here is kept, with a warning (disk.Options.Warn), and a conflicting answer in
// the file goes to the history. If Review is unchanged, nothing is written.
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
	err = f.update(func(data []byte) (*Review, []byte, error) {
		var err error
		if f.data != nil {
			merged, conflicts, err = f.mergeInto(data)
		} else if data != nil {
			err = fmt.Errorf("%s: %w", disk.DisplayPath(f.Path), disk.ErrExists)
		}
		return merged, data, err
	})
	if err != nil {
		return err
	}
	*f.Review = *merged
	f.warnConflicts(conflicts)
	return nil
}

// update writes the file. change gets its content, nil if there is none, and returns the
// review to write and the content whose layout to keep.
func (f *File) update(change func(data []byte) (r *Review, layout []byte, err error)) error {
	var written []byte
	render := func(data []byte) ([]byte, []disk.Output, error) {
		r, layout, err := change(data)
		if err != nil {
			return nil, nil, err
		}
		if written, err = f.render(layout, r, f.lens); err != nil || bytes.Equal(written, data) {
			return nil, nil, err
		}
		return written, nil, nil
	}
	var err error
	for range 5 { // another program may change the file at the same time
		if err = disk.Update(f.Path, yamlfile.MaxSize, f.Options, render); !errors.Is(err, disk.ErrChanged) {
			break
		}
	}
	if err == nil && !bytes.Equal(f.data, written) {
		f.recordContent(written)
	}
	return err
}

// render returns the content of the file for a review of a lens, in the given layout; nil for
// the canonical one.
func (f *File) render(layout []byte, r *Review, l *lens.Lens) ([]byte, error) {
	data := yamlfile.Encode(*r)
	if layout != nil {
		var err error
		if data, err = yamlfile.Patch(layout, *r); err != nil {
			return nil, fmt.Errorf("%s: %w; nothing was written", disk.DisplayPath(f.Path), err)
		}
	}
	if _, problems := Parse(f.Path, data, l); len(problems) > 0 {
		return nil, fmt.Errorf("not saved, because the file would not load again:\n%w", problems)
	}
	return data, nil
}

// recordContent sets the content of the file to data, which render has checked.
func (f *File) recordContent(data []byte) {
	f.data = data
	f.saved, f.doc, _ = parse(f.Path, data, f.lens)
	f.lastRead = f.saved
}

// mergeInto merges the review into the content that the file has now.
func (f *File) mergeInto(data []byte) (*Review, []Conflict, error) {
	if data == nil {
		return nil, nil, fmt.Errorf("%s: was removed meanwhile; nothing was written", disk.DisplayPath(f.Path))
	}
	if bytes.Equal(data, f.data) {
		return f.Review, nil, nil
	}
	onDisk, problems := Parse(f.Path, data, f.lens)
	if len(problems) > 0 {
		return nil, nil, fmt.Errorf("not saved, because somebody else changed the file and it is now invalid:\n%w", problems)
	}
	merged, conflicts := Merge(f.saved, f.Review, onDisk) // a conflict keeps the value of f.Review
	for _, c := range conflicts {
		before, ok := onDisk.Answers[c.ID]
		after, kept := merged.Answers[c.ID]
		if c.Part == "answers" && ok && kept {
			before.History = after.History
			merged.Answers[c.ID] = before
			merged.PutAnswer(c.ID, after)
		}
	}
	return merged, conflicts, nil
}

// warnConflicts warns of each conflict of a save; Current is the value that was saved.
func (f *File) warnConflicts(conflicts []Conflict) {
	if f.Options.Warn == nil {
		return
	}
	for _, c := range conflicts {
		outcome := fmt.Sprintf("also changed by somebody else, to %q; saved as %q", c.Other, c.Current)
		if c.Field == "" && c.Current == "" {
			outcome = fmt.Sprintf("removed here and changed by somebody else, to %q; kept", c.Other)
		} else if c.Field == "" && c.Other == "" {
			outcome = fmt.Sprintf("removed by somebody else and changed here, to %q; kept", c.Current)
		}
		subject := strings.TrimSpace(cmp.Or(c.ID, c.Part) + " " + c.Field)
		f.Options.Warn(fmt.Sprintf("%s: %s: %s", disk.DisplayPath(f.Path), subject, outcome))
	}
}
