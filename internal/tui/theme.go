package tui

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// ThemeAuto takes the theme from the terminal's background, where it is known.
const ThemeAuto = "auto"

// Themes lists the names of the themes.
func Themes() []string { return []string{ThemeAuto, "dark", "light", "contrast", "none"} }

// A palette is the colours of a theme. Without back and fore the terminal keeps
// its own.
type palette struct {
	back, fore color.Color
	dim        color.Color // what explains
	accent     color.Color // where we are
	good       color.Color
	warn       color.Color
	bad        color.Color
	bar        color.Color // behind the header
	barFore    color.Color
	mark       color.Color // behind the cursor
	markFore   color.Color
}

// paletteOf are the themes with colours of their own. Each text colour has
// a contrast of 4.5 to 1 with what is behind it, in the theme contrast of 7 to 1
// (WCAG 2.2, 1.4.3 and 1.4.6); a test computes it.
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

// palette16 are the themes for a terminal with sixteen colours, to which the
// others can't be brought down: what is light blue there would be dark blue.
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

// unknownBackgroundPalette is for a terminal that doesn't report its background: of its sixteen colours
// those that can be read on black and on white alike. Yellow, green and cyan can't on
// white, nor blue and the darker reds on black; what has no colour has its sign and word, as everything has.
func unknownBackgroundPalette() palette {
	return palette{warn: lipgloss.BrightMagenta, bad: lipgloss.BrightRed}
}

// A theme is how things look. No information is in a colour alone: a sign and a word
// show it too.
type theme struct {
	plain  lipgloss.Style
	strong lipgloss.Style
	dim    lipgloss.Style
	accent lipgloss.Style
	good   lipgloss.Style
	warn   lipgloss.Style
	bad    lipgloss.Style
	bar    lipgloss.Style
	mark   lipgloss.Style // the row at the cursor

	// The cells of the map, by the worst that was found.
	heatHigh, heatMedium, heatLow, heatGood lipgloss.Style
}

// terminalColours is what a terminal reported about its colours.
type terminalColours struct {
	background bool // it reported its background
	dark       bool // which is dark
	none       bool // it has no colours, or they are not wanted
	sixteen    bool // it has sixteen
}

// themeOf makes the theme with a name for a terminal.
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
