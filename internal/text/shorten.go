package text

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Shorten cuts text to at most so many characters: at the end of a sentence if one ends in
// the second half, otherwise after a word, followed by "...".
func Shorten(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	runes := []rune(s)
	head := string(runes[:most])
	if end := SentenceEnd(s, len(head)); end >= len(head)/2 && end > 0 {
		return s[:end]
	}
	room := max(most-len("..."), 0)
	if words := string(runes[:room+1]); strings.LastIndexAny(words, " \n\t") > 0 {
		return strings.TrimRight(words[:strings.LastIndexAny(words, " \n\t")], " \n\t,;:") + "..."
	}
	return string(runes[:room]) + "..."
}

// SentenceEnd returns the offset after the last sentence that ends within the first bytes of
// a text, or 0. The dot of a numbered step, as in "3. Do this", does not end a sentence.
func SentenceEnd(s string, within int) int {
	for end := within; end > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:end])
		switch {
		case strings.ContainsRune("。！？", r):
			return end // no blank follows in these languages
		case strings.ContainsRune(".!?", r) && (end == len(s) || strings.IndexAny(s[end:], " \n\t") == 0) && !endsInNumber(s[:end]):
			return end
		}
		end -= size
	}
	return 0
}

// endsInNumber reports whether the last line of a text is the number of a step, as "3.".
func endsInNumber(s string) bool {
	line, dot := strings.CutSuffix(s[strings.LastIndexByte(s, '\n')+1:], ".")
	return dot && line != "" && strings.Trim(line, "0123456789") == ""
}

// UTF16Len returns the length of a text in UTF-16 code units. Services and spreadsheets may
// count this way, and no other way gives a larger number of characters.
func UTF16Len(s string) int { return len(utf16.Encode([]rune(s))) }

// TruncateUTF16 returns the longest prefix of a text with at most so many UTF-16 code units.
func TruncateUTF16(s string, units int) string {
	for i, r := range s {
		if units -= utf16.RuneLen(r); units < 0 {
			return s[:i]
		}
	}
	return s
}

// StripControl removes control characters, and converts line breaks to \n.
func StripControl(s string) string {
	return strings.Map(func(r rune) rune {
		if IsControl(r) {
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}

// Decode returns the text of a file in UTF-8, or in UTF-16 with a byte order mark as Windows
// PowerShell and Excel write it. The mark is removed.
func Decode(data []byte) string {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		order = binary.BigEndian
	default:
		return string(bytes.TrimPrefix(data, []byte("\uFEFF")))
	}
	units := make([]uint16, len(data)/2-1)
	for i := range units {
		units[i] = order.Uint16(data[2*i+2:])
	}
	return string(utf16.Decode(units))
}
