package lint

import (
	"slices"
	"strings"
)

// Fix puts right what is certain and leaves every other byte as it is. It returns
// the file as it should be and what was done, in order; nothing done means that
// the same bytes came back. What Fix gives it leaves alone when it is asked again.
func Fix(s Source) (data []byte, done []Finding) {
	before := Files([]Source{s}).Files[0].Findings
	now, findings := s, before
	for range maxPasses {
		mends := fitting(findings)
		if len(mends) == 0 {
			break
		}
		now.Data = apply(now.Data, mends)
		done = append(done, mends...)
		findings = Files([]Source{now}).Files[0].Findings
	}
	if !sound(before, findings) {
		return s.Data, nil
	}
	return now.Data, done
}

// maxPasses bounds how often mends lay bare what is to be mended next.
const maxPasses = 50

// fitting are the findings whose mends don't get in each other's way. What doesn't
// fit now does in the next pass.
func fitting(findings []Finding) []Finding {
	var out []Finding
	var taken []Edit // in order
	for _, f := range findings {
		if f.Mend == nil || slices.ContainsFunc(f.Mend.Edits, func(e Edit) bool { return !fits(taken, e) }) {
			continue
		}
		for _, e := range f.Mend.Edits {
			taken = slices.Insert(taken, slot(taken, e), e)
		}
		out = append(out, f)
	}
	return out
}

// slot is where an edit stands among others in order.
func slot(taken []Edit, e Edit) int {
	i, _ := slices.BinarySearchFunc(taken, e, func(a, b Edit) int { return a.From - b.From })
	return i
}

func fits(taken []Edit, e Edit) bool {
	i := slot(taken, e)
	return (i == len(taken) || e.before(taken[i])) && (i == 0 || taken[i-1].before(e))
}

// before tells whether an edit lies before another. Two that touch do where both
// only remove something.
func (e Edit) before(o Edit) bool {
	return e.To < o.From || e.To == o.From && e.Text == "" && o.Text == "" && e.From < e.To && o.From < o.To
}

// apply makes the edits of mends that don't touch each other.
func apply(data []byte, mends []Finding) []byte {
	var edits []Edit
	for _, m := range mends {
		edits = append(edits, m.Mend.Edits...)
	}
	slices.SortFunc(edits, func(a, b Edit) int { return a.From - b.From })
	var out strings.Builder
	at := 0
	for _, e := range edits {
		out.Write(data[at:e.From])
		out.WriteString(e.Text)
		at = e.To
	}
	out.Write(data[at:])
	return []byte(out.String())
}

// sound tells whether what was mended is as much JSON as it was. That it is, is
// by design; if it ever were not, the file would stay as it is.
func sound(before, after []Finding) bool {
	n := map[*Check]int{}
	for _, f := range before {
		n[f.Check]++
	}
	for _, f := range after {
		n[f.Check]--
	}
	return !slices.ContainsFunc(checksOfJSON, func(c *Check) bool { return n[c] < 0 })
}
