package yamlfile

import (
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/text"
	"gopkg.in/yaml.v3"
)

// proseWidth is the column at which long texts are folded.
const proseWidth = 120

// markFoldable marks the texts that are long and can be folded.
func (t *tree) markFoldable() {
	if t.kind == yaml.ScalarNode && !t.bare {
		t.foldable = utf8.RuneCountInString(t.text) > proseWidth-20 && foldSafe(t.text)
	}
	for _, k := range t.children {
		k.markFoldable()
	}
}

// foldSafe reports whether a folded block is read back as the same text: its lines have
// single blanks between words and none at the ends.
func foldSafe(s string) bool {
	for line := range strings.SplitSeq(s, "\n") {
		if strings.Join(text.Wrap(line, proseWidth), " ") != line {
			return false
		}
	}
	return blockSafe(s)
}

// renderFolded renders text as a folded block. Source: YAML 1.2, section 8.1.3: a line
// break within text is read as a blank, an empty line as a line break.
func renderFolded(s string, indent int) []string {
	lines := []string{">-"}
	pad := strings.Repeat(" ", indent)
	for i, paragraph := range strings.Split(s, "\n") {
		if i > 0 {
			lines = append(lines, "")
		}
		if paragraph == "" {
			continue
		}
		for _, line := range text.Wrap(paragraph, max(proseWidth-indent, 40)) {
			lines = append(lines, pad+line)
		}
	}
	return lines
}
