package policy

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// keyedParts has the parts of the lens that can have settings of their own, by their key in
// the file.
var keyedParts = map[string]struct {
	name string // of one of them, for messages
	ids  func(*lens.Lens) []string
}{
	"pillars":   {"pillar", (*lens.Lens).PillarIDs},
	"layers":    {"layer", (*lens.Lens).LayerIDs},
	"practices": {"best practice", (*lens.Lens).PracticeIDs},
}

// typeOf is the type of the setting with a key, such as fail_on or pillars.security.fail_on.
func typeOf(key string) reflect.Type {
	t := reflect.TypeFor[File]()
	if part, _, ok := strings.Cut(key, "."); ok {
		if t = yamlfile.FieldByKey(t, part).Type; t.Kind() == reflect.Map {
			t = t.Elem()
		}
	}
	return yamlfile.FieldByKey(t, lastKeyPart(key)).Type
}

// lastKeyPart is the part of a key after its last dot.
func lastKeyPart(key string) string { return key[strings.LastIndexByte(key, '.')+1:] }

// parseText parses the value of a setting from the text of a flag or a variable.
func parseText(key, text string, l *lens.Lens) (any, []error) {
	switch t := typeOf(key); t.Kind() {
	case reflect.Bool:
		yes, err := strconv.ParseBool(strings.TrimSpace(text))
		if err != nil {
			return nil, []error{fmt.Errorf("%s must be true or false, not %s", lastKeyPart(key), text)}
		}
		return yes, nil
	case reflect.Pointer: // to a number
		if t.Elem().Kind() == reflect.Int {
			days, err := strconv.Atoi(strings.TrimSpace(text))
			if err != nil || days < 1 {
				return nil, []error{fmt.Errorf("%s must be a number of days, 1 or more, not %s", lastKeyPart(key), text)}
			}
			return days, nil
		}
		p, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil || !percentage(p) {
			return nil, []error{fmt.Errorf("%s must be a percentage from 0 to 100, not %s", lastKeyPart(key), text)}
		}
		return p, nil
	case reflect.Slice:
		if t == reflect.TypeFor[NameList]() {
			list := names(text)
			if len(list) == 0 {
				return nil, []error{fmt.Errorf("%s is empty; give at least one name", lastKeyPart(key))}
			}
			return list, nil
		}
		return practiceIDs(key, text, l)
	default:
		words, fixed := reflect.Zero(t).Interface().(yamlfile.Enum)
		if fixed && !slices.Contains(words.Values(), text) {
			return text, []error{errors.New(suggest.Unknown(lastKeyPart(key), text, words.Values()))}
		}
		return text, nil
	}
}

func percentage(p float64) bool { return p >= 0 && p <= 100 }

// names parses a list of names, separated by commas.
func names(text string) (out []string) {
	for name := range strings.SplitSeq(text, ",") {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// practiceIDs parses a list of ids, separated by commas or blanks.
func practiceIDs(key, text string, l *lens.Lens) (ids []string, errs []error) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		p, ok := l.Practice(word)
		switch {
		case !ok:
			errs = append(errs, fmt.Errorf("unknown best practice %q in %s%s", word, key, suggest.DidYouMean(word, l.PracticeIDs())))
		case !slices.Contains(ids, p.ID):
			ids = append(ids, p.ID)
		}
	}
	return ids, errs
}
