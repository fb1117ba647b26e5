package catalog

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/iotlens/iotlens/internal/lens"
)

// Write writes a lens as a bank into a folder, whole or not at all. The folder
// must not exist, or be empty. What is written loads as the same lens; a lens of
// which no sound bank can be made is an error, with all that Load says of it.
func Write(dir string, l *lens.Lens) (err error) {
	if err := free(dir); err != nil {
		return err
	}
	parent := filepath.Dir(filepath.Clean(dir))
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	temp, err := os.MkdirTemp(parent, ".iotlens-bank-")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(temp))
		}
	}()
	for _, f := range Files(l) {
		file := filepath.Join(temp, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, f.Data, 0o644); err != nil {
			return err
		}
	}
	bank := Dir(temp)
	bank.Name = dir
	if _, problems := Load(bank); len(problems) > 0 {
		return fmt.Errorf("no sound bank can be made of it; nothing was written\n%w", problems.Err())
	}
	if err := os.Chmod(temp, 0o755); err != nil {
		return err
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, os.ErrNotExist) { // it is empty
		return err
	}
	return os.Rename(temp, dir)
}

// free tells why a folder can't be written to.
func free(dir string) error {
	entries, err := os.ReadDir(dir)
	info, statErr := os.Stat(dir)
	switch {
	case errors.Is(statErr, os.ErrNotExist):
		return nil
	case statErr != nil:
		return statErr
	case !info.IsDir():
		return fmt.Errorf("%s: is a file, not a folder", dir)
	case err != nil:
		return err
	case len(entries) > 0:
		return fmt.Errorf("%s: is not empty; a bank is written into a new or an empty folder", dir)
	}
	return nil
}
