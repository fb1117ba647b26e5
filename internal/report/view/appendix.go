package view

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// Questions lists every question with its risk: those of the lens by pillar, those of layer
// banks by layer, those of parts, and last nonMonotoneQuestions.
func Questions(a *scoring.Assessment) Section {
	out := Section{ID: "questions", Title: "Risk of each question", Count: fmt.Sprint(len(a.Questions))}
	group := func(name string, in func(scoring.Question) bool) {
		g := Group{Title: name}
		n := map[scoring.Risk]int{}
		for _, q := range filter(a.Questions, in) {
			n[q.Risk]++
			item := Item{Badge: RiskBadge(q.Risk), ID: q.ID, Title: topic(q)}
			if q.Title != item.Title {
				item.Texts = []Text{{Text: q.Title}}
			}
			g.Items = append(g.Items, item)
		}
		var notes []string
		for _, r := range scoring.Risks() {
			if n[r] > 0 {
				notes = append(notes, fmt.Sprintf("%d %s", n[r], RiskBadge(r).Words))
			}
		}
		g.Note = strings.Join(notes, ", ")
		out.addGroup(g)
	}
	for _, p := range a.Pillars {
		group(p.Name, func(q scoring.Question) bool { return q.AWS() && q.Pillar == p.ID })
	}
	for _, l := range a.Layers {
		group("Layer bank: "+l.Name, func(q scoring.Question) bool { return q.Layer == l.ID })
	}
	for _, name := range partNames(a) {
		group(name, func(q scoring.Question) bool { return q.Part == name })
	}
	out.Groups = append(out.Groups, nonMonotoneQuestions(a).Groups...)
	return out.introIfEmpty("No question is in scope.")
}

// nonMonotoneQuestions lists the questions whose rules, read to the letter, give a higher
// risk for doing more.
func nonMonotoneQuestions(a *scoring.Assessment) Section {
	out := Section{ID: "rules", Title: "Where " + a.RulesName() + " give a higher risk for doing more"}
	differing := filter(a.Questions, func(q scoring.Question) bool { return q.RisksDiffer })
	out.addGroup(Group{Title: out.Title, Items: Map(differing, func(q scoring.Question) Item {
		return Item{ID: q.ID, Title: fmt.Sprintf("%s to the letter, %s in the monotone form", RiskBadge(q.AWSRisk).Words, RiskBadge(q.MonotoneRisk).Words)}
	})})
	return out
}

// Scenarios lists the steps of each scenario with the findings that put them at risk.
func Scenarios(a *scoring.Assessment) Section {
	out := Section{ID: "scenarios", Title: "Scenarios, step by step"}
	for _, s := range a.Scenarios {
		g := Group{Title: s.Name, Note: progress(s), Intro: s.Description, Ordered: s.Kind == lens.ScenarioSequence}
		for i, step := range s.Steps {
			decide := Text{Text: strings.Join(step.Findings, ", "), Items: step.Findings, FindingIDs: true}
			open := Text{Text: strings.Join(step.Unassessed, ", "), Label: "Not assessed", HTMLOnly: true}
			if step.State == scoring.StepUnassessed {
				decide, open = Text{Text: open.Text}, Text{}
			}
			g.Items = append(g.Items, Item{Badge: StepBadge(step), ID: fmt.Sprint(i + 1), Title: step.Title, Texts: nonBlank(
				decide, Text{Text: step.Text, HTMLOnly: true}, open, Text{Label: "In place", Text: strings.Join(step.Protected, ", "), HTMLOnly: true},
			)})
		}
		out.addGroup(g)
	}
	return out
}

// progress counts the steps of a scenario and those at risk: "5 steps, 2 at risk".
func progress(s scoring.Scenario) string {
	noun := "step"
	if s.Kind != lens.ScenarioSequence {
		noun = "option"
	}
	risky := filter(s.Steps, func(s scoring.Step) bool { return s.State == scoring.StepAtRisk })
	return fmt.Sprintf("%s, %d at risk", text.Count(len(s.Steps), noun), len(risky))
}

// Waivers lists the waivers with their state, those that end first at the top.
func Waivers(a *scoring.Assessment) Section {
	out := Section{ID: "waivers", Title: "Waivers", Count: fmt.Sprint(len(a.Waivers)), Note: "A waiver changes no score and no risk. Once it has expired it fails a gate."}
	byEnd := slices.Clone(a.Waivers)
	slices.SortStableFunc(byEnd, func(x, y scoring.Waiver) int { return cmp.Compare(x.Expires, y.Expires) })
	out.addGroup(Group{Items: Map(byEnd, func(w scoring.Waiver) Item {
		return Item{Badge: waiverBadge(w), ID: w.Practice, Title: w.Title, Texts: []Text{{Text: waiverTerms(w)}}}
	})})
	return out.introIfEmpty("None.")
}

// WaiverText returns the state of a waiver, its reason, its control, owner and approver.
func WaiverText(w scoring.Waiver) string { return sentence(WaiverStateText(w)) + " " + waiverTerms(w) }

func waiverTerms(w scoring.Waiver) string {
	s := WithFullStop(w.Reason)
	if w.Control != "" {
		s += " Meanwhile: " + WithFullStop(w.Control)
	}
	return s + " Owner " + w.Owner + ", approved by " + w.Approver + "."
}

// WaiverStateText says until when a waiver holds: "holds until 2027-01-31, 64 days left".
func WaiverStateText(w scoring.Waiver) string {
	switch w.State {
	case scoring.WaiverActive:
		return "holds until " + w.Expires + ", " + text.Plural(w.Days, "day left", "days left")
	case scoring.WaiverExpiring:
		return "ends in " + text.Count(w.Days, "day") + ", on " + w.Expires
	case scoring.WaiverExpired:
		return "expired on " + w.Expires
	}
	return "covers no finding; expires on " + w.Expires
}

// parkedTopic returns a parked topic as a line.
func parkedTopic(t review.Topic) string {
	s := t.Topic + "; owner: " + OrDefault(t.Owner, "none")
	if signature := strings.TrimSpace(t.By + " " + t.At); signature != "" {
		s += "; parked: " + signature
	}
	return s
}

// Parked lists the parked topics.
func Parked(a *scoring.Assessment) Section {
	out := Section{ID: "parked", Title: "Parked topics", Count: fmt.Sprint(len(a.Parked)), FullText: true}
	out.addGroup(Group{Items: Map(a.Parked, func(t review.Topic) Item {
		return Item{ID: t.Practice, Title: t.Topic, Texts: nonBlank(
			Text{Label: "Owner", Text: OrDefault(t.Owner, "no owner"), Short: true}, Text{Label: "Parked", Text: strings.TrimSpace(t.By + " " + t.At), Short: true},
		)}
	})})
	return out.introIfEmpty("None.")
}

// NoPlace returns a section with the answers to best practices that the lens no longer asks;
// none if there are no such answers.
func NoPlace(a *scoring.Assessment) []Section {
	if len(a.NoPlace) == 0 {
		return nil
	}
	out := Section{
		ID: "without-place", Title: "Answers without a place", Count: fmt.Sprint(len(a.NoPlace)), FullText: true,
		Intro: "The review was upgraded to a version of the lens that no longer asks this. These answers are kept and count for nothing.",
	}
	out.addGroup(Group{Items: Map(a.NoPlace, func(n review.AnswerWithoutPlace) Item {
		waiver := ""
		if n.Waiver.Reason != "" {
			waiver = recordedWaiver(n.Waiver, "Until "+n.Waiver.Expires+".").Text
		}
		first := nonBlank(Text{Label: "Status", Text: n.Answer.Status.Words(), Short: true}, Text{Label: "Waived", Text: waiver}, Text{Label: "Asked by", Text: n.Lens + " " + n.LensVersion, Short: true})
		return Item{ID: n.Practice, Title: n.Title, Texts: append(first, ledgerTexts(n.Answer, nil)...)}
	})})
	return []Section{out}
}

// NotAssessed lists the unanswered best practices, by pillar.
func NotAssessed(a *scoring.Assessment) Section {
	out := Section{
		ID: "open", Title: "Not assessed", Count: fmt.Sprint(len(a.Unassessed)), Note: outOfScopeNote(a),
		Intro: "Unanswered best practices have no score and are not findings. The picture is incomplete until they are answered.",
	}
	out.addByPillar(a, a.Unassessed, func(p *scoring.Practice) Item {
		return Item{Badge: SeverityBadge(p.Severity), ID: p.ID, Title: p.Title, Texts: unansweredTexts(p.Pending)}
	})
	return out.introIfEmpty("Everything in scope was answered.")
}

// unansweredTexts returns what a review records about a best practice without an answer.
func unansweredTexts(a review.Answer) []Text {
	var out []Text
	for _, f := range review.DetailFields() {
		out = append(out, Text{Label: strings.ToUpper(f.Key[:1]) + f.Key[1:], Text: f.Text(a)})
	}
	return nonBlank(append(out, Text{Label: "Recorded", Text: answeredBy(a)})...)
}

// NotApplicable lists the best practices that are not applicable, with their reasons.
func NotApplicable(a *scoring.Assessment) Section {
	out := Section{ID: "excluded", Title: "Not applicable", Count: fmt.Sprint(len(a.Excluded)), Intro: "Left out of every score, for the reason given."}
	out.addGroup(Group{Items: Map(a.Excluded, func(p *scoring.Practice) Item {
		by := answeredBy(p.Answer)
		if p.By == review.ByProfile {
			by = ""
		}
		return Item{ID: p.ID, Title: p.Title, Texts: nonBlank(Text{Text: p.Reason}, Text{Label: "Answered", Text: by})}
	})})
	return out.introIfEmpty("None.")
}

// SetAside lists the best practices that the profile sets aside, with their reasons.
func SetAside(a *scoring.Assessment) Section {
	out := Section{ID: "aside", Title: "Set aside by the profile", Count: fmt.Sprint(len(a.SetAside)), Intro: "Asked only on demand, and not counted. An answer would count."}
	parts := map[string]int{} // best practices of each part of which nothing is asked
	single := filter(a.SetAside, func(s scoring.ProfileRuling) bool {
		parts[s.Reason]++
		return s.Part == ""
	})
	out.addGroup(Group{Items: slices.Concat(Map(a.NotAsked(), func(reason string) Item {
		return Item{Title: strings.TrimSuffix(reason, ".") + " (" + text.Count(parts[reason], "best practice") + ")"}
	}), Map(single, func(s scoring.ProfileRuling) Item {
		return Item{ID: s.Practice, Title: s.Title, Texts: nonBlank(Text{Text: s.Reason})}
	}))})
	return out.introIfEmpty("None.")
}

// addByPillar adds a group of items for each pillar that has a best practice of the list.
func (s *Section) addByPillar(a *scoring.Assessment, list []*scoring.Practice, item func(*scoring.Practice) Item) {
	for _, p := range a.Pillars {
		in := filter(list, func(e *scoring.Practice) bool { return e.Pillar == p.ID })
		s.addGroup(Group{Title: p.Name, Note: text.Count(len(in), "best practice"), Items: Map(in, item)})
	}
}
