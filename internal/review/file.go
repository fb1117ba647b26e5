package review

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"

	"github.com/gofrs/flock"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// A File is a review on disk, as it was when it was read or last saved.
type File struct {
	Path   string
	Review *Review // change it, then Save
	Holder Holder  // how others are told who is at work; set it before Lock

	data   []byte // what is on disk; nil while there is no file
	doc    *yamlfile.Doc
	frozen bool // it is a milestone
	lens   *lens.Lens
	mu     sync.Mutex // an interrupt unlocks while another goroutine may be saving
	lock   *flock.Flock
}

// Load reads a review of a lens. The error tells every problem of the file at
// once, each with its line.
func Load(path string, l *lens.Lens) (*File, error) {
	data, err := yamlfile.Read(path)
	if err != nil {
		return nil, err
	}
	r, doc, problems := parse(path, data, l)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return &File{Path: path, Review: r, data: data, doc: doc, frozen: r.Milestone.Name != "", lens: l}, nil
}

// Lines returns, by best practice, the line of each answer in the file as it
// was when it was read or last saved, counted from 1.
func (f *File) Lines() map[string]int {
	if f.doc == nil {
		return nil
	}
	return f.doc.Lines("answers")
}

// Parse decodes and checks the content of a review file named name.
func Parse(name string, data []byte, l *lens.Lens) (*Review, yamlfile.Problems) {
	r, _, problems := parse(name, data, l)
	return r, problems
}

func parse(name string, data []byte, l *lens.Lens) (*Review, *yamlfile.Doc, yamlfile.Problems) {
	r := &Review{}
	doc, problems := yamlfile.Decode(name, data, r)
	return checked(r, doc, problems, l)
}

// checked holds a decoded review against its lens.
func checked(r *Review, doc *yamlfile.Doc, problems yamlfile.Problems, l *lens.Lens) (*Review, *yamlfile.Doc, yamlfile.Problems) {
	if r.Schema > Schema {
		// Whatever else is wrong with it, it is newer: that is what to say.
		problems = nil
	}
	if doc.Parsed() {
		problems = withoutEcho(problems, check(r, l, doc))
	}
	if len(problems) > 0 {
		return nil, nil, problems
	}
	return r, doc, nil
}

// withoutEcho adds further problems to those of the decoding, but for lines of
// which one is known already: what could not be decoded looks as if it were
// missing.
func withoutEcho(problems, further yamlfile.Problems) yamlfile.Problems {
	known := map[int]bool{}
	for _, p := range problems {
		known[p.Line] = true
	}
	for _, p := range further {
		if !known[p.Line] {
			problems = append(problems, p)
		}
	}
	problems.Sort()
	return problems
}

// Create makes the file of a new review. It refuses a path at which there is
// something already. Nothing is written until Save.
func Create(path string, r *Review, l *lens.Lens) (*File, error) {
	if _, err := os.Lstat(path); err == nil {
		return nil, fmt.Errorf("%s: is there already; nothing was changed", path)
	} else if !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	return &File{Path: path, Review: r, lens: l}, nil
}

// ErrChanged is returned by Save where the file is not what it was when it was
// read: somebody else wrote it.
var ErrChanged = errors.New("the file was changed by somebody else since it was read; it was left as it is. Start again to take their change in")

// ErrFrozen is returned by Lock and Save for a milestone.
var ErrFrozen = errors.New("this is a milestone, a frozen copy, and is not changed; go on in the review that it was taken of, or in a copy without the key milestone")

// Save writes the review whole or not at all: to a temporary file beside it,
// synced, then renamed. A review that would not load again is refused, and so
// is a file that somebody else has changed in the meantime (ErrChanged).
// Where nothing changed, nothing is written.
func (f *File) Save() error { return f.SaveSnapshot(f.Review) }

// SaveSnapshot saves r, a copy of the review as it was at some moment, in the
// way of Save. The caller owns r and doesn't change it meanwhile; f.Review may go
// on changing. It is safe beside any other use of f; snapshots are written in the
// order of the calls.
func (f *File) SaveSnapshot(r *Review) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.save(r)
}

func (f *File) save(r *Review) error {
	if f.frozen {
		return fmt.Errorf("%s: %w", f.Path, ErrFrozen)
	}
	data, err := f.bytes(r)
	if err != nil {
		return fmt.Errorf("%s: %w; nothing was written", f.Path, err)
	}
	if f.data != nil && bytes.Equal(data, f.data) {
		return nil
	}
	_, doc, problems := parse(f.Path, data, f.lens)
	if len(problems) > 0 {
		return fmt.Errorf("not saved, as the file would not load again:\n%w", problems)
	}
	if f.lock == nil {
		if err := f.acquire(); err != nil {
			return err
		}
		defer f.surrender()
	}
	now, err := os.ReadFile(f.Path)
	switch {
	case errors.Is(err, os.ErrNotExist) && f.data == nil:
	case err != nil:
		return fmt.Errorf("%s: %w", f.Path, err)
	case f.data == nil || !bytes.Equal(now, f.data):
		return fmt.Errorf("%s: %w", f.Path, ErrChanged)
	}
	if err := disk.Write(f.Path, data); err != nil {
		return err
	}
	f.data, f.doc = slices.Clone(data), doc
	return nil
}

func (f *File) bytes(r *Review) ([]byte, error) {
	if f.data == nil {
		return yamlfile.Encode(*r), nil
	}
	return yamlfile.Patch(f.data, *r)
}
