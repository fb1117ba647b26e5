package bank

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
)

// Write writes a lens as a bank into a folder, whole or not at all. The folder
// must not exist, or be empty. What is written loads as the same lens; a lens that
// makes an invalid bank is an error, with all problems that Load finds.
func Write(dir string, l *lens.Lens) (err error) {
	there, err := free(dir)
	if err != nil {
		return err
	}
	beside := filepath.Dir(filepath.Clean(dir))
	if there { // it stays: it may be where the shell is, or a volume
		beside = dir
	}
	temp, err := build(beside, Files(l))
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	if err != nil {
		return disk.NotWritten(dir, err)
	}
	bank := Dir(temp)
	bank.Name = dir
	if _, problems := Load(bank); len(problems) > 0 {
		return fmt.Errorf("the lens makes an invalid bank; nothing was written\n%w", problems.Err())
	}
	if err := place(temp, dir, there); err != nil {
		return disk.NotWritten(dir, err)
	}
	return nil
}

// build writes files into a new folder in another one. The folder comes back with
// an error, too, to be removed.
func build(in string, files []File) (temp string, err error) {
	if err := os.MkdirAll(in, 0o755); err != nil {
		return "", err
	}
	if temp, err = os.MkdirTemp(in, ".iotlens-bank-"); err != nil {
		return "", err
	}
	for _, f := range files {
		file := filepath.Join(temp, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return temp, err
		}
		if err := os.WriteFile(file, f.Data, 0o644); err != nil {
			return temp, err
		}
	}
	return temp, os.Chmod(temp, 0o755)
}

// place brings a bank to where it belongs: the folder itself, or where one is
// there already, what is in it.
func place(temp, dir string, there bool) error {
	if !there {
		return os.Rename(temp, dir)
	}
	entries, err := os.ReadDir(temp)
	if err != nil {
		return err
	}
	for i, e := range entries {
		if err := os.Rename(filepath.Join(temp, e.Name()), filepath.Join(dir, e.Name())); err != nil {
			for _, placed := range entries[:i] {
				err = errors.Join(err, os.RemoveAll(filepath.Join(dir, placed.Name())))
			}
			return err
		}
	}
	return nil
}

// free tells whether a folder is there, and why it can't be written to.
func free(dir string) (there bool, err error) {
	entries, err := os.ReadDir(dir)
	info, statErr := os.Stat(dir)
	switch {
	case errors.Is(statErr, os.ErrNotExist):
		return false, nil
	case statErr != nil:
		return false, disk.NotWritten(dir, statErr)
	case !info.IsDir():
		return false, fmt.Errorf("%s: is a file, not a folder", dir)
	case err != nil:
		return false, disk.NotWritten(dir, err)
	case len(entries) > 0:
		return false, fmt.Errorf("%s: is not empty; a bank is written into a new or an empty folder", dir)
	}
	return true, nil
}
