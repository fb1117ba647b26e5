package bank

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// digest is the SHA-256 of what a lens says, in hex. It depends on nothing else:
// not on the layout of the files, nor on fields of the program that the lens
// leaves empty.
func digest(l *lens.Lens) string {
	content := *l
	content.Digest = ""
	h := sha256.New()
	canonical(h, reflect.ValueOf(content))
	return hex.EncodeToString(h.Sum(nil))
}

// canonical writes a value so that two values are written alike only where they
// are equal: the fields of a struct by name, sorted, without the empty ones; a
// text with its length.
func canonical(w hash.Hash, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		put(w, "{")
		for _, i := range byName(v.Type()) {
			if f := v.Field(i); !f.IsZero() && (f.Kind() != reflect.Slice || f.Len() > 0) {
				put(w, name(v.Type().Field(i))+":")
				canonical(w, f)
			}
		}
		put(w, "}")
	case reflect.Slice:
		put(w, "[")
		for i := range v.Len() {
			canonical(w, v.Index(i))
		}
		put(w, "]")
	case reflect.String:
		put(w, strconv.Itoa(v.Len())+" "+v.String()+";")
	default:
		put(w, fmt.Sprint(v.Interface())+";")
	}
}

func put(w hash.Hash, text string) { w.Write([]byte(text)) }

// byName lists the fields of a struct in the order of their names.
func byName(t reflect.Type) []int {
	fields := make([]int, t.NumField())
	for i := range fields {
		fields[i] = i
	}
	slices.SortFunc(fields, func(a, b int) int { return cmp.Compare(name(t.Field(a)), name(t.Field(b))) })
	return fields
}

// name is the name of a field: that of the JSON of the lens, or of Go.
func name(f reflect.StructField) string {
	key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if key == "-" {
		return f.Name
	}
	return key
}
