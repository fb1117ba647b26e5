package tickets

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// markdownText returns the text of a ticket as Markdown for GitHub and GitLab. Text of people
// is never at the start of a line, where GitLab would run it as a quick action.
// Source: docs.gitlab.com, "GitLab quick actions".
func markdownText(b Body) string {
	var out strings.Builder
	for _, block := range b.Blocks {
		if !block.hasContent() {
			continue
		}
		if block.Heading != "" {
			fmt.Fprintf(&out, "### %s\n\n", block.Heading)
		}
		paragraph := false
		for line := range strings.SplitSeq(strings.TrimSpace(block.Text), "\n") {
			line = escapeMarkdown(line)
			switch {
			case block.Quote && line+block.Text != "":
				out.WriteString(strings.TrimRight("> "+line, " ") + "\n")
				paragraph = true
			case line != "":
				out.WriteString(escapeLineStart(line) + "\n")
				paragraph = true
			}
		}
		if paragraph {
			out.WriteString("\n")
		}
		for _, item := range block.Items {
			mark := "- "
			if block.Check {
				mark = "- [ ] "
			}
			out.WriteString(mark + escapeMarkdown(item) + "\n")
		}
		for _, l := range block.Links {
			fmt.Fprintf(&out, "- [%s](%s)\n", escapeMarkdown(l.Title), l.URL)
		}
		if len(block.Items)+len(block.Links) > 0 {
			out.WriteString("\n")
		}
	}
	return out.String() + idNotice + b.ID + "\n"
}

// escapeMarkdown escapes a line, including mentions, and collapses white space.
func escapeMarkdown(s string) string {
	return strings.Join(strings.Fields(text.EscapeMarkdown(s)), " ")
}

// escapeLineStart escapes a first character that would start a list, heading, quick action or
// rule.
func escapeLineStart(line string) string {
	if strings.ContainsRune("/+-=0123456789:", rune(line[0])) {
		return "&#" + fmt.Sprint(line[0]) + ";" + line[1:]
	}
	return line
}
