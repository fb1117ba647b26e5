package review

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// A NotSavedError is the error of a session that could not be saved.
type NotSavedError struct {
	Err        error  // why
	RescuePath string // the rescue file, a review with everything that was answered; empty if it could not be written
	Path       string // the review file
	Bank       string // File.Bank
}

// Error says why the session could not be saved and, on a second line, where its answers are.
func (e *NotSavedError) Error() string {
	if e.RescuePath == "" {
		return e.Err.Error() + "\nthe answers since the last save are not on disk"
	}
	return e.Err.Error() + "\nthe answers of this session are in " + disk.DisplayPath(e.RescuePath)
}

func (e *NotSavedError) Unwrap() error { return e.Err }

// ImportCommand returns the arguments of iotlens that import the rescue file once the
// review file can be written again; empty without a rescue file.
func (e *NotSavedError) ImportCommand() string {
	if e.RescuePath == "" {
		return ""
	}
	return importCommand(e.Path, e.Bank, e.RescuePath)
}

func importCommand(file, bank, rescue string) string {
	command := "import " + disk.ShellQuote(file) + " " + disk.ShellQuote(rescue)
	if bank != "" {
		command += " --bank " + disk.ShellQuote(bank)
	}
	return command
}

// RescuePath returns the path of the rescue file beside a review file. A search for reviews
// skips it.
func RescuePath(file string) string {
	return strings.TrimSuffix(file, ".yaml") + ".rescue.yaml"
}

// maxRescueNames limits the names that are tried for a rescue file, which never overwrites
// another one.
const maxRescueNames = 20

// writeRescue writes r, which could not be saved because of err, to a rescue file.
func (f *File) writeRescue(r *Review, err error) *NotSavedError {
	notSaved := &NotSavedError{Err: err, Path: f.Path, Bank: f.Bank}
	data, err := f.render(f.data, r, f.lens)
	if err != nil {
		data = yamlfile.Encode(*r)
	}
	setData := func(out *disk.Output) {
		path := filepath.Join(out.Root, out.Path)
		out.Data = append(fmt.Appendf(nil, "# Answers of a session of %s that could not be saved there.\n# To import them: iotlens %s\n",
			disk.DisplayPath(filepath.Base(f.Path)), importCommand(f.Path, f.Bank, path)), data...)
	}
	if f.rescue != nil {
		before := f.rescue.Data
		setData(f.rescue)
		f.rescue.New = false
		path := filepath.Join(f.rescue.Root, f.rescue.Path)
		if bytes.Equal(before, f.rescue.Data) && disk.IsFile(path) || disk.Write(f.Options, *f.rescue) == nil {
			notSaved.RescuePath = path
			return notSaved
		}
	}
	name := filepath.Base(RescuePath(f.Path))
	for i, dir := range append([]string{filepath.Dir(f.Path)}, f.RescueDirs...) {
		if i == 0 && !disk.IsFolder(dir) {
			continue // do not create the folder: it may be on a volume that comes back
		}
		for n := range maxRescueNames {
			out := disk.Output{Root: dir, Path: name, New: true, Mode: 0o600}
			if n > 0 {
				out.Path = strings.TrimSuffix(name, ".yaml") + fmt.Sprintf("-%d.yaml", n+1)
			}
			setData(&out)
			err := disk.Write(f.Options, out)
			if err == nil {
				f.rescue, notSaved.RescuePath = &out, filepath.Join(dir, out.Path)
				return notSaved
			}
			if !errors.Is(err, disk.ErrExists) {
				break
			}
		}
	}
	return notSaved
}

// removeRescue removes the rescue file once its content is saved.
func (f *File) removeRescue() {
	if f.rescue != nil {
		f.rescue.Remove, f.rescue.New = true, false
		_ = disk.Write(f.Options, *f.rescue) // a leftover has nothing that the review file lacks
		f.rescue = nil
	}
}
