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

// loadLook reads what a report is drawn with: the brand file and the fonts of flags, or else of
// the environment. It also returns the files that were read.
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

// applyLook has each output that can be drawn with a look drawn with it. A flag that no output heeds is an
// error.
func applyLook(look report.Options, o *reportOptions, outputs []output[*scoring.Assessment]) error {
	writers := look.Writers()
	branded, printed := len(outputs) == 0, len(outputs) == 0 // an error has said why there is none
	for i := range outputs {
		name := outputs[i].format.Name
		if write := writers[name]; write != nil {
			outputs[i].format.Write, branded = write, true
		}
		printed = printed || name == "pdf"
	}
	var errs []error
	if o.brand != "" && !branded {
		errs = append(errs, errors.New("--brand goes with -f html, pdf, slides, xlsx or markdown"))
	}
	if len(o.fonts) > 0 && !printed {
		errs = append(errs, errors.New("--font goes with -f pdf"))
	}
	return errors.Join(errs...)
}
