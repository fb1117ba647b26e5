package lint

import (
	"slices"
	"strings"
)

// Fix applies the fixes that are certain and leaves every other byte as it is. It
// returns the file as it should be and the findings that it fixed, in order; where
// there are none, the same bytes. Fixing the result again changes nothing.
func Fix(s Source) (data []byte, fixed []Finding) {
	before := Files([]Source{s}).Files[0].Findings
	now, findings := s, before
	for range maxPasses {
		next := nonOverlapping(findings, s.Skip)
		if len(next) == 0 {
			break
		}
		now.Data = apply(now.Data, next)
		fixed = append(fixed, next...)
		findings = Files([]Source{now}).Files[0].Findings
	}
	if !stillValid(before, findings) {
		return s.Data, nil
	}
	return now.Data, fixed
}

// maxPasses bounds how often fixes uncover further findings.
const maxPasses = 50

// compatible lists the findings whose fixes do not overlap. The others follow in
// the next pass.
func nonOverlapping(findings []Finding, skip func(Finding) bool) []Finding {
	var out []Finding
	var taken []Edit // in order
	for _, f := range findings {
		if f.Fix == nil || skip != nil && skip(f) || slices.ContainsFunc(f.Fix.Edits, func(e Edit) bool { return !overlapsNone(taken, e) }) {
			continue
		}
		for _, e := range f.Fix.Edits {
			i, _ := slices.BinarySearchFunc(taken, e, byPlace)
			taken = slices.Insert(taken, i, e)
		}
		out = append(out, f)
	}
	return out
}

func byPlace(a, b Edit) int { return a.From - b.From }

// fits reports whether an edit overlaps none of those taken.
func overlapsNone(taken []Edit, e Edit) bool {
	i, _ := slices.BinarySearchFunc(taken, e, byPlace)
	return (i == len(taken) || e.before(taken[i])) && (i == 0 || taken[i-1].before(e))
}

// before reports whether an edit ends before another begins. Two that touch do where
// both only remove something.
func (e Edit) before(o Edit) bool {
	return e.To < o.From || e.To == o.From && e.Text == "" && o.Text == "" && e.From < e.To && o.From < o.To
}

// apply makes the edits of findings whose fixes do not overlap.
func apply(data []byte, findings []Finding) []byte {
	var edits []Edit
	for _, f := range findings {
		edits = append(edits, f.Fix.Edits...)
	}
	slices.SortFunc(edits, byPlace)
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

// sound reports whether the fixed file has no more mistakes in its JSON than before.
// That holds by design; if it ever did not, the file would stay as it is.
func stillValid(before, after []Finding) bool {
	n := map[string]int{}
	for _, f := range before {
		n[f.Check.Code]++
	}
	for _, f := range after {
		n[f.Check.Code]--
	}
	return !slices.ContainsFunc(Codes(), func(code string) bool { return code < wrongType && n[code] < 0 }) // the codes of JSON come first
}
