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

// Questions lists the risk of every question: those of the lens by pillar, the
// others by layer, and last those on which the rules and their monotone form differ.
func Questions(a *scoring.Assessment) Section {
	out := Section{ID: "questions", Title: "Risk of each question", Count: fmt.Sprint(len(a.Questions))}
	group := func(name string, in func(scoring.Question) bool) {
		g := Group{Title: name}
		n := map[scoring.Risk]int{}
		for _, q := range filter(a.Questions, in) {
			n[q.Risk]++
			item := Item{Sign: Risk(q.Risk), ID: q.ID, Title: topic(q)}
			if q.Title != item.Title {
				item.Texts = []Text{{Text: q.Title}}
			}
			g.Items = append(g.Items, item)
		}
		var notes []string
		for _, r := range scoring.Risks() {
			if n[r] > 0 {
				notes = append(notes, fmt.Sprintf("%d %s", n[r], Risk(r).Words))
			}
		}
		g.Note = strings.Join(notes, ", ")
		out.add(g)
	}
	for _, p := range a.Pillars {
		group(p.Name, func(q scoring.Question) bool { return q.AWS() && q.Pillar == p.ID })
	}
	for _, l := range a.Layers {
		group("Layer bank: "+l.Name, func(q scoring.Question) bool { return q.Layer == l.ID })
	}
	for _, name := range partsOf(a) {
		group(name, func(q scoring.Question) bool { return q.Part == name })
	}
	out.Groups = append(out.Groups, rulesDiffer(a).Groups...)
	return out.orElse("No question is in scope.")
}

// rulesDiffer lists the questions on which the letter of the rules gives a higher
// risk for doing more.
func rulesDiffer(a *scoring.Assessment) Section {
	out := Section{ID: "rules", Title: "Where " + a.RulesName() + " punish doing more"}
	differing := filter(a.Questions, func(q scoring.Question) bool { return q.RisksDiffer })
	out.add(Group{Title: out.Title, Items: List(differing, func(q scoring.Question) Item {
		return Item{ID: q.ID, Title: fmt.Sprintf("%s to the letter, %s in the monotone form", Risk(q.AWSRisk).Words, Risk(q.MonotoneRisk).Words)}
	})})
	return out
}

// Scenarios lists the steps of each scenario with what puts them at risk.
func Scenarios(a *scoring.Assessment) Section {
	out := Section{ID: "scenarios", Title: "Scenarios, step by step"}
	for _, s := range a.Scenarios {
		g := Group{Title: s.Name, Note: progress(s), About: s.Description, Ordered: s.Kind == lens.ScenarioSequence}
		for i, step := range s.Steps {
			decide := Text{Text: strings.Join(step.Findings, ", "), Items: step.Findings, Findings: true}
			open := Text{Text: strings.Join(step.Unassessed, ", "), Label: "Not assessed", Page: true}
			if step.State == scoring.StepUnassessed {
				decide, open = Text{Text: open.Text}, Text{}
			}
			g.Items = append(g.Items, Item{Sign: Step(step), ID: fmt.Sprint(i + 1), Title: step.Title, Texts: texts(
				decide, Text{Text: step.Text, Page: true}, open, Text{Label: "In place", Text: strings.Join(step.Protected, ", "), Page: true},
			)})
		}
		out.add(g)
	}
	return out
}

// progress counts the steps of a scenario and those at risk.
func progress(s scoring.Scenario) string {
	noun := "step"
	if s.Kind != lens.ScenarioSequence {
		noun = "option"
	}
	risky := filter(s.Steps, func(s scoring.Step) bool { return s.State == scoring.StepAtRisk })
	return fmt.Sprintf("%s, %d at risk", text.Count(len(s.Steps), noun), len(risky))
}

// Waivers lists the waivers with their state today, those that end first at the top.
func Waivers(a *scoring.Assessment) Section {
	out := Section{ID: "waivers", Title: "Waivers", Count: fmt.Sprint(len(a.Waivers)), Note: "A waiver changes no score and no risk. Once it has expired it fails a gate."}
	byEnd := slices.Clone(a.Waivers)
	slices.SortStableFunc(byEnd, func(x, y scoring.Waiver) int { return cmp.Compare(x.Expires, y.Expires) })
	out.add(Group{Items: List(byEnd, func(w scoring.Waiver) Item {
		return Item{Sign: waiverSign(w), ID: w.Practice, Title: w.Title, Texts: []Text{{Text: waiverTerms(w)}}}
	})})
	return out.orElse("None.")
}

// Waiver is a waiver's state today, its reason, and who gave it.
func Waiver(w scoring.Waiver) string { return sentence(WaiverState(w)) + " " + waiverTerms(w) }

func waiverTerms(w scoring.Waiver) string {
	s := Full(w.Reason)
	if w.Control != "" {
		s += " Meanwhile: " + Full(w.Control)
	}
	return s + " Owner " + w.Owner + ", approved by " + w.Approver + "."
}

// WaiverState is until when a waiver holds.
func WaiverState(w scoring.Waiver) string {
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

// ParkedTopic is a topic that was put aside, in a line.
func ParkedTopic(t review.Topic) string {
	s := t.Topic + "; owner: " + Or(t.Owner, "none")
	if by := strings.TrimSpace(t.By + " " + t.At); by != "" {
		s += "; parked: " + by
	}
	return s
}

// Parked lists the topics that were put aside.
func Parked(a *scoring.Assessment) Section {
	out := Section{ID: "parked", Title: "Parked topics", Count: fmt.Sprint(len(a.Parked)), Whole: true}
	out.add(Group{Items: List(a.Parked, func(t review.Topic) Item {
		return Item{ID: t.Practice, Title: t.Topic, Texts: texts(
			Text{Label: "Owner", Text: Or(t.Owner, "no owner"), Brief: true}, Text{Label: "Parked", Text: strings.TrimSpace(t.By + " " + t.At), Brief: true},
		)}
	})})
	return out.orElse("None.")
}

// NoPlace lists the answers to what the lens no longer asks, in a section of their own;
// no section where there are none.
func NoPlace(a *scoring.Assessment) []Section {
	if len(a.NoPlace) == 0 {
		return nil
	}
	out := Section{
		ID: "without-place", Title: "Answers without a place", Count: fmt.Sprint(len(a.NoPlace)), Whole: true,
		Intro: "The review was upgraded to a version of the lens that no longer asks this. These answers are kept and count for nothing.",
	}
	out.add(Group{Items: List(a.NoPlace, func(n review.AnswerWithoutPlace) Item {
		waiver := ""
		if n.Waiver.Reason != "" {
			waiver = waiverText(n.Waiver, "Until "+n.Waiver.Expires+".").Text
		}
		first := texts(Text{Label: "Status", Text: n.Answer.Status.Words(), Brief: true}, Text{Label: "Waived", Text: waiver}, Text{Label: "Asked by", Text: n.Lens + " " + n.LensVersion, Brief: true})
		return Item{ID: n.Practice, Title: n.Title, Texts: append(first, ledgerTexts(n.Answer, nil)...)}
	})})
	return []Section{out}
}

// NotAssessed lists what is unanswered, by pillar.
func NotAssessed(a *scoring.Assessment) Section {
	out := Section{
		ID: "open", Title: "Not assessed", Count: fmt.Sprint(len(a.Unassessed)), Note: outOfScope(a),
		Intro: "Unanswered best practices have no score and are no findings; until they are answered the picture is incomplete.",
	}
	out.byPillar(a, a.Unassessed, func(p *scoring.Practice) Item {
		return Item{Sign: Severity(p.Severity), ID: p.ID, Title: p.Title, Texts: saidBefore(p.Pending)}
	})
	return out.orElse("Everything in scope was answered.")
}

// saidBefore is what is said of a best practice that has no answer.
func saidBefore(a review.Answer) []Text {
	var out []Text
	for _, f := range review.DetailFields() {
		out = append(out, Text{Label: strings.ToUpper(f.Key[:1]) + f.Key[1:], Text: f.Text(a)})
	}
	return texts(append(out, Text{Label: "Said", Text: signed(a)})...)
}

// NotApplicable lists what was left out of every score, each with its reason.
func NotApplicable(a *scoring.Assessment) Section {
	out := Section{ID: "excluded", Title: "Not applicable", Count: fmt.Sprint(len(a.Excluded)), Intro: "Left out of every score, each for its reason."}
	out.add(Group{Items: List(a.Excluded, func(p *scoring.Practice) Item {
		by := signed(p.Answer)
		if p.By == review.ByProfile {
			by = ""
		}
		return Item{ID: p.ID, Title: p.Title, Texts: texts(Text{Text: p.Reason}, Text{Label: "Answered", Text: by})}
	})})
	return out.orElse("None.")
}

// SetAside lists what the profile sets aside, each with its reason.
func SetAside(a *scoring.Assessment) Section {
	out := Section{ID: "aside", Title: "Set aside by the profile", Count: fmt.Sprint(len(a.SetAside)), Intro: "Asked only on demand, and so in no count; an answer would count."}
	parts := map[string]int{} // best practices of each part of which nothing is asked
	single := filter(a.SetAside, func(s scoring.ProfileRuling) bool {
		parts[s.Reason]++
		return s.Part == ""
	})
	out.add(Group{Items: slices.Concat(List(a.NotAsked(), func(reason string) Item {
		return Item{Title: strings.TrimSuffix(reason, ".") + " (" + text.Count(parts[reason], "best practice") + ")"}
	}), List(single, func(s scoring.ProfileRuling) Item {
		return Item{ID: s.Practice, Title: s.Title, Texts: texts(Text{Text: s.Reason})}
	}))})
	return out.orElse("None.")
}

// byPillar adds a group for each pillar to which an entry of a list belongs.
func (s *Section) byPillar(a *scoring.Assessment, list []*scoring.Practice, item func(*scoring.Practice) Item) {
	for _, p := range a.Pillars {
		in := filter(list, func(e *scoring.Practice) bool { return e.Pillar == p.ID })
		s.add(Group{Title: p.Name, Note: text.Count(len(in), "best practice"), Items: List(in, item)})
	}
}
