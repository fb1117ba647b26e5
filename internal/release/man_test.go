package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/cli"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// unescape reads a page back: its text, line by line, without the commands of roff.
func unescape(page []byte) string {
	var out []string
	for _, l := range strings.Split(string(page), "\n") {
		if strings.HasPrefix(l, ".") && !strings.HasPrefix(l, ".SH ") {
			continue
		}
		l = strings.TrimPrefix(l, `\&`)
		out = append(out, strings.NewReplacer(`\fB`, "", `\fI`, "", `\fR`, "", `\e`, `\`, `\-`, "-", `\(aq`, "'", `\(ga`, "`", `\(ha`, "^", `\(ti`, "~").Replace(l))
	}
	return strings.Join(out, "\n")
}

// Each command has a man page with every word of its manual, and every page has a command.
func TestTheManPagesSayWhatHelpSays(t *testing.T) {
	root, everywhere := cli.Manuals()
	pages := manPages("1.98.7", atTest)
	count := 0
	var walk func(m cli.Manual)
	walk = func(m cli.Manual) {
		count++
		page, ok := pages[pageName(m)+".1"]
		require.True(t, ok, pageName(m))
		text := unescape(page)
		words := strings.Join(strings.Fields(text), " ")
		assert.Contains(t, words, pageName(m)+" - "+strings.Join(strings.Fields(m.Short), " "))
		assert.Contains(t, words, m.Usage)
		assert.Contains(t, words, strings.Join(strings.Fields(m.Long), " "), pageName(m))
		for _, l := range strings.Split(strings.Trim(m.Example, "\n"), "\n") {
			assert.Contains(t, text, strings.TrimPrefix(l, "  "), pageName(m))
		}
		for _, f := range slices.Concat(m.Flags, everywhere, []cli.Flag{{Name: "help"}}) {
			assert.Contains(t, text, "--"+f.Name, pageName(m))
			assert.Contains(t, text, f.Usage, pageName(m))
		}
		for _, e := range m.Exits {
			assert.Contains(t, strings.ToLower(words), fmt.Sprintf(" %d %s.", e.Code, strings.ToLower(e.Meaning)), pageName(m))
		}
		for _, sub := range m.Commands {
			assert.Contains(t, text, pageName(sub)+"(1)")
			walk(sub)
		}
	}
	walk(root)
	assert.Len(t, pages, count)
	assert.Contains(t, string(pages["iotlens-gate.1"]), `.TH "IOTLENS\-GATE" "1" "2026-11-28" "iotlens 1.98.7" "iotlens manual"`)
	for _, page := range pages {
		assert.NotContains(t, string(page), "\n\n", "an empty line is a fault in a man page")
	}
}

// Text with roff commands and escapes is shown as text.
func TestTextIsNotObeyedByMan(t *testing.T) {
	var r roff
	r.text(".SH INJECTED\n'quoted' C:\\path --flag\n\n  .TP kept\n  a  b\nand on")
	assert.Equal(t, ".PP\n\\&.SH INJECTED\n\\(aqquoted\\(aq C:\\epath \\-\\-flag\n.PP\n.nf\n.RS 2\n\\&.TP kept\na  b\n.RE\n.fi\n.PP\nand on\n", r.String())
}

func TestAPackedTextIsWholeAndTheSame(t *testing.T) {
	text := bytes.Repeat([]byte("some text "), 1000)
	packed, err := gzipped(text)
	require.NoError(t, err)
	again, err := gzipped(text)
	require.NoError(t, err)
	assert.Equal(t, packed, again)
	r, err := gzip.NewReader(bytes.NewReader(packed))
	require.NoError(t, err)
	got, err := io.ReadAll(r)
	require.NoError(t, err)
	assert.Equal(t, text, got)
	assert.Equal(t, []byte{0, 0, 0, 0, 2}, packed[4:9], "no time; packed as gzip -9 does")
}
