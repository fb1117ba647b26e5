package trend

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/text"
)

// notComparableMark marks a state whose numbers cannot be compared with those of the last.
const notComparableMark = "~"

// Text writes a trend as tables for a terminal, with bars of plain ASCII.
func Text(w io.Writer, t *Trend) error {
	var p text.Page
	for i, s := range t.Series {
		if i > 0 {
			p.Line("")
		}
		p.Wrapped("", "  ", s.Heading())
		p.Line("")
		rows := [][]string{{"", "day", "state", "score", "", "coverage", "high", "medium", "open"}}
		for i, state := range s.States {
			rows = append(rows, []string{
				stateNumber(i, state), state.Day(), text.Truncate(text.Clean(state.Name, false), nameColumns), percentCell(state.Score), bar(state.Score),
				percentCell(state.Coverage), strconv.Itoa(state.High), strconv.Itoa(state.Medium), strconv.Itoa(state.Open),
			})
		}
		table(&p, rows, 2, 4)
		writePillars(&p, s)
		if since := s.Summary(); since != "" {
			p.Line("")
			p.Wrapped("  ", "  ", since)
		}
		writeReasons(&p, s)
	}
	p.Line("")
	p.Wrapped("  ", "  ", "Score and coverage in percent, of the lens's own best practices; high and medium count questions at that risk, open the findings that no waiver covers on that day.")
	_, err := io.WriteString(w, p.String())
	return err
}

// MilestoneTable writes the milestones of a review as a table for a terminal.
func MilestoneTable(states []State) string {
	var p text.Page
	rows := [][]string{{"name", "day", "score", "coverage", "high risk", "open", "lens"}}
	for _, s := range states {
		rows = append(rows, []string{
			text.Truncate(text.Clean(s.Name, false), nameColumns+4), s.Day(), percentCell(s.Score), percentCell(s.Coverage), strconv.Itoa(s.High), strconv.Itoa(s.Open),
			fmt.Sprintf("%s, revision %d", s.Asked.Version, s.Asked.Revision) + strings.Repeat(" "+notComparableMark, min(len(s.NotComparable), 1)),
		})
	}
	table(&p, rows, 0, 6)
	writeReasons(&p, Series{States: states})
	return p.String()
}

// Heading is the heading of a series: its workload, file and lens.
func (s Series) Heading() string {
	out := s.Workload
	if s.File != "" {
		out += " (" + s.File + ")"
	}
	return out + ", " + s.LensName
}

// nameColumns is the width of the name of a state.
const nameColumns = 16

// stateNumber is the number of a state, which the table of pillars refers to.
func stateNumber(i int, s State) string {
	out := strconv.Itoa(i + 1)
	if len(s.NotComparable) > 0 {
		out += notComparableMark
	}
	return out
}

func percentCell(p compare.Percent) string {
	if !p.Known {
		return "-"
	}
	return strconv.Itoa(text.WholePercent(p.Value))
}

// bar draws a percentage as a bar of ten characters.
func bar(p compare.Percent) string {
	const wide = 10
	if !p.Known {
		return strings.Repeat(" ", wide)
	}
	full := text.WholePercent(p.Value) / wide
	return strings.Repeat("#", full) + strings.Repeat(".", wide-full)
}

// pillarStates is the number of states that the table of pillars has room for.
const pillarStates = 9

// writePillars writes the scores of the pillars if there is more than one state.
func writePillars(p *text.Page, s Series) {
	last := s.States[len(s.States)-1]
	if len(s.States) < 2 || len(last.Pillars) < 2 {
		return
	}
	from := max(0, len(s.States)-pillarStates)
	rows := [][]string{{"score by pillar"}}
	for i := range s.States[from:] {
		rows[0] = append(rows[0], strconv.Itoa(from+i+1))
	}
	for _, pillar := range last.Pillars {
		row := []string{text.Truncate(text.Clean(pillar.Name, false), 30)}
		known := false
		for _, state := range s.States[from:] {
			score := state.pillar(pillar.ID)
			row, known = append(row, percentCell(score)), known || score.Known
		}
		if known { // in scope, and answered
			rows = append(rows, row)
		}
	}
	p.Line("")
	table(p, rows, 0)
}

// pillar is the score of a pillar; unknown if the state has none.
func (s State) pillar(id string) compare.Percent {
	if i := slices.IndexFunc(s.Pillars, func(p PillarScore) bool { return p.ID == id }); i >= 0 {
		return s.Pillars[i].Score
	}
	return compare.Percent{}
}

// writeReasons lists why the numbers of states cannot be compared, each reason once.
func writeReasons(p *text.Page, s Series) {
	var reasons []string
	for _, state := range s.States {
		for _, r := range state.NotComparable {
			if line := fmt.Sprintf("%s: %s.", state.Name, r); !slices.Contains(reasons, line) {
				reasons = append(reasons, line)
			}
		}
	}
	if len(reasons) > 0 {
		p.Line("")
		p.Line("  %s not to be compared with the last state as it stands", notComparableMark)
		p.Items("    ", reasons)
	}
}

// table writes rows in columns; the first row is the header. The first column and those in left are
// left-aligned, the others right-aligned.
func table(p *text.Page, rows [][]string, left ...int) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], text.Columns(cell))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-text.Columns(cell))
			if b.WriteString("  "); i == 0 || slices.Contains(left, i) {
				b.WriteString(cell + pad)
			} else {
				b.WriteString(pad + cell)
			}
		}
		p.Line("%s", b.String())
	}
}
