// Package parquet writes tables as Parquet files, one row after the other in bounded
// memory: DuckDB, Spark, Trino and Athena read them. It is the only package that knows
// the library.
//
// Of parquet-go it uses the structs of the format, their encoding and the run-length
// encoding, and none of the writer above them, which would make the program larger by a
// third (docs/adr/0087-parquet-by-the-parts-of-a-library.md). What it writes is a small part of
// the format that every reader knows: a column is flat or a list of texts, texts are
// kept in dictionaries, pages are of version 1 and compressed with gzip.
//
// The same rows give the same bytes.
package parquet

import (
	"time"
)

// Kind is the type of the values of a column.
type Kind int

// The kinds. All but lists may have no value.
const (
	KindText   Kind = iota // UTF-8
	KindDay                // DATE
	KindCount              // 32 bits, signed
	KindNumber             // 64 bits, floating point
	KindFlag               // true or false
	KindList               // texts; an empty list has no values
)

// SQL is the type of a column in the words of DuckDB, Spark, Trino and Athena.
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

// A Value is a value of a row. The zero value is none.
type Value struct {
	set    bool
	text   string
	whole  int32
	number float64
	list   []string
}

// Text is a text; an empty one is no value.
func Text[S ~string](s S) Value { return Value{set: s != "", text: string(s)} }

// Day is the day of a date or of a time in RFC 3339, in UTC. What is neither is no value.
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

// Count is a whole number.
func Count(n int) Value { return Value{set: true, whole: int32(n)} } //nolint:gosec // counts of what a review has

// Number is a number; none where ok is false.
func Number(n float64, ok bool) Value { return Value{set: ok, number: n} }

// Flag is true or false.
func Flag(yes bool) Value {
	v := Value{set: true}
	if yes {
		v.whole = 1
	}
	return v
}

// List is a list of texts. The caller does not change it until the row is written.
func List(texts []string) Value { return Value{set: true, list: texts} }
