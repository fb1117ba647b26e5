package cli

import (
	"cmp"
	"errors"
	"path/filepath"
	"slices"

	"github.com/iotlens/iotlens/internal/brand"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/scoring"
)

// loadLook reads the brand file and the fonts of a report, from flags or else from the
// environment. It also returns the paths of the files that it read.
func (a *app) loadLook(o *reportOptions) (report.Options, []string, error) {
	look := report.Options{Ledger: o.ledger, Missing: func(m report.Missing) {
		if len(m) > 0 {
			a.warn("the PDF: " + m.String())
		}
	}}
	var errs []error
	files := o.fonts
	if path := cmp.Or(o.brand, a.env("IOTLENS_BRAND")); path != "" {
		files = append(files, path)
		var err error
		look.Brand, err = brand.Read(path)
		errs = append(errs, err)
	}
	fonts := o.fonts
	if len(fonts) == 0 {
		fonts = slices.DeleteFunc(filepath.SplitList(a.env("IOTLENS_FONT")), func(s string) bool { return s == "" })
		files = append(files, fonts...)
	}
	for _, path := range fonts {
		data, err := disk.Read(path, maxFileSize)
		if err == nil {
			var font *report.Font
			if font, err = report.ParseFont(disk.DisplayPath(path), data); err == nil {
				look.Fonts = append(look.Fonts, font)
			}
		}
		errs = append(errs, err)
	}
	return look, files, errors.Join(errs...)
}

// applyLook gives the brand and the fonts to all outputs that use them. A flag that no output
// uses is an error.
func applyLook(look report.Options, o *reportOptions, outputs []output[*scoring.Assessment]) error {
	writers := look.Writers()
	branded, printed := len(outputs) == 0, len(outputs) == 0 // the error for -f is enough
	for i := range outputs {
		name := outputs[i].format.Name
		if write := writers[name]; write != nil {
			outputs[i].format.Write, branded = write, true
		}
		printed = printed || name == "pdf"
	}
	var errs []error
	if o.brand != "" && !branded {
		errs = append(errs, errors.New("--brand can only be used with -f html, pdf, slides, xlsx or markdown"))
	}
	if len(o.fonts) > 0 && !printed {
		errs = append(errs, errors.New("--font can only be used with -f pdf"))
	}
	return errors.Join(errs...)
}
