package view

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// FindingDecisions returns the decisions that a finding needs, as sentences: to renew a
// waiver, to assign an owner or a date, to fund the work, to accept a risk.
func FindingDecisions(a *scoring.Assessment, f scoring.Finding) []string {
	var out []string
	add := func(when bool, format string, args ...any) {
		if when {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	add(waiverExpired(f), "Renew the waiver, which expired on %s, or have the gap closed.", waiverExpiry(f))
	add(f.Owner == "" && f.Due == "", "Assign an owner and a date.")
	add(f.Owner == "" && f.Due != "", "Assign an owner.")
	add(f.Owner != "" && f.Due == "", "Set a date with %s.", f.Owner)
	overdue := f.DueState == scoring.DueOverdue
	add(overdue, "Agree on a new date.")
	late := f.Deadline != "" && f.Due > f.Deadline
	passed := deadlinePassed(a, f)
	add(late && passed && !overdue, "Close it now, or accept the risk until %s: its deadline was %s.", f.Due, f.Deadline)
	add(late && !passed && !overdue, "Bring the date forward: its deadline is %s.", f.Deadline)
	add(f.DueState == scoring.DueAfter && !late, "Bring the date forward to %s, or accept the risk until %s.", a.HorizonEnd(f.Horizon), f.Due)
	add(f.Status == review.CannotDetermine, `Have somebody find out: the answer was "don't know".`)
	add(f.Compensate, "Decide on a compensating control: devices that have shipped cannot be fixed.")
	add(needsFunding(f), "Fund the work: %s.", effortToClose(f))
	add(len(out) == 0, "Confirm that %s closes it by %s.", f.Owner, f.Due)
	return out
}

// deadlinePassed reports whether the deadline of a finding is today or has passed.
func deadlinePassed(a *scoring.Assessment, f scoring.Finding) bool {
	return f.Deadline != "" && f.Deadline <= a.Today
}

func waiverExpired(f scoring.Finding) bool {
	return f.Waiver != nil && f.Waiver.State == scoring.WaiverExpired
}

func waiverExpiry(f scoring.Finding) string {
	if f.Waiver == nil {
		return ""
	}
	return f.Waiver.Expires
}

// needsFunding reports whether closing a finding takes high effort, hardware or site visits.
func needsFunding(f scoring.Finding) bool {
	return f.Effort == lens.High || f.Fix == lens.Hardware || f.Fix == lens.FieldVisit
}

// effortToClose says what closing a finding takes: "high effort, new hardware".
func effortToClose(f scoring.Finding) string {
	effort := effortWords(f)
	switch f.Fix {
	case lens.Hardware:
		return effort + ", new hardware"
	case lens.FieldVisit:
		return effort + ", visits to sites"
	}
	return effort
}

// DecisionLines returns the decisions that all open findings and waivers need, as sentences.
func DecisionLines(a *scoring.Assessment) []string {
	open := OpenFindings(a)
	var lines []string
	add := func(list []string, one, many string) {
		if n := len(list); n > 0 {
			lines = append(lines, fmt.Sprintf(pluralForm(n, one, many), n)+": "+fewOf(list)+".")
		}
	}
	withDetail := func(detail func(scoring.Finding) string, match func(scoring.Finding) bool) []string {
		return Map(filter(open, match), func(f scoring.Finding) string {
			if d := detail(f); d != "" {
				return f.ID + " (" + d + ")"
			}
			return f.ID
		})
	}
	noDetail := func(scoring.Finding) string { return "" }
	dueDate := func(f scoring.Finding) string { return f.Due }
	add(withDetail(waiverExpiry, waiverExpired), "Renew %d waiver that has expired, or have the gap closed", "Renew %d waivers that have expired, or have the gaps closed")
	add(endingSoon(a), "Decide on %d waiver that ends soon: renew it, or have the gap closed", "Decide on %d waivers that end soon: renew them, or have the gaps closed")
	add(withDetail(func(f scoring.Finding) string { return f.Deadline }, func(f scoring.Finding) bool { return deadlinePassed(a, f) }),
		"Close %d finding whose deadline is over", "Close %d findings whose deadline is over")
	add(withDetail(noDetail, func(f scoring.Finding) bool { return f.Owner == "" }), "Assign an owner to %d finding", "Assign owners to %d findings")
	add(withDetail(OwnerOrNone, func(f scoring.Finding) bool { return f.Owner != "" && f.Due == "" }), "Set a date for %d finding that has an owner", "Set dates for %d findings that have an owner")
	add(withDetail(dueDate, func(f scoring.Finding) bool { return f.DueState == scoring.DueOverdue }), "Agree on a new date for %d overdue finding", "Agree on new dates for %d overdue findings")
	add(withDetail(dueDate, func(f scoring.Finding) bool { return f.DueState == scoring.DueAfter }),
		"Bring %d date forward into its horizon, or accept the risk for longer", "Bring %d dates forward into their horizons, or accept the risk for longer")
	add(withDetail(noDetail, func(f scoring.Finding) bool { return needsFunding(f) && f.Horizon != scoring.Later }),
		"Fund %d finding of Now and Next that takes high effort, new hardware or visits to sites", "Fund %d findings of Now and Next that take high effort, new hardware or visits to sites")
	add(withDetail(noDetail, func(f scoring.Finding) bool { return f.Compensate }),
		"Decide on a compensating control for %d finding that cannot be fixed on shipped devices", "Decide on compensating controls for %d findings that cannot be fixed on shipped devices")
	add(withDetail(noDetail, func(f scoring.Finding) bool { return f.Status == review.CannotDetermine }),
		`Have %d answer of "don't know" settled`, `Have %d answers of "don't know" settled`)
	_, lapsed := unconfirmed(a)
	add(lapsed, "Have %d answer from a template confirmed that nobody vouches for any longer", "Have %d answers from templates confirmed that nobody vouches for any longer")
	if n := len(a.Unassessed); n > 0 {
		lines = append(lines, "Have "+text.Plural(n, "best practice that is not assessed", "best practices that are not assessed")+" answered.")
	}
	return lines
}

// Decisions lists the decisions that the reader of a report is asked for.
func Decisions(a *scoring.Assessment) Section {
	out := Section{ID: "asks", Title: "Decisions needed"}
	out.addGroup(Group{Items: Map(DecisionLines(a), func(s string) Item { return Item{Title: s} })})
	if openCount(a) > 0 {
		return out.introIfEmpty("See that each finding is closed by its date.")
	}
	return out.introIfEmpty("None: no finding is open.")
}

// endingSoon returns the waivers that end soon: "LABSEC02-BP01 (2026-12-28)".
func endingSoon(a *scoring.Assessment) []string {
	return Map(filter(a.Waivers, func(w scoring.Waiver) bool { return w.State == scoring.WaiverExpiring }), func(w scoring.Waiver) string {
		return w.Practice + " (" + w.Expires + ")"
	})
}

// pluralForm returns one for n == 1, else many.
func pluralForm(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// maxNamed is how many entries of a list a sentence names.
const maxNamed = 3

// fewOf joins the first entries of a list and counts the rest.
func fewOf(list []string) string {
	rest := len(list) - maxNamed
	if rest <= 1 { // one more takes no more room than its count
		return strings.Join(list, ", ")
	}
	return strings.Join(list[:maxNamed], ", ") + fmt.Sprintf(" and %d more", rest)
}
