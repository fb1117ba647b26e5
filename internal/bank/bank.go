// Package bank loads a bank, the YAML files in the folders pillars and questions, into a
// checked Lens, and writes a Lens as a bank.
//
// Load checks what the rest of iotlens relies on; Validate also checks the completeness
// and style of texts. Both report all problems at once, with file and line. A test
// validates the shipped bank, which is compiled into package shipped.
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

// A Bank is the location of the files of a bank.
type Bank struct {
	Name       string // prefix of the file names in messages: the folder, or empty
	Pillars    fs.FS  // lens.yaml and <pillar>.yaml
	Frameworks fs.FS  // <framework>.yaml; may have none
	Questions  fs.FS  // <pillar>/<QUESTION>.yaml, layers/<layer>/<QUESTION>.yaml and <part>/<QUESTION>.yaml
}

// Dir returns the bank in a folder with the folders pillars and questions.
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

// Load reads and checks a bank. If there are problems, the lens is nil.
func Load(b Bank) (*lens.Lens, yamlfile.Problems) {
	c := read(b)
	c.checkStructure()
	return c.result()
}

// Validate reads a bank and runs all checks. If there are problems, the lens is nil.
func Validate(b Bank) (*lens.Lens, yamlfile.Problems) {
	c := read(b)
	c.checkStructure()
	c.checkContent()
	c.checkFrameworks()
	return c.result()
}

// A checker has the values of a bank together with their source files.
type checker struct {
	bank      Bank
	problems  yamlfile.Problems
	lens      lens.Lens
	lensFile  source   // doc is nil if lens.yaml is invalid
	pillarIDs []string // as listed in lens.yaml, including those without a valid file
	pillars   []source // parallel to lens.Pillars
	questions []source // parallel to lens.Questions

	// undecoded has the questions with an invalid file. References to them may be correct
	// and are not reported.
	undecoded map[string]bool
}

// A source is a value with the file, or the part of a file, that it comes from.
type source struct {
	path  string // relative to its half of the bank
	doc   *yamlfile.Doc
	value any   // a pointer to the lens, to a pillar, to a question, ...
	at    []any // path of a part in the file
}

// part returns the source of a value at a path below s.
func (s source) part(value any, at ...any) source {
	s.value, s.at = value, append(slices.Clone(s.at), at...)
	return s
}

// id returns the id of the content by its file name.
func (s source) id() string { return strings.TrimSuffix(path.Base(s.path), ".yaml") }

func (c *checker) result() (*lens.Lens, yamlfile.Problems) {
	if len(c.problems) > 0 {
		c.problems.Sort()
		return nil, c.problems
	}
	c.lens.PillarFiles = nil
	c.lens.Digest = digest(&c.lens)
	return &c.lens, nil
}

// read decodes all files of the bank. Without a valid lens.yaml it reads no others, as their
// terms would be unknown.
func read(b Bank) *checker {
	c := &checker{bank: b, undecoded: map[string]bool{}}
	c.lens.Revision = 1 // where lens.yaml gives none
	lensFile, err := c.decodeFile(b.Pillars, "pillars", "lens.yaml", &c.lens)
	if err != nil {
		c.reportUnreadable("pillars", "lens.yaml", err)
		return c
	}
	c.lensFile = lensFile
	if c.lens.Short == "" {
		c.lens.Short = c.lens.Name
	}
	c.requireUnique(c.lensFile, "pillars.*")
	for i, id := range c.lens.PillarFiles {
		if id != "" && !slices.Contains(c.pillarIDs, id) {
			c.pillarIDs = append(c.pillarIDs, id)
			c.readPillar(id, i)
		}
	}
	for _, id := range c.lens.LayerIDs() {
		if id != "" {
			c.readQuestions("layers/"+id, lens.Question{Layer: id})
		}
	}
	for _, id := range c.lens.PartIDs() {
		if id != "" && id != "layers" && !slices.Contains(c.pillarIDs, id) { // else reported in structure.go
			c.readQuestions(id, lens.Question{Part: id})
		}
	}
	for _, s := range c.questions {
		q, _ := s.value.(*lens.Question)
		c.lens.Questions = append(c.lens.Questions, *q)
	}
	c.checkUnread()
	return c
}

// readPillar reads the file and the questions of the i-th pillar of lens.yaml. Questions are
// in the order of the list in the pillar's file, followed by the others by file name.
func (c *checker) readPillar(id string, i int) {
	p := &lens.Pillar{}
	file := id + ".yaml"
	switch s, err := c.decodeFile(c.bank.Pillars, "pillars", file, p); {
	case err == nil:
		c.lens.Pillars = append(c.lens.Pillars, *p)
		c.pillars = append(c.pillars, s)
	case errors.Is(err, fs.ErrNotExist):
		c.report(c.lensFile.doc, []any{"pillars", i}, "the pillar %s has no file pillars/%s", id, file)
	default:
		c.reportUnreadable("pillars", file, err)
	}
	first := len(c.questions)
	c.readQuestions(id, lens.Question{Pillar: id})
	place := func(s source) int {
		q, _ := s.value.(*lens.Question)
		if i := slices.Index(p.Order, q.ID); i >= 0 {
			return i
		}
		return len(p.Order)
	}
	slices.SortStableFunc(c.questions[first:], func(x, y source) int { return place(x) - place(y) })
}

// readQuestions reads the questions of a folder. like has the fields that follow from the
// folder.
func (c *checker) readQuestions(dir string, like lens.Question) {
	entries, err := fs.ReadDir(c.bank.Questions, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return // a bank may have no questions for a pillar or a layer
	}
	if err != nil {
		c.reportUnreadable("questions", dir, err)
		return
	}
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ".yaml" {
			continue
		}
		q := &lens.Question{Pillar: like.Pillar, Layer: like.Layer, Part: like.Part}
		s, err := c.decodeFile(c.bank.Questions, "questions", path.Join(dir, e.Name()), q)
		if err != nil {
			c.reportUnreadable("questions", s.path, err)
			c.undecoded[s.id()] = true
			continue
		}
		addDefaults(q)
		c.questions = append(c.questions, s)
	}
}

// decodeFile reads and decodes a file. The error is yamlfile.Problems if the content is
// invalid, or any other if the file cannot be read.
func (c *checker) decodeFile(root fs.FS, half, name string, into any) (source, error) {
	s := source{path: name, value: into}
	data, err := fs.ReadFile(root, name)
	if err != nil {
		return s, err
	}
	doc, problems := yamlfile.Decode(c.displayName(half, name), data, into)
	s.doc = doc
	return s, problems.Err()
}

// reportUnreadable reports an error of decodeFile or ReadDir.
func (c *checker) reportUnreadable(half, name string, err error) {
	var problems yamlfile.Problems
	var reason *fs.PathError
	switch {
	case errors.As(err, &problems):
		c.problems = append(c.problems, problems...)
	case errors.Is(err, fs.ErrNotExist):
		c.problems.Add(c.displayName(half, name), 0, "no such file")
	case errors.As(err, &reason): // without the name of the file, which Add adds
		c.problems.Add(c.displayName(half, name), 0, "cannot be read: %v", reason.Err)
	default:
		c.problems.Add(c.displayName(half, name), 0, "cannot be read: %v", err)
	}
}

// displayName returns the path of a file as the user would open it.
func (c *checker) displayName(half, name string) string {
	return path.Join(strings.ReplaceAll(c.bank.Name, `\`, "/"), half, name)
}
