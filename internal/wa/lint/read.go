package lint

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// maxFile is what an import takes: 500,000 characters by the model of the API,
// 500 KB by the user guide.
const maxFile, maxFileBytes = 500_000, 500 << 10

// read turns what keeps a file from being read into findings.
func (l *linter) read(problems customlens.Problems) {
	for _, p := range problems {
		l.garbled = l.garbled || checkOf(p.Class) == badEncoding || checkOf(p.Class) == badEscape
		f := l.find(checkOf(p.Class), p.At, "%s", p.Text)
		if f.Check.Mends {
			f.Mend = l.mendJSON(p)
		}
	}
	if n := utf8.RuneCount(l.doc.Src); l.doc.Whole && (n > maxFile || len(l.doc.Src) > maxFileBytes) {
		l.find(tooLarge, jsonfile.Span{}, "the file has %d characters in %d KB; AWS takes %d characters in %d KB",
			n, len(l.doc.Src)>>10, maxFile, maxFileBytes>>10)
	}
}

func checkOf(c jsonfile.Class) *Check {
	switch c {
	case jsonfile.ByteOrderMark:
		return byteOrderMark
	case jsonfile.Encoding:
		return badEncoding
	case jsonfile.NotAValue, jsonfile.BadNumber:
		return notAValue
	case jsonfile.Comma:
		return badComma
	case jsonfile.Comment:
		return comment
	case jsonfile.Quotes:
		return badQuotes
	case jsonfile.ControlChar:
		return controlCharacter
	case jsonfile.Escape, jsonfile.Surrogate:
		return badEscape
	case jsonfile.RepeatedKey:
		return repeatedKey
	case jsonfile.Size:
		return tooLarge
	case customlens.WrongType:
		return wrongType
	}
	return badSyntax
}

// mendJSON knows which mistakes can only have been meant in one way.
func (l *linter) mendJSON(p customlens.Problem) *Mend {
	src := string(l.doc.Src[p.At.From:p.At.To])
	switch p.Class {
	case jsonfile.ByteOrderMark:
		return &Mend{"removed the byte order mark", []Edit{{p.At, ""}}}
	case jsonfile.Comma:
		if src == "" {
			return &Mend{"put in the missing comma", []Edit{{p.At, ","}}}
		}
		if l.doc.Src[p.At.From] == ',' && l.closes(p.At.To) {
			return &Mend{"removed the comma that nothing follows", []Edit{{p.At, ""}}}
		}
	case jsonfile.ControlChar:
		to := p.At
		written := map[string]string{"\n": `\n`, "\r": `\r`, "\t": `\t`}[src]
		if src == "\r" && bytes.HasPrefix(l.doc.Src[to.To:], []byte("\n")) {
			to.To++
			written = `\n`
		}
		if written != "" {
			return &Mend{"wrote the line break or tab as " + written, []Edit{{to, written}}}
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
		if earlier >= 0 && same(in.object.Fields[earlier].Value, in.object.Fields[in.index].Value) {
			return &Mend{"removed the first of two equal fields " + quoted(key), []Edit{remove(in.object, earlier)}}
		}
	}
	return nil
}

// closes tells whether an object or a list is closed at an offset, blanks left
// out.
func (l *linter) closes(at int) bool {
	for _, c := range l.doc.Src[at:] {
		switch c {
		case ' ', '\t', '\r', '\n':
		default:
			return c == '}' || c == ']'
		}
	}
	return false
}

// same tells whether two values are equal and sound.
func same(a, b *jsonfile.Node) bool {
	return a.Kind == b.Kind && a.Kind != jsonfile.Broken && a.Text == b.Text &&
		slices.EqualFunc(a.Fields, b.Fields, func(f, g jsonfile.Field) bool { return f.Key == g.Key && same(f.Value, g.Value) }) &&
		slices.EqualFunc(a.Items, b.Items, same)
}
