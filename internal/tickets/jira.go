package tickets

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// writeJira writes CSV for the importers of Jira: "Import data from a CSV file" of
// administrators and "Create issues using the CSV importer" of everybody.
//
// A header row without punctuation and a column Summary are required. Several values of a
// field go to several columns with the same name. Rows with a value in the column mapped to
// Issue Key update that issue; others create one. Users are best given as email addresses.
// The date format to select in the importer is yyyy-MM-dd.
// Source: support.atlassian.com, "Import data from a CSV file" and "Create issues using the
// CSV importer".
func writeJira(w io.Writer, list []Ticket) error {
	most := 0
	for _, t := range list {
		most = max(most, len(t.Labels))
	}
	heads := []string{"Summary", "Issue Type", "Priority", "Assignee", "Due Date", "External issue ID", "Description"}
	known := slices.ContainsFunc(list, func(t Ticket) bool { return t.Key != "" })
	if known {
		heads = append([]string{"Issue Key"}, heads...)
	}
	for range most {
		heads = append(heads, "Labels")
	}
	var rows [][]string
	for _, t := range list {
		row := []string{
			title(t.Title), t.Type, []string{"Highest", "High", "Medium", "Low"}[t.Rank-1], title(strings.TrimPrefix(t.Assignee, "@")), t.Due, t.ID, wikiText(t.Body),
		}
		if known {
			row = append([]string{t.Key}, row...)
		}
		for i := range most {
			label := ""
			if i < len(t.Labels) {
				label = t.Labels[i]
			}
			row = append(row, label)
		}
		rows = append(rows, row)
	}
	return writeCSV(w, heads, rows)
}

// title shortens a text to one line of 255 characters, the limit of all trackers.
func title(s string) string {
	const most = 255
	s = strings.Join(strings.Fields(text.Clean(s, false)), " ")
	if text.UTF16Len(s) <= most {
		return s
	}
	return text.TruncateUTF16(s, most-1) + "…"
}

// wikiText returns the text of a ticket in the wiki markup of Jira's importers.
// Source: jira.atlassian.com, "Text Formatting Notation Help".
func wikiText(b Body) string {
	var out strings.Builder
	for _, block := range b.Blocks {
		if !block.hasContent() {
			continue
		}
		if block.Heading != "" {
			fmt.Fprintf(&out, "h3. %s\n", block.Heading)
		}
		for line := range strings.SplitSeq(strings.TrimSpace(block.Text), "\n") {
			if line = escapeWiki(line); line == "" {
				continue
			}
			if block.Quote {
				line = "bq. " + line
			}
			out.WriteString(line + "\n")
		}
		for _, item := range block.Items {
			mark := "* "
			if block.Check {
				mark = "* ☐ "
			}
			out.WriteString(mark + escapeWiki(item) + "\n")
		}
		for _, l := range block.Links {
			fmt.Fprintf(&out, "* [%s|%s]\n", escapeWiki(l.Title), l.URL)
		}
		out.WriteString("\n")
	}
	return out.String() + idNotice + b.ID
}

// escapeWiki escapes macros, links, images, mentions and other wiki markup.
func escapeWiki(s string) string {
	s = strings.TrimSpace(strings.Join(strings.Fields(text.Clean(s, false)), " "))
	var b strings.Builder
	for i, r := range s {
		if strings.ContainsRune(`\{}[]!*_^~|#`, r) || r == '@' && (i == 0 || s[i-1] == ' ') {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// readJira reads the CSV export of Jira: the columns Issue key, Status, Status Category,
// Resolution and Assignee, and the ticket id in any column, such as External issue ID or
// Description.
func readJira(name string, data []byte) ([]State, error) {
	rows, err := readCSV(name, data, []string{"Issue key", "Key"}, []string{"Status"})
	if err != nil {
		return nil, err
	}
	var out []State
	for _, r := range rows {
		s := State{ID: r.ticketID(), Key: r.get("Issue key", "Key"), State: r.get("Status"), Assignee: r.get("Assignee"), URL: webLink(r.get("URL", "Issue URL", "Link"))}
		resolution := r.get("Resolution")
		resolved := resolution != "" && !strings.EqualFold(resolution, "Unresolved")
		s.Dropped = isDroppedState(resolution) || isDroppedState(s.State)
		s.Closed = s.Dropped || resolved || strings.EqualFold(r.get("Status Category"), "Done") || isClosedState(s.State)
		if resolved && !strings.EqualFold(resolution, s.State) {
			s.State += " (" + resolution + ")"
		}
		out = append(out, s)
	}
	return out, nil
}
