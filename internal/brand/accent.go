package brand

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A Colour is red, green and blue, 0 to 255.
type Colour [3]uint8

func (c Colour) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

// An Accent is the colour of titles and links: the given colour for light mode, and a lighter
// mix of it that is readable in dark mode.
type Accent struct{ Light, Dark Colour }

// The backgrounds of text in the accent colour, in light and in dark mode. They are those of
// the HTML report and of the slides.
var (
	lightGrounds = []Colour{{0xff, 0xff, 0xff}, {0xf5, 0xf7, 0xf8}}
	darkGrounds  = []Colour{{0x12, 0x18, 0x1e}, {0x1a, 0x22, 0x29}}
)

// minContrast is the contrast ratio that text needs. Source: WCAG 2.2, 1.4.3, level AA.
const minContrast = 4.5

// parseAccent parses an accent colour. If its contrast is too low, the error names the
// nearest colour that is readable.
func parseAccent(s string) (*Accent, error) {
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32)
	if err != nil || len(s) != 7 || s[0] != '#' {
		return nil, fmt.Errorf("accent must be a colour such as \"#0b5469\", in quotes, not %q", s)
	}
	c := Colour{uint8(n >> 16), uint8(n >> 8), uint8(n)}
	if worst := lowestContrast(c, lightGrounds); worst < minContrast {
		return nil, fmt.Errorf("accent %s has a contrast of %.1f to its background; text needs %.1f; the nearest colour that has it is %s",
			s, math.Floor(worst*10)/10, minContrast, mixUntilReadable(c, Colour{}, lightGrounds))
	}
	return &Accent{Light: c, Dark: mixUntilReadable(c, Colour{0xff, 0xff, 0xff}, darkGrounds)}, nil
}

// mixUntilReadable mixes a colour with end (black or white), as little as possible to make it
// readable.
func mixUntilReadable(c, end Colour, grounds []Colour) Colour {
	const steps = 256
	out := c
	for i := 0; i <= steps && lowestContrast(out, grounds) < minContrast; i++ {
		for j := range out {
			out[j] = uint8((int(c[j])*(steps-i) + int(end[j])*i) / steps)
		}
	}
	return out
}

// lowestContrast returns the lowest contrast of a colour to the backgrounds.
func lowestContrast(c Colour, grounds []Colour) float64 {
	worst := math.Inf(1)
	for _, g := range grounds {
		worst = min(worst, Contrast(c, g))
	}
	return worst
}

// Contrast returns the contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, contrast
// ratio.
func Contrast(a, b Colour) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance returns the relative luminance of a colour, 0 to 1. Source: WCAG 2.2, relative
// luminance.
func luminance(c Colour) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s > 0.04045 {
			return math.Pow((s+0.055)/1.055, 2.4)
		}
		return s / 12.92
	}
	return 0.2126*linear(c[0]) + 0.7152*linear(c[1]) + 0.0722*linear(c[2])
}
