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
// A heading row without punctuation and a column Summary are required; several values of a
// field stand in several columns of one name; a column that is mapped to Issue Key updates
// the issue of that key, and a row without a key makes one. Users are best given as mail
// addresses. The date format is chosen in the importer: yyyy-MM-dd.
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
			title(t.Title), t.Type, []string{"Highest", "High", "Medium", "Low"}[t.Rank-1], title(strings.TrimPrefix(t.Assignee, "@")), t.Due, t.ID, wiki(t.Body),
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

// title is a text for a field of one line, which has at most 255 characters in every
// tracker.
func title(s string) string {
	const most = 255
	s = strings.Join(strings.Fields(text.Clean(s, false)), " ")
	if text.UTF16Len(s) <= most {
		return s
	}
	return text.TruncateUTF16(s, most-1) + "…"
}

// wiki is a text in the wiki markup that Jira's importers read.
// Source: jira.atlassian.com, "Text Formatting Notation Help".
func wiki(b Body) string {
	var out strings.Builder
	for _, block := range b.Blocks {
		if !block.shown() {
			continue
		}
		if block.Head != "" {
			fmt.Fprintf(&out, "h3. %s\n", block.Head)
		}
		for line := range strings.SplitSeq(strings.TrimSpace(block.Text), "\n") {
			if line = plainWiki(line); line == "" {
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
			out.WriteString(mark + plainWiki(item) + "\n")
		}
		for _, l := range block.Links {
			fmt.Fprintf(&out, "* [%s|%s]\n", plainWiki(l.Title), l.URL)
		}
		out.WriteString("\n")
	}
	return out.String() + idNotice + b.ID
}

// plainWiki makes text plain inside of wiki markup: no macro, link, image or mention in it
// is read.
func plainWiki(s string) string {
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

// readJira reads the CSV that Jira exports: the columns Issue key, Status, Status Category,
// Resolution and Assignee, and the id in whatever column it stands, as External issue ID or
// Description.
func readJira(name string, data []byte) ([]State, error) {
	rows, err := readCSV(name, data, []string{"Issue key", "Key"}, []string{"Status"})
	if err != nil {
		return nil, err
	}
	var out []State
	for _, r := range rows {
		s := State{ID: r.id(), Key: r.get("Issue key", "Key"), State: r.get("Status"), Assignee: r.get("Assignee"), URL: web(r.get("URL", "Issue URL", "Link"))}
		resolution := r.get("Resolution")
		resolved := resolution != "" && !strings.EqualFold(resolution, "Unresolved")
		s.Dropped = dropped(resolution) || dropped(s.State)
		s.Closed = s.Dropped || resolved || strings.EqualFold(r.get("Status Category"), "Done") || closed(s.State)
		if resolved && !strings.EqualFold(resolution, s.State) {
			s.State += " (" + resolution + ")"
		}
		out = append(out, s)
	}
	return out, nil
}
