package text_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/text"
	"github.com/stretchr/testify/assert"
)

func TestUTF8(t *testing.T) {
	for given, want := range map[string]string{
		"":                         "",
		"a ü":                      "a ü",
		"\xef\xbb\xbfa ü":          "a ü",
		"\xff\xfea\x00\xfc\x00":    "aü",
		"\xfe\xff\x00a\x00\xfc":    "aü",
		"\xff\xfe\x3d\xd8\x00\xde": "😀",
		"\xff\xfe":                 "",
		"\xff\xfea":                "",
		"\xe4 is not UTF-8":        "\xe4 is not UTF-8",
	} {
		assert.Equal(t, want, string(text.UTF8([]byte(given))), "%q", given)
	}
}
