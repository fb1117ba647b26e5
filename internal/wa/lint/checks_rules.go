package lint

// Risk rules as they are written.
var (
	badCondition = &Check{
		Code: "WA060", Name: "condition", Severity: Error,
		Summary: "A condition can't be read",
		Why: "A condition is made of ids of choices, ! for not, && for and, || for or, and parentheses; ! binds tighter than &&, && " +
			"tighter than ||. The word default stands alone. Nothing that needs sound rules was looked at in this question.",
	}
	unknownChoice = &Check{
		Code: "WA061", Name: "unknown-choice", Severity: Error,
		Summary: "A condition names a choice that the question doesn't have",
		Why:     "An id that no choice has never counts as selected. Conditions see the choices of their own question only.",
	}
	unknownRisk = &Check{
		Code: "WA062", Name: "unknown-risk", Severity: Error,
		Summary: "A rule gives a risk that there isn't",
		Why:     "The risks are HIGH_RISK, MEDIUM_RISK and NO_RISK.",
	}
	noDefault = &Check{
		Code: "WA063", Name: "no-default", Severity: Warning,
		Summary: "A question has no default rule",
		Why: "The user guide wants one in every question. The import doesn't insist on it, and nobody has published what the tool " +
			"makes of an answer that no rule holds for. End the rules with the condition default.",
	}
	severalDefaults = &Check{
		Code: "WA064", Name: "several-defaults", Severity: Warning,
		Summary: "A question has several default rules",
		Why:     "The first of them always holds; the others are never tried.",
	}
	defaultNotLast = &Check{
		Code: "WA065", Name: "default-not-last", Severity: Warning,
		Summary: "Rules follow the default rule",
		Why:     "Rules are tried in order and default always holds: what follows it is never tried.",
	}
	levelTwice = &Check{
		Code: "WA066", Name: "risk-twice", Severity: Warning,
		Summary: "Two rules give the same risk",
		Why:     "The format has one rule for each level of risk. Join the conditions with ||.",
	}
	conditionBlanks = &Check{
		Code: "WA067", Name: "condition-blanks", Severity: Note, Mends: true,
		Summary: "A condition has blanks at its ends, or several in a row",
		Why:     "They mean nothing, and come from copying or from a program that put the condition together.",
	}
	oddBlank = &Check{
		Code: "WA068", Name: "odd-blank", Severity: Warning, Mends: true,
		Summary: "A condition has a white space that is neither a blank, a tab nor a line break",
		Why: "A no-break space comes from a word processor or a web page and looks like a blank. Whether the import takes it for one " +
			"is not known.",
	}
	repeatedOperand = &Check{
		Code: "WA069", Name: "repeated-operand", Severity: Note,
		Summary: "A condition says the same twice",
		Why:     "One of the two was probably meant to be another choice.",
	}
	precedence = &Check{
		Code: "WA070", Name: "precedence", Severity: Note,
		Summary: "A condition mixes && and || without parentheses",
		Why: "Lint reads && as binding tighter than ||, as AWS's own evaluator does; the user guide doesn't say so. Parentheses leave " +
			"no doubt.",
	}
)

var checksOfRules = []*Check{
	badCondition, unknownChoice, unknownRisk, noDefault, severalDefaults, defaultNotLast, levelTwice, conditionBlanks, oddBlank,
	repeatedOperand, precedence,
}
