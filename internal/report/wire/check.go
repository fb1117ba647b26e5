package wire

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
)

// A checker collects the problems of a JSON report.
type checker struct{ problems []string }

func (c *checker) add(format string, args ...any) {
	if s := fmt.Sprintf(format, args...); !slices.Contains(c.problems, s) {
		c.problems = append(c.problems, s)
	}
}

// requireUnique adds an id to those seen, and a problem if it was seen before.
func requireUnique[T any](c *checker, where string, seen map[string]T, id string, value T) {
	if _, duplicate := seen[id]; duplicate {
		c.add("%s: duplicate id %s", where, id)
	}
	seen[id] = value
}

// requireKnown adds a problem unless the report defines an id, and reports whether it does.
func requireKnown[T any](c *checker, where, what string, seen map[string]T, id string) bool {
	_, ok := seen[id]
	if !ok {
		c.add("%s: the report has no %s %q", where, what, id)
	}
	return ok
}

// The keys whose values are ids, dates and numbers from 0 to 100.
var (
	idKeys = []string{
		"id", "practice", "question", "also_closes", "closed_by", "left", "practices", "pillar", "layer", "rated_by", "guidance",
		"findings", "layers", "left_out", "not_assessed", "pillars", "protected", "questions", "scenarios",
	}
	dateKeys  = []string{"as_of", "at", "deadline", "due", "expires", "vouched_until"}
	shareKeys = []string{"priority", "important", "urgent"}
)

// checkValues checks each value by itself: that enum values, ids and dates are valid, and
// that numbers are in range.
func (c *checker) checkValues(j *Report) {
	if j.AsOf == "" {
		c.add("as_of: must be a date such as 2026-12-31")
	}
	c.checkValue(reflect.ValueOf(j).Elem(), "", "")
}

func (c *checker) checkValue(v reflect.Value, path, key string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			c.checkValue(v.Elem(), path, key)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if name == "" { // embedded
				c.checkValue(v.Field(i), path, key)
				continue
			}
			c.checkValue(v.Field(i), strings.TrimPrefix(path+"."+name, "."), name)
		}
	case reflect.Slice:
		for i := range v.Len() {
			c.checkValue(v.Index(i), fmt.Sprintf("%s[%d]", path, i), key)
		}
	case reflect.String:
		c.checkText(v, path, key)
	case reflect.Int:
		if n := v.Int(); n < 0 && key != "days_left" {
			c.add("%s: %d is negative", path, n)
		} else {
			c.checkShare(float64(n), path, key)
		}
	case reflect.Float64:
		if f := v.Float(); f < 0 || f > 1e9 {
			c.add("%s: %g is out of range", path, f)
		} else {
			c.checkShare(f, path, key)
		}
	}
}

// checkShare checks a number from 0 to 100.
func (c *checker) checkShare(n float64, path, key string) {
	if n > 100 && slices.Contains(shareKeys, key) {
		c.add("%s: %g is not between 0 and 100", path, n)
	}
}

func (c *checker) checkText(v reflect.Value, path, key string) {
	s := v.String()
	words, fixed := v.Interface().(interface{ Values() []string })
	switch {
	case s == "":
	case fixed:
		if !slices.Contains(words.Values(), s) {
			c.add("%s: unknown value %q; known: %s", path, s, strings.Join(words.Values(), ", "))
		}
	case slices.Contains(dateKeys, key):
		if err := review.CheckDate(s, key == "at"); err != nil {
			c.add("%s: %v", path, err)
		}
	case strings.HasSuffix(key, "digest"):
		if strings.Trim(s, "0123456789abcdef") != "" {
			c.add("%s: %q is not a digest", path, s)
		}
	case slices.Contains(idKeys, key):
		if strings.ContainsFunc(s, notInID) {
			c.add("%s: %q is not an id", path, s)
		}
	}
}

func notInID(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("._-", r)
}
