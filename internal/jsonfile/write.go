package jsonfile

import (
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

// Write writes a value as indented JSON with a line break at the end. A list that is
// nil is an empty list: programs need not tell the two apart. Markup in strings stays
// readable: what is written is a file, not part of a page.
func Write(w io.Writer, v any) error {
	e := jsontext.NewEncoder(w, jsonv1.DefaultOptionsV1(), json.FormatNilSliceAsNull(false),
		jsontext.EscapeForHTML(false), jsontext.WithIndent("  "))
	return json.MarshalEncode(e, v)
}
