// Package catalog makes one checked Lens out of a bank: the YAML files of the
// folders pillars and questions.
//
// Load reads and checks what the rest of iotlens relies on; Validate checks as
// well that every text that a bank should have is there. Both tell all problems
// at once, each with file and line. The shipped bank goes down the same path:
// it is checked by a test and compiled into package shipped.
package catalog

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"

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
	root := os.DirFS(dir)
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
	lensDoc   *yamlfile.Doc
	pillars   []source // parallel to lens.Pillars
	questions []source // parallel to lens.Questions
}

type source struct {
	path string // within its half of the bank
	doc  *yamlfile.Doc
}

func (c *checker) result() (*lens.Lens, yamlfile.Problems) {
	if len(c.problems) > 0 {
		c.problems.Sort()
		return nil, c.problems
	}
	return &c.lens, nil
}

func (c *checker) say(doc *yamlfile.Doc, at []any, format string, args ...any) {
	c.problems.Add(doc.File, doc.Line(at...), format, args...)
}

// read decodes every file of the bank.
func read(b Bank) *checker {
	c := &checker{bank: b}
	var f lensFile
	var ok bool
	if c.lensDoc, ok = c.file(b.Pillars, "pillars", "lens.yaml", &f); !ok {
		return c
	}
	c.lens = lens.Lens{
		ID: f.ID, Name: f.Name, Version: f.Version, Source: f.Source, Description: f.Description,
		Layers: f.Layers, Scenarios: f.Scenarios, Lifecycle: f.Lifecycle, DeviceClasses: f.DeviceClasses,
		Protocols: f.Protocols, Segments: f.Segments, Power: f.Power, Connectivity: f.Connectivity,
		Stages: f.Stages, Services: f.Services, Resources: f.Resources, Weights: f.Weights,
	}
	for _, id := range f.Pillars {
		var p lens.Pillar
		if doc, ok := c.file(b.Pillars, "pillars", id+".yaml", &p); ok {
			c.lens.Pillars = append(c.lens.Pillars, p)
			c.pillars = append(c.pillars, source{id + ".yaml", doc})
		}
	}
	c.strays(b.Pillars, "pillars", ".", append([]string{"lens"}, f.Pillars...))
	layers := c.lens.LayerIDs()
	c.strays(b.Questions, "questions", ".", nil)
	c.folders(".", append([]string{"layers"}, f.Pillars...), "pillar")
	c.folders("layers", layers, "layer")
	for _, id := range f.Pillars {
		c.folder(id, id, "")
	}
	for _, id := range layers {
		c.folder("layers/"+id, "", id)
	}
	return c
}

// folder reads the questions of one folder.
func (c *checker) folder(dir, pillar, layer string) {
	entries, err := fs.ReadDir(c.bank.Questions, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return // a bank may have no questions for a pillar or a layer
	}
	if err != nil {
		c.problems.Add(c.name("questions", dir), 0, "%v", err)
		return
	}
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ".yaml" {
			continue
		}
		var f questionFile
		name := path.Join(dir, e.Name())
		if doc, ok := c.file(c.bank.Questions, "questions", name, &f); ok {
			c.lens.Questions = append(c.lens.Questions, f.question(pillar, layer))
			c.questions = append(c.questions, source{name, doc})
		}
	}
	c.strays(c.bank.Questions, "questions", dir, nil)
}

// file decodes one file; the problems in it are noted.
func (c *checker) file(root fs.FS, half, name string, into any) (*yamlfile.Doc, bool) {
	shown := c.name(half, name)
	data, err := fs.ReadFile(root, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c.problems.Add(shown, 0, "no such file")
		return nil, false
	case err != nil:
		c.problems.Add(shown, 0, "can't be read: %v", err)
		return nil, false
	}
	doc, problems := yamlfile.Decode(shown, data, into)
	c.problems = append(c.problems, problems...)
	return doc, len(problems) == 0
}

func (c *checker) name(half, name string) string {
	return path.Join(strings.ReplaceAll(c.bank.Name, `\`, "/"), half, name)
}
