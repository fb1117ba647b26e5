package lint

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// resource looks at a text with a link; nil is none.
func (l *linter) resource(what string, r *customlens.Resource) {
	if r == nil {
		return
	}
	l.extra("a resource", r.Extra, "displayText", "url")
	l.url(what, r.URL)
	text := strings.TrimSpace(r.DisplayText.Value)
	switch {
	case text != "":
		l.length(what, "displayText", r.DisplayText, customlens.MaxText)
	case has(r.Extra, "displayText"):
	case r.URL.Value != "":
		l.find(linkWithoutText, r.URL.At, "%s has a url without a displayText", what)
	default:
		at := r.DisplayText.At
		if !r.DisplayText.Set {
			at = jsonfile.Span{From: r.At.From, To: r.At.From + 1}
		}
		l.find(saysNothing, at, "%s has no text", what)
	}
}

func (l *linter) url(what string, t customlens.Text) {
	if !t.Set {
		return
	}
	link := strings.TrimSpace(t.Value)
	lower := strings.ToLower(link)
	if link == "" {
		f := l.find(emptyURL, t.At, "%s has an empty url", what)
		if in, ok := l.field(t.KeyAt.From); ok {
			f.Mend = &Mend{"removed the empty url: " + what, []Edit{remove(in.object, in.index)}}
		}
		return
	}
	l.blanks(what, "url", t)
	switch u, err := url.Parse(link); {
	case !strings.HasPrefix(lower, "http://") && !strings.HasPrefix(lower, "https://"):
		l.find(noWebAddress, t.At, "%s: the url %s doesn't begin with https:// or http://", what, quoted(t.Value))
	case strings.ContainsFunc(link, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }):
		l.find(brokenURL, t.At, "%s: the url %s has a blank in it", what, quoted(t.Value))
	case err != nil || u.Hostname() == "":
		l.find(brokenURL, t.At, "%s: the url %s is no address that works", what, quoted(t.Value))
	case strings.HasPrefix(lower, "http://"):
		l.find(plainHTTP, t.At, "%s: the url %s goes over http", what, quoted(t.Value))
	}
}

// additional looks at the additional resources of a choice.
func (l *linter) additional(what string, c *customlens.Choice) {
	types := []string{customlens.HelpfulType, customlens.PlanType}
	var seen []string
	for i := range c.AdditionalResources {
		a := &c.AdditionalResources[i]
		here := fmt.Sprintf("%s: group %d of the additionalResources", what, i+1)
		l.extra("a group of resources", a.Extra, "type", "content")
		if l.required(here, "type", a.Type, a.At, a.Extra) {
			switch kind := a.Type.Value; {
			case !slices.Contains(types, kind):
				l.find(badResourceType, a.Type.At, "%s has the unknown type %s%s", here, quoted(kind), insteadOf(kind, types))
			case slices.Contains(seen, kind):
				l.find(repeatedType, a.Type.At, "%s has the type %s, as one before it has", here, kind)
			}
			seen = append(seen, a.Type.Value)
		}
		l.count(here, "content", len(a.Content), a.Content == nil, customlens.MaxResources, a.ContentAt, a.At, a.Extra)
		for j := range a.Content {
			l.resource(fmt.Sprintf("%s, resource %d", here, j+1), &a.Content[j])
		}
	}
}
