package lint

import (
	"slices"
	"strings"
)

// Fix applies the fixes that are certain and leaves every other byte unchanged. It returns
// the fixed file and the findings that it fixed, in order. Fixing the result again changes
// nothing.
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

// maxPasses limits the passes, since a fix can uncover further findings.
const maxPasses = 50

// nonOverlapping returns findings whose fixes do not overlap. The others are left to the
// next pass.
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

// overlapsNone reports whether an edit overlaps none of the edits taken.
func overlapsNone(taken []Edit, e Edit) bool {
	i, _ := slices.BinarySearchFunc(taken, e, byPlace)
	return (i == len(taken) || e.before(taken[i])) && (i == 0 || taken[i-1].before(e))
}

// before reports whether an edit ends before another begins. Adjacent edits count as
// separate only if both are deletions.
func (e Edit) before(o Edit) bool {
	return e.To < o.From || e.To == o.From && e.Text == "" && o.Text == "" && e.From < e.To && o.From < o.To
}

// apply applies the fixes of findings, which do not overlap.
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

// stillValid reports whether fixing added no JSON errors. It is a safety net: if a fix is
// wrong, the file stays as it is.
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
