package review

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// A Field describes one field of a record of type T: an answer, a waiver or a parked topic.
// Everything that works on all fields of a record uses the tables below, so that a new
// field is added in one place: comparison, merge, history, checks, screens, flags, tables,
// notes for the WA Tool.
type Field[T any] struct {
	Key            string // in the review file and in JSON, and name of its column and flag
	Help           string // for the help of its flag; empty if it has no flag
	Kind           FieldKind
	Required       bool   // a record without it does not load
	Signature      bool   // says who recorded it, or when; not part of the content
	TableColumn    bool   // can be edited in a spreadsheet
	InWANotes      bool   // is exported into the notes of the WA Tool
	OnlyWithStatus Status // only valid with this status; empty for any

	index []int // in the struct, see reflect.Value.FieldByIndex
}

// FieldKind is the kind of value of a field, which decides how it is checked.
type FieldKind int

// The kinds of a field.
const (
	KindText   FieldKind = iota
	KindStatus           // a Status
	KindExtent           // few, half, most, or a percentage
	KindDate             // YYYY-MM-DD
	KindTime             // YYYY-MM-DD, or RFC 3339 in UTC
	KindList             // a list of texts
)

var answerFields = withIndexes([]Field[Answer]{
	{Key: "status", Kind: KindStatus, TableColumn: true},
	{Key: "reason", Help: "why the best practice does not apply; required with not_applicable", TableColumn: true, InWANotes: true, OnlyWithStatus: NotApplicable},
	{Key: "extent", Help: "how much of the fleet is covered, with partially_implemented: " + ExtentSyntax, Kind: KindExtent, TableColumn: true, InWANotes: true, OnlyWithStatus: PartiallyImplemented},
	{Key: "note", Help: "note on the answer", TableColumn: true, InWANotes: true},
	{Key: "evidence", Help: "evidence that was shown: a link, a path or a record (repeatable)", Kind: KindList, TableColumn: true, InWANotes: true},
	{Key: "owner", Help: "who closes the gap", TableColumn: true, InWANotes: true},
	{Key: "due", Help: "date by which the owner closes the gap", Kind: KindDate, TableColumn: true, InWANotes: true},
	{Key: "deadline", Help: "date on which the gap takes effect (a certificate expires, a law applies)", Kind: KindDate, TableColumn: true, InWANotes: true},
	{Key: "by", Help: "who answers", Signature: true},
	{Key: "at", Kind: KindTime, Signature: true},
	{Key: "template", InWANotes: true, Signature: true},
	{Key: "vouched_by", InWANotes: true, Signature: true},
	{Key: "vouched_until", Kind: KindDate, InWANotes: true, Signature: true},
})

var waiverFields = withIndexes([]Field[Waiver]{
	{Key: "practice"},
	{Key: "owner", Help: "who carries the risk", Required: true},
	{Key: "approver", Help: "who accepts the risk", Required: true},
	{Key: "reason", Help: "why the risk is accepted", Required: true},
	{Key: "control", Help: "compensating control"},
	{Key: "expires", Help: "first day on which the waiver no longer applies", Kind: KindDate, Required: true},
	{Key: "by", Help: "who records the waiver", Signature: true},
	{Key: "at", Kind: KindTime, Signature: true},
})

var topicFields = withIndexes([]Field[Topic]{
	{Key: "topic"},
	{Key: "practice"},
	{Key: "owner"},
	{Key: "by", Signature: true},
	{Key: "at", Kind: KindTime, Signature: true},
})

// AnswerFields lists the fields of an answer in the order in which people read them,
// without the history. The caller must not change the list.
func AnswerFields() []Field[Answer] { return answerFields }

// WaiverFields lists the fields of a waiver. The caller must not change the list.
func WaiverFields() []Field[Waiver] { return waiverFields }

// TopicFields lists the fields of a parked topic. The caller must not change the list.
func TopicFields() []Field[Topic] { return topicFields }

// withIndexes sets the index of each field by its YAML key.
func withIndexes[T any](fields []Field[T]) []Field[T] {
	for i := range fields {
		fields[i].index = yamlfile.FieldByKey(reflect.TypeFor[T](), fields[i].Key).Index
	}
	return fields
}

// value returns the field of a record: a string or []string.
func (f Field[T]) value(v *T) reflect.Value { return reflect.ValueOf(v).Elem().FieldByIndex(f.index) }

// Values returns the values of the field in v: none if it is empty, one for a text. The
// caller must not change the list.
func (f Field[T]) Values(v T) []string { return f.values(&v) }

func (f Field[T]) values(v *T) []string {
	switch field := f.value(v); {
	case field.IsZero():
		return nil
	case f.Kind == KindList:
		list, _ := field.Interface().([]string)
		return list
	default:
		return []string{field.String()}
	}
}

// Text returns the field in v as text for people: a status in words, a list separated by
// semicolons.
func (f Field[T]) Text(v T) string {
	if f.Kind == KindStatus {
		return Status(f.value(&v).String()).Words()
	}
	return strings.Join(f.Values(v), "; ")
}

// Set sets the field of v; several values of a text field become its lines.
func (f Field[T]) Set(v *T, values ...string) {
	if f.Kind == KindList {
		f.value(v).Set(reflect.ValueOf(slices.Clone(values)))
		return
	}
	f.value(v).SetString(strings.Join(values, "\n"))
}

// Check returns why a file with this value of the field would not load: an invalid date or
// extent, or a control character.
func (f Field[T]) Check(value string) error {
	if !utf8.ValidString(value) || text.IndexControl(value) >= 0 {
		return fieldError{f.Key, f.Key + " contains a control character"}
	}
	var err error
	switch f.Kind {
	case KindDate, KindTime:
		err = CheckDate(value, f.Kind == KindTime)
	case KindExtent:
		_, err = ParseExtent(value)
	}
	if err != nil {
		return fieldError{f.Key, f.Key + ": " + err.Error()}
	}
	return nil
}

// differingFields lists the fields, without the signature, whose values differ.
func differingFields[T any](fields []Field[T], a, b T) []Field[T] {
	return slices.DeleteFunc(slices.Clone(fields), func(f Field[T]) bool { return f.Signature || slices.Equal(f.Values(a), f.Values(b)) })
}

// A fieldError is a problem of one field of a record.
type fieldError struct{ key, text string }

func (e fieldError) Error() string { return e.text }

// checkFields checks each field of v by itself and joins the errors with errs.
func checkFields[T any](errs []error, fields []Field[T], v T) error {
	for _, f := range fields {
		for _, s := range f.values(&v) {
			if err := f.Check(s); err != nil {
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(errs...)
}
