package answers

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// practiceNotes is what a review has on a best practice beyond the state of a choice. It is
// written to the notes of the question, readable for people and for an import:
//
//	Noted with iotlens:
//	IOTSEC05-BP02: partially implemented
//	  note: Only the new line does it.
//	    The old one follows in spring.
//	  evidence: https://wiki.example.com/keys
//	  owner: Marta
//	  due: 2027-01-31
type practiceNotes struct {
	practice string // id in the bank
	status   review.Status
	fields   []field
}

type field struct{ key, text string }

const notesHeader = "Noted with iotlens:"

// questionNotes formats the notes of a question within the limit. The longest texts are cut
// first; lost lists the best practices whose texts were cut.
func questionNotes(list []practiceNotes) (notes string, lost []string) {
	if len(list) == 0 {
		return "", nil
	}
	list = cloneNotes(list)
	for {
		notes = formatNotes(list)
		over := text.UTF16Len(notes) - questionNotesLimit
		if over <= 0 {
			return notes, lost
		}
		d, f := longest(list)
		if f == nil {
			// Only ids and statuses are left, more than any question has.
			notes, _ = cut(notes, questionNotesLimit)
			return notes, append(lost, list[len(list)-1].practice)
		}
		if n := len(lost); n == 0 || lost[n-1] != d.practice {
			lost = append(lost, d.practice)
		}
		if whole, keep := text.UTF16Len(f.text), text.UTF16Len(f.text)-over; keep >= minTextUnits {
			f.text, _ = cut(f.text, min(keep, whole-1))
		} else if whole > minTextUnits {
			f.text, _ = cut(f.text, minTextUnits)
		} else {
			f.text = ""
		}
	}
}

// minTextUnits is the length to which a text is cut before it is dropped, in UTF-16 units.
const minTextUnits = 60

func cloneNotes(list []practiceNotes) []practiceNotes {
	out := make([]practiceNotes, len(list))
	for i, d := range list {
		d.fields = slices.Clone(d.fields)
		out[i] = d
	}
	return out
}

func longest(list []practiceNotes) (*practiceNotes, *field) {
	var of *practiceNotes
	var longest *field
	for i := range list {
		for j := range list[i].fields {
			f := &list[i].fields[j]
			if f.text != "" && (longest == nil || text.UTF16Len(f.text) > text.UTF16Len(longest.text)) {
				of, longest = &list[i], f
			}
		}
	}
	return of, longest
}

func formatNotes(list []practiceNotes) string {
	var b strings.Builder
	b.WriteString(notesHeader)
	for _, d := range list {
		b.WriteString("\n" + d.practice + ": " + d.status.Words())
		for _, f := range d.fields {
			if f.text != "" {
				b.WriteString("\n  " + f.key + ": " + strings.ReplaceAll(f.text, "\n", "\n    "))
			}
		}
	}
	return b.String()
}

// readQuestionNotes splits the notes of a question into what iotlens wrote and theirs, what
// people wrote.
func readQuestionNotes(notes string) (list []practiceNotes, theirs string) {
	before, block, ours := strings.Cut("\n"+notes, "\n"+notesHeader+"\n")
	if !ours {
		return nil, strings.TrimSpace(notes)
	}
	foreign := []string{strings.TrimSpace(before)}
	var last *field
	for _, line := range strings.Split(block, "\n") {
		if d, ok := parsePracticeLine(line); ok {
			list, last = append(list, d), nil
			continue
		}
		if len(list) > 0 {
			d := &list[len(list)-1]
			if more, ok := strings.CutPrefix(line, "    "); ok && last != nil {
				last.text += "\n" + more
				continue
			}
			if line == "" && last != nil { // an empty line of a text, without its indentation
				last.text += "\n"
				continue
			}
			if f, ok := parseFieldLine(line); ok {
				d.fields = append(d.fields, f)
				last = &d.fields[len(d.fields)-1]
				continue
			}
		}
		last = nil
		foreign = append(foreign, line)
	}
	for i := range list {
		for j := range list[i].fields {
			list[i].fields[j].text = strings.TrimSpace(list[i].fields[j].text)
		}
	}
	return list, strings.TrimSpace(strings.Join(foreign, "\n"))
}

func parsePracticeLine(line string) (practiceNotes, bool) {
	id, words, ok := strings.Cut(line, ": ")
	if !ok || strings.HasPrefix(line, " ") {
		return practiceNotes{}, false
	}
	for _, s := range allStatuses() {
		if s.Words() == words {
			return practiceNotes{practice: id, status: s}, true
		}
	}
	return practiceNotes{}, false
}

// allStatuses lists the statuses, including Unanswered.
func allStatuses() []review.Status { return append(review.Statuses(), review.Unanswered) }

func parseFieldLine(line string) (field, bool) {
	rest, ok := strings.CutPrefix(line, "  ")
	key, text, colon := strings.Cut(rest, ": ")
	if !ok || !colon {
		return field{}, false
	}
	known := slices.ContainsFunc(review.AnswerFields(), func(f review.Field[review.Answer]) bool { return f.InWANotes && f.Key == key })
	return field{key, text}, known
}
