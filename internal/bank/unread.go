package bank

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/suggest"
)

// checkUnread reports YAML files and folders of a bank that are not read, so that a misnamed
// file does not silently drop its questions. Other files (a README, Go, hidden files) are
// allowed anywhere.
func (c *checker) checkUnread() {
	layers := c.lens.LayerIDs()
	c.reportUnexpected("pillars", ".", append([]string{"lens"}, c.pillarIDs...), nil)
	c.reportUnexpected("questions", ".", nil, slices.Concat([]string{"layers"}, c.pillarIDs, c.lens.PartIDs()))
	c.reportUnexpected("questions", "layers", nil, layers)
	for _, dir := range slices.Concat(c.pillarIDs, c.lens.PartIDs()) {
		c.reportUnexpected("questions", dir, allFiles, nil)
	}
	for _, id := range layers {
		c.reportUnexpected("questions", "layers/"+id, allFiles, nil)
	}
}

// isEmptyFolder reports whether a folder is empty.
func isEmptyFolder(root fs.FS, dir string) bool {
	entries, err := fs.ReadDir(root, dir)
	return err == nil && len(entries) == 0
}

// allFiles is the list of files for a folder of questions, in which all files are read.
var allFiles = []string{"*"}

// reportUnexpected reports the YAML files and folders in a folder of one half of the bank that
// are not expected. files has names without .yaml. A missing folder is not reported.
func (c *checker) reportUnexpected(half, dir string, files, folders []string) {
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
		case strings.HasPrefix(e.Name(), "."), e.IsDir() && isEmptyFolder(root, path.Join(dir, e.Name())):
		case e.IsDir() && len(folders) == 0:
			why = "no folder is expected here"
		case e.IsDir() && !slices.Contains(folders, e.Name()):
			why, known, name = "lens.yaml lists no such "+listed, folders, e.Name()
		case e.IsDir():
		case ext == ".yml":
			why = "the files of a bank end in .yaml"
		case ext == ".yaml" && len(files) == 0:
			why = "a question belongs in the folder of its pillar, layer or part"
		case ext == ".yaml" && !slices.Contains(files, name) && !slices.Equal(files, allFiles):
			why = "lens.yaml lists no such pillar"
		}
		if why != "" {
			c.problems.Add(c.displayName(half, path.Join(dir, e.Name())), 0, "is not read: %s%s", why, suggest.DidYouMean(name, known))
		}
	}
}
