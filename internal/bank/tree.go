package bank

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/suggest"
)

// tree says which YAML files and folders of a bank nobody reads, so that a
// misnamed file can't quietly leave its questions out of a review. Other files
// (a README, Go, hidden ones) may lie about.
func (c *checker) tree() {
	p, q := c.bank.Pillars, c.bank.Questions
	layers := c.lens.LayerIDs()

	c.files(p, "pillars", ".", append([]string{"lens"}, c.pillarIDs...), "lens.yaml lists no such pillar")
	c.folders(p, "pillars", ".", nil, "no folder is looked for here")

	c.files(q, "questions", ".", nil, "a question lies in the folder of its pillar or layer")
	c.folders(q, "questions", ".", append([]string{"layers"}, c.pillarIDs...), "lens.yaml lists no such pillar")
	c.files(q, "questions", "layers", nil, "a question lies in the folder of its pillar or layer")
	c.folders(q, "questions", "layers", layers, "lens.yaml lists no such layer")

	for _, id := range c.pillarIDs {
		c.leaf(id)
	}
	for _, id := range layers {
		c.leaf("layers/" + id)
	}
}

// leaf is a folder of questions: all its .yaml files are read, nothing below it.
func (c *checker) leaf(dir string) {
	c.each(c.bank.Questions, dir, func(e fs.DirEntry) {
		if path.Ext(e.Name()) == ".yml" {
			c.problems.Add(c.name("questions", path.Join(dir, e.Name())), 0, "%s", notYAML)
		}
	})
	c.folders(c.bank.Questions, "questions", dir, nil, "no folder is looked for here")
}

const notYAML = "is not read: files of a bank end in .yaml"

func (c *checker) files(root fs.FS, half, dir string, known []string, why string) {
	c.each(root, dir, func(e fs.DirEntry) {
		name, ext := strings.TrimSuffix(e.Name(), path.Ext(e.Name())), path.Ext(e.Name())
		shown := c.name(half, path.Join(dir, e.Name()))
		switch {
		case e.IsDir():
		case ext == ".yml":
			c.problems.Add(shown, 0, "%s", notYAML)
		case ext == ".yaml" && !slices.Contains(known, name):
			c.problems.Add(shown, 0, "is not read: %s%s", why, suggest.DidYouMean(name, known))
		}
	})
}

func (c *checker) folders(root fs.FS, half, dir string, known []string, why string) {
	c.each(root, dir, func(e fs.DirEntry) {
		if e.IsDir() && !slices.Contains(known, e.Name()) {
			c.problems.Add(c.name(half, path.Join(dir, e.Name())), 0, "is not read: %s%s", why, suggest.DidYouMean(e.Name(), known))
		}
	})
}

// each visits the entries of a folder. One that isn't there has none; whether
// it must be there is not asked here.
func (c *checker) each(root fs.FS, dir string, visit func(fs.DirEntry)) {
	entries, _ := fs.ReadDir(root, dir)
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			visit(e)
		}
	}
}
