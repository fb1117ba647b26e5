package lint

// What holds of rules, proven over every possible answer.
var (
	unreachableRisk = &Check{
		Code: "WA071", Name: "unreachable-risk", Severity: Warning,
		Summary: "A rule gives a risk that no answer has",
		Why: "This is proven over every answer. An answer selects something: with nothing selected the tool shows UNANSWERED and " +
			"tries no rule, so a default that only matches the empty answer is never reached. Often the question lacks None of " +
			"these, or an earlier rule matches all answers.",
	}
	unreachableRule = &Check{
		Code: "WA072", Name: "unreachable-rule", Severity: Warning,
		Summary: "A rule matches no answer",
		Why:     "Its condition never holds, or an earlier rule holds wherever it does. Another rule gives the same risk.",
	}
	neverHigh = &Check{
		Code: "WA073", Name: "never-high", Severity: Note,
		Summary: "No answer to the question is HIGH_RISK",
		Why:     "This may be intended. A gate on high risks never fails on this question.",
	}
	onlyNoRisk = &Check{
		Code: "WA074", Name: "only-no-risk", Severity: Note,
		Summary: "Every answer to the question is NO_RISK",
		Why:     "The question is asked for information only. If its rules give other risks, lint reports those as unreachable.",
	}
	noMatch = &Check{
		Code: "WA075", Name: "no-matching-rule", Severity: Warning,
		Summary: "No rule matches some answer",
		Why:     "It is not documented what the tool shows then. End the rules with the condition default.",
	}
	punished = &Check{
		Code: "WA076", Name: "punished-practice", Severity: Warning,
		Summary: "Doing more raises the risk",
		Why: "Adding a practice to an answer raises its risk, so an honest reviewer is punished. Usually a condition for the " +
			"medium level excludes the other practices instead of requiring the minimum. The monotone form of the rules (iotlens " +
			"lens export --rules monotone) gives each answer the lowest risk of all its parts.",
	}
	unused = &Check{
		Code: "WA077", Name: "unused-choice", Severity: Warning,
		Summary: "No rule names the choice",
		Why:     "Selecting it changes nothing. It was forgotten in the rules, or was added later.",
	}
	ineffective = &Check{
		Code: "WA078", Name: "ineffective-choice", Severity: Warning,
		Summary: "The rules name the choice, but it makes no difference to any answer",
		Why:     "Every answer has the same risk with and without it.",
	}
	notEnough = &Check{
		Code: "WA079", Name: "never-no-risk", Severity: Warning,
		Summary: "With every practice selected the risk is not NO_RISK",
		Why:     "A team cannot do enough. Where choices exclude each other, this may be intended.",
	}
)

var checksOfProofs = []*Check{
	unreachableRisk, unreachableRule, neverHigh, onlyNoRisk, noMatch, punished, unused, ineffective, notEnough,
}
