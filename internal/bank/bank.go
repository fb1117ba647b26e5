// Package bank makes one checked Lens out of a bank: the YAML files of the
// folders pillars and questions.
//
// Load reads and checks what the rest of iotlens relies on; Validate checks as
// well that every text that a bank should have is there. Both tell all problems
// at once, each with file and line. The shipped bank goes down the same path:
// it is checked by a test and compiled into package shipped.
package bank

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// A Bank is where the files of a bank are.
type Bank struct {
	Name      string // put before the file names in messages: the folder, or nothing
	Pillars   fs.FS  // lens.yaml and <pillar>.yaml
	Questions fs.FS  // <pillar>/<QUESTION>.yaml and layers/<layer>/<QUESTION>.yaml
}

// Dir is the bank in a folder that holds the folders pillars and questions.
func Dir(dir string) Bank {
	root := disk.Tree(dir, yamlfile.MaxSize)
	return Bank{Name: dir, Pillars: sub(root, "pillars"), Questions: sub(root, "questions")}
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
	return c.result()
}

// A bank that is being checked: the values beside the places where they stand.
type checker struct {
	bank      Bank
	problems  yamlfile.Problems
	lens      lens.Lens
	lensDoc   *yamlfile.Doc // nil where lens.yaml can't be used
	pillarIDs []string      // as lens.yaml lists them, whether or not their files can be read
	pillars   []source      // parallel to lens.Pillars
	questions []source      // parallel to lens.Questions

	// Questions whose file can't be decoded. What refers to them may well be
	// right, so it is not reported on top.
	unread map[string]bool
}

type source struct {
	path string // within its half of the bank
	doc  *yamlfile.Doc
}

// name is the file's name without .yaml: the id of what it holds.
func (s source) name() string { return strings.TrimSuffix(path.Base(s.path), ".yaml") }

func (c *checker) result() (*lens.Lens, yamlfile.Problems) {
	if len(c.problems) > 0 {
		c.problems.Sort()
		return nil, c.problems
	}
	c.lens.Digest = digest(&c.lens)
	return &c.lens, nil
}

// read decodes every file of the bank. Without a lens.yaml nothing else is
// read: no word of the other files would be known.
func read(b Bank) *checker {
	c := &checker{bank: b, unread: map[string]bool{}}
	c.lens.Revision = 1 // where lens.yaml gives none
	doc, err := c.file(b.Pillars, "pillars", "lens.yaml", &c.lens)
	if err != nil {
		c.unreadable("pillars", "lens.yaml", err)
		return c
	}
	c.lensDoc = doc
	files := c.lens.PillarFiles
	c.lens.PillarFiles = nil
	if c.lens.Short == "" {
		c.lens.Short = c.lens.Name
	}
	seen := map[string]bool{}
	for i, id := range files {
		if c.once(doc, seen, id, "pillars", i) {
			c.pillarIDs = append(c.pillarIDs, id)
			c.pillar(id, i)
		}
	}
	for _, id := range c.pillarIDs {
		c.folder(id, id, "")
	}
	c.order()
	for _, id := range c.lens.LayerIDs() {
		if id != "" {
			c.folder("layers/"+id, "", id)
		}
	}
	c.tree()
	return c
}

// pillar reads the file of the i-th pillar of lens.yaml.
func (c *checker) pillar(id string, i int) {
	var p lens.Pillar
	file := id + ".yaml"
	switch doc, err := c.file(c.bank.Pillars, "pillars", file, &p); {
	case err == nil:
		c.lens.Pillars = append(c.lens.Pillars, p)
		c.pillars = append(c.pillars, source{file, doc})
	case errors.Is(err, fs.ErrNotExist):
		c.say(c.lensDoc, []any{"pillars", i}, "the pillar %s has no file pillars/%s", id, file)
	default:
		c.unreadable("pillars", file, err)
	}
}

// folder reads the questions of one folder.
func (c *checker) folder(dir, pillar, layer string) {
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
		q := lens.Question{Pillar: pillar, Layer: layer}
		at := source{path: path.Join(dir, e.Name())}
		if at.doc, err = c.file(c.bank.Questions, "questions", at.path, &q); err != nil {
			c.unreadable("questions", at.path, err)
			c.unread[at.name()] = true
			continue
		}
		fillIn(&q)
		c.lens.Questions = append(c.lens.Questions, q)
		c.questions = append(c.questions, at)
	}
}

// file decodes one file. An error that is yamlfile.Problems tells what is wrong
// in it, any other that it can't be read.
func (c *checker) file(root fs.FS, half, name string, into any) (*yamlfile.Doc, error) {
	data, err := fs.ReadFile(root, name)
	if err != nil {
		return nil, err
	}
	doc, problems := yamlfile.Decode(c.name(half, name), data, into)
	return doc, problems.Err()
}

// unreadable notes what file or ReadDir returned.
func (c *checker) unreadable(half, name string, err error) {
	var problems yamlfile.Problems
	var reason *fs.PathError
	switch {
	case errors.As(err, &problems):
		c.problems = append(c.problems, problems...)
	case errors.Is(err, fs.ErrNotExist):
		c.problems.Add(c.name(half, name), 0, "no such file")
	case errors.As(err, &reason): // it names the file once more
		c.problems.Add(c.name(half, name), 0, "can't be read: %v", reason.Err)
	default:
		c.problems.Add(c.name(half, name), 0, "can't be read: %v", err)
	}
}

// name is how a file is shown: as the user would open it.
func (c *checker) name(half, name string) string {
	return path.Join(strings.ReplaceAll(c.bank.Name, `\`, "/"), half, name)
}
