package lint_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/stretchr/testify/require"
)

// The second part of docs/lint.md is generated from checks.md.
func TestTheCodesAreDocumented(t *testing.T) {
	const file = "../../../docs/lint.md"
	page, err := os.ReadFile(file)
	require.NoError(t, err)
	const mark = "<!-- The rest is written from the table of checks: UPDATE_GOLDEN=1 go test ./internal/wa/lint -->\n"
	byHand, _, ok := strings.Cut(string(page), mark)
	require.True(t, ok, "the mark")
	golden(t, file, byHand+mark+reference())
}

// reference returns the documentation of all checks.
func reference() string {
	var b strings.Builder
	b.WriteString("\n## Codes\n\n| code | name | severity | `--fix` | meaning |\n| --- | --- | --- | --- | --- |\n")
	for _, c := range lint.Checks() {
		fixable := ""
		if c.Fixable {
			fixable = "yes"
		}
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s | %s | %s |\n", c.Code, strings.ToLower(c.Code), c.Name, c.Severity, fixable, markdown(c.Summary))
	}
	for _, c := range lint.Checks() {
		fmt.Fprintf(&b, "\n### %s\n\n**%s.** %s\n", c.Code, markdown(c.Summary), markdown(c.Why))
	}
	return b.String()
}

// markdown escapes a text for Markdown.
func markdown(s string) string {
	return strings.NewReplacer(`\`, `\\`, "|", `\|`, "*", `\*`, "[", `\[`, "]", `\]`, "<", "&lt;", "&", "&amp;", "_", `\_`, "#", `\#`, "~", `\~`).Replace(s)
}
