package lint

// Fields: which there must be, and what they can hold.
var (
	wrongType = &Check{
		Code: "WA020", Name: "wrong-type", Severity: Error,
		Summary: "A value is of another type than the format wants",
		Why:     "For example a number or null where a text is wanted, or one object where a list of them is.",
	}
	missing = &Check{
		Code: "WA021", Name: "missing-field", Severity: Error,
		Summary: "A field that must be there is missing",
		Why: "A lens needs schemaVersion, name, description and pillars; a pillar id, name and questions; a question id, title, " +
			"choices and riskRules; a choice id and title; a rule condition and risk.",
	}
	empty = &Check{
		Code: "WA022", Name: "empty-field", Severity: Error,
		Summary: "A field that must say something is empty",
		Why:     "A text without a character, or a list without an element, counts as missing.",
	}
	misspelt = &Check{
		Code: "WA023", Name: "misspelt-field", Severity: Warning, Mends: true,
		Summary: "A field that the format doesn't know is spelt almost like one that it knows",
		Why: "The import ignores fields that it doesn't know, so the value is lost without a word: a link under Url is no link. " +
			"--fix puts it right where only the case differs.",
	}
	unknown = &Check{
		Code: "WA024", Name: "unknown-field", Severity: Note,
		Summary: "The format doesn't know this field",
		Why: "The import ignores it. Published lenses keep versions and authors in such fields (_version, _teams). An import into " +
			"iotlens and the export from it keep them, too.",
	}
	badVersion = &Check{
		Code: "WA025", Name: "schema-version", Severity: Error,
		Summary: "The schema version is not the one that there is",
		Why:     `The only version is "2021-11-01". It is that of the format, not that of your lens.`,
	}
	tooLong = &Check{
		Code: "WA026", Name: "too-long", Severity: Error,
		Summary: "A text is longer than AWS takes",
		Why: "Names and titles take up to 128 characters; descriptions and the texts of resources and improvement plans up to 2,048. " +
			"The import names one such field at a time.",
	}
	refused = &Check{
		Code: "WA027", Name: "refused-character", Severity: Error, Mends: true,
		Summary: "A name, title or description has a character that AWS refuses there",
		Why: "The names of lens and pillars, their descriptions, and the titles and descriptions of questions and choices take " +
			"letters without accents, digits, blanks, line breaks and - _ . , : / ( ) @ ! & # + ' ? and the curly apostrophe. " +
			"The user guide doesn't say so; the import refuses anything else, for example ; % \" [ ] and accents. Texts of " +
			"resources and improvement plans take any character. --fix writes a plain blank where no-break spaces are all that is wrong.",
	}
	tooMany = &Check{
		Code: "WA028", Name: "too-many", Severity: Error,
		Summary: "A list has more elements than AWS takes",
		Why: "A lens has up to 10 pillars, a pillar up to 20 questions, a question up to 15 choices and 3 rules, a choice up to 5 " +
			"additional resources of each type.",
	}
	outerBlanks = &Check{
		Code: "WA029", Name: "outer-blanks", Severity: Note, Mends: true,
		Summary: "A text begins or ends with blanks",
		Why:     "Blanks at an end come from copying. They count as characters, and two texts that look the same are not.",
	}
)

var checksOfFields = []*Check{
	wrongType, missing, empty, misspelt, unknown, badVersion, tooLong, refused, tooMany, outerBlanks,
}
