package lint_test

import (
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Ignores match by code, file, id and day.
func TestIgnores(t *testing.T) {
	lens := []byte(strings.ReplaceAll(string(soundLens(t)), `"risk": "HIGH_RISK"`, `"risk": "MEDIUM_RISK"`)) // WA073
	for _, c := range []struct {
		ignore, path string
		want         bool
	}{
		{"code: WA073", "lenses/a.json", true},
		{"code: never-high", "lenses/v1/a.json", true},
		{"code: WA050", "lenses/a.json", false},
		{"code: WA073", "other/a.json", false},
		{"code: WA073, files: [a.json]", "lenses/deep/down/a.json", true},
		{"code: WA073, files: [b.json]", "lenses/a.json", false},
		{"code: WA073, files: ['*.json']", "lenses/v1/a.json", true},
		{"code: WA073, files: ['v1/*.json']", "lenses/v1/a.json", true},
		{"code: WA073, files: ['v1/*.json']", "lenses/v1/old/a.json", false},
		{"code: WA073, files: ['v1/**/a.json']", "lenses/v1/a.json", true},
		{"code: WA073, files: ['v1/**']", "lenses/v1/old/a.json", true},
		{"code: WA073, files: [v1/]", "lenses/v1/old/a.json", true},
		{"code: WA073, files: [v2, v1]", "lenses/v1/a.json", true},
		{"code: WA073, files: ['a+json']", "lenses/a.json", false},
		{"code: WA073, ids: [GHFROST01]", "lenses/a.json", true},
		{"code: WA073, ids: [frost]", "lenses/a.json", true},
		{"code: WA073, ids: [security]", "lenses/a.json", false},
		{"code: WA073, until: 2026-11-30", "lenses/a.json", true},
		{"code: WA073, until: 2026-11-29", "lenses/a.json", false},
	} {
		list, problems := lint.ParseIgnores("lenses/"+lint.IgnoreFile, []byte("schema: 1\nignore:\n  - {reason: Meant so., "+c.ignore+"}\n"), true)
		require.Empty(t, problems, c.ignore)
		r := lint.Files([]lint.Source{{File: c.path, Path: c.path, Data: lens}})
		before := len(r.Files[0].Findings)
		expired, unused := r.ApplyIgnores(list, "2026-11-30")
		assert.Equal(t, c.want, r.Files[0].Ignored > 0, c.ignore)
		assert.Equal(t, before-len(r.Files[0].Findings), r.Files[0].Ignored, c.ignore)
		assert.Equal(t, !c.want, len(expired)+len(unused) == 1, "expired and unused ignores are reported: %s", c.ignore)
	}
}
