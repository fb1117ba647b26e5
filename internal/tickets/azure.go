package tickets

import (
	"fmt"
	"html"
	"io"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// writeAzure writes CSV for the importer of Azure Boards.
//
// Work Item Type and Title are required. ID is the first column if work items are to be
// updated, and is left out if all are new. New work items start in the state New, so there
// is no column for it. Description is HTML, Tags are separated by semicolons, and a file can
// have 1,000 work items. Accounts are best given as email addresses.
// Source: learn.microsoft.com, "Bulk import, update, and export work items with CSV files in
// Azure Boards", and "Work item field index".
func writeAzure(w io.Writer, list []Ticket) error {
	heads := []string{"Work Item Type", "Title", "Assigned To", "Priority", "Tags", "Description"}
	known := slices.ContainsFunc(list, func(t Ticket) bool { return t.Key != "" })
	dated := slices.ContainsFunc(list, func(t Ticket) bool { return t.Due != "" })
	if known {
		heads = append([]string{"ID"}, heads...)
	}
	if dated {
		heads = append(heads, "Due Date")
	}
	var rows [][]string
	for _, t := range list {
		row := []string{
			t.Type, title(t.Title), title(strings.TrimPrefix(t.Assignee, "@")), fmt.Sprint(t.Rank), strings.Join(append(slices.Clone(t.Labels), t.ID), "; "), htmlText(t.Body),
		}
		if known {
			row = append([]string{t.Key}, row...)
		}
		if dated {
			row = append(row, t.Due)
		}
		rows = append(rows, row)
	}
	return writeCSV(w, heads, rows)
}

// htmlText returns the text of a ticket as HTML, without line breaks, since a spreadsheet
// might treat the text after one as a new cell.
func htmlText(b Body) string {
	var out strings.Builder
	for _, block := range b.Blocks {
		if !block.hasContent() {
			continue
		}
		if block.Heading != "" {
			fmt.Fprintf(&out, "<h3>%s</h3>", escapeHTML(block.Heading))
		}
		var lines []string
		for line := range strings.SplitSeq(strings.TrimSpace(block.Text), "\n") {
			if line = escapeHTML(line); line != "" {
				lines = append(lines, line)
			}
		}
		if said := strings.Join(lines, "<br>"); said != "" && block.Quote {
			out.WriteString("<blockquote>" + said + "</blockquote>")
		} else if said != "" {
			out.WriteString("<p>" + said + "</p>")
		}
		if len(block.Items)+len(block.Links) > 0 {
			out.WriteString("<ul>")
		}
		for _, item := range block.Items {
			mark := ""
			if block.Check {
				mark = "☐ "
			}
			out.WriteString("<li>" + mark + escapeHTML(item) + "</li>")
		}
		for _, l := range block.Links {
			fmt.Fprintf(&out, `<li><a href="%s">%s</a></li>`, html.EscapeString(l.URL), escapeHTML(l.Title))
		}
		if len(block.Items)+len(block.Links) > 0 {
			out.WriteString("</ul>")
		}
	}
	return out.String() + "<p>" + idNotice + b.ID + "</p>"
}

// escapeHTML escapes a text for HTML, including @, which starts a mention.
func escapeHTML(s string) string {
	s = html.EscapeString(strings.Join(strings.Fields(text.Clean(s, false)), " "))
	return strings.ReplaceAll(s, "@", "&#64;")
}

// readAzure reads the CSV export of a query in Azure Boards: ID, State, Assigned To ("Ana Ruiz
// <ana@example.com>"), and the ticket id in Tags, Description or another column.
func readAzure(name string, data []byte) ([]State, error) {
	rows, err := readCSV(name, data, []string{"ID"}, []string{"State"})
	if err != nil {
		return nil, err
	}
	var out []State
	for _, r := range rows {
		s := State{ID: r.ticketID(), Key: r.get("ID"), State: r.get("State"), URL: webLink(r.get("URL", "Link"))}
		s.Assignee, _, _ = strings.Cut(r.get("Assigned To"), " <")
		s.Closed, s.Dropped = isClosedState(s.State), isDroppedState(s.State)
		out = append(out, s)
	}
	return out, nil
}
