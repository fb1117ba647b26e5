package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// recordFlags are the flags that set the fields of a record: of an answer or a
// waiver, by the name of each field.
type recordFlags[T any] struct {
	flags  *pflag.FlagSet
	fields []review.Field[T]
	values map[string]*[]string
}

// flagsOf adds a flag for each field that has a help text.
func flagsOf[T any](c *cobra.Command, fields []review.Field[T]) recordFlags[T] {
	r := recordFlags[T]{flags: c.Flags(), values: map[string]*[]string{}}
	for _, f := range fields {
		if f.About == "" {
			continue
		}
		about := f.About
		if f.Required {
			about += " (required)"
		}
		r.fields = append(r.fields, f)
		r.values[f.Key] = new([]string)
		if f.Kind == review.List {
			r.flags.StringArrayVar(r.values[f.Key], f.Key, nil, about)
		} else {
			r.flags.Var(textValue{r.values[f.Key]}, f.Key, about)
		}
	}
	return r
}

// textValue is a flag for one text, which may be given again to replace it.
type textValue struct{ values *[]string }

func (t textValue) Set(s string) error { *t.values = []string{s}; return nil }
func (t textValue) Type() string       { return "string" }
func (t textValue) String() string {
	if t.values == nil {
		return ""
	}
	return strings.Join(*t.values, "")
}

// given lists the flags that were given, but for those that sign a record.
func (r recordFlags[T]) given() []string {
	var out []string
	for _, f := range r.fields {
		if r.flags.Changed(f.Key) && !f.Signature {
			out = append(out, f.Key)
		}
	}
	return out
}

// put sets the fields whose flags were given, and says everything that is wrong
// with them.
func (r recordFlags[T]) put(record *T) error {
	var errs []error
	for _, f := range r.fields {
		if !r.flags.Changed(f.Key) {
			continue
		}
		values := *r.values[f.Key]
		for _, s := range values {
			if err := f.Check(s); s != "" && err != nil {
				errs = append(errs, fmt.Errorf("--%w", err))
			}
		}
		f.Set(record, values...)
	}
	return errors.Join(errs...)
}
