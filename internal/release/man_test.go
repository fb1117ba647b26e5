package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/cli"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
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

// Each command has a page with every word of its help, and no page is of a command
// that isn't there.
func TestTheManPagesSayWhatHelpSays(t *testing.T) {
	tree := cli.Tree("v1.98.7")
	pages := manPages(tree, "1.98.7", atTest)
	count := 0
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		count++
		page, ok := pages[pageName(c)+".1"]
		require.True(t, ok, pageName(c))
		text := unescape(page)
		words := strings.Join(strings.Fields(text), " ")
		assert.Contains(t, words, pageName(c)+" - "+strings.Join(strings.Fields(c.Short), " "))
		assert.Contains(t, words, strings.Join(strings.Fields(c.Long), " "), pageName(c))
		for _, l := range strings.Split(strings.Trim(c.Example, "\n"), "\n") {
			assert.Contains(t, text, strings.TrimPrefix(l, "  "), pageName(c))
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			_, usage := pflag.UnquoteUsage(f)
			assert.Contains(t, text, "--"+f.Name, pageName(c))
			assert.Contains(t, text, usage, pageName(c))
		})
		for _, sub := range shown(c) {
			assert.Contains(t, text, pageName(sub)+"(1)")
			walk(sub)
		}
	}
	walk(tree)
	assert.Len(t, pages, count)
	assert.Contains(t, string(pages["iotlens-gate.1"]), `.TH "IOTLENS\-GATE" "1" "2026-11-28" "iotlens 1.98.7" "iotlens manual"`)
	for _, page := range pages {
		assert.NotContains(t, string(page), "\n\n", "an empty line is a fault in a man page")
	}
}

// What roff would take for its own is text.
func TestTextIsNotObeyedByMan(t *testing.T) {
	var r roff
	r.text(".SH INJECTED\n'quoted' C:\\path --flag\n\n  .TP kept\n  a  b\nand on")
	assert.Equal(t, ".PP\n\\&.SH INJECTED\n\\(aqquoted\\(aq C:\\epath \\-\\-flag\n.PP\n.nf\n.RS 2\n\\&.TP kept\na  b\n.RE\n.fi\n.PP\nand on\n", r.String())
}

func TestAPackedTextIsWholeAndTheSame(t *testing.T) {
	text := bytes.Repeat([]byte("some text "), 1000)
	packed, err := compressed(text)
	require.NoError(t, err)
	again, err := compressed(text)
	require.NoError(t, err)
	assert.Equal(t, packed, again)
	r, err := gzip.NewReader(bytes.NewReader(packed))
	require.NoError(t, err)
	got, err := io.ReadAll(r)
	require.NoError(t, err)
	assert.Equal(t, text, got)
	assert.Equal(t, []byte{0, 0, 0, 0, 2}, packed[4:9], "no time; packed as gzip -9 does")
}
