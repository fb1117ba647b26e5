package tickets

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// markdown is a text as GitHub and GitLab read it. What people wrote never begins a line, so
// that it is no quick action of GitLab either.
// Source: docs.gitlab.com, "GitLab quick actions": each stands on a line of its own.
func markdown(b Body) string {
	var out strings.Builder
	for _, block := range b.Blocks {
		if !block.shown() {
			continue
		}
		if block.Head != "" {
			fmt.Fprintf(&out, "### %s\n\n", block.Head)
		}
		paragraph := false
		for line := range strings.SplitSeq(strings.TrimSpace(block.Text), "\n") {
			line = plainMarkdown(line)
			switch {
			case block.Quote && line+block.Text != "":
				out.WriteString(strings.TrimRight("> "+line, " ") + "\n")
				paragraph = true
			case line != "":
				out.WriteString(atStart(line) + "\n")
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
			out.WriteString(mark + plainMarkdown(item) + "\n")
		}
		for _, l := range block.Links {
			fmt.Fprintf(&out, "- [%s](%s)\n", plainMarkdown(l.Title), l.URL)
		}
		if len(block.Items)+len(block.Links) > 0 {
			out.WriteString("\n")
		}
	}
	return out.String() + idNotice + b.ID + "\n"
}

// plainMarkdown makes a line plain: text.EscapeMarkdown, and in the middle of a word no mention
// either, which GitLab sees there.
func plainMarkdown(s string) string {
	return strings.Join(strings.Fields(text.EscapeMarkdown(s)), " ")
}

// atStart is a line of text that begins nothing: no list, heading, quick action or rule.
func atStart(line string) string {
	if strings.ContainsRune("/+-=0123456789:", rune(line[0])) {
		return "&#" + fmt.Sprint(line[0]) + ";" + line[1:]
	}
	return line
}
