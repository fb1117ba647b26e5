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

// recordFlags are the flags that set the fields of a record: of an answer or a
// waiver, by the name of each field.
type recordFlags[T any] struct {
	flags  *pflag.FlagSet
	fields []review.Field[T]
}

// addRecordFlags adds a flag for each field that has a help text.
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

// changed reports whether the flag of a field was given; one that signs a record, as --by
// does, doesn't count.
func (r recordFlags[T]) changed(f review.Field[T]) bool {
	return r.flags.Changed(f.Key) && !f.Signature
}

// apply sets the fields whose flags were given, and says everything that is wrong
// with them. A date may be given as people say it today, YYYY-MM-DD.
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
		read := true
		for i, s := range values {
			said, err := parseField(f, s, today)
			if err != nil {
				errs = append(errs, err)
				read = f.Kind != review.KindDate
			}
			values[i] = said
		}
		if read {
			f.Set(record, values...)
		}
	}
	return errors.Join(errs...)
}

// parseField is a value of a field as its flag gave it; an empty one removes what there is.
func parseField[T any](f review.Field[T], s, today string) (string, error) {
	if f.Kind == review.KindDate && s != "" {
		day, err := dates.Parse(s, today)
		if err != nil {
			return "", fmt.Errorf("--%s: %w", f.Key, err)
		}
		return day, nil
	}
	if err := f.Check(s); s != "" && err != nil {
		return s, fmt.Errorf("--%w", err)
	}
	return s, nil
}

// datesHelp lists the ways to write a date, for the help of a command.
func datesHelp() string {
	var p text.Page
	p.Line("A date is written as people say it; one that has two readings is refused:")
	for _, f := range dates.Forms() {
		p.Wrapped("  ", "    ", f.Examples)
		if f.Meaning != "" {
			p.Wrapped("    ", "    ", f.Meaning)
		}
	}
	return strings.TrimSuffix(p.String(), "\n")
}
