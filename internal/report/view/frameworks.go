package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// FrameworkDisclaimer is shown above every table of provisions.
const FrameworkDisclaimer = "This is evidence for an assessment and no declaration of conformity: it shows what the team has answered, and nobody has tested the product against the text."

var stateBadges = map[framework.State]Badge{
	framework.Met:           {ToneGood, "✓", "met"},
	framework.PartlyMet:     {ToneMedium, "■", "partly met"},
	framework.NotMet:        {ToneHigh, "▲", "not met"},
	framework.Unknown:       {ToneNeutral, "?", "don't know"},
	framework.NotAnswered:   {ToneNeutral, "?", "not answered"},
	framework.NotApplicable: {ToneNeutral, "–", "not applicable"},
	framework.Outside:       {ToneNeutral, "–", "outside a review"},
}

// stateOrder lists the states of provisions in the order of a report: open ones first.
var stateOrder = []framework.State{
	framework.NotMet, framework.PartlyMet, framework.Unknown, framework.NotAnswered, framework.Met, framework.NotApplicable, framework.Outside,
}

// Frameworks returns a section with the provisions of each framework that the review is
// held against.
func Frameworks(a *scoring.Assessment) []Section {
	return Map(a.Frameworks, func(s framework.Standing) Section { return frameworkSection(a, s) })
}

func frameworkSection(a *scoring.Assessment, s framework.Standing) Section {
	out := Section{
		ID: "framework-" + s.ID, Title: s.Short + ", provision by provision", FullText: true,
		Count: fmt.Sprintf("%d of %d met", len(s.ProvisionsIn(framework.Met)), len(s.Provisions)-len(s.ProvisionsIn(framework.Outside))),
		Intro: strings.Join(slices.DeleteFunc([]string{
			FrameworkDisclaimer, appliesNote(s), marketsNote(s), firstMarketNote(s), "The provisions are paraphrased; the authoritative text is " + s.Title + ", " + s.Version + ", " + s.Date + ", " + WithFullStop(s.Source),
		}, func(t string) bool { return t == "" }), " "),
	}
	out.Table.Header = []string{"", "all", "met", "open"}
	for _, d := range s.Duties {
		name := upperFirst(dueWords(d.When, d.Due, horizonEnds(a)))
		if d.Title != "" {
			name += ": " + d.Title
		}
		out.Table.Rows = append(out.Table.Rows, []string{name, fmt.Sprint(d.Provisions), fmt.Sprint(d.Met), fmt.Sprint(d.Open)})
	}
	for _, state := range stateOrder {
		provisions := s.ProvisionsIn(state)
		out.addGroup(Group{Title: upperFirst(string(state)), Note: text.Count(len(provisions), "provision"), Items: Map(provisions, func(h framework.ProvisionStanding) Item { return provisionItem(a, h) })})
	}
	if ids := unansweredPractices(s); len(ids) > 0 {
		out.Note = "Nobody answered " + strings.Join(ids, ", ") + "."
	}
	return out
}

// unansweredPractices returns the ids of the best practices that answer a provision fully or
// partly and have no answer, each once, in the order of the provisions.
func unansweredPractices(s framework.Standing) []string {
	var ids []string
	for _, h := range s.Provisions {
		for _, practice := range h.Open() {
			if practice.Status == review.Unanswered && !slices.Contains(ids, practice.Practice) {
				ids = append(ids, practice.Practice)
			}
		}
	}
	return ids
}

// appliesNote says that a framework does not apply to the workload or may not; empty if it
// applies.
func appliesNote(s framework.Standing) string {
	switch s.Applies {
	case framework.AppliesNo:
		return "It does not apply to this workload, by its profile: " + s.Because
	case framework.AppliesUnknown:
		return "The profile leaves open whether it applies to this workload."
	}
	return ""
}

func marketsNote(s framework.Standing) string {
	if s.Markets != framework.MarketsUnset {
		return ""
	}
	return "The profile does not say where the product is sold (markets), so the product questions are not asked."
}

// firstMarketNote says which assumption the dates rest on if the profile does not say when
// the product is first placed on a market.
func firstMarketNote(s framework.Standing) string {
	if s.FirstSold != "" || !slices.ContainsFunc(s.Duties, func(d framework.Duty) bool { return d.Due != "" }) {
		return ""
	}
	return "The profile does not say when the product is first placed on a market (first_market); the dates assume that it is placed on the market after them."
}

// horizonEnds returns the last days of Now and Next.
func horizonEnds(a *scoring.Assessment) map[framework.When]string {
	return map[framework.When]string{framework.DueNow: a.HorizonEnd(scoring.Now), framework.DueNext: a.HorizonEnd(scoring.Next)}
}

// dueWords says when a duty is due: "due on 2026-12-11, within Now of the plan (until
// 2026-12-28)".
func dueWords(w framework.When, day string, ends map[framework.When]string) string {
	switch w {
	case framework.InForce:
		return strings.TrimSuffix("in force since "+day, " since ")
	case framework.DueNow, framework.DueNext:
		return fmt.Sprintf("due on %s, within %s of the plan (until %s)", day, upperFirst(string(w)), ends[w])
	case framework.DueLater:
		return "due on " + day
	}
	return "not due, as the product was on a market before; a substantial modification changes that"
}

// provisionItem returns a provision with a text for each of its best practices.
func provisionItem(a *scoring.Assessment, h framework.ProvisionStanding) Item {
	title := h.Title
	if h.Status != "" {
		title += " [" + h.Status + "]"
	}
	out := Item{Badge: stateBadges[h.State], ID: h.Provision, Title: title, Texts: nonBlank(
		Text{Label: "Outside", Text: h.Outside}, Text{Label: "When", Text: provisionDue(a, h)},
	)}
	for _, s := range h.Practices {
		out.Texts = append(out.Texts, Text{Label: s.Practice, Text: shownText(s)})
	}
	return out
}

// provisionDue says when a provision is due; empty if it is in force or outside a review.
func provisionDue(a *scoring.Assessment, h framework.ProvisionStanding) string {
	if h.State == framework.Outside || h.When == framework.InForce {
		return ""
	}
	return upperFirst(dueWords(h.When, h.Due, horizonEnds(a)))
}

// shownText describes a best practice of a provision: how it answers the provision, its
// status, owner, due date and evidence.
func shownText(s framework.PracticeStanding) string {
	answer := map[framework.How]string{framework.Fully: "full answer", framework.InPart: "part of the answer", framework.Supports: "support"}
	parts := []string{answer[s.How] + ", " + s.Words}
	add := func(format, value string) {
		if strings.TrimSpace(value) != "" {
			parts = append(parts, fmt.Sprintf(format, value))
		}
	}
	add("%s", noAnswerReason(s))
	add("%s, not confirmed", s.Origin)
	add("owner %s", s.Owner)
	add("due %s", s.Due)
	add("waived until %s, which does not make it met", s.Waived)
	add("evidence: %s", strings.Join(s.Evidence, ", "))
	if s.Status == review.Implemented && len(s.Evidence) == 0 && s.How != framework.Supports {
		add("%s", "no evidence recorded")
	}
	if s.How == framework.InPart && s.Status != review.NotApplicable {
		add("leaves open %s", s.Lacks)
	}
	return strings.Join(parts, "; ")
}

// noAnswerReason says why a best practice is not asked or does not apply; empty otherwise.
func noAnswerReason(s framework.PracticeStanding) string {
	if s.Status == review.NotApplicable {
		return strings.TrimSuffix(s.Reason, ".")
	}
	return strings.TrimSuffix(s.NotAskedReason, ".")
}

// FrameworkSummary shows in a line for each framework how much of it is met.
func FrameworkSummary(a *scoring.Assessment) Section {
	out := Section{Title: "Laws and standards"}
	out.addGroup(Group{Items: Map(a.Frameworks, func(s framework.Standing) Item {
		return Item{ID: s.ID, Title: s.Short, Texts: []Text{{Text: frameworkCounts(s)}}}
	})})
	if len(out.Groups) > 0 {
		out.Note = FrameworkDisclaimer
	}
	return out
}

// frameworkCounts counts the provisions of a framework by state.
func frameworkCounts(s framework.Standing) string {
	parts := []string{fmt.Sprintf("%d of %d provisions met", len(s.ProvisionsIn(framework.Met)), len(s.Provisions)-len(s.ProvisionsIn(framework.Outside)))}
	for _, state := range stateOrder {
		if n := len(s.ProvisionsIn(state)); n > 0 && state != framework.Met {
			parts = append(parts, fmt.Sprintf("%d %s", n, state))
		}
	}
	return strings.Join(parts, ", ")
}

// ProvisionColumns returns the columns of ProvisionRows.
func ProvisionColumns() []string {
	return []string{
		"framework", "version", "provision", "status_in_framework", "title", "state", "when", "due_from", "practice", "practice_title", "how", "leaves_open",
		"status", "evidence", "owner", "due", "waived_until", "reason", "note", "by", "at", "unconfirmed",
	}
}

// ProvisionRows returns the table of provisions for a workbook and CSV, by column: a row for
// each best practice of a provision, and one for a provision without best practices.
func ProvisionRows(a *scoring.Assessment) []map[string]string {
	var out []map[string]string
	for _, s := range a.Frameworks {
		for _, h := range s.Provisions {
			row := func(practice framework.PracticeStanding) {
				out = append(out, map[string]string{
					"framework": s.ID, "version": s.Version, "provision": h.Provision, "status_in_framework": h.Status, "title": h.Title, "state": string(h.State),
					"when": string(h.When), "due_from": h.Due, "practice": practice.Practice, "practice_title": practice.Title, "how": string(practice.How), "leaves_open": practice.Lacks,
					"status": practice.Words, "evidence": strings.Join(practice.Evidence, "\n"), "owner": practice.Owner, "due": practice.Due, "waived_until": practice.Waived,
					"reason": OrDefault(noAnswerReason(practice), h.Outside), "note": practice.Note, "by": practice.By, "at": practice.At, "unconfirmed": practice.Origin,
				})
			}
			for _, practice := range h.Practices {
				row(practice)
			}
			if len(h.Practices) == 0 {
				row(framework.PracticeStanding{})
			}
		}
	}
	return out
}
