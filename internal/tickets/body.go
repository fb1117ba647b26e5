package tickets

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// A Body is the text of a ticket.
type Body struct {
	Blocks []Block
	ID     string // the ticket id, for the last line
}

// A Block is a section of a text: a paragraph, a quote of the team, or a list. Empty blocks
// are left out.
type Block struct {
	Heading string // may be empty
	Text    string
	Quote   bool     // Text is a quote
	Items   []string // of a list
	Check   bool     // Items are a checklist
	Links   []Link
}

// A Link is an http or https link.
type Link struct{ Title, URL string }

// idNotice explains the ticket id in the last line of a ticket.
const idNotice = "iotlens finds this ticket again by the id, so leave it in the text: "

// maxTextUnits is the maximum length of each text in a ticket in UTF-16 units. It keeps the
// whole text below the limits of Jira (32,767) and GitHub (65,536).
const maxTextUnits = 5000

func body(a *scoring.Assessment, f scoring.Finding, o Options) Body {
	facts := []string{
		fmt.Sprintf("%s severity, priority %v, %s.", strings.ToUpper(string(f.Severity[:min(1, len(f.Severity))]))+string(f.Severity[min(1, len(f.Severity)):]), f.Priority, horizonText(a, f)),
		view.Headline(f.Practice) + ".",
	}
	add := func(label, value string) {
		if value != "" {
			facts = append(facts, label+": "+value)
		}
	}
	add("Extent", f.Extent)
	add("Owner", f.Owner)
	add("Due", f.Due)
	add("Deadline", f.Deadline)
	add("Effort", string(f.Effort))
	add("Also closes", f.Closes)
	add("Closed together with", f.ClosedBy)
	add("Question", f.Question)
	add("Layers", strings.Join(f.LayerNames, ", "))
	source := a.File
	if f.Line > 0 && source != "" {
		source += fmt.Sprintf(", line %d", f.Line)
	}
	add("Review", strings.TrimPrefix(source+", as of "+a.Today, ", "))
	return Body{ID: ID(a.Workload.Name, f.ID), Blocks: []Block{
		{Text: "From the review of " + a.Workload.Name + " against the " + view.LensTitle(a) + ".", Items: facts},
		{Heading: "Note", Text: shorten(StripLines(f.Note)), Quote: true},
		{Heading: "Evidence", Items: nonEmpty(f.Evidence)},
		{Heading: view.LabelWhatCanHappen, Text: shorten(f.Guide.Why)},
		{Heading: "Why here", Items: nonEmpty(f.Reasons)},
		{Heading: "Steps", Items: nonEmpty(view.Steps(f.Practice)), Check: true},
		{Heading: "Done when this can be shown", Items: nonEmpty(f.Guide.Evidence), Check: true},
		{Heading: "Links", Links: links(a, f, o)},
	}}
}

func horizonText(a *scoring.Assessment, f scoring.Finding) string {
	if end := a.HorizonEnd(f.Horizon); end != "" {
		return string(f.Horizon) + " (until " + end + ")"
	}
	return string(f.Horizon)
}

// nonEmpty returns the texts that are not empty, shortened to the limits of trackers.
func nonEmpty(list []string) []string {
	const mostItems = 20
	out := slices.DeleteFunc(view.Map(list, shorten), func(s string) bool { return s == "" })
	if more := len(out) - mostItems; more > 0 {
		out = append(out[:mostItems:mostItems], fmt.Sprintf("and %d more in the review", more))
	}
	for i := range out {
		out[i] = text.Shorten(out[i], 1000)
	}
	return out
}

// shorten cuts a text to maxTextUnits and marks the cut.
func shorten(s string) string {
	s = strings.TrimSpace(s)
	if text.UTF16Len(s) <= maxTextUnits {
		return s
	}
	return text.TruncateUTF16(s, maxTextUnits) + " [cut: the whole text is in the review file]"
}

// links returns the links to the finding in the report and to the resources of the lens that
// are plain http or https links.
func links(a *scoring.Assessment, f scoring.Finding, o Options) []Link {
	var out []Link
	add := func(title, url string) {
		plain := !strings.ContainsFunc(url, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("\"<>|[]{}\\^`()", r) })
		if plain && (strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")) {
			out = append(out, Link{view.OrDefault(title, url), url})
		}
	}
	if o.Link != "" {
		add("The finding in the report", strings.TrimSuffix(o.Link, "#")+"#finding-"+f.ID)
	}
	for _, r := range f.Guide.Resources {
		add(r.Title, r.URL)
	}
	add(a.LensName, a.LensSource)
	return out
}

// hasContent reports whether a block is not empty.
func (b Block) hasContent() bool {
	return strings.TrimSpace(b.Text) != "" || len(b.Items)+len(b.Links) > 0
}
