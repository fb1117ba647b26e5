package tui

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// ThemeAuto chooses the theme by the terminal's background, if that is known.
const ThemeAuto = "auto"

// Themes lists the names of the themes.
func Themes() []string { return []string{ThemeAuto, "dark", "light", "contrast", "none"} }

// A palette is the colours of a theme. A nil colour is that of the terminal.
type palette struct {
	back, fore color.Color
	dim        color.Color // explanations
	accent     color.Color // the current question, titles
	good       color.Color
	warn       color.Color
	bad        color.Color
	bar        color.Color // background of the header
	barFore    color.Color
	mark       color.Color // background of the selected row
	markFore   color.Color
}

// paletteOf returns the palette of a theme. Each text colour has a contrast of at least 4.5
// to 1 with its background, in the theme contrast of 7 to 1 (WCAG 2.2, 1.4.3 and 1.4.6); a
// test computes it.
func paletteOf(name string) palette {
	c := lipgloss.Color
	switch name {
	case "light":
		return palette{
			back: c("#ffffff"), fore: c("#1b1f24"), dim: c("#57606a"), accent: c("#0550ae"),
			good: c("#116329"), warn: c("#7a4d00"), bad: c("#a40e26"),
			bar: c("#dfe7ef"), barFore: c("#1b1f24"), mark: c("#e4eefc"), markFore: c("#0b2a57"),
		}
	case "contrast":
		return palette{
			back: c("#000000"), fore: c("#ffffff"), dim: c("#ffffff"), accent: c("#ffff00"),
			good: c("#5fff5f"), warn: c("#ffd75f"), bad: c("#ff9f9f"),
			bar: c("#ffffff"), barFore: c("#000000"), mark: c("#ffff00"), markFore: c("#000000"),
		}
	}
	return palette{
		back: c("#10151d"), fore: c("#e8ecf1"), dim: c("#9fb0c0"), accent: c("#7cc4ff"),
		good: c("#7bd88f"), warn: c("#ffcf5c"), bad: c("#ff8a80"),
		bar: c("#22303f"), barFore: c("#f4f7fa"), mark: c("#24405f"), markFore: c("#ffffff"),
	}
}

// palette16 is paletteOf for a terminal with sixteen colours. The others can't be converted
// to those: light blue would become dark blue.
func palette16(name string) palette {
	p := palette{
		back: lipgloss.Black, fore: lipgloss.BrightWhite, dim: lipgloss.White, accent: lipgloss.BrightCyan,
		good: lipgloss.BrightGreen, warn: lipgloss.BrightYellow, bad: lipgloss.BrightRed,
		bar: lipgloss.White, barFore: lipgloss.Black, mark: lipgloss.BrightCyan, markFore: lipgloss.Black,
	}
	switch name {
	case "light":
		return palette{
			back: lipgloss.BrightWhite, fore: lipgloss.Black, dim: lipgloss.Black, accent: lipgloss.Blue,
			good: lipgloss.Green, warn: lipgloss.Magenta, bad: lipgloss.Red,
			bar: lipgloss.White, barFore: lipgloss.Black, mark: lipgloss.Blue, markFore: lipgloss.BrightWhite,
		}
	case "contrast":
		p.dim, p.accent, p.bar, p.mark = lipgloss.BrightWhite, lipgloss.BrightYellow, lipgloss.BrightWhite, lipgloss.BrightYellow
	}
	return p
}

// unknownBackgroundPalette is for a terminal that doesn't report its background. It has the
// ones of the sixteen colours that are readable on black and on white. Yellow, green and cyan
// are not on white, blue and the darker reds not on black.
func unknownBackgroundPalette() palette {
	return palette{warn: lipgloss.BrightMagenta, bad: lipgloss.BrightRed}
}

// A theme is the styles of the screen. No information is in a colour alone: a sign and a
// word have it too.
type theme struct {
	plain  lipgloss.Style
	strong lipgloss.Style
	dim    lipgloss.Style
	accent lipgloss.Style
	good   lipgloss.Style
	warn   lipgloss.Style
	bad    lipgloss.Style
	bar    lipgloss.Style
	mark   lipgloss.Style // the selected row

	// Cells of the map, by the highest severity of their findings.
	heatHigh, heatMedium, heatLow, heatGood lipgloss.Style
}

// terminalColours is what a terminal reported about its colours; zero: nothing.
type terminalColours struct {
	background bool // the background is known
	dark       bool // the background is dark
	none       bool // no colours, or NO_COLOR is set
	sixteen    bool // sixteen colours
}

// themeOf returns the theme with a name for a terminal.
func themeOf(name string, t terminalColours) theme {
	colours := paletteOf
	if t.sixteen {
		colours = palette16
	}
	switch {
	case name == "none" || t.none:
		return colourlessTheme()
	case name != ThemeAuto:
		return newTheme(colours(name))
	case !t.background:
		return newTheme(unknownBackgroundPalette())
	}
	p := colours("light")
	if t.dark {
		p = colours("dark")
	}
	p.back, p.fore = nil, nil
	return newTheme(p)
}

func newTheme(p palette) theme {
	plain := lipgloss.NewStyle().Background(p.back).Foreground(p.fore)
	t := theme{
		plain:  plain,
		strong: plain.Bold(true),
		dim:    plain.Foreground(p.dim).Faint(p.dim == nil),
		accent: plain.Foreground(p.accent).Bold(true),
		good:   plain.Foreground(p.good),
		warn:   plain.Foreground(p.warn),
		bad:    plain.Foreground(p.bad).Bold(true),
		bar:    lipgloss.NewStyle().Background(p.bar).Foreground(p.barFore).Reverse(p.bar == nil),
		mark:   lipgloss.NewStyle().Background(p.mark).Foreground(p.markFore).Reverse(p.mark == nil).Bold(p.mark != nil),
	}
	t.heatHigh, t.heatMedium, t.heatLow, t.heatGood = t.bad.Reverse(true), t.warn.Reverse(true), t.warn, t.good
	return t
}

func colourlessTheme() theme {
	t := newTheme(palette{})
	t.dim, t.heatMedium = t.plain, t.strong
	return t
}
