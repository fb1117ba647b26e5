package lint

// Mistakes in the JSON itself: such a file cannot be imported.
var (
	badSyntax = &Check{
		Code: "WA001", Name: "json-syntax", Severity: Error,
		Summary: "The file is not valid JSON",
		Why: "The file has a syntax error, at which other readers of JSON stop. " +
			"Where lint could not read on either, only the text before it was checked: fix it and run lint again.",
	}
	byteOrderMark = &Check{
		Code: "WA002", Name: "byte-order-mark", Severity: Error, Fixable: true,
		Summary: "The file starts with a byte order mark",
		Why: "Some editors write three invisible bytes before a file in UTF-8. JSON forbids them, and only some readers " +
			"accept them. Save the file as UTF-8 without a byte order mark.",
	}
	badEncoding = &Check{
		Code: "WA003", Name: "encoding", Severity: Error,
		Summary: "The file is not in UTF-8",
		Why: "JSON is UTF-8. A file saved as Latin-1, Windows-1252 or UTF-16 is refused, or its letters are read as others. " +
			"Save it as UTF-8; lint cannot tell which letters were meant.",
	}
	badValue = &Check{
		Code: "WA004", Name: "invalid-value", Severity: Error,
		Summary: "NaN, None or another word that is not a JSON value",
		Why: "JSON has strings in double quotes, numbers, true, false and null. Spreadsheet libraries write NaN for an " +
			"empty cell; None and True come from Python. Python reads NaN, most other programs refuse the file.",
	}
	badComma = &Check{
		Code: "WA005", Name: "comma", Severity: Error, Fixable: true,
		Summary: "A comma is missing, or there is one too many",
		Why: "JSON has one comma between two values and none after the last. --fix leaves a comma with nothing before it, since " +
			"a value may be missing there.",
	}
	comment = &Check{
		Code: "WA006", Name: "comment", Severity: Error,
		Summary: "JSON has no comments",
		Why: "Readers refuse a file with // or /* */ in it. Keep remarks in a field of your own, such as _note: the import " +
			"ignores unknown fields.",
	}
	badQuotes = &Check{
		Code: "WA007", Name: "quotes", Severity: Error,
		Summary: "A key or a string is not in double quotes",
		Why:     "JSON needs double quotes around keys and strings, not single quotes.",
	}
	controlCharacter = &Check{
		Code: "WA008", Name: "control-character", Severity: Error, Fixable: true,
		Summary: "A string contains a line break, a tab or another control character",
		Why:     "Inside a string a line break is written \\n and a tab \\t. Pasted text contains them unescaped.",
	}
	badEscape = &Check{
		Code: "WA009", Name: "escape", Severity: Error,
		Summary: "Invalid escape sequence",
		Why: "JSON allows \" \\ / b f n r t after a backslash, and u with four hexadecimal digits. A character beyond U+FFFF takes " +
			"two of the latter, a surrogate pair; readers drop, replace or refuse one half alone.",
	}
	repeatedKey = &Check{
		Code: "WA010", Name: "duplicate-key", Severity: Error, Fixable: true,
		Summary: "An object has a key twice",
		Why: "Most readers keep the last and ignore the first, some the other way round, some refuse the file. " +
			"Remove the wrong one. --fix removes the first where both have the same value.",
	}
	tooLarge = &Check{
		Code: "WA011", Name: "file-size", Severity: Error,
		Summary: "The file is larger than AWS allows",
		Why: "An import takes up to 500,000 characters. Shorten improvement plans, remove unknown fields, or split the " +
			"lens in two.",
	}
)

var checksOfJSON = []*Check{
	badSyntax, byteOrderMark, badEncoding, badValue, badComma, comment, badQuotes, controlCharacter, badEscape, repeatedKey, tooLarge,
}
