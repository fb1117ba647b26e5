// Package parquet writes tables as Parquet files, row by row in bounded memory. DuckDB,
// Spark, Trino and Athena read them. The same rows give the same bytes.
//
// It uses the structs of the format, their encoding and the run-length encoding of
// parquet-go, but not its writer, which would make the program larger by a third
// (docs/adr/0087-parquet-by-the-parts-of-a-library.md). It writes a small part of the format
// that every reader supports: a column is flat or a list of strings, strings are in
// dictionaries, and pages have version 1 and are compressed with gzip.
package parquet

import (
	"time"
)

// Kind is the type of the values of a column.
type Kind int

// The kinds. All are nullable except KindList.
const (
	KindText   Kind = iota // UTF-8
	KindDay                // DATE
	KindCount              // 32 bits, signed
	KindNumber             // 64 bits, floating point
	KindFlag               // true or false
	KindList               // texts; an empty list has no values
)

// SQL returns the type of a column in the SQL of Spark and Athena.
func (k Kind) SQL() string {
	return [...]string{"string", "date", "int", "double", "boolean", "array<string>"}[k]
}

// A Column of a table of T has a name, what its values are, and the value of a row.
type Column[T any] struct {
	Name    string
	Kind    Kind
	Comment string // one phrase, without a full stop
	Value   func(T) Value
}

// A Value is a value of a row. The zero value is null.
type Value struct {
	set    bool
	text   string
	whole  int32
	number float64
	list   []string
}

// Text returns a string; an empty one is null.
func Text[S ~string](s S) Value { return Value{set: s != "", text: string(s)} }

// Day returns the day, in UTC, of a date (YYYY-MM-DD) or a time in RFC 3339. Any other string
// is null.
func Day(s string) Value {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		if t, err = time.Parse(time.RFC3339, s); err != nil {
			return Value{}
		}
	}
	days := t.UTC().Unix() / secondsOfDay
	if t.UTC().Unix()%secondsOfDay < 0 {
		days--
	}
	return Value{set: true, whole: int32(days)} //nolint:gosec // years of four digits
}

const secondsOfDay = 24 * 60 * 60

// Count returns a whole number.
func Count(n int) Value { return Value{set: true, whole: int32(n)} } //nolint:gosec // counts of what a review has

// Number returns a number, or null if ok is false.
func Number(n float64, ok bool) Value { return Value{set: ok, number: n} }

// Flag returns a boolean.
func Flag(yes bool) Value {
	v := Value{set: true}
	if yes {
		v.whole = 1
	}
	return v
}

// List returns a list of strings. The caller must not change it until the row is written.
func List(texts []string) Value { return Value{set: true, list: texts} }
