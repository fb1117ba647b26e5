package lint

// JSON: without it nothing can be imported.
var (
	badSyntax = &Check{
		Code: "WA001", Name: "json-syntax", Severity: Error,
		Summary: "The file is not JSON",
		Why: "Something stands where JSON can't have it, so that the file ends here for every reader. " +
			"Where reading could not go on, only what stands before it was looked at: mend it and run lint again.",
	}
	byteOrderMark = &Check{
		Code: "WA002", Name: "byte-order-mark", Severity: Error, Mends: true,
		Summary: "A byte order mark stands before the JSON",
		Why: "Some editors write three invisible bytes before a file in UTF-8. JSON forbids them, and readers differ in " +
			"whether they forgive it. Save the file as UTF-8 without a byte order mark.",
	}
	badEncoding = &Check{
		Code: "WA003", Name: "encoding", Severity: Error,
		Summary: "The file is not in UTF-8",
		Why: "JSON is UTF-8. A file saved as Latin-1, Windows-1252 or UTF-16 is refused, or its letters arrive as others. " +
			"Save it as UTF-8; which letters were meant, no program can tell.",
	}
	notAValue = &Check{
		Code: "WA004", Name: "no-json-value", Severity: Error,
		Summary: "NaN, None or another word that JSON doesn't know stands for a value",
		Why: "JSON knows texts in double quotes, numbers, true, false and null. NaN is what a spreadsheet library writes for an " +
			"empty cell, None and True come from Python. Python reads NaN back, most other programs refuse the file. " +
			"Write what was meant.",
	}
	badComma = &Check{
		Code: "WA005", Name: "comma", Severity: Error, Mends: true,
		Summary: "A comma is missing or stands where nothing follows",
		Why: "JSON has one comma between two values and none after the last. A comma with nothing before it is left to you, since " +
			"a value may be missing there.",
	}
	comment = &Check{
		Code: "WA006", Name: "comment", Severity: Error,
		Summary: "JSON has no comments",
		Why: "Readers refuse a file with // or /* */ in it. Keep remarks in a field of your own, such as _note: the import " +
			"ignores fields that it doesn't know.",
	}
	badQuotes = &Check{
		Code: "WA007", Name: "quotes", Severity: Error,
		Summary: "Double quotes are missing around a key or a text",
		Why:     "Keys and texts stand in double quotes in JSON, never in single ones.",
	}
	controlCharacter = &Check{
		Code: "WA008", Name: "control-character", Severity: Error, Mends: true,
		Summary: "A line break, tab or control character stands inside a text",
		Why:     "Inside a text a line break is written \\n and a tab \\t. Pasted text brings them in as they are.",
	}
	badEscape = &Check{
		Code: "WA009", Name: "escape", Severity: Error,
		Summary: "A backslash begins no escape that JSON knows, or half a character",
		Why: "After a backslash JSON knows \" \\ / b f n r t and u with four hexadecimal digits. A character beyond U+FFFF takes " +
			"two of the latter; one alone is half a character, which readers drop, replace or refuse.",
	}
	repeatedKey = &Check{
		Code: "WA010", Name: "repeated-key", Severity: Error, Mends: true,
		Summary: "A key stands twice in one object",
		Why: "Most readers keep the last and drop the first without a word, some the other way round, some refuse the file. " +
			"Remove the one that isn't meant. --fix removes the first where both say the same.",
	}
	tooLarge = &Check{
		Code: "WA011", Name: "file-size", Severity: Error,
		Summary: "The file is larger than AWS takes",
		Why: "An import takes up to 500,000 characters. Shorten improvement plans, drop what the format doesn't know, or make two " +
			"lenses of one.",
	}
)

var checksOfJSON = []*Check{
	badSyntax, byteOrderMark, badEncoding, notAValue, badComma, comment, badQuotes, controlCharacter, badEscape, repeatedKey, tooLarge,
}
