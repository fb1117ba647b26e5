package lint

// None of these: the choice of those who do nothing of what a question asks.
var (
	noNone = &Check{
		Code: "WA050", Name: "no-none-choice", Severity: Note,
		Summary: "A question has no choice None of these",
		Why: "Who does nothing can't say so: with nothing selected a question is UNANSWERED and has no risk, so that the worst " +
			"answer looks like a missing one. Add a choice whose id ends in _no.",
	}
	noneWithoutSuffix = &Check{
		Code: "WA051", Name: "none-without-suffix", Severity: Warning, Mends: true,
		Summary: "None of these is a practice like any other to the tool",
		Why: "The tool knows the choice by an id that ends in _no: it then greys out the other choices in the console, refuses to " +
			"mark it as not applicable, and wants no improvement plan. --fix adds the ending and carries it into the rules; in a " +
			"lens that is published already, answers that selected the old id are lost with the next major version.",
	}
	suffixWithoutNone = &Check{
		Code: "WA052", Name: "suffix-without-none", Severity: Warning,
		Summary: "An id ends in _no, and the choice is none of those that say None of these",
		Why: "The tool takes it for None of these: it greys out the other choices, can't be marked as not applicable, and what it " +
			"says can't be combined with a practice. Give it another id.",
	}
	severalNones = &Check{
		Code: "WA053", Name: "several-none-choices", Severity: Warning,
		Summary: "A question has several choices that say None of these",
		Why:     "Reviewers can select one or the other, or both, for the same situation. Keep one.",
	}
	noneIsBetter = &Check{
		Code: "WA054", Name: "none-scores-better", Severity: Warning,
		Summary: "None of these scores better than doing something",
		Why: "Who admits to doing nothing gets a lower risk than who does something. None of these should have the highest risk that " +
			"the question can have.",
	}
	noneNotExclusive = &Check{
		Code: "WA055", Name: "none-with-everything", Severity: Note,
		Summary: "None of these together with every practice scores NO_RISK",
		Why: "None of these is not exclusive: the console keeps what was selected before it, the API takes any combination, and the " +
			"rules decide. Add && ! and the id of None to every condition but default to make it count. The interview of iotlens " +
			"keeps it exclusive in any case.",
	}
)

var checksOfNone = []*Check{noNone, noneWithoutSuffix, suffixWithoutNone, severalNones, noneIsBetter, noneNotExclusive}
