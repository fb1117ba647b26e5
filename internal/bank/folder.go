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

// OriginalFile is the file in the folder of an imported bank with the original custom lens,
// the base of Merge.
const OriginalFile = "imported.json"

// Write writes a lens as a bank to a folder, together with the files beside: all or nothing.
// The folder must be empty or not exist. If the bank would be invalid, the error has all
// problems of Load.
func Write(dir string, l *lens.Lens, o disk.Options, beside ...disk.File) error {
	files := Files(l)
	if _, err := loadFiles(dir, files); err != nil {
		return err
	}
	files = append(files, beside...)
	slices.Reverse(files) // lens.yaml last: without it, no other file is read
	return disk.WriteFolder(dir, files, o)
}

// loadFiles loads the files of a bank that are not written yet.
func loadFiles(dir string, files []disk.File) (*lens.Lens, error) {
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

// Update changes the bank in a folder from the lens was to the lens is, together with the
// files beside: all or nothing. Existing files are patched: only the lines of changed
// values change.
func Update(dir string, was, is *lens.Lens, o disk.Options, beside ...disk.File) error {
	gone := map[string]bool{} // paths of files to remove
	for _, c := range filesOf(was) {
		gone[c.path] = true
	}
	var files []disk.File
	var outs []disk.Output
	for _, c := range filesOf(is) {
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
	if _, err := loadFiles(dir, files); err != nil {
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
