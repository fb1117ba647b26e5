package lint

// Names and ids of pillars, questions and choices.
var (
	badID = &Check{
		Code: "WA030", Name: "invalid-id", Severity: Error, Fixable: true,
		Summary: "An id is not valid",
		Why:     "An id has 3 to 128 characters: letters without accents, digits and the underscore. --fix removes white space around it.",
	}
	longID = &Check{
		Code: "WA031", Name: "long-id", Severity: Warning,
		Summary: "The id of a pillar or a choice is longer than the API allows",
		Why: "The format allows 128 characters, but the operations of the API take ids of pillars and choices up to 64: a program " +
			"cannot select such a choice.",
	}
	repeatedID = &Check{
		Code: "WA032", Name: "duplicate-id", Severity: Error,
		Summary: "An id is used twice",
		Why: "Ids of pillars and of questions must be unique in the lens, those of choices in their question. A rule cannot " +
			"tell two choices with the same id apart.",
	}
	sharedIDs = &Check{
		Code: "WA033", Name: "shared-choice-ids", Severity: Note,
		Summary: "Several questions use the same choice ids",
		Why: "AWS allows it, and stores answers by question and choice. Programs that store them by choice alone confuse the answers " +
			"of such questions. Ids that start with that of the question are safe.",
	}
	misspeltPillar = &Check{
		Code: "WA034", Name: "misspelt-pillar-id", Severity: Warning,
		Summary: "A pillar id is almost that of a pillar of the Framework",
		Why: "The tool merges a pillar with that of the Framework where its id is exactly operationalExcellence, security, " +
			"reliability, performance, costOptimization or sustainability. Any other id makes a separate pillar.",
	}
	pillarName = &Check{
		Code: "WA035", Name: "pillar-name", Severity: Note,
		Summary: "A pillar of the Framework has another name here",
		Why:     "The tool shows it as a pillar of the Framework, under a name that readers do not expect.",
	}
	nameTaken = &Check{
		Code: "WA036", Name: "duplicate-lens-name", Severity: Error,
		Summary: "Another lens has this name",
		Why: "An account cannot have two lenses whose names are the same without regard to case and blanks. Two lenses of different " +
			"content need different names. Versions of one lens share a name and are imported as updates of it.",
	}
	oddID = &Check{
		Code: "WA037", Name: "odd-id", Severity: Note,
		Summary: "A choice id does not start like the others of its question",
		Why: "All other ids start with that of the question. A letter or a digit is probably missing, and a program that parses " +
			"the id fails. In a published lens a new id loses the answers given to the old one.",
	}
)

var checksOfNames = []*Check{badID, longID, repeatedID, sharedIDs, misspeltPillar, pillarName, nameTaken, oddID}
