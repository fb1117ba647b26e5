package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/dates"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// recordFlags are the flags that set the fields of a record, an answer or a waiver. Each
// flag has the name of its field.
type recordFlags[T any] struct {
	flags  *pflag.FlagSet
	fields []review.Field[T]
}

// addRecordFlags adds a flag for each field with a help text.
func addRecordFlags[T any](c *cobra.Command, fields []review.Field[T]) recordFlags[T] {
	r := recordFlags[T]{flags: c.Flags()}
	for _, f := range fields {
		if f.Help == "" {
			continue
		}
		about := f.Help
		if f.Kind == review.KindDate {
			about += ": " + dates.Examples
		}
		if f.Required {
			about += " (required)"
		}
		r.fields = append(r.fields, f)
		if f.Kind == review.KindList {
			r.flags.StringArray(f.Key, nil, about)
		} else {
			r.flags.String(f.Key, "", about)
		}
	}
	return r
}

// changed reports whether the flag of a field was given. Flags that only sign the record,
// such as --by, do not count.
func (r recordFlags[T]) changed(f review.Field[T]) bool {
	return r.flags.Changed(f.Key) && !f.Signature
}

// apply sets the fields whose flags were given, and returns all problems with them. today,
// as YYYY-MM-DD, is what relative dates refer to.
func (r recordFlags[T]) apply(record *T, today string) error {
	var errs []error
	for _, f := range r.fields {
		if !r.flags.Changed(f.Key) {
			continue
		}
		values := []string{r.flags.Lookup(f.Key).Value.String()}
		if f.Kind == review.KindList {
			values, _ = r.flags.GetStringArray(f.Key)
		}
		valid := true
		for i, s := range values {
			value, err := parseField(f, s, today)
			if err != nil {
				errs = append(errs, err)
				valid = f.Kind != review.KindDate
			}
			values[i] = value
		}
		if valid {
			f.Set(record, values...)
		}
	}
	return errors.Join(errs...)
}

// parseField parses the value of a flag. An empty value removes the value of the field.
func parseField[T any](f review.Field[T], s, today string) (string, error) {
	if f.Kind == review.KindDate && s != "" {
		return parseDay(f.Key, s, today)
	}
	if err := f.Check(s); s != "" && err != nil {
		return s, fmt.Errorf("--%w", err)
	}
	return s, nil
}

// datesHelp describes how to write a date, for the help of a command.
func datesHelp() string {
	var p text.Page
	p.Line("Dates can be written in these ways; an ambiguous date is refused:")
	for _, f := range dates.Forms() {
		p.Wrapped("  ", "    ", f.Examples)
		if f.Meaning != "" {
			p.Wrapped("    ", "    ", f.Meaning)
		}
	}
	return strings.TrimSuffix(p.String(), "\n")
}
