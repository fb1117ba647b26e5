package jsonfile

import (
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

// Write writes a value as indented JSON with a final newline. Nil lists are written as empty
// lists. Unlike encoding/json, it does not escape < > & in strings.
func Write(w io.Writer, v any) error {
	e := jsontext.NewEncoder(w, jsonv1.DefaultOptionsV1(), json.FormatNilSliceAsNull(false),
		jsontext.EscapeForHTML(false), jsontext.WithIndent("  "))
	return json.MarshalEncode(e, v)
}
