package text_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/text"
	"github.com/stretchr/testify/assert"
)

func TestPercentIsRoundedDown(t *testing.T) {
	third := 1.0 / 10 * 3
	for v, want := range map[float64]string{0: "0 %", 98.6: "98 %", 99.99: "99 %", 100: "100 %", 100 * (third + third + third) / 0.9: "100 %", 0.4: "0 %"} {
		assert.Equal(t, want, text.Percent(v))
	}
}
