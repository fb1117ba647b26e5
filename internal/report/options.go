package report

import (
	"io"

	"github.com/iotlens/iotlens/internal/brand"
	"github.com/iotlens/iotlens/internal/report/html"
	"github.com/iotlens/iotlens/internal/report/pdf"
	"github.com/iotlens/iotlens/internal/report/plain"
	"github.com/iotlens/iotlens/internal/report/slides"
	"github.com/iotlens/iotlens/internal/report/xlsx"
	"github.com/iotlens/iotlens/internal/scoring"
)

// Options are options of the writers of reports.
type Options struct {
	Brand   *brand.Brand      // nil for none
	Fonts   []*pdf.Font       // for characters that the built-in fonts of the PDF lack
	Missing func(pdf.Missing) // called with the characters that no font of the PDF has; may be nil
	Ledger  bool              // whether Markdown lists every answer in scope
}

// Font is a font for a PDF.
type Font = pdf.Font

// Missing is the set of characters that no font of a PDF has.
type Missing = pdf.Missing

// ParseFont parses the content of a font file; name is used in errors.
func ParseFont(name string, data []byte) (*Font, error) { return pdf.ParseFont(name, data) }

// Writers returns writers that use the options, by the name of the format. The other formats
// have no options.
func (l Options) Writers() map[string]func(io.Writer, *scoring.Assessment) error {
	return map[string]func(io.Writer, *scoring.Assessment) error{
		"html":     html.Branded(l.Brand),
		"slides":   slides.Branded(l.Brand),
		"xlsx":     xlsx.Branded(l.Brand),
		"markdown": plain.MarkdownWith(l.Brand, l.Ledger),
		"pdf": func(w io.Writer, a *scoring.Assessment) error {
			return pdf.Write(w, a, pdf.Options{Brand: l.Brand, Fonts: l.Fonts, Missing: l.Missing})
		},
	}
}
