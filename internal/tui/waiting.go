package tui

import (
	"fmt"
	"strings"
	"sync"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// waiting is what was said of best practices that have no status yet, by id: a
// review has no place for it. It is safe beside the review, since an interrupt
// may ask for it.
type waiting struct {
	mu   sync.Mutex
	said map[string]review.Answer
}

func (w *waiting) of(id string) (review.Answer, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	a, ok := w.said[id]
	return a, ok
}

func (w *waiting) put(id string, a review.Answer) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.said == nil {
		w.said = map[string]review.Answer{}
	}
	w.said[id] = a
}

func (w *waiting) drop(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.said, id)
}

// ids are those of which something waits, in lens order.
func (w *waiting) ids(l *lens.Lens) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var ids []string
	for _, id := range l.PracticeIDs() {
		if _, ok := w.said[id]; ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// words name the best practices of which something waits; empty where there are
// none.
func (w *waiting) words(l *lens.Lens) string {
	ids := w.ids(l)
	switch n := len(ids); n {
	case 0:
		return ""
	case 1:
		return "1 note without a status, so not saved: " + ids[0]
	default:
		return fmt.Sprintf("%d notes without a status, so not saved: %s and %d more", n, ids[0], n-1)
	}
}

// lost says word for word what ends with the review, so that it can be typed
// again; empty where nothing does.
func (w *waiting) lost(l *lens.Lens) string {
	var b strings.Builder
	for _, id := range w.ids(l) {
		a, _ := w.of(id)
		for _, f := range fields(a) {
			lose(&b, id+", "+f.name, f.value)
		}
	}
	return b.String()
}

// lose adds a text to what is lost, of which it is said first what it was.
func lose(b *strings.Builder, what, value string) {
	if value == "" {
		return
	}
	if b.Len() == 0 {
		b.WriteString("Not saved:\n")
	}
	value = strings.ReplaceAll(text.Clean(value, true), "\n", "\n    ")
	fmt.Fprintf(b, "  %s: %s\n", text.Clean(what, false), value)
}

type namedText struct{ name, value string }

// fields are the texts of an answer, as both terminals list them.
func fields(a review.Answer) []namedText {
	var out []namedText
	for _, f := range review.AnswerFields() {
		if f.Kind != review.Word && !f.Signature {
			out = append(out, namedText{f.Key, f.Text(a)})
		}
	}
	return out
}
