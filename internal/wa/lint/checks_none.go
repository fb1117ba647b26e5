package lint

// None of these: the choice for doing nothing of what a question asks.
var (
	noNone = &Check{
		Code: "WA050", Name: "no-none-choice", Severity: Note,
		Summary: "A question has no choice None of these",
		Why: "A team that does nothing cannot say so: with nothing selected a question is UNANSWERED and has no risk, so the worst " +
			"answer looks like a missing one. Add a choice whose id ends in _no.",
	}
	noneWithoutSuffix = &Check{
		Code: "WA051", Name: "none-without-suffix", Severity: Warning, Fixable: true,
		Summary: "The id of None of these does not end in _no",
		Why: "The tool recognises the choice by an id that ends in _no: it then greys out the other choices in the console, refuses " +
			"to mark it as not applicable, and needs no improvement plan. --fix adds the suffix, also in the rules; in a " +
			"published lens, answers that selected the old id are lost with the next major version.",
	}
	suffixWithoutNone = &Check{
		Code: "WA052", Name: "suffix-without-none", Severity: Warning,
		Summary: "An id ends in _no, but the choice is not None of these",
		Why: "The tool takes it for None of these: it greys out the other choices, cannot be marked as not applicable, and cannot be " +
			"combined with a practice. Rename the id.",
	}
	severalNones = &Check{
		Code: "WA053", Name: "several-none-choices", Severity: Warning,
		Summary: "A question has several choices for None of these",
		Why:     "Reviewers can select either, or both, for the same situation. Keep one.",
	}
	noneIsBetter = &Check{
		Code: "WA054", Name: "none-scores-better", Severity: Warning,
		Summary: "None of these scores better than doing something",
		Why: "A team that does nothing gets a lower risk than one that does something. None of these should have the highest risk " +
			"of the question.",
	}
	noneNotExclusive = &Check{
		Code: "WA055", Name: "none-with-everything", Severity: Note,
		Summary: "None of these together with every practice scores NO_RISK",
		Why: "None of these is not exclusive: the console keeps what was selected before it, the API takes any combination, and the " +
			"rules decide. To make it count, add && ! and its id to every condition but default. The interview of iotlens " +
			"keeps it exclusive in any case.",
	}
)

var checksOfNone = []*Check{noNone, noneWithoutSuffix, suffixWithoutNone, severalNones, noneIsBetter, noneNotExclusive}
