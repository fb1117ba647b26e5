package lint

// Links and their texts.
var (
	emptyURL = &Check{
		Code: "WA040", Name: "empty-url", Severity: Warning, Fixable: true,
		Summary: "A url is empty",
		Why:     "The format requires http:// or https://. Leave the field out.",
	}
	badScheme = &Check{
		Code: "WA041", Name: "url-scheme", Severity: Error,
		Summary: "A url does not start with http:// or https://",
		Why:     "The import refuses any other url: www. without a scheme, a path, mailto:.",
	}
	plainHTTP = &Check{
		Code: "WA042", Name: "plain-http", Severity: Note,
		Summary: "A url uses http",
		Why:     "Anyone on the network can read and change the page. Nearly every site offers the same page over https.",
	}
	badURL = &Check{
		Code: "WA043", Name: "invalid-url", Severity: Warning,
		Summary: "A url is not valid",
		Why:     "It contains white space or a control character, has no host, or cannot be parsed.",
	}
	linkWithoutText = &Check{
		Code: "WA044", Name: "link-without-text", Severity: Error,
		Summary: "A link has no displayText",
		Why:     "A resource may have a text without a url, but not a url without a text.",
	}
	emptyResource = &Check{
		Code: "WA045", Name: "empty-resource", Severity: Warning,
		Summary: "A resource has no text",
		Why:     "The tool shows a heading with nothing below it. Leave the resource out, or write its text.",
	}
	noPlan = &Check{
		Code: "WA046", Name: "no-improvement-plan", Severity: Error,
		Summary: "A choice has no improvement plan",
		Why: "Every choice but None of these needs one: the tool lists the plans of the choices that were not selected as " +
			"improvements.",
	}
	badResourceType = &Check{
		Code: "WA047", Name: "resource-type", Severity: Error,
		Summary: "Additional resources have an unknown type",
		Why:     "The types are HELPFUL_RESOURCE and IMPROVEMENT_PLAN.",
	}
	repeatedType = &Check{
		Code: "WA048", Name: "duplicate-resource-type", Severity: Error,
		Summary: "Additional resources of one type are in two groups",
		Why:     "A choice has at most one group of each type, with up to five resources in it. Merge the groups.",
	}
	lookalike = &Check{
		Code: "WA049", Name: "lookalike-url", Severity: Note,
		Summary: "A url differs from another one by a letter, or by case alone",
		Why:     "One of the two is probably misspelt. Lint does not open pages; open both. Paths are case-sensitive on most sites.",
	}
)

var checksOfLinks = []*Check{
	emptyURL, badScheme, plainHTTP, badURL, linkWithoutText, emptyResource, noPlan, badResourceType, repeatedType, lookalike,
}
