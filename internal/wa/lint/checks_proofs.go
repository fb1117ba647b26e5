package lint

// What rules come to, proven over every answer that there can be.
var (
	unreachedLevel = &Check{
		Code: "WA071", Name: "unreached-risk", Severity: Warning,
		Summary: "A rule gives a risk that no answer has",
		Why: "Every answer was looked at. An answer selects something: with nothing selected the tool says UNANSWERED and asks no " +
			"rule, so that a default which only the empty answer reaches is never reached. Often the question lacks None of these, " +
			"or a rule before it takes all answers.",
	}
	unreachedRule = &Check{
		Code: "WA072", Name: "unreached-rule", Severity: Warning,
		Summary: "A rule decides no answer",
		Why:     "Wherever its condition holds, that of a rule before it does, or it never holds. Another rule gives the same risk.",
	}
	neverHigh = &Check{
		Code: "WA073", Name: "never-high", Severity: Note,
		Summary: "No answer to the question is HIGH_RISK",
		Why:     "It may be meant so. A gate on high risks never stops on this question.",
	}
	onlyNoRisk = &Check{
		Code: "WA074", Name: "only-no-risk", Severity: Note,
		Summary: "Every answer to the question is NO_RISK",
		Why: "The question is asked for information only. Where its rules give other risks they are never reached, which lint warns " +
			"about by itself.",
	}
	noRuleHolds = &Check{
		Code: "WA075", Name: "no-rule-holds", Severity: Warning,
		Summary: "There is an answer for which no rule holds",
		Why:     "What the tool then shows is not documented. End the rules with the condition default.",
	}
	punished = &Check{
		Code: "WA076", Name: "punished-practice", Severity: Warning,
		Summary: "Doing more raises the risk",
		Why: "Adding a practice to an answer makes it worse, so that an honest reviewer is punished for it. Mostly a condition for the " +
			"medium level excludes the other practices instead of asking for the least. The monotone form of the rules (iotlens lens " +
			"export --rules monotone) gives each answer the lowest risk of all its parts.",
	}
	unused = &Check{
		Code: "WA077", Name: "unused-choice", Severity: Warning,
		Summary: "No rule names the choice",
		Why:     "Selecting it changes nothing. It was forgotten when the rules were written, or was added later.",
	}
	idle = &Check{
		Code: "WA078", Name: "idle-choice", Severity: Warning,
		Summary: "The rules name the choice, and it makes no difference to any answer",
		Why:     "Every answer has the same risk with it and without it.",
	}
	notEnough = &Check{
		Code: "WA079", Name: "all-is-not-enough", Severity: Warning,
		Summary: "With every practice selected the risk is not NO_RISK",
		Why:     "Nothing that a team does is enough. Where choices exclude each other it may be meant so.",
	}
)

var checksOfProofs = []*Check{
	unreachedLevel, unreachedRule, neverHigh, onlyNoRisk, noRuleHolds, punished, unused, idle, notEnough,
}
