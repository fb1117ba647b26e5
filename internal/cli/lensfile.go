package cli

import (
	"fmt"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/wa/customlens"
	"github.com/iotlens/iotlens/internal/wa/lint"
)

// lensFile reads a custom lens, and also returns the data of its file. A mistake that does
// not make the file ambiguous is a warning; all other mistakes are errors.
func (a *app) lensFile(file, id, version string) (*lens.Lens, []byte, error) {
	data, err := disk.Read(file, maxFileSize)
	if err != nil {
		return nil, nil, err
	}
	if err := checkKind(file, data, filekind.Detect(data), filekind.CustomLens); err != nil {
		return nil, nil, err
	}
	doc, problems := customlens.Read(portablePath(file), data)
	warnings, mistakes := problems.Tolerated()
	if err := mistakes.Err(); err != nil {
		return nil, nil, fmt.Errorf("%s: cannot be read as a custom lens; nothing was written\n%w\n%s", portablePath(file), err, fixHint(file, data, len(mistakes)))
	}
	l, problems := customlens.Import(doc, id, version)
	if err := problems.Err(); err != nil {
		return nil, nil, fmt.Errorf("%s: cannot be used for a review; nothing was written\n%w", portablePath(file), err)
	}
	for _, p := range warnings {
		a.warn(fmt.Sprintf("%s:%d:%d: warning: %s", p.File, p.Line, p.Column, p.Text))
	}
	return l, data, nil
}

// fixHint says how to fix a file that is not valid JSON.
func fixHint(file string, data []byte, mistakes int) string {
	fixed, _ := lint.Fix(lint.Source{File: file, Path: file, Data: data})
	_, problems := customlens.Read(file, fixed)
	_, left := problems.Tolerated()
	switch n := mistakes - len(left); {
	case n <= 0:
		return "Correct " + text.Count(mistakes, "place") + " in the file, then try again."
	case len(left) == 0:
		return fmt.Sprintf("iotlens lens lint %s --fix corrects this.", disk.ShellQuote(file))
	default:
		return fmt.Sprintf("iotlens lens lint %s --fix corrects %d of them; correct the others in the file, then try again.", disk.ShellQuote(file), n)
	}
}

// loadLensOrBank returns the lens at a path: the folder of a bank, or a custom lens. For an
// empty path it returns the lens of this run.
func (a *app) loadLensOrBank(path string) (*lens.Lens, error) {
	switch {
	case path == "":
		return a.lens()
	case disk.IsFolder(path):
		return loadBank(path)
	}
	l, _, err := a.lensFile(path, "", "")
	return l, err
}
