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

// A Options is what a report is drawn with beside its content.
type Options struct {
	Brand   *brand.Brand      // nil for none
	Fonts   []*pdf.Font       // for what the built-in fonts of the PDF lack
	Missing func(pdf.Missing) // told what no font of the PDF has; may be nil
	Ledger  bool              // Markdown with every answer in scope
}

// Font has glyphs for what the built-in fonts of the PDF lack.
type Font = pdf.Font

// Missing are the characters that no font of a PDF has.
type Missing = pdf.Missing

// ParseFont reads the content of a font file named name.
func ParseFont(name string, data []byte) (*Font, error) { return pdf.ParseFont(name, data) }

// Writers are the writers of the formats that show a brand, by the name of the format.
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
