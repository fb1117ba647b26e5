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

// A NotSavedError is why a session could not be saved, and where what was said is instead.
type NotSavedError struct {
	Err        error
	RescuePath string // a review file with all that was said; empty where that could not be written either
	Path       string // the file that should have it
	Bank       string // of File
}

// Error is in two sentences without a full stop: why, and where what was said is.
func (n *NotSavedError) Error() string {
	if n.RescuePath == "" {
		return n.Err.Error() + "\nnothing that was said since is on disk"
	}
	return n.Err.Error() + "\nwhat was said is in " + disk.DisplayPath(n.RescuePath)
}

// Unwrap is why.
func (n *NotSavedError) Unwrap() error { return n.Err }

// ImportCommand is the command of iotlens that takes in what was said, once the file is valid
// again; empty where there is nothing to take in.
func (n *NotSavedError) ImportCommand() string {
	if n.RescuePath == "" {
		return ""
	}
	return importCommand(n.Path, n.Bank, n.RescuePath)
}

func importCommand(file, bank, rescue string) string {
	command := "import " + disk.ShellQuote(file) + " " + disk.ShellQuote(rescue)
	if bank != "" {
		command += " --bank " + disk.ShellQuote(bank)
	}
	return command
}

// RescuePath is the name of a file beside a review file for what could not be saved in
// that. No search for reviews takes it for one.
func RescuePath(file string) string {
	return strings.TrimSuffix(file, ".yaml") + ".rescue.yaml"
}

func isChangedOnDisk(err error) bool { return errors.Is(err, disk.ErrChanged) }

// maxRescueNames is how many names are tried for a rescue file: an earlier one is never
// overwritten.
const maxRescueNames = 20

// writeRescue writes r, which could not be saved, to a rescue file.
func (f *File) writeRescue(r *Review, why error) *NotSavedError {
	lost := &NotSavedError{Err: why, Path: f.Path, Bank: f.Bank}
	data, err := f.render(f.data, r, f.lens)
	if err != nil {
		data = yamlfile.Encode(*r)
	}
	with := func(out *disk.Output) {
		path := filepath.Join(out.Root, out.Path)
		out.Data = append(fmt.Appendf(nil, "# What was said in a session of %s and could not be saved there.\n# To take it in: iotlens %s\n",
			disk.DisplayPath(filepath.Base(f.Path)), importCommand(f.Path, f.Bank, path)), data...)
	}
	if f.rescue != nil {
		was := f.rescue.Data
		with(f.rescue)
		f.rescue.New = false
		if bytes.Equal(was, f.rescue.Data) && disk.IsFile(filepath.Join(f.rescue.Root, f.rescue.Path)) || disk.Write(f.Options, *f.rescue) == nil {
			lost.RescuePath = filepath.Join(f.rescue.Root, f.rescue.Path)
			return lost
		}
	}
	name := filepath.Base(RescuePath(f.Path))
	for i, dir := range append([]string{filepath.Dir(f.Path)}, f.RescueDirs...) {
		if i == 0 && !disk.IsFolder(dir) {
			continue // it may come back
		}
		for n := range maxRescueNames {
			out := disk.Output{Root: dir, Path: name, New: true, Mode: 0o600}
			if n > 0 {
				out.Path = strings.TrimSuffix(name, ".yaml") + fmt.Sprintf("-%d.yaml", n+1)
			}
			with(&out)
			err := disk.Write(f.Options, out)
			if err == nil {
				f.rescue, lost.RescuePath = &out, filepath.Join(dir, out.Path)
				return lost
			}
			if !errors.Is(err, disk.ErrExists) {
				break
			}
		}
	}
	return lost
}

// removeRescue removes the rescue file once all of it is saved.
func (f *File) removeRescue() {
	if f.rescue != nil {
		f.rescue.Remove, f.rescue.New = true, false
		_ = disk.Write(f.Options, *f.rescue) // one that is left says nothing that the file doesn't
		f.rescue = nil
	}
}
