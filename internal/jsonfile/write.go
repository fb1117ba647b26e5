package jsonfile

import (
	"encoding/json"
	"io"
)

// Write writes a value as indented JSON with a line break at the end. Markup in
// strings stays readable: what is written is a file, not part of a page.
func Write(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
