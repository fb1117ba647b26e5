package lint

// Names and ids: by which the tool knows pillars, questions and choices.
var (
	badID = &Check{
		Code: "WA030", Name: "bad-id", Severity: Error, Mends: true,
		Summary: "An id is not one that AWS takes",
		Why:     "An id has 3 to 128 characters: letters without accents, digits and the underscore. --fix removes blanks around it.",
	}
	longID = &Check{
		Code: "WA031", Name: "long-id", Severity: Warning,
		Summary: "The id of a pillar or a choice is longer than the API takes",
		Why: "The format allows 128 characters, but the operations of the API take ids of pillars and choices up to 64: such a " +
			"choice can't be selected by a program.",
	}
	repeatedID = &Check{
		Code: "WA032", Name: "repeated-id", Severity: Error,
		Summary: "An id is used twice",
		Why: "Ids of pillars and of questions must differ within the lens, those of choices within their question. Of two choices " +
			"with one id a rule can't tell which is meant.",
	}
	sharedIDs = &Check{
		Code: "WA033", Name: "shared-choice-ids", Severity: Note,
		Summary: "Questions use the same ids for their choices",
		Why: "AWS allows it, and keeps answers by question and choice. Programs that keep them by choice alone mix the answers of " +
			"such questions up. Ids that begin with that of the question are safe.",
	}
	nearlyPillar = &Check{
		Code: "WA034", Name: "nearly-a-pillar", Severity: Warning,
		Summary: "The id of a pillar is almost that of a pillar of the Framework",
		Why: "The tool joins a pillar with that of the Framework where its id is, letter for letter, operationalExcellence, security, " +
			"reliability, performance, costOptimization or sustainability. Any other id makes a pillar of its own.",
	}
	pillarName = &Check{
		Code: "WA035", Name: "pillar-name", Severity: Note,
		Summary: "A pillar of the Framework has another name here",
		Why:     "The tool shows it among the pillars of the Framework, under a name that readers don't know.",
	}
	nameTaken = &Check{
		Code: "WA036", Name: "lens-name-taken", Severity: Error,
		Summary: "Another lens has this name",
		Why: "An account can't hold two lenses whose names are the same without regard to case and blanks. Two lenses of different " +
			"content need different names. Versions of one lens share theirs and are imported one over the other, as updates.",
	}
	oddID = &Check{
		Code: "WA037", Name: "odd-id", Severity: Note,
		Summary: "The id of a choice doesn't begin as those beside it do",
		Why: "All other choices begin with the id of their question. A letter or a digit is probably missing, and a program that " +
			"takes the id apart goes wrong. Once the lens is published a new id loses the answers given to the old one.",
	}
)

var checksOfNames = []*Check{badID, longID, repeatedID, sharedIDs, nearlyPillar, pillarName, nameTaken, oddID}
