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
	ID     string // of the ticket, for the last line
}

// A Block is a part of a text: a paragraph, the words of the team, or a list. One without
// any is left out.
type Block struct {
	Head  string // may be empty
	Text  string
	Quote bool     // the text is what people said
	Items []string // of a list
	Check bool     // the items are to be ticked off
	Links []Link
}

// A Link is http or https.
type Link struct{ Title, URL string }

// idNotice says what the id in a ticket is for.
const idNotice = "iotlens finds this ticket again by the id, so leave it in the text: "

// most is how many UTF-16 units each text in a ticket may have; the text of a ticket then
// has fewer than the 32,767 of Jira and the 65,536 of GitHub.
const most = 5000

func body(a *scoring.Assessment, f scoring.Finding, o Options) Body {
	facts := []string{
		fmt.Sprintf("%s severity, priority %v, %s.", strings.ToUpper(string(f.Severity[:min(1, len(f.Severity))]))+string(f.Severity[min(1, len(f.Severity)):]), f.Priority, when(a, f)),
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
		{Head: "What was said", Text: short(StripLines(f.Note)), Quote: true},
		{Head: "Evidence", Items: some(f.Evidence)},
		{Head: view.LabelWhatCanHappen, Text: short(f.Guide.Why)},
		{Head: "Why here", Items: some(f.Reasons)},
		{Head: "Steps", Items: some(view.Steps(f.Practice)), Check: true},
		{Head: "Done when this can be shown", Items: some(f.Guide.Evidence), Check: true},
		{Head: "Links", Links: links(a, f, o)},
	}}
}

func when(a *scoring.Assessment, f scoring.Finding) string {
	if end := a.HorizonEnd(f.Horizon); end != "" {
		return string(f.Horizon) + " (until " + end + ")"
	}
	return string(f.Horizon)
}

// some is a list of texts that are not empty, in a length that trackers take.
func some(list []string) []string {
	const mostItems = 20
	out := slices.DeleteFunc(view.Map(list, short), func(s string) bool { return s == "" })
	if more := len(out) - mostItems; more > 0 {
		out = append(out[:mostItems:mostItems], fmt.Sprintf("and %d more in the review", more))
	}
	for i := range out {
		out[i] = text.Shorten(out[i], 1000)
	}
	return out
}

// short is a text that a tracker takes; what is cut says so.
func short(s string) string {
	s = strings.TrimSpace(s)
	if text.UTF16Len(s) <= most {
		return s
	}
	return text.TruncateUTF16(s, most) + " [cut: the whole text is in the review file]"
}

// links are the finding in the report, and what the lens refers to. Only http and https
// lead anywhere.
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

// shown tells whether a block says anything.
func (b Block) shown() bool {
	return strings.TrimSpace(b.Text) != "" || len(b.Items)+len(b.Links) > 0
}
