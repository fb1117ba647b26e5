package suggest_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/stretchr/testify/assert"
)

func TestClosest(t *testing.T) {
	words := []string{"implemented", "partially_implemented", "not_implemented", "not_applicable", "cannot_determine"}
	for _, c := range []struct{ in, want string }{
		{"implementd", "implemented"},
		{"IMPLEMENTED", "implemented"},
		{"not_aplicable", "not_applicable"},
		{"not-implemented", "not_implemented"},
		{"partial", "partially_implemented"},
		{"not", ""}, // two begin with it
		{"ca", ""},
		{"done", ""},
		{"", ""},
	} {
		got, ok := suggest.Closest(c.in, words)
		assert.Equal(t, c.want, got, c.in)
		assert.Equal(t, c.want != "", ok, c.in)
	}
}

func TestExactMatchWins(t *testing.T) {
	got, _ := suggest.Closest("IOTSEC02", []string{"IOTSEC01", "IOTSEC02", "IOTSEC03"})
	assert.Equal(t, "IOTSEC02", got)
}

func TestSwappedLettersCountOnce(t *testing.T) {
	got, ok := suggest.Closest("eg", []string{"ge"})
	assert.True(t, ok)
	assert.Equal(t, "ge", got)
}

func TestUnknownListsKnownWords(t *testing.T) {
	assert.Equal(t, `unknown stage "x"; known: design, pilot`, suggest.Unknown("stage", "x", []string{"design", "pilot"}))
	assert.Equal(t, `unknown stage "x"`, suggest.Unknown("stage", "x", nil))
}
