package gate

import (
	"testing"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/stretchr/testify/assert"
)

// The stricter of two levels fails exactly what either of them fails, in any order.
func TestStricter(t *testing.T) {
	levels := []lens.Level{LevelNone, lens.Critical, lens.High, lens.Medium, lens.Low}
	for _, a := range levels {
		for _, b := range levels {
			x, y := failLevel{Rule{Setting: "a"}, a}, failLevel{Rule{Setting: "b"}, b}
			assert.Equal(t, stricter(x, y).level, stricter(y, x).level, "%s and %s", a, b)
			for _, severity := range []lens.Level{lens.Critical, lens.High, lens.Medium, lens.Low, "never rated"} {
				assert.Equal(t, x.fails(severity) || y.fails(severity), stricter(x, y).fails(severity), "%s under %s and %s", severity, a, b)
			}
		}
		assert.Equal(t, a, stricter(failLevel{}, failLevel{Rule{Setting: "a"}, a}).level, "an unset level is the least strict")
	}
}
