package bank

import (
	"fmt"
	"slices"
	"testing/fstest"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
)

// Write writes a lens as a bank into a folder, whole or not at all. The folder
// must not exist, or be empty. What is written loads as the same lens; a lens that
// makes an invalid bank is an error, with all problems that Load finds.
func Write(dir string, l *lens.Lens, o disk.Options) error {
	files := Files(l)
	content := fstest.MapFS{}
	for _, f := range files {
		content[f.Path] = &fstest.MapFile{Data: f.Data}
	}
	if _, problems := Load(Bank{Name: dir, Pillars: sub(content, "pillars"), Questions: sub(content, "questions")}); len(problems) > 0 {
		return fmt.Errorf("the lens makes an invalid bank; nothing was written\n%w", problems.Err())
	}
	slices.Reverse(files) // lens.yaml, without which no other file is read, comes last
	return disk.WriteFolder(dir, files, o)
}
