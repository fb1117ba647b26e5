package bank

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/suggest"
)

// tree reports YAML files and folders of a bank that are not read, so that a
// misnamed file can't quietly leave its questions out of a review. Other files
// (a README, Go, hidden ones) are allowed anywhere.
func (c *checker) tree() {
	layers := c.lens.LayerIDs()
	c.unexpected("pillars", ".", append([]string{"lens"}, c.pillarIDs...), nil)
	c.unexpected("questions", ".", nil, slices.Concat([]string{"layers"}, c.pillarIDs, c.lens.PartIDs()))
	c.unexpected("questions", "layers", nil, layers)
	for _, dir := range slices.Concat(c.pillarIDs, c.lens.PartIDs()) {
		c.unexpected("questions", dir, anyFile, nil)
	}
	for _, id := range layers {
		c.unexpected("questions", "layers/"+id, anyFile, nil)
	}
}

// empty tells whether a folder has nothing in it.
func empty(root fs.FS, dir string) bool {
	entries, err := fs.ReadDir(root, dir)
	return err == nil && len(entries) == 0
}

// anyFile is for a folder of questions, where all files are read.
var anyFile = []string{"*"}

// unexpected reports what a folder of a half of the bank has beside some files, named
// without .yaml, and some folders. A folder that isn't there has nothing; whether it
// must be there is not checked here.
func (c *checker) unexpected(half, dir string, files, folders []string) {
	root, listed := c.bank.Questions, "pillar or part"
	if half == "pillars" {
		root = c.bank.Pillars
	}
	if dir == "layers" {
		listed = "layer"
	}
	entries, _ := fs.ReadDir(root, dir)
	for _, e := range entries {
		name, ext := strings.TrimSuffix(e.Name(), path.Ext(e.Name())), path.Ext(e.Name())
		why, known := "", files
		switch {
		case strings.HasPrefix(e.Name(), "."), e.IsDir() && empty(root, path.Join(dir, e.Name())):
		case e.IsDir() && len(folders) == 0:
			why = "no folder is expected here"
		case e.IsDir() && !slices.Contains(folders, e.Name()):
			why, known, name = "lens.yaml lists no such "+listed, folders, e.Name()
		case e.IsDir():
		case ext == ".yml":
			why = "the files of a bank end in .yaml"
		case ext == ".yaml" && len(files) == 0:
			why = "a question belongs in the folder of its pillar, layer or part"
		case ext == ".yaml" && !slices.Contains(files, name) && !slices.Equal(files, anyFile):
			why = "lens.yaml lists no such pillar"
		}
		if why != "" {
			c.problems.Add(c.name(half, path.Join(dir, e.Name())), 0, "is not read: %s%s", why, suggest.DidYouMean(name, known))
		}
	}
}
