package lint

// Links and the texts that go with them.
var (
	emptyURL = &Check{
		Code: "WA040", Name: "empty-url", Severity: Warning, Mends: true,
		Summary: "A link is empty",
		Why:     "An empty link is no link, and the format wants one that begins with http:// or https://. Leave the field out.",
	}
	noWebAddress = &Check{
		Code: "WA041", Name: "no-web-address", Severity: Error,
		Summary: "A link doesn't begin with http:// or https://",
		Why:     "The import takes no other links: no www. without a scheme, no path, no mailto:.",
	}
	plainHTTP = &Check{
		Code: "WA042", Name: "plain-http", Severity: Note,
		Summary: "A link goes over http",
		Why:     "It works, but whoever sits in between can read and change the page. Nearly every site has the same page over https.",
	}
	brokenURL = &Check{
		Code: "WA043", Name: "broken-url", Severity: Warning,
		Summary: "A link can't be one that works",
		Why:     "It has a blank or a control character inside, or no host, or can't be taken apart as an address.",
	}
	linkWithoutText = &Check{
		Code: "WA044", Name: "link-without-text", Severity: Error,
		Summary: "A link has no displayText",
		Why:     "A resource may have a text without a link, but not a link without a text.",
	}
	saysNothing = &Check{
		Code: "WA045", Name: "empty-resource", Severity: Warning,
		Summary: "A resource has no text",
		Why:     "The tool shows a heading with nothing below it. Leave the resource out, or write its text.",
	}
	noPlan = &Check{
		Code: "WA046", Name: "no-improvement-plan", Severity: Error,
		Summary: "A choice has no improvement plan",
		Why: "Every choice but None of these needs one: the tool shows the plans of the choices that were not selected as what is " +
			"to be done.",
	}
	badResourceType = &Check{
		Code: "WA047", Name: "resource-type", Severity: Error,
		Summary: "Additional resources are of an unknown type",
		Why:     "The types are HELPFUL_RESOURCE and IMPROVEMENT_PLAN.",
	}
	repeatedType = &Check{
		Code: "WA048", Name: "repeated-resource-type", Severity: Error,
		Summary: "Additional resources of one type stand in two groups",
		Why:     "A choice has at most one group of each type, with up to five resources in it. Put them together.",
	}
	lookalike = &Check{
		Code: "WA049", Name: "lookalike-url", Severity: Note,
		Summary: "A link differs from another one by a letter, or by its case alone",
		Why:     "One of the two is probably misspelt. Lint opens no page; open both. Paths are case-sensitive on most sites.",
	}
)

var checksOfLinks = []*Check{
	emptyURL, noWebAddress, plainHTTP, brokenURL, linkWithoutText, saysNothing, noPlan, badResourceType, repeatedType, lookalike,
}
