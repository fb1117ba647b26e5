package yamlfile

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"
)

func TestQuickReadsTheReviews(t *testing.T) {
	files, err := filepath.Glob("../../testdata/reviews/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.NotNil(t, quick(data), "%s is in the canonical layout", file)
		sameAsYAML(t, data)
	}
}

var samples = []string{
	"a: b\n", "a:\nb: c\n", "a:\n  b: 1\n  c: true\n", "a:\n- b\n- c: d\n  e: f\n", "a:\n  - b: c\n\n    # x\n    d: \"e \\\" f\"\ng: h\n",
	"a: |-\n  x\n\n   y\nb: c\n", "a: |-\n  x\n\n\n", "a: b\n  c\n", "a:\n  b\n", "a: 2026-11-23\nb: 2026-11-23T10:00:00Z\n", "a: 007\n", "a: x #y\n", "# c\n\na: b: c\n",
	"a: http://x/y:1\n", "a: null\n", "yes: no\n", "a:   b   \n", "a:\n  - - b\n", "a:\n -\n", "- a\n", "a: [b]\n", "a: \"b\" c\n", "a: \"é\"\n", "a:\n  b: c\n d: e\n", "a: b\n...\n",
	"a:\n- b\nc: d\n", "a:\n  - b\n - c\n", "a:\n    b:\n  - c\n", "a:\n  # c\n", "a:\n  b:\n  - c\n  d: e\n", "a: -\n", "a: |-\n  # no comment\n# comment\nb: c\n", "a: b\n  # deep\nc: d\n",
	"a: \n  b: c\n", "a-b: c\n", "-a: b\n", "a:\n  - b:\n      c: d\n    e: f\n  - g\n", "a:\n  - b:\n    - c\n",
}

func TestQuickReadsAsYAMLDoes(t *testing.T) {
	for _, s := range samples {
		sameAsYAML(t, []byte(s))
	}
}

func FuzzQuick(f *testing.F) {
	for _, s := range samples {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := decoder{}
		if len(data) > 1<<16 || d.refuse(data) {
			return
		}
		sameAsYAML(t, data)
	})
}

// sameAsYAML wants that what quick accepts is one document to yaml.v3, and the
// same one.
func sameAsYAML(t *testing.T, data []byte) {
	t.Helper()
	got := quick(data)
	if got == nil {
		return
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	require.NoError(t, dec.Decode(&doc), "%q", data)
	require.True(t, errors.Is(dec.Decode(&yaml.Node{}), io.EOF), "%q", data)
	require.Equal(t, bare(doc.Content[0]), bare(got), "%q", data)
}

// bare drops the comments that nothing here looks at.
func bare(n *yaml.Node) yaml.Node {
	out := *n
	out.HeadComment, out.FootComment, out.Content = "", "", nil
	for _, c := range n.Content {
		b := bare(c)
		out.Content = append(out.Content, &b)
	}
	return out
}
