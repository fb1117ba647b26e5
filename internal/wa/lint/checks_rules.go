package lint

// Risk rules as they are written.
var (
	badCondition = &Check{
		Code: "WA060", Name: "invalid-condition", Severity: Error,
		Summary: "A condition has a syntax error",
		Why: "A condition is made of ids of choices, ! for not, && for and, || for or, and parentheses; ! binds tighter than &&, && " +
			"tighter than ||. The word default must be alone. Checks that need valid rules are skipped for this question.",
	}
	unknownChoice = &Check{
		Code: "WA061", Name: "unknown-choice", Severity: Error,
		Summary: "A condition names a choice that the question does not have",
		Why:     "An unknown id never counts as selected. Conditions can only name choices of their own question.",
	}
	unknownRisk = &Check{
		Code: "WA062", Name: "unknown-risk", Severity: Error,
		Summary: "A rule gives an unknown risk",
		Why:     "The risks are HIGH_RISK, MEDIUM_RISK and NO_RISK.",
	}
	noDefault = &Check{
		Code: "WA063", Name: "no-default", Severity: Warning,
		Summary: "A question has no default rule",
		Why: "The user guide requires one in every question. The import does not check it, and it is not documented what the tool " +
			"does with an answer that no rule matches. End the rules with the condition default.",
	}
	severalDefaults = &Check{
		Code: "WA064", Name: "several-defaults", Severity: Warning,
		Summary: "A question has several default rules",
		Why:     "The first of them always matches; the others are never tried.",
	}
	defaultNotLast = &Check{
		Code: "WA065", Name: "default-not-last", Severity: Warning,
		Summary: "Rules follow the default rule",
		Why:     "Rules are tried in order and default always matches: the rules after it are never tried.",
	}
	repeatedRisk = &Check{
		Code: "WA066", Name: "duplicate-risk", Severity: Warning,
		Summary: "Two rules give the same risk",
		Why:     "The format has one rule per risk. Join the conditions with ||.",
	}
	conditionSpace = &Check{
		Code: "WA067", Name: "condition-space", Severity: Note, Fixable: true,
		Summary: "A condition has unneeded white space",
		Why:     "It has no effect, and comes from copying or from a program that composed the condition.",
	}
	unusualSpaces = &Check{
		Code: "WA068", Name: "unusual-space", Severity: Warning, Fixable: true,
		Summary: "A condition has white space other than blanks, tabs and line breaks",
		Why: "A no-break space comes from a word processor or a web page and looks like a blank. It is not documented whether the " +
			"import accepts it.",
	}
	repeatedOperand = &Check{
		Code: "WA069", Name: "duplicate-operand", Severity: Note,
		Summary: "A condition has the same operand twice",
		Why:     "One of the two was probably meant to be another choice.",
	}
	precedence = &Check{
		Code: "WA070", Name: "precedence", Severity: Note,
		Summary: "A condition mixes && and || without parentheses",
		Why: "Lint reads && as binding tighter than ||, like AWS's own evaluator; the user guide does not say so. Use parentheses " +
			"to be clear.",
	}
)

var checksOfRules = []*Check{
	badCondition, unknownChoice, unknownRisk, noDefault, severalDefaults, defaultNotLast, repeatedRisk, conditionSpace, unusualSpaces,
	repeatedOperand, precedence,
}
