package review_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/yamlfile"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A filePage is a review file in units that change independently: values by field, comments
// and extension keys by position.
type filePage map[string]string

// The units of a page. What one unit says does not depend on another one, but for those
// of a record, which is there only where its first unit is.
var (
	practiceIDs   = []string{"A-BP01", "A-BP02", "B-BP01"}
	unansweredIDs = []string{"C-BP01", "C-BP02"}
	topicNames    = []string{"who signs?", "spare parts"}
	answerUnits   = []string{"status", "note", "owner", "due", "evidence", "history", "x-ticket", "#above", "#behind", "#inside"}
	waiverUnits   = []string{"expires", "reason", "x-risk", "#above", "#behind"}
	topicUnits    = []string{"owner", "x-room", "#above"}
	fileUnits     = []string{"name", "fleet_size", "radio", "region", "scope", "notes", "notes.security", "x-team", "workload.x-cost", "#top", "#workload", "#end"}
	allUnits      = slices.Concat(fileUnits, unitsOf("answer", practiceIDs, answerUnits), unitsOf("waiver", practiceIDs, waiverUnits), unitsOf("topic", topicNames, topicUnits), unitsOf("open", unansweredIDs, []string{"note", "x-ask"}))
	allRecords    = slices.Concat(unitsOf("answer", practiceIDs, []string{""}), unitsOf("waiver", practiceIDs, []string{""}), unitsOf("topic", topicNames, []string{""}), unitsOf("open", unansweredIDs, []string{""}))
)

func unitsOf(kind string, ids, units []string) []string {
	var out []string
	for _, id := range ids {
		for _, unit := range units {
			out = append(out, strings.TrimSuffix(kind+"/"+id+"/"+unit, "/"))
		}
	}
	return out
}

// recordOf returns the record that a unit belongs to; empty for none.
func recordOf(unit string) string {
	if parts := strings.Split(unit, "/"); len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return ""
}

// firstUnit returns the unit that every record of its kind has.
func firstUnit(record string) string {
	return record + map[string]string{"answer": "/status", "waiver": "/expires", "topic": "/owner", "open": "/note"}[strings.Split(record, "/")[0]]
}

// drawValue draws a value of a unit with words that no other unit or value has.
func drawValue(t *rapid.T, unit, token string) string {
	words := strings.NewReplacer("/", "-", "#", "c-", " ", "", "?", "", ".", "-").Replace(unit) + "-" + token
	switch {
	case strings.Contains(unit, "#"):
		return "# " + words
	case strings.HasSuffix(unit, "/status"):
		return string(rapid.SampledFrom(review.Statuses()).Draw(t, unit)) + " " + words
	case strings.HasSuffix(unit, "/due"), strings.HasSuffix(unit, "/expires"):
		return fmt.Sprintf("20%02d-01-01", rapid.IntRange(30, 90).Draw(t, unit))
	case unit == "fleet_size":
		return fmt.Sprint(rapid.IntRange(1, 1e6).Draw(t, unit))
	case unit == "radio":
		return fmt.Sprint(rapid.Bool().Draw(t, unit))
	}
	if strings.HasSuffix(unit, "note") && rapid.Bool().Draw(t, "lines") {
		words += "\nand # more"
	}
	return words
}

func (p filePage) review() *review.Review {
	r := &review.Review{Schema: 1, Lens: "lab", LensVersion: "1", Workload: review.Workload{Name: "Pump " + p["name"], Profile: review.Profile{}}}
	if n := p["fleet_size"]; n != "" {
		_, _ = fmt.Sscan(n, &r.Workload.Profile.FleetSize)
	}
	if b := p["radio"]; b != "" {
		yes := b == "true"
		r.Workload.Profile.Radio = &yes
	}
	list := func(unit string) []string {
		if p[unit] == "" {
			return nil
		}
		return []string{p[unit]}
	}
	r.Workload.AWSRegions, r.Scope.Questions, r.Notes.Lens = list("region"), list("scope"), p["notes"]
	if n := p["notes.security"]; n != "" {
		r.Notes.Pillars = map[string]string{"security": n}
	}
	for _, id := range practiceIDs {
		at := "answer/" + id
		if s := p[at+"/status"]; s != "" {
			status, by, _ := strings.Cut(s, " ")
			a := review.Answer{Status: review.Status(status), By: by, Note: p[at+"/note"], Owner: p[at+"/owner"], Due: p[at+"/due"], Evidence: list(at + "/evidence")}
			if a.Status == review.NotApplicable {
				a.Reason = "because " + by
			}
			if h := p[at+"/history"]; h != "" {
				a.History = []review.Answer{{Status: review.Implemented, Note: h}}
			}
			if r.Answers == nil {
				r.Answers = map[string]review.Answer{}
			}
			r.Answers[id] = a
		}
		if day := p["waiver/"+id+"/expires"]; day != "" {
			r.Waivers = append(r.Waivers, review.Waiver{Practice: id, Owner: "Ana", Approver: "Ben", Reason: "r " + p["waiver/"+id+"/reason"], Expires: day})
		}
	}
	for _, id := range unansweredIDs {
		if n := p["open/"+id+"/note"]; n != "" {
			if r.UnansweredDetails == nil {
				r.UnansweredDetails = map[string]review.Answer{}
			}
			r.UnansweredDetails[id] = review.Answer{Note: n}
		}
	}
	for _, topic := range topicNames {
		if owner := p["topic/"+topic+"/owner"]; owner != "" {
			r.Parked = append(r.Parked, review.Topic{Topic: topic, Owner: owner})
		}
	}
	return r
}

// text is the page as a file.
func (p filePage) text() string {
	r := p.review()
	data := yamlfile.Encode(*r)
	var into review.Review
	doc, problems := yamlfile.Decode("x", data, &into)
	if len(problems) > 0 {
		panic(problems)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	type insert struct {
		at   int // before this line, from 0
		text string
	}
	var inserts []insert
	indent := func(line int) string { s := lines[line]; return s[:len(s)-len(strings.TrimLeft(s, " -"))] }
	above := func(unit string, path ...any) {
		if s := p[unit]; s != "" {
			at := doc.Line(path...) - 1
			inserts = append(inserts, insert{at, strings.Split(indent(at), "-")[0] + s})
		}
	}
	behind := func(unit string, path ...any) {
		if s := p[unit]; s != "" {
			lines[doc.Line(path...)-1] += " " + s
		}
	}
	key := func(unit, name string, path ...any) { // after the line of a key that has one line
		if s := p[unit]; s != "" {
			at := doc.Line(path...) - 1
			inserts = append(inserts, insert{at + 1, strings.ReplaceAll(indent(at), "-", " ") + name + ": " + strings.ReplaceAll(s, "\n", " ")})
		}
	}
	key("x-team", "x-team", "lens_version")
	key("workload.x-cost", "x-cost", "workload", "name")
	above("#workload", "workload")
	for _, id := range practiceIDs {
		at := "answer/" + id
		if _, ok := r.Answers[id]; ok {
			above(at+"/#above", "answers", id)
			behind(at+"/#behind", "answers", id, "status")
			above(at+"/#inside", "answers", id, "by")
			key(at+"/x-ticket", "x-ticket", "answers", id, "status")
		}
	}
	for id := range r.UnansweredDetails {
		if s := p["open/"+id+"/x-ask"]; s != "" {
			inserts = append(inserts, insert{doc.Line("unanswered", id, "note") - 1, "    x-ask: " + s})
		}
	}
	for i, w := range r.Waivers {
		at := "waiver/" + w.Practice
		above(at+"/#above", "waivers", i)
		behind(at+"/#behind", "waivers", i, "owner")
		key(at+"/x-risk", "x-risk", "waivers", i, "expires")
	}
	for i, topic := range r.Parked {
		above("topic/"+topic.Topic+"/#above", "parked", i)
		key("topic/"+topic.Topic+"/x-room", "x-room", "parked", i, "owner")
	}
	if s := p["#top"]; s != "" {
		inserts = append(inserts, insert{0, s})
	}
	if s := p["#end"]; s != "" {
		inserts = append(inserts, insert{len(lines), s})
	}
	var out []string
	for i := range len(lines) + 1 {
		for _, comment := range []bool{false, true} { // a key belongs to what is before the line
			for _, in := range inserts {
				if in.at == i && strings.HasPrefix(strings.TrimSpace(in.text), "#") == comment {
					out = append(out, in.text)
				}
			}
		}
		if i < len(lines) {
			out = append(out, lines[i])
		}
	}
	return strings.Join(out, "\n") + "\n"
}

// drawPage draws a page in which each unit is present or not.
func drawPage(t *rapid.T) filePage {
	p := filePage{}
	for _, unit := range allUnits {
		if rapid.IntRange(0, 2).Draw(t, "has "+unit) > 0 {
			p[unit] = drawValue(t, unit, "base")
		}
	}
	return p
}

// drawEdits returns a page with some units changed and some records removed.
func drawEdits(t *rapid.T, p filePage, token string, free func(unit string) bool) filePage {
	out := maps.Clone(p)
	for _, record := range allRecords {
		if p[firstUnit(record)] != "" && free(record) && rapid.IntRange(0, 9).Draw(t, "drop "+record) == 0 {
			for _, unit := range allUnits {
				if recordOf(unit) == record {
					delete(out, unit)
				}
			}
		}
	}
	for _, unit := range allUnits {
		record := recordOf(unit)
		if !free(unit) || rapid.IntRange(0, 4).Draw(t, "edit "+unit) > 0 {
			continue
		}
		switch isFirst := record != "" && firstUnit(record) == unit; {
		case isFirst && p[unit] == "" && free(record), !isFirst && (record == "" || p[firstUnit(record)] != "" && out[firstUnit(record)] != "") && p[unit] == "":
			out[unit] = drawValue(t, unit, token)
		case isFirst && out[unit] != "", !isFirst && out[unit] != "" && rapid.Bool().Draw(t, "change"):
			out[unit] = drawValue(t, unit, token)
		case !isFirst && unit != "name":
			delete(out, unit)
		}
	}
	return out
}

func mergeFiles(t require.TestingT, base, current, other string) *review.FileMerge {
	m, err := review.MergeFiles(review.FileVersion{Name: "base", Data: []byte(base)}, review.FileVersion{Name: "current", Data: []byte(current)}, review.FileVersion{Name: "other", Data: []byte(other)})
	require.NoError(t, err)
	return m
}

func resolveFile(t require.TestingT, m *review.FileMerge, sides ...review.Side) review.MergedFile {
	f, err := m.Resolve(sides, [2]string{"current", "other"})
	require.NoError(t, err)
	return f
}

// decodeFile returns the values, extension keys and comments of a file, sorted.
func decodeFile(t require.TestingT, data string) (r *review.Review, own []string, comments []string) {
	f, err := review.Open("x", []byte(data), nil)
	require.NoError(t, err, data)
	whole, practices := f.ExtensionKeys()
	for key, value := range whole {
		if !strings.HasPrefix(key, "parked.") {
			own = append(own, key+"="+value)
		}
	}
	for id, keys := range practices {
		for key, value := range keys {
			own = append(own, id+" "+key+"="+value)
		}
	}
	for _, c := range yamlfile.Comments([]byte(data)) {
		comments = append(comments, c.Text)
	}
	slices.Sort(own)
	slices.Sort(comments)
	slices.SortFunc(f.Review.Waivers, func(a, b review.Waiver) int { return strings.Compare(a.Practice, b.Practice) })
	slices.SortFunc(f.Review.Parked, func(a, b review.Topic) int { return strings.Compare(a.Topic, b.Topic) })
	return f.Review, own, comments
}

// For any base and two copies with edits to different things, the merge has both edits with
// all comments and extension keys.
func TestMergeFilesAppliesBothEdits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := drawPage(t)
		mine := map[string]bool{} // units, and records that can go or come as a whole
		for _, record := range append(slices.Clone(allRecords), "") {
			whole := record != "" && rapid.Bool().Draw(t, "whole "+record)
			side := rapid.Bool().Draw(t, "side "+record)
			mine[record] = side
			for _, unit := range allUnits {
				if recordOf(unit) == record {
					mine[unit] = side
					if !whole && base[firstUnit(record)] != "" || record == "" {
						mine[unit] = rapid.Bool().Draw(t, "side "+unit)
					}
				}
			}
		}
		allowed := func(side bool) func(string) bool {
			return func(unit string) bool {
				for _, u := range allUnits {
					if recordOf(u) == unit && mine[u] != side { // a record goes only where nothing of it is theirs
						return false
					}
				}
				return mine[unit] == side
			}
		}
		a, b := drawEdits(t, base, "one", allowed(true)), drawEdits(t, base, "two", allowed(false))
		both := maps.Clone(base)
		for _, p := range []filePage{a, b} {
			for _, unit := range allUnits {
				if p[unit] == base[unit] {
					continue
				}
				if both[unit] = p[unit]; p[unit] == "" {
					delete(both, unit)
				}
			}
		}
		m := mergeFiles(t, base.text(), a.text(), b.text())
		require.Empty(t, m.Conflicts)
		f := resolveFile(t, m)
		require.True(t, f.Resolved)
		r, own, comments := decodeFile(t, string(f.Data))
		wantR, wantOwn, wantComments := decodeFile(t, both.text())
		explain := fmt.Sprintf("BASE\n%s\nCURRENT\n%s\nOTHER\n%s\nMERGED\n%s", base.text(), a.text(), b.text(), f.Data)
		require.Equal(t, wantR, r, explain)
		require.Equal(t, wantOwn, own, explain)
		_, _, of := decodeFile(t, base.text())
		require.Subset(t, comments, wantComments, explain)
		for _, c := range comments { // that above a record which is gone may stay
			require.True(t, slices.Contains(wantComments, c) || strings.Contains(c, "-c-above-") && slices.Contains(of, c), "%s\n%s", c, explain)
		}
		require.Empty(t, f.LeftOut)
	})
}

// For any two edited copies, everything that one of them added is in the merged file or
// listed. A resolved file loads, an unresolved one does not.
func TestMergeFilesDropsNothing(t *testing.T) {
	all := func(string) bool { return true }
	rapid.Check(t, func(t *rapid.T) {
		base := drawPage(t)
		a, b := drawEdits(t, base, "one", all), drawEdits(t, base, "two", all)
		baseText := base.text()
		if rapid.IntRange(0, 4).Draw(t, "without base") == 0 {
			baseText, base = "", filePage{}
		}
		m := mergeFiles(t, baseText, a.text(), b.text())
		told := ""
		for _, c := range m.Conflicts {
			told += strings.Join([]string{c.Current, c.Other, c.CurrentBy, c.OtherBy, ""}, "\n")
		}
		check := func(f review.MergedFile) {
			for _, l := range f.LeftOut {
				told += l.Text + "\n"
			}
			for _, p := range []filePage{a, b} {
				for _, unit := range allUnits {
					if record := recordOf(unit); record != "" && p[firstUnit(record)] == "" {
						continue // it is not in the file
					}
					status := func(p filePage) string { s, _, _ := strings.Cut(p[unit], " "); return s }
					if strings.HasSuffix(unit, "/status") && (status(a) == status(b) || status(a) == status(base) || status(b) == status(base)) {
						continue // who gave the same answer later, or another one, counts
					}
					if strings.HasSuffix(unit, "/history") && f.Resolved && !strings.Contains(string(f.Data), "  "+strings.Split(unit, "/")[1]+":\n") {
						continue // the answer was removed, with its history
					}
					for word := range strings.FieldsSeq(p[unit]) {
						if strings.Contains(word, "-one") || strings.Contains(word, "-two") || base[unit] == "" && strings.Contains(word, "-base") {
							require.Contains(t, string(f.Data)+told, word, "%s\nBASE\n%s\nCURRENT\n%s\nOTHER\n%s\nMERGED\n%s", unit, baseText, a.text(), b.text(), f.Data)
						}
					}
				}
			}
		}
		undecided := resolveFile(t, m)
		check(undecided)
		require.Equal(t, len(m.Conflicts) == 0, undecided.Resolved)
		_, problems := review.Parse("x", undecided.Data, nil)
		require.Equal(t, undecided.Resolved, len(problems) == 0)
		require.Equal(t, undecided.Resolved, len(filekind.Conflicts(undecided.Data)) == 0)
		var sides []review.Side
		for range m.Conflicts {
			sides = append(sides, rapid.SampledFrom([]review.Side{review.Current, review.Other}).Draw(t, "side"))
		}
		decided := resolveFile(t, m, sides...)
		require.True(t, decided.Resolved)
		check(decided)
		decodeFile(t, string(decided.Data))
		for i, c := range m.Conflicts { // a record that stays has all that is in it
			side := map[review.Side]filePage{review.Current: a, review.Other: b}[sides[i]]
			for _, unit := range allUnits {
				kind := map[string]string{"answers": "answer", "waivers": "waiver", "parked": "topic", "unanswered": "open"}[c.Part]
				if c.Field == "" && kind != "" && recordOf(unit) == kind+"/"+c.ID && side[firstUnit(kind+"/"+c.ID)] != "" && !strings.HasSuffix(unit, "#above") {
					for word := range strings.FieldsSeq(side[unit]) {
						require.Contains(t, string(decided.Data), word, "%s\n%+v\n%v\nBASE\n%s\nCURRENT\n%s\nOTHER\n%s\nMERGED\n%s", unit, m.Conflicts, sides, baseText, a.text(), b.text(), decided.Data)
					}
				}
			}
		}
	})
}

// If only one version changed, the merged file is that version, byte for byte.
func TestMergeFilesOfOneChangeIsThatVersion(t *testing.T) {
	all := func(string) bool { return true }
	rapid.Check(t, func(t *rapid.T) {
		base := drawPage(t)
		edit := drawEdits(t, base, "one", all).text()
		was := base.text()
		if rapid.Bool().Draw(t, "crlf") {
			edit = strings.ReplaceAll(edit, "\n", "\r\n")
		}
		for _, c := range [][3]string{{was, edit, was}, {was, was, edit}, {was, edit, edit}, {"", edit, edit}, {"broken: [", edit, edit}} {
			m := mergeFiles(t, c[0], c[1], c[2])
			require.Empty(t, m.Conflicts)
			require.Equal(t, edit, string(resolveFile(t, m).Data))
		}
	})
}

func TestWithConflictMarkers(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"a\nb\n", "a\nb\n", "a\nb\n"},
		{"a\nb\nc\n", "a\nB\nc\n", "a\n<<<<<<< x\nb\n=======\nB\n>>>>>>> y\nc\n"},
		{"a\n", "a\nb\n", "a\n<<<<<<< x\n=======\nb\n>>>>>>> y\n"},
		{"a", "b", "<<<<<<< x\na\n=======\nb\n>>>>>>> y\n"},
		{"1\na\n2\n3\n4\nb\n", "1\nA\n2\n3\n4\nB\n", "1\n<<<<<<< x\na\n2\n3\n4\nb\n=======\nA\n2\n3\n4\nB\n>>>>>>> y\n"},
		{"1\na\n2\n3\n4\n5\nb\n", "1\nA\n2\n3\n4\n5\nB\n", "1\n<<<<<<< x\na\n=======\nA\n>>>>>>> y\n2\n3\n4\n5\n<<<<<<< x\nb\n=======\nB\n>>>>>>> y\n"},
		{"A:\n  s: x\nB:\n  s: x\n", "A:\n  s: x\n", "A:\n  s: x\n<<<<<<< x\nB:\n  s: x\n=======\n>>>>>>> y\n"},
		{"A:\n  s: x\nC:\n  s: x\n", "A:\n  s: x\nB:\n  s: x\nC:\n  s: x\n", "A:\n  s: x\n<<<<<<< x\n=======\nB:\n  s: x\n>>>>>>> y\nC:\n  s: x\n"},
		{"A:\n  s: x\nB:\n  s: x\n", "A:\n  s: y\nB:\n  s: y\n", "A:\n<<<<<<< x\n  s: x\n=======\n  s: y\n>>>>>>> y\nB:\n<<<<<<< x\n  s: x\n=======\n  s: y\n>>>>>>> y\n"},
		{"a\r\nb\r\n", "a\nc\n", "a\r\n<<<<<<< x\r\nb\r\n=======\r\nc\r\n>>>>>>> y\r\n"},
	} {
		assert.Equal(t, c.want, string(review.WithConflictMarkers([]byte(c.a), []byte(c.b), [2]string{"x", "y"})))
	}
}

// The lines of both files can be reconstructed from the marked file, however many differ.
func TestConflictMarkersKeepEveryLine(t *testing.T) {
	text := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "d"}), 0, 40)
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		if rapid.IntRange(0, 50).Draw(t, "many") == 0 {
			for i := range 1200 {
				a, b = append(a, fmt.Sprint("a", i)), append(b, fmt.Sprint("b", i))
			}
		}
		joined := func(lines []string) string { return strings.Join(append(slices.Clone(lines), ""), "\n") }
		var got [2][]string
		side := -1
		for line := range strings.Lines(string(review.WithConflictMarkers([]byte(joined(a)), []byte(joined(b)), [2]string{"x", "y"}))) {
			switch line = strings.TrimSuffix(line, "\n"); {
			case line == "<<<<<<< x":
				side = 0
			case line == "=======":
				side = 1
			case line == ">>>>>>> y":
				side = -1
			case side >= 0:
				got[side] = append(got[side], line)
			default:
				got[0], got[1] = append(got[0], line), append(got[1], line)
			}
		}
		require.Equal(t, joined(a), joined(got[0]))
		require.Equal(t, joined(b), joined(got[1]))
	})
}

// MergeFiles is fast for the largest files that it accepts.
func TestMergeFilesLimitsSize(t *testing.T) {
	text := func(n int, note string) []byte {
		var b strings.Builder
		b.WriteString("schema: 1\nlens: lab\nlens_version: \"1\"\nworkload:\n  name: Pumps\nanswers:\n")
		for i := range n {
			fmt.Fprintf(&b, "  A%05d:\n    status: implemented\n    note: %s\n", i, note)
		}
		return []byte(b.String())
	}
	_, err := review.MergeFiles(review.FileVersion{Name: "base"}, review.FileVersion{Name: "current", Data: text(7_000, "a")}, review.FileVersion{Name: "other", Data: text(1, "a")})
	require.EqualError(t, err, "current: has 21006 lines; a merge takes at most 20000")
	m := mergeFiles(t, string(text(500, "a")), string(text(500, "b")), string(text(500, "c")))
	assert.Len(t, m.Conflicts, 500)
	assert.Len(t, filekind.Conflicts(resolveFile(t, m).Data), 500)
}
