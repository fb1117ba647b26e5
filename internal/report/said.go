package report

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// headline says in a few words what is the matter with a best practice that is
// not in place: "Not implemented: Perform certificate lifecycle management".
func headline(p *scoring.Practice) string {
	what := map[review.Status]string{
		review.PartiallyImplemented: "Partially implemented",
		review.NotImplemented:       "Not implemented",
		review.CannotDetermine:      "Nobody could say",
		review.Unanswered:           "Not assessed",
	}[p.Status]
	return what + ": " + p.Title
}

// story tells a finding in a few sentences, for a reader who sees nothing else:
// rank, what was noted, what to do first, who and by when, the waiver. A note is
// cut at noteChars characters.
func story(f *scoring.Finding) string {
	parts := []string{fmt.Sprintf("Priority %d, %s severity, effort %s.", f.Priority, f.Severity, f.Effort)}
	if n := strings.TrimSpace(f.Note); n != "" {
		parts = append(parts, "Noted: "+full(brief(n)))
	}
	if first := f.Guide.FirstStep(); first != "" {
		parts = append(parts, "Do first: "+full(first))
	}
	if f.Owner != "" || f.Due != "" {
		parts = append(parts, fmt.Sprintf("Owner %s, due %s.", or(brief(f.Owner), "nobody yet"), or(f.Due, "no date")))
	}
	if f.Waiver != nil {
		parts = append(parts, waiverWorth(*f.Waiver))
	}
	return strings.Join(parts, " ")
}

const noteChars = 600

// waiverWorth says what a waiver is worth, as a sentence.
func waiverWorth(w scoring.Waiver) string {
	switch w.State {
	case scoring.WaiverExpired:
		return fmt.Sprintf("The waiver expired on %s (owner %s).", w.Expires, brief(w.Owner))
	case scoring.WaiverUnused:
		return "A waiver for it covers nothing."
	}
	return fmt.Sprintf("Waived until %s: %s Owner %s, approved by %s.", w.Expires, full(brief(w.Reason)), brief(w.Owner), brief(w.Approver))
}

// brief cuts what somebody wrote at noteChars characters.
func brief(s string) string {
	if len(s) <= noteChars {
		return s
	}
	if r := []rune(s); len(r) > noteChars {
		return strings.TrimSpace(string(r[:noteChars])) + "..."
	}
	return s
}
