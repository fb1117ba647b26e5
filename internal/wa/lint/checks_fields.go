package lint

// Fields: which are required, and what they can hold.
var (
	wrongType = &Check{
		Code: "WA020", Name: "wrong-type", Severity: Error,
		Summary: "A value has the wrong type",
		Why:     "For example a number or null in place of a string, or one object in place of a list of them.",
	}
	missing = &Check{
		Code: "WA021", Name: "missing-field", Severity: Error,
		Summary: "A required field is missing",
		Why: "A lens needs schemaVersion, name, description and pillars; a pillar id, name and questions; a question id, title, " +
			"choices and riskRules; a choice id and title; a rule condition and risk.",
	}
	empty = &Check{
		Code: "WA022", Name: "empty-field", Severity: Error,
		Summary: "A required field is empty",
		Why:     "A text without a character, or a list without an element, counts as missing.",
	}
	misspelt = &Check{
		Code: "WA023", Name: "misspelt-field", Severity: Warning, Fixable: true,
		Summary: "An unknown field is spelt almost like one of the format",
		Why: "The import ignores unknown fields without a message, so the value is lost: a link under Url is not a link. " +
			"--fix renames the field where only the case differs.",
	}
	unknown = &Check{
		Code: "WA024", Name: "unknown-field", Severity: Note,
		Summary: "The format has no such field",
		Why: "The import ignores it. Published lenses keep versions and authors in such fields (_version, _teams). An import into " +
			"iotlens and the export from it keep them, too.",
	}
	badVersion = &Check{
		Code: "WA025", Name: "schema-version", Severity: Error,
		Summary: "The schema version is unknown",
		Why:     `The only version is "2021-11-01". It is the version of the format, not of your lens.`,
	}
	tooLong = &Check{
		Code: "WA026", Name: "too-long", Severity: Error,
		Summary: "A text is longer than AWS allows",
		Why: "Names and titles have up to 128 characters; descriptions and the texts of resources and improvement plans up to 2,048. " +
			"The import reports one such field at a time.",
	}
	invalidCharacter = &Check{
		Code: "WA027", Name: "invalid-character", Severity: Error, Fixable: true,
		Summary: "A name, title or description has a character that AWS refuses there",
		Why: "The names of lens and pillars, their descriptions, and the titles and descriptions of questions and choices allow " +
			"letters without accents, digits, blanks, line breaks and - _ . , : / ( ) @ ! & # + ' ? and the curly apostrophe. " +
			"The user guide does not say so; the import refuses anything else, for example ; % \" [ ] and accents. Texts of " +
			"resources and improvement plans allow any character. --fix writes blanks where no-break spaces are all that is wrong.",
	}
	tooMany = &Check{
		Code: "WA028", Name: "too-many", Severity: Error,
		Summary: "A list has more elements than AWS allows",
		Why: "A lens has up to 10 pillars, a pillar up to 20 questions, a question up to 15 choices and 3 rules, a choice up to 5 " +
			"additional resources of each type.",
	}
	surroundingSpace = &Check{
		Code: "WA029", Name: "surrounding-space", Severity: Note, Fixable: true,
		Summary: "A text starts or ends with white space",
		Why:     "It comes from copying and counts as characters; two texts that look the same may differ by it.",
	}
)

var checksOfFields = []*Check{
	wrongType, missing, empty, misspelt, unknown, badVersion, tooLong, invalidCharacter, tooMany, surroundingSpace,
}
