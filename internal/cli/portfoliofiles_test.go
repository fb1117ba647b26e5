package cli

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPathListHasLinesOrNULCharacters(t *testing.T) {
	for list, want := range map[string][]string{
		"":                     nil,
		"\n\r\n":               nil,
		"a b\n./c\n":           {"a b", "./c"},
		"a\r\n\r\nb":           {"a", "b"},
		"a\nb\x00c\r\x00\x00d": {"a\nb", "c\r", "d"},
	} {
		assert.Equal(t, want, splitPaths([]byte(list)), "%q", list)
	}
}

func TestAPatternMatchesFoldersAtAnyDepth(t *testing.T) {
	for pattern, paths := range map[string]map[string]bool{
		"plants/**/*.review.yaml": {"plants/a.review.yaml": true, "plants/b/c/a.review.yaml": true, "plants/a.yaml": false, "other/a.review.yaml": false},
		"**/a.yaml":               {"a.yaml": true, "x/y/a.yaml": true, "x/a.yml": false},
		"plants/**":               {"plants/x": true, "plants/x/y": true},
		"plants/*/a":              {"plants/x/a": true, "plants/a": false, "plants/x/y/a": false},
		"[":                       {"[": false},
	} {
		for path, want := range paths {
			assert.Equal(t, want, matchPath(strings.Split(pattern, "/"), strings.Split(path, "/")), pattern+" "+path)
		}
	}
}
