package review_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// handWritten is a review as people write it: in every YAML style, with comments and
// extension keys in every place. Each word that begins with w is unique.
const handWritten = `# w01 top

# w02 second paragraph
schema: 1
lens: lab   # w03 behind
lens_version: "1"
x-top: {owner: w04, tags: [w05, w06]}
x-deep:
  # w07 in a key of people's own
  list:
    - w08
    - name: w09   # w10
      more: |
        w11 text
        # w12 is text
  last: w13

workload:  # w14 behind a key without a value
  # w15 first
  name: "Pump: w16"
  notes: >-
    w17 folded
    over lines

    w18 paragraph
  aws_regions: [eu-west-1, us-east-1]  # w19
  x-cost: w20
  profile:
    fleet_size: 100   # w21
    # w22
    x-count: w23
notes:
  lens: |
    w24 first

    w25 # no comment
  pillars:
    security: 'w26 it''s'
answers:
  # w27 above an answer
  A-BP01:
    status: implemented # w28
    note: w29 plain
      over w30 lines
    # w31 inside
    x-ticket: [w32, w33]
    evidence:
      # w34 above an item
      - https://example.com/w35   # w36
      - w37
      # w38 at the end of a list
    owner: w39
    history:
      - status: not_implemented   # w40
        note: w41
        x-old: w42
        by: w43
        at: 2026-01-01
      # w44
      - status: partially_implemented
        note: "w45"
        at: 2026-01-02
    # w46 at the end of an answer

  "A-BP02": {status: not_implemented, note: w47, owner: w48, x-flow: w47x}   # w49
  'B-BP01':
    x-first: w50
    status: not_applicable
    reason: w51
    evidence: [w52, "w53"]


  B-BP02:
    status: cannot_determine
    by: Ana
    at: 2026-03-04T05:06:07Z
    template: Platform
    vouched_by: Platform team
    vouched_until: 2030-01-01
unanswered:
  C-BP01:
    note: w57
    x-ask:
      who: w58
      when: w59
  C-BP02: {note: w60, x-a: {b: w60x}}
waivers:
# w61 a list without indent
- practice: A-BP01
  owner: w62
  approver: w63   # w64
  reason: w65
  expires: 2030-01-01
  x-risk: w66
# w67
- {practice: A-BP02, owner: w68, approver: w69, reason: w70, expires: 2031-01-01}
parked:
    - topic: w71
      owner: w72
      x-room: w73

    - topic: w74   # w75
      practice: C-BP01
# w76 the end
`

var wordPattern = regexp.MustCompile(`w\d\d\w*`)

// drawEdit makes one edit as in an editor. Text that it adds has a word of token and a
// number, which it increments.
func drawEdit(t *rapid.T, lines []string, token string, n *int) []string {
	at := rapid.IntRange(0, len(lines)-1).Draw(t, "line")
	line := lines[at]
	pad := line[:len(line)-len(strings.TrimLeft(line, " "))]
	*n++
	name := fmt.Sprintf("w99%s%d", token, *n)
	lines = slices.Clone(lines)
	switch rapid.IntRange(0, 10).Draw(t, "edit") {
	case 0, 1: // a comment above
		return slices.Insert(lines, at, pad+"# "+name)
	case 2: // a comment behind
		if line != "" && !strings.Contains(line, "#") && !strings.HasSuffix(line, "|") {
			lines[at] += " # " + name
		}
	case 3: // a key of people's own
		pad = strings.Repeat(" ", len(line)-len(strings.TrimLeft(line, " -")))
		return slices.Insert(lines, at+1, pad+"x-"+name+": "+name)
	case 4: // nested
		pad = strings.Repeat(" ", len(line)-len(strings.TrimLeft(line, " -")))
		return slices.Insert(lines, at+1, pad+"x-"+name+":", pad+"  a: [1, "+name+"b]", pad+"  # "+name+"c", pad+"  b: {c: "+name+"d}")
	case 5: // a blank line
		return slices.Insert(lines, at, "")
	case 6, 7: // another value
		if words := wordPattern.FindAllString(line, -1); len(words) > 0 {
			lines[at] = strings.Replace(line, words[0], words[0]+token+fmt.Sprint(*n), 1)
		}
	case 8: // a key of people's own in braces
		if end := strings.LastIndex(line, "}"); end >= 0 {
			lines[at] = line[:end] + ", x-" + name + ": " + name + line[end:]
		}
	case 9: // a line less
		return slices.Delete(lines, at, at+1)
	case 10: // a block moved up or down, or taken out
		to := at + 1
		for to < len(lines) && (strings.HasPrefix(lines[to], pad+" ") || lines[to] == "") {
			to++
		}
		block := slices.Clone(lines[at:to])
		lines = slices.Delete(lines, at, to)
		if len(lines) == 0 || rapid.Bool().Draw(t, "out") {
			return lines
		}
		into := rapid.IntRange(0, len(lines)-1).Draw(t, "to")
		return slices.Insert(lines, into, block...)
	}
	return lines
}

// drawEditedText returns handWritten after some edits, each of which leaves a valid review.
func drawEditedText(t *rapid.T, token string) string {
	n := 0
	lines := strings.Split(handWritten, "\n")
	for range rapid.IntRange(1, 6).Draw(t, "edits") {
		next := drawEdit(t, lines, token, &n)
		if _, problems := review.Parse("x", []byte(strings.Join(next, "\n")), nil); len(problems) == 0 {
			lines = next
		}
	}
	return strings.Join(lines, "\n")
}

// Whatever people edit in any place, every word of it is in the merged file or listed,
// unless one of them removed it.
func TestMergeFilesKeepsEveryWord(t *testing.T) {
	_, problems := review.Parse("x", []byte(handWritten), nil)
	require.Empty(t, problems)
	before := wordPattern.FindAllString(handWritten, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawEditedText(t, "one"), drawEditedText(t, "two")
		if rapid.Bool().Draw(t, "crlf") {
			b = strings.ReplaceAll(b, "\n", "\r\n")
		}
		m := mergeFiles(t, handWritten, a, b)
		told := ""
		for _, c := range m.Conflicts {
			told += strings.Join([]string{c.Subject(), c.Base, c.Current, c.Other, c.CurrentBy, c.OtherBy, ""}, "\n")
		}
		for _, side := range []review.Side{review.Undecided, review.Current, review.Other} {
			f := resolveFile(t, m, slices.Repeat([]review.Side{side}, len(m.Conflicts))...)
			named := told
			for _, l := range f.LeftOut {
				named += l.Text + "\n"
			}
			after := wordPattern.FindAllString(string(f.Data)+named, -1)
			for _, p := range [][2]string{{a, b}, {b, a}} {
				for _, w := range wordPattern.FindAllString(p[0], -1) {
					if !slices.Contains(before, w) || slices.Contains(wordPattern.FindAllString(p[1], -1), w) {
						require.Contains(t, after, w, "CURRENT\n%s\nOTHER\n%s\nMERGED\n%s\nNAMED\n%s", a, b, f.Data, named)
					}
				}
			}
		}
	})
}
