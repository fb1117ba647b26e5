// Package bank makes one checked Lens out of a bank: the YAML files of the
// folders pillars and questions.
//
// Load reads and checks what the rest of iotlens relies on; Validate checks as
// well that every text that a bank should have is there. Both report all problems
// at once, each with file and line. The shipped bank goes down the same path:
// it is checked by a test and compiled into package shipped.
package bank

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// A Bank is where the files of a bank are.
type Bank struct {
	Name       string // prefix of the file names in messages: the folder, or empty
	Pillars    fs.FS  // lens.yaml and <pillar>.yaml
	Frameworks fs.FS  // <framework>.yaml; may have none
	Questions  fs.FS  // <pillar>/<QUESTION>.yaml, layers/<layer>/<QUESTION>.yaml and <part>/<QUESTION>.yaml
}

// Dir is the bank in a folder that has the folders pillars and questions.
func Dir(dir string) Bank {
	root := disk.DirFS(dir, yamlfile.MaxSize)
	return Bank{Name: dir, Pillars: sub(root, "pillars"), Questions: sub(root, "questions"), Frameworks: sub(root, "frameworks")}
}

func sub(root fs.FS, dir string) fs.FS {
	s, err := fs.Sub(root, dir)
	if err != nil {
		panic(err) // dir is a constant and valid
	}
	return s
}

// Load reads a bank. Where there are problems, the lens is nil.
func Load(b Bank) (*lens.Lens, yamlfile.Problems) {
	c := read(b)
	c.structure()
	return c.result()
}

// Validate reads a bank and checks all that a program can check. It returns
// the lens where it is sound enough to count what is in it.
func Validate(b Bank) (*lens.Lens, yamlfile.Problems) {
	c := read(b)
	c.structure()
	c.content()
	c.frameworks()
	return c.result()
}

// A bank that is being checked: the values beside the places where they stand.
type checker struct {
	bank      Bank
	problems  yamlfile.Problems
	lens      lens.Lens
	lensFile  source   // its doc is nil where lens.yaml can't be used
	pillarIDs []string // as lens.yaml lists them, whether or not their files can be read
	pillars   []source // parallel to lens.Pillars
	questions []source // parallel to lens.Questions

	// Questions whose file can't be decoded. What refers to them may well be
	// right, so it is not reported on top.
	unread map[string]bool
}

// A source is a file of the bank, or a part of one, with its content.
type source struct {
	path  string // within its half of the bank
	doc   *yamlfile.Doc
	value any   // a pointer to the lens, to a pillar, to a question, ...
	at    []any // path of a part in the file
}

// part is a value at a path of a file.
func (s source) part(value any, at ...any) source {
	s.value, s.at = value, append(slices.Clone(s.at), at...)
	return s
}

// name is the file's name without .yaml: the id of its content.
func (s source) name() string { return strings.TrimSuffix(path.Base(s.path), ".yaml") }

func (c *checker) result() (*lens.Lens, yamlfile.Problems) {
	if len(c.problems) > 0 {
		c.problems.Sort()
		return nil, c.problems
	}
	c.lens.PillarFiles = nil
	c.lens.Digest = digest(&c.lens)
	return &c.lens, nil
}

// read decodes every file of the bank. Without a lens.yaml nothing else is
// read: no word of the other files would be known.
func read(b Bank) *checker {
	c := &checker{bank: b, unread: map[string]bool{}}
	c.lens.Revision = 1 // where lens.yaml gives none
	lensFile, err := c.file(b.Pillars, "pillars", "lens.yaml", &c.lens)
	if err != nil {
		c.unreadable("pillars", "lens.yaml", err)
		return c
	}
	c.lensFile = lensFile
	if c.lens.Short == "" {
		c.lens.Short = c.lens.Name
	}
	c.unique(c.lensFile, "pillars.*")
	for i, id := range c.lens.PillarFiles {
		if id != "" && !slices.Contains(c.pillarIDs, id) {
			c.pillarIDs = append(c.pillarIDs, id)
			c.pillar(id, i)
		}
	}
	for _, id := range c.lens.LayerIDs() {
		if id != "" {
			c.folder("layers/"+id, lens.Question{Layer: id})
		}
	}
	for _, id := range c.lens.PartIDs() {
		if id != "" && id != "layers" && !slices.Contains(c.pillarIDs, id) { // else reported in structure.go
			c.folder(id, lens.Question{Part: id})
		}
	}
	for _, s := range c.questions {
		q, _ := s.value.(*lens.Question)
		c.lens.Questions = append(c.lens.Questions, *q)
	}
	c.tree()
	return c
}

// pillar reads the file and the questions of the i-th pillar of lens.yaml. The
// questions are in the order of the list in its file, the others after them in
// the order of their file names.
func (c *checker) pillar(id string, i int) {
	p := &lens.Pillar{}
	file := id + ".yaml"
	switch s, err := c.file(c.bank.Pillars, "pillars", file, p); {
	case err == nil:
		c.lens.Pillars = append(c.lens.Pillars, *p)
		c.pillars = append(c.pillars, s)
	case errors.Is(err, fs.ErrNotExist):
		c.report(c.lensFile.doc, []any{"pillars", i}, "the pillar %s has no file pillars/%s", id, file)
	default:
		c.unreadable("pillars", file, err)
	}
	first := len(c.questions)
	c.folder(id, lens.Question{Pillar: id})
	place := func(s source) int {
		q, _ := s.value.(*lens.Question)
		if i := slices.Index(p.Order, q.ID); i >= 0 {
			return i
		}
		return len(p.Order)
	}
	slices.SortStableFunc(c.questions[first:], func(x, y source) int { return place(x) - place(y) })
}

// folder reads the questions of one folder; what follows from it is in like.
func (c *checker) folder(dir string, like lens.Question) {
	entries, err := fs.ReadDir(c.bank.Questions, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return // a bank may have no questions for a pillar or a layer
	}
	if err != nil {
		c.unreadable("questions", dir, err)
		return
	}
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ".yaml" {
			continue
		}
		q := &lens.Question{Pillar: like.Pillar, Layer: like.Layer, Part: like.Part}
		s, err := c.file(c.bank.Questions, "questions", path.Join(dir, e.Name()), q)
		if err != nil {
			c.unreadable("questions", s.path, err)
			c.unread[s.name()] = true
			continue
		}
		fillIn(q)
		c.questions = append(c.questions, s)
	}
}

// file decodes one file. An error that is yamlfile.Problems has what is wrong in it;
// with any other the file can't be read.
func (c *checker) file(root fs.FS, half, name string, into any) (source, error) {
	s := source{path: name, value: into}
	data, err := fs.ReadFile(root, name)
	if err != nil {
		return s, err
	}
	doc, problems := yamlfile.Decode(c.name(half, name), data, into)
	s.doc = doc
	return s, problems.Err()
}

// unreadable reports what file or ReadDir returned.
func (c *checker) unreadable(half, name string, err error) {
	var problems yamlfile.Problems
	var reason *fs.PathError
	switch {
	case errors.As(err, &problems):
		c.problems = append(c.problems, problems...)
	case errors.Is(err, fs.ErrNotExist):
		c.problems.Add(c.name(half, name), 0, "no such file")
	case errors.As(err, &reason): // it names the file once more
		c.problems.Add(c.name(half, name), 0, "cannot be read: %v", reason.Err)
	default:
		c.problems.Add(c.name(half, name), 0, "cannot be read: %v", err)
	}
}

// name is how a file is shown: as the user would open it.
func (c *checker) name(half, name string) string {
	return path.Join(strings.ReplaceAll(c.bank.Name, `\`, "/"), half, name)
}
