package lint

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// resource checks a resource, which may be nil.
func (l *linter) resource(what string, r *customlens.Resource) {
	if r == nil {
		return
	}
	l.unknownFields("a resource", r)
	l.url(what, r.URL)
	l.links.add(r.URL)
	switch {
	case strings.TrimSpace(r.DisplayText.Value) != "":
		l.length(what, "displayText", r.DisplayText, customlens.MaxText)
	case r.WrongType("displayText"):
	case r.URL.Value != "":
		l.report(linkWithoutText, r.URL.At, "%s has a url without a displayText", what)
	default:
		l.report(emptyResource, idOrStart(r.DisplayText, r.At), "%s has no text", what)
	}
}

func (l *linter) url(what string, t customlens.Text) {
	if !t.Set {
		return
	}
	link := strings.TrimSpace(t.Value)
	lower := strings.ToLower(link)
	if link == "" {
		f := l.report(emptyURL, t.At, "%s has an empty url", what)
		if in, ok := l.field(t.KeyAt.From); ok {
			f.Fix = &SuggestedFix{"removed the empty url: " + what, []Edit{remove(in.object, in.index)}}
		}
		return
	}
	l.surroundingSpace(what, "url", t)
	switch u, err := url.Parse(link); {
	case !strings.HasPrefix(lower, "http://") && !strings.HasPrefix(lower, "https://"):
		l.report(badScheme, t.At, "%s: the url %s does not start with https:// or http://", what, quoted(t.Value))
	case strings.ContainsFunc(link, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }):
		l.report(badURL, t.At, "%s: the url %s contains white space or a control character", what, quoted(t.Value))
	case err != nil || u.Hostname() == "":
		l.report(badURL, t.At, "%s: the url %s is not a valid URL", what, quoted(t.Value))
	case strings.HasPrefix(lower, "http://"):
		l.report(plainHTTP, t.At, "%s: the url %s uses http", what, quoted(t.Value))
	}
}

// additional checks the additional resources of a choice.
func (l *linter) additional(what string, c *customlens.Choice) {
	types := []string{customlens.HelpfulType, customlens.PlanType}
	var seen []string
	for i := range c.AdditionalResources {
		a := &c.AdditionalResources[i]
		here := fmt.Sprintf("%s: group %d of the additionalResources", what, i+1)
		l.unknownFields("a group of resources", a)
		if l.required(here, "type", a.Type, &a.ObjectMeta) {
			switch kind := a.Type.Value; {
			case !slices.Contains(types, kind):
				l.report(badResourceType, a.Type.At, "%s has the unknown type %s%s", here, quoted(kind), hint(kind, types))
			case slices.Contains(seen, kind):
				l.report(repeatedType, a.Type.At, "%s has the type %s, which an earlier group has", here, kind)
			}
			seen = append(seen, a.Type.Value)
		}
		count(l, here, "content", a.Content, customlens.MaxResources, a.ContentAt, &a.ObjectMeta)
		for j := range a.Content {
			l.resource(fmt.Sprintf("%s, resource %d", here, j+1), &a.Content[j])
		}
	}
}
