package plain

import (
	"io"

	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/text"
)

// TextPortfolio writes a portfolio for a terminal.
func TextPortfolio(w io.Writer, p *portfolio.Portfolio) error {
	page := &text.Page{}
	page.Line("%s", clean(view.PortfolioTitle(p)))
	textSections(page, view.Portfolio(p))
	_, err := io.WriteString(w, page.String())
	return err
}
