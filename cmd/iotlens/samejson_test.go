package main

import (
	"bytes"
	"encoding/json"
	"reflect"

	"github.com/rogpeppe/go-internal/testscript"
)

// samejson FILE FILE wants two files to hold the same JSON value: the order of
// keys, blanks and escapes don't count, the spelling of numbers does.
func samejson(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: samejson FILE FILE")
	}
	value := func(file string) (v any) {
		dec := json.NewDecoder(bytes.NewReader([]byte(ts.ReadFile(file))))
		dec.UseNumber()
		ts.Check(dec.Decode(&v))
		return v
	}
	if reflect.DeepEqual(value(args[0]), value(args[1])) == neg {
		ts.Fatalf("%s and %s: the same JSON is %t", args[0], args[1], neg)
	}
}
