package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/lensmatch"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// lensUpdate updates a bank to a new version of the custom lens that it was imported from.
func (a *app) lensUpdate(file string, data []byte, l *lens.Lens, o *lensImportOptions) error {
	was, err := loadBank(o.dir)
	if err != nil {
		return err
	}
	dir, path := disk.DisplayPath(o.dir), filepath.Join(o.dir, bank.OriginalFile)
	original, err := disk.Read(path, maxFileSize)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("%s: this bank has no %s, the custom lens that it was imported from, so your changes to it cannot be found; nothing was written. Copy that version of the lens there, or choose a new or empty folder", dir, bank.OriginalFile)
	case err != nil:
		return err
	case bytes.Equal(original, data):
		fmt.Fprintf(a.Err, "%s: is already at this version of the lens; nothing was changed\n", dir)
		return nil
	}
	doc, problems := customlens.Read(path, original)
	if _, mistakes := problems.Tolerated(); len(mistakes) > 0 {
		return mistakes.Err()
	}
	base, problems := customlens.Import(doc, was.ID, was.Version)
	if err := problems.Err(); err != nil {
		return err
	}
	if !lensmatch.Lenses(base, l).Related() {
		return fmt.Errorf("%s: this is the bank of another lens, %s, which has almost nothing in common with %s; nothing was written. Choose a new or empty folder", dir, was.Name, l.Name)
	}
	m, err := bank.Merge(base, was, l)
	if err != nil {
		return fmt.Errorf("%s: %w; nothing was written", dir, err)
	}
	if o.id != "" {
		m.Lens.ID = o.id
	}
	if len(m.Lost) > 0 && !o.force {
		return fmt.Errorf("%s: this bank has changes to parts that the new version drops; nothing was written. --force drops these changes:\n  %s", dir, strings.Join(m.Lost, "\n  "))
	}
	if err := bank.Update(o.dir, was, m.Lens, a.writeOptions(), disk.File{Path: bank.OriginalFile, Data: data}); err != nil {
		return err
	}
	return a.printImported(file, data, m.Lens, updateText(o.dir, was, m))
}

// updateText says what an update changed in a bank.
func updateText(dir string, was *lens.Lens, m bank.Merged) string {
	d := compare.Lenses(was, m.Lens)
	var p text.Page
	p.Wrapped("", "", fmt.Sprintf("updated %s: %s, version %s to %s, revision %d, id %s.", disk.DisplayPath(dir), m.Lens.Name, was.Version, m.Lens.Version, m.Lens.Revision, m.Lens.ID))
	ids := func(list []compare.LensItemChange) (out []string) {
		for _, w := range list {
			out = append(out, w.ID)
		}
		return out
	}
	var renamed, reused []string
	for _, r := range d.Renamed {
		renamed = append(renamed, r.Was+" -> "+r.ID)
		if _, ok := m.Lens.RetiredID(r.Was); !ok {
			reused = append(reused, r.Was)
		}
	}
	for _, part := range []struct {
		title string
		list  []string
	}{
		{"Added", ids(d.Added)},
		{"Dropped, and retired in the bank", ids(d.Dropped)},
		{"Renamed", renamed},
		{"Your changes that were dropped", m.Lost},
		{"Kept with your changes", m.Kept},
		{"Changed in the bank and in the lens; your changes were kept", m.Conflicts},
	} {
		if len(part.list) > 0 {
			p.Wrapped("", "  ", fmt.Sprintf("%s (%d): %s", part.title, len(part.list), strings.Join(part.list, ", ")))
		}
	}
	next := "iotlens upgrade FILE --bank " + disk.ShellQuote(dir)
	if len(reused) > 0 {
		p.Wrapped("", "  ", fmt.Sprintf("These ids now mean something else (%d): %s. To upgrade a review, set --from to the version that it answers.", len(reused), strings.Join(reused, ", ")))
		next += " --from OLD"
	}
	p.Line("Next: %s", next)
	return p.String()
}
