package tui

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// drafts are the details of answers that have no status yet, by the id of the best
// practice: a review has no place for them. An interrupt may read them from another
// goroutine.
type drafts struct{ sync.Map }

func (d *drafts) of(id string) (review.Answer, bool) {
	v, ok := d.Load(id)
	a, _ := v.(review.Answer)
	return a, ok
}

// ids are the best practices with a draft, in lens order.
func (d *drafts) ids(l *lens.Lens) []string {
	return slices.DeleteFunc(l.PracticeIDs(), func(id string) bool { _, ok := d.of(id); return !ok })
}

// notSavedYet is shown with a draft.
const notSavedYet = "not saved yet: it waits for a status, 1 to 5"

// words name the best practices with a draft; empty where there are none.
func (d *drafts) words(l *lens.Lens) string {
	ids := d.ids(l)
	if len(ids) == 0 {
		return ""
	}
	return text.Count(len(ids), "note") + " without a status, so not saved: " + strings.Join(ids, ", ")
}

// text lists word for word what is not saved, so that it can be typed again; empty
// where there is nothing.
func (d *drafts) text(l *lens.Lens) string {
	var b strings.Builder
	for _, id := range d.ids(l) {
		a, _ := d.of(id)
		for _, f := range fields() {
			addUnsaved(&b, id+", "+f.Key, f.Text(a))
		}
	}
	return b.String()
}

// addUnsaved adds a text, and what it is, to what is not saved.
func addUnsaved(b *strings.Builder, what, value string) {
	if value == "" {
		return
	}
	if b.Len() == 0 {
		b.WriteString("Not saved:\n")
	}
	value = strings.ReplaceAll(text.Clean(value, true), "\n", "\n    ")
	fmt.Fprintf(b, "  %s: %s\n", text.Clean(what, false), value)
}

// fields are those of an answer besides its status and signature.
func fields() []review.Field[review.Answer] {
	return slices.DeleteFunc(slices.Clone(review.AnswerFields()), func(f review.Field[review.Answer]) bool { return f.Kind == review.Word || f.Signature })
}
