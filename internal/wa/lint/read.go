package lint

import (
	"bytes"
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// The size limits of an import: 500,000 characters by the model of the API, 500 KB by the
// user guide.
const maxFile, maxFileBytes = 500_000, 500 << 10

// read reports the problems found by customlens.Read, and a file that is too large.
func (l *linter) read(problems customlens.Problems) {
	for _, p := range problems {
		l.garbled = l.garbled || codeOf(p.Class) == badEncoding || codeOf(p.Class) == badEscape
		f := l.report(codeOf(p.Class), p.At, "%s", p.Text)
		if f.Check.Fixable {
			f.Fix = l.fixJSON(p)
		}
	}
	if n := utf8.RuneCount(l.doc.Src); l.doc.Complete && (n > maxFile || len(l.doc.Src) > maxFileBytes) {
		l.report(tooLarge, jsonfile.Span{}, "the file has %d characters in %d KB; the maximum is %d characters in %d KB",
			n, len(l.doc.Src)>>10, maxFile, maxFileBytes>>10)
	}
}

func codeOf(c jsonfile.Class) string { return cmp.Or(codeByClass[c], badSyntax) }

var codeByClass = map[jsonfile.Class]string{
	jsonfile.ByteOrderMark: byteOrderMark,
	jsonfile.Encoding:      badEncoding,
	jsonfile.NotAValue:     badValue,
	jsonfile.BadNumber:     badValue,
	jsonfile.Comma:         badComma,
	jsonfile.Comment:       comment,
	jsonfile.Quotes:        badQuotes,
	jsonfile.ControlChar:   controlCharacter,
	jsonfile.Escape:        badEscape,
	jsonfile.Surrogate:     badEscape,
	jsonfile.RepeatedKey:   repeatedKey,
	jsonfile.Size:          tooLarge,
	customlens.WrongType:   wrongType,
}

// fixJSON returns the fix for a JSON error with only one possible meaning, or nil.
func (l *linter) fixJSON(p customlens.Problem) *SuggestedFix {
	src := string(l.doc.Src[p.At.From:p.At.To])
	switch p.Class {
	case jsonfile.ByteOrderMark:
		return &SuggestedFix{"removed the byte order mark", []Edit{{p.At, ""}}}
	case jsonfile.Comma:
		if src == "" {
			return &SuggestedFix{"added the missing comma", []Edit{{p.At, ","}}}
		}
		if l.doc.Src[p.At.From] == ',' && l.closes(p.At.To) {
			return &SuggestedFix{"removed the trailing comma", []Edit{{p.At, ""}}}
		}
	case jsonfile.ControlChar:
		to := p.At
		written := map[string]string{"\n": `\n`, "\r": `\r`, "\t": `\t`}[src]
		if src == "\r" && bytes.HasPrefix(l.doc.Src[to.To:], []byte("\n")) {
			to.To++
			written = `\n`
		}
		if written != "" {
			return &SuggestedFix{"escaped the line break or tab as " + written, []Edit{{to, written}}}
		}
	case jsonfile.RepeatedKey:
		in, ok := l.field(p.At.From)
		if !ok {
			return nil
		}
		key := in.object.Fields[in.index].Key
		earlier := in.index - 1
		for earlier >= 0 && in.object.Fields[earlier].Key != key {
			earlier--
		}
		if earlier >= 0 && equal(in.object.Fields[earlier].Value, in.object.Fields[in.index].Value) {
			return &SuggestedFix{"removed the first of two equal fields " + quoted(key), []Edit{remove(in.object, earlier)}}
		}
	}
	return nil
}

// closes reports whether the next character after white space closes an object or a list.
func (l *linter) closes(at int) bool {
	rest := bytes.TrimLeft(l.doc.Src[at:], " \t\r\n")
	return len(rest) > 0 && (rest[0] == '}' || rest[0] == ']')
}

// equal reports whether two values are valid and equal.
func equal(a, b *jsonfile.Node) bool {
	return a.Kind == b.Kind && a.Kind != jsonfile.Invalid && a.Text == b.Text &&
		slices.EqualFunc(a.Fields, b.Fields, func(f, g jsonfile.Field) bool { return f.Key == g.Key && equal(f.Value, g.Value) }) &&
		slices.EqualFunc(a.Items, b.Items, equal)
}
