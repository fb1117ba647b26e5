package html

import "github.com/iotlens/iotlens/internal/report/page"

// markup is HTML that we wrote; see page.Markup.
type markup = page.Markup

// htmlPage is the page that is being written.
type htmlPage struct{ *page.Writer }

// put writes markup and text; see page.Sheet.Put.
func (s *htmlPage) put(format markup, args ...any) { s.Put(format, args...) }
