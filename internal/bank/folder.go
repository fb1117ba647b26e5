package bank

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing/fstest"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// Original is the file beside the two halves of a bank that was imported: the custom
// lens as it was, with which Merge tells what people have changed since.
const OriginalFile = "imported.json"

// Write writes a lens as a bank into a folder, whole or not at all, with further files
// beside it. The folder must not exist, or be empty. What is written loads as the same
// lens; a lens that makes an invalid bank is an error, with all problems that Load
// finds.
func Write(dir string, l *lens.Lens, o disk.Options, beside ...disk.File) error {
	files := Files(l)
	if _, err := loaded(dir, files); err != nil {
		return err
	}
	files = append(files, beside...)
	slices.Reverse(files) // lens.yaml, without which no other file is read, comes last
	return disk.WriteFolder(dir, files, o)
}

// loaded loads the files of a bank before they are written.
func loaded(dir string, files []disk.File) (*lens.Lens, error) {
	content := fstest.MapFS{}
	for _, f := range files {
		content[f.Path] = &fstest.MapFile{Data: f.Data}
	}
	l, problems := Load(Bank{Name: dir, Pillars: sub(content, "pillars"), Questions: sub(content, "questions")})
	if len(problems) > 0 {
		return nil, fmt.Errorf("the lens makes an invalid bank; nothing was written\n%w", problems.Err())
	}
	return l, nil
}

// Update changes the bank in a folder from one lens to another, whole or not at all,
// with further files beside it. Of files that stay, only the lines whose values
// change are touched.
func Update(dir string, was, is *lens.Lens, o disk.Options, beside ...disk.File) error {
	gone := map[string]bool{} // paths of the files that the bank has, but for those that stay
	for _, c := range contents(was) {
		gone[c.path] = true
	}
	var files []disk.File
	var outs []disk.Output
	for _, c := range contents(is) {
		data, changed := yamlfile.EncodeProse(c.value), true
		if gone[c.path] {
			now, err := disk.Read(filepath.Join(dir, c.path), yamlfile.MaxSize)
			if err == nil {
				data, err = yamlfile.PatchProse(now, c.value)
			}
			if err != nil {
				return fmt.Errorf("%s: %w; nothing was written", disk.DisplayPath(filepath.Join(dir, c.path)), err)
			}
			changed = !bytes.Equal(now, data)
			delete(gone, c.path)
		}
		files = append(files, disk.File{Path: c.path, Data: data})
		if changed {
			outs = append(outs, disk.Output{Root: dir, Path: filepath.FromSlash(c.path), Data: data})
		}
	}
	if _, err := loaded(dir, files); err != nil {
		return err
	}
	for _, f := range beside {
		outs = append(outs, disk.Output{Root: dir, Path: filepath.FromSlash(f.Path), Data: f.Data})
	}
	for _, path := range slices.Sorted(maps.Keys(gone)) {
		outs = append(outs, disk.Output{Root: dir, Path: filepath.FromSlash(path), Remove: true})
	}
	return disk.Write(o, outs...)
}
