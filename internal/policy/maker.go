package policy

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/suggest"
)

// maker reads the texts of settings and gathers what is wrong with them.
type maker struct {
	lens   *lens.Lens
	policy *Policy
	errs   []error
}

func (m *maker) say(from, format string, args ...any) {
	m.errs = append(m.errs, fmt.Errorf("%s: "+format, append([]any{from}, args...)...))
}

func (m *maker) err() error { return errors.Join(m.errs...) }

func (m *maker) word(s Setting, known []string) string {
	if !slices.Contains(known, s.Value) {
		m.say(s.From, "%s", suggest.Unknown(last(s.Key), s.Value, known))
	}
	return s.Value
}

func last(key string) string { return key[strings.LastIndexByte(key, '.')+1:] }

func (m *maker) percent(s Setting) float64 {
	p, err := strconv.ParseFloat(strings.TrimSpace(s.Value), 64)
	if err != nil || !(p >= 0 && p <= 100) {
		m.say(s.From, "%s is a percentage, 0 to 100, not %s", last(s.Key), s.Value)
		return 0
	}
	return p
}

// practices reads a list of ids, separated by commas.
func (m *maker) practices(s Setting) []string {
	var out []string
	known := m.lens.PracticeIDs()
	for _, word := range strings.FieldsFunc(s.Value, func(r rune) bool { return r == ',' || r == ' ' }) {
		p, ok := m.lens.Practice(word)
		if !ok {
			m.say(s.From, "unknown best practice %q in %s%s", word, s.Key, suggest.DidYouMean(word, known))
			continue
		}
		if id := p.ID; !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}
