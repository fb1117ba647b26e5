package trend

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// The layout of the drawing, in pixels.
const (
	svgWide            = 820.0
	plotLeft, plotWide = 46.0, 740.0
	plotTop            = 78.0 // of the upper chart, below the top of its series
	shareHigh          = 150.0
	countHigh          = 110.0
	between            = 42.0 // of the two charts
	seriesHigh         = plotTop + shareHigh + between + countHigh + 70
)

// svgStyle has the colours of the HTML report, in light and in dark.
const svgStyle = `svg{--paper:#fff;--ink:#18242e;--muted:#52606c;--line:#dfe5e9;--score:#0b5469;--coverage:#52606c;--high:#a3271b;--medium:#7a4e00;--open:#3c566b;color-scheme:light dark}
@media (prefers-color-scheme:dark){svg{--paper:#12181e;--ink:#e8edf1;--muted:#a6b4c0;--line:#2f3a44;--score:#7fc6da;--coverage:#a6b4c0;--high:#ffaea3;--medium:#f0c671;--open:#b0cbe0}}
text{font:12px -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:var(--ink)}
.paper{fill:var(--paper)}.title{font-size:16px;font-weight:650}.muted{fill:var(--muted)}.tick{font-size:11px;fill:var(--muted)}.value{font-size:11px;paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}
.grid{stroke:var(--line);fill:none}.score{--tone:var(--score)}.coverage{--tone:var(--coverage)}.high{--tone:var(--high)}.medium{--tone:var(--medium)}.open{--tone:var(--open)}
.line{fill:none;stroke:var(--tone);stroke-width:2}.coverage .line,.medium .line{stroke-dasharray:5 4}.mark{fill:var(--tone);stroke:var(--tone);stroke-width:2}.mark.other{fill:var(--paper)}
`

// SVG draws a trend as one self-contained drawing for light and dark themes. Its title and description
// have all the numbers as text.
func SVG(w io.Writer, t *Trend) error {
	d, list := &drawing{}, t.Series
	high := seriesHigh * float64(len(list))
	d.put(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %v %v" width="%v" height="%v" role="img" aria-labelledby="trend-title trend-about">`+"\n", svgWide, high, svgWide, high)
	d.element("title", ` id="trend-title"`, title(list))
	d.element("desc", ` id="trend-about"`, about(list))
	d.put("<style>%s</style>\n<rect class=\"paper\" width=\"%v\" height=\"%v\"/>\n", svgStyle, svgWide, high)
	for i, s := range list {
		d.put(`<g transform="translate(0 %v)">`+"\n", seriesHigh*float64(i))
		d.series(s)
		d.put("</g>\n")
	}
	d.put("</svg>\n")
	_, err := d.b.WriteTo(w)
	return err
}

func title(list []Series) string {
	if len(list) == 1 {
		return "Trend of " + list[0].Workload
	}
	return "Trend of " + text.Count(len(list), "workload")
}

// about describes the drawing: the numbers of all states.
func about(list []Series) string {
	var b strings.Builder
	for _, s := range list {
		fmt.Fprintf(&b, "%s:", s.Heading())
		for _, state := range s.States {
			fmt.Fprintf(&b, " %s, %s: score %s, coverage %s, %d at high risk, %d at medium risk, %s.", state.Day(), state.Name,
				percent(state.Score), percent(state.Coverage), state.High, state.Medium, text.Count(state.Open, "open finding"))
			for _, reason := range state.NotComparable {
				fmt.Fprintf(&b, " Not to be compared with the last state: %s.", reason)
			}
		}
		b.WriteByte('\n')
	}
	return strings.TrimSpace(b.String())
}

// A drawing is an SVG that is being written.
type drawing struct{ b bytes.Buffer }

// put writes markup. It rounds numbers, so that a drawing is the same on every machine. Use element
// for text.
func (d *drawing) put(format string, args ...any) {
	for i, a := range args {
		if f, ok := a.(float64); ok {
			args[i] = math.Round(f*10) / 10
		}
	}
	fmt.Fprintf(&d.b, format, args...)
}

// element writes a text element, with control characters made visible and markup escaped.
func (d *drawing) element(name, attributes, s string) {
	d.put("<%s%s>", name, attributes)
	_ = xml.EscapeText(&d.b, []byte(text.Clean(s, true))) // writing to a buffer does not fail
	d.put("</%s>\n", name)
}

func (d *drawing) text(x, y float64, class, anchor, s string) {
	d.element("text", fmt.Sprintf(` class="%s" x="%s" y="%s" text-anchor="%s"`, class, coordinate(x), coordinate(y), anchor), text.Clean(s, false))
}

func coordinate(v float64) string {
	return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
}

// A curve is one number of the states of a series.
type curve struct {
	class, name string
	value       func(State) (float64, bool)
	mark        string // the shape of its marks
}

func curves() (shares, counts []curve) {
	count := func(of func(State) int) func(State) (float64, bool) {
		return func(s State) (float64, bool) { return float64(of(s)), true }
	}
	shares = []curve{
		{"coverage", "coverage", func(s State) (float64, bool) { return s.Coverage.Value, s.Coverage.Known }, "square"},
		{"score", "score", func(s State) (float64, bool) { return s.Score.Value, s.Score.Known }, "circle"},
	}
	counts = []curve{
		{"open", "open findings", count(func(s State) int { return s.Open }), "diamond"},
		{"medium", "questions at medium risk", count(func(s State) int { return s.Medium }), "square"},
		{"high", "questions at high risk", count(func(s State) int { return s.High }), "triangle"},
	}
	return shares, counts
}

// series draws a series: a chart of percentages, below it one of counts, and the days under both.
func (d *drawing) series(s Series) {
	const most = 92 // characters that fit into a heading
	d.text(plotLeft, 28, "title", "start", text.Truncate(text.Clean(s.Workload, false), most*3/4))
	d.text(plotLeft, 46, "muted", "start", text.Truncate(text.Clean(strings.TrimPrefix(s.File+", "+s.LensName, ", "), false), most))
	shares, counts := curves()
	d.chart(s, shares, plotTop, shareHigh, 100, func(v float64) string { return strconv.Itoa(text.WholePercent(v)) + " %" })
	top := plotTop + shareHigh + between
	d.chart(s, counts, top, countHigh, ceiling(s), func(v float64) string { return strconv.Itoa(int(v)) })
	d.days(s, top+countHigh+18)
}

// ceiling is the top of the scale of counts.
func ceiling(s Series) float64 {
	most := 4
	for _, state := range s.States {
		most = max(most, state.Open, state.High, state.Medium)
	}
	step := 4
	for step*10 < most {
		step *= 5
	}
	return float64((most + step - 1) / step * step)
}

// stateX is the horizontal position of a state. States are evenly spaced.
func stateX(s Series, i int) float64 {
	if len(s.States) == 1 {
		return plotLeft + plotWide/2
	}
	const margin = 30.0
	return plotLeft + margin + (plotWide-2*margin)*float64(i)/float64(len(s.States)-1)
}

// chart draws curves on a scale from 0 to most, with a legend that has the last value of each.
func (d *drawing) chart(s Series, list []curve, top, high, most float64, words func(float64) string) {
	for i := range 5 {
		v := most * float64(i) / 4
		y := top + high - high*v/most
		d.put(`<path class="grid" d="M%v %vh%v"/>`+"\n", plotLeft, y, plotWide)
		d.text(plotLeft-7, y+4, "tick", "end", strconv.Itoa(int(v)))
	}
	x := plotLeft
	last := s.States[len(s.States)-1]
	for i := range list {
		c := list[len(list)-1-i] // the curve on top is drawn last and named first
		label := c.name + " " + "not assessed"
		if v, ok := c.value(last); ok {
			label = c.name + " " + words(v)
		}
		d.put(`<g class="%s">`, c.class)
		d.shape(c.mark, x+6, top-18, false)
		d.text(x+17, top-14, "", "start", label)
		d.put("</g>\n")
		x += 40 + 6.6*float64(len(label))
	}
	for _, c := range list {
		d.curve(s, c, func(v float64) float64 { return top + high - high*v/most })
	}
}

// curve draws a line through the states that have a value, and a mark at each.
func (d *drawing) curve(s Series, c curve, y func(float64) float64) {
	var path strings.Builder
	pen := "M"
	for i, state := range s.States {
		v, ok := c.value(state)
		if !ok {
			pen = "M"
			continue
		}
		path.WriteString(pen + coordinate(stateX(s, i)) + " " + coordinate(y(v)))
		pen = "L"
	}
	d.put(`<g class="%s"><path class="line" d="%s"/>`+"\n", c.class, path.String())
	for i, state := range s.States {
		if v, ok := c.value(state); ok {
			d.shape(c.mark, stateX(s, i), y(v), len(state.NotComparable) > 0)
		}
	}
	for i, state := range s.States {
		if v, ok := c.value(state); ok && showsValues(s, c) {
			d.text(stateX(s, i), y(v)-9, "value", "middle", strconv.Itoa(text.WholePercent(v)))
		}
	}
	d.put("</g>\n")
}

// showsValues reports whether there is room for the values of a curve beside its marks: for two curves,
// if there are few states.
func showsValues(s Series, c curve) bool {
	const most = 16
	return len(s.States) <= most && (c.class == "score" || c.class == "high")
}

// shape draws a mark; hollow for a state that cannot be compared.
func (d *drawing) shape(kind string, x, y float64, hollow bool) {
	class := "mark"
	if hollow {
		class += " other"
	}
	switch kind {
	case "circle":
		d.put(`<circle class="%s" cx="%v" cy="%v" r="4"/>`, class, x, y)
	case "square":
		d.put(`<rect class="%s" x="%v" y="%v" width="7" height="7"/>`, class, x-3.5, y-3.5)
	case "diamond":
		d.put(`<path class="%s" d="M%v %vl5 5l-5 5l-5-5z"/>`, class, x, y-5)
	default:
		d.put(`<path class="%s" d="M%v %vl5 9h-10z"/>`, class, x, y-5)
	}
}

// days writes the days and names of as many states as fit.
func (d *drawing) days(s Series, y float64) {
	const wide = 104.0 // of a label
	every := 1
	if n := len(s.States); n > 1 {
		every = int(math.Ceil(wide / (stateX(s, 1) - stateX(s, 0))))
	}
	other := false
	for i, state := range s.States {
		other = other || len(state.NotComparable) > 0
		if (len(s.States)-1-i)%every == 0 { // the last one always
			d.text(stateX(s, i), y, "tick", "middle", state.Day())
			d.text(stateX(s, i), y+15, "tick", "middle", text.Truncate(text.Clean(state.Name, false), 15))
		}
	}
	if other {
		d.text(plotLeft, y+36, "tick", "start", "Hollow marks: not to be compared with the last state as they stand; the description of this drawing says why.")
	}
}
