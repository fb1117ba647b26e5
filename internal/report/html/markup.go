package html

import "github.com/iotlens/iotlens/internal/report/page"

// markup is HTML that we wrote; see page.Markup.
type markup = page.Markup

// sheet is the page that is being written.
type sheet struct{ *page.Sheet }

// put writes markup and text; see page.Sheet.Put.
func (s *sheet) put(format markup, args ...any) { s.Put(format, args...) }
