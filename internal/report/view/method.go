package view

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// Method explains the scoring with the weights that were used, and lists what was reviewed
// with which lens and as of which day.
func Method(a *scoring.Assessment) Section {
	sentences := Map(methodSentences(a), func(s string) Item { return Item{Title: s} })
	return Section{ID: "method", Title: "Method", Groups: []Group{{Ordered: true, Items: sentences}}, Facts: reviewFacts(a)}
}

func methodSentences(a *scoring.Assessment) []string {
	w := a.Weights
	n := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	reading := "their monotone form, in which doing more never raises a risk"
	if a.Mode == scoring.AWS {
		reading = "their letter, as the AWS Well-Architected Tool reads them"
	}
	return []string{
		fmt.Sprintf("A score is the weighted share of what was assessed that is in place: implemented counts %s, partially implemented %s, everything else 0, and a best practice weighs %s, %s or %s by its severity, high, medium or low.",
			n(w.Credit.Implemented), n(w.Credit.PartiallyImplemented), n(w.Severity.High), n(w.Severity.Medium), n(w.Severity.Low)),
		"Best practices that do not apply are left out. Unanswered ones have no score, neither 0 nor 100; therefore every score is shown with its coverage, the answered share of what applies. Percentages are rounded down.",
		"The risk of a question comes from " + a.RulesName() + " over its answers, in " + reading + ".",
		"The priority of a finding, 0 to 100, is harm x reach x waiting x gap: how bad it is at worst, how far it goes in this workload, what waiting costs at this stage of the product, and how much is missing.",
		fmt.Sprintf("Now has the %d %% of the open findings with the highest priority, and those that halve the questions at high risk with the least effort. Next has the others that hold a question at high risk, are of high severity or are among the first %d %%. A waiver takes a finding out of the plan and changes no score.",
			100-w.Plan.Urgent, 100-w.Plan.Important),
	}
}

func reviewFacts(a *scoring.Assessment) []Text {
	w, p := a.Workload, a.Workload.Profile
	answered := ""
	if a.ReviewLensVersion != a.LensVersion {
		answered = a.ReviewLensVersion
	}
	scope := ""
	if !a.Scope.Empty() {
		scope = scopeText(a)
	}
	return nonBlank(
		Text{Label: "Lens", Text: LensTitle(a)},
		Text{Label: "Lens version that the review answered", Text: answered},
		Text{Label: "Published at", Text: a.LensSource},
		Text{Label: "As of", Text: a.Today + ", the day on which waivers and due dates are judged"},
		Text{Label: "Review file", Text: a.File},
		Text{Label: "Scope", Text: scope},
		Text{Label: "Architecture", Text: w.ArchitecturalDesign},
		Text{Label: "Industry", Text: w.Industry},
		Text{Label: "AWS Regions", Text: strings.Join(w.AWSRegions, ", ")},
		Text{Label: "AWS accounts", Text: strings.Join(w.AccountIDs, ", ")},
		Text{Label: "Device classes", Text: strings.Join(p.DeviceClasses, ", ")},
		Text{Label: "Protocols", Text: strings.Join(p.Protocols, ", ")},
		Text{Label: "Power", Text: strings.Join(p.Power, ", ")},
		Text{Label: "Connectivity", Text: strings.Join(p.Connectivity, ", ")},
	)
}

func scopeText(a *scoring.Assessment) string {
	var out []string
	for _, d := range review.Dimensions() {
		if ids := d.IDs(a.Scope); len(ids) > 0 {
			out = append(out, d.Key+" "+strings.Join(ids, " "))
		}
	}
	return strings.Join(append(out, text.Plural(a.OutOfScope, "best practice is left out", "best practices are left out")), ", ")
}

// WorkloadFacts lists in a few words what kind of workload it is.
func WorkloadFacts(a *scoring.Assessment) []string {
	w, p := a.Workload, a.Workload.Profile
	var out []string
	add := func(when bool, fact string) {
		if when {
			out = append(out, fact)
		}
	}
	add(w.Environment != "", strings.ToLower(string(w.Environment)))
	add(p.Stage != "" && !strings.EqualFold(p.Stage, string(w.Environment)), "stage: "+p.Stage)
	add(p.FleetSize > 0, Thousands(p.FleetSize)+" devices")
	add(p.Segment != "", p.Segment)
	add(p.SafetyCritical != nil && *p.SafetyCritical, "safety-critical")
	add(p.PersonalData != nil && *p.PersonalData, "personal data")
	add(p.FieldUpdatable != nil && *p.FieldUpdatable, "updatable in the field")
	add(p.FieldUpdatable != nil && !*p.FieldUpdatable, "not updatable in the field")
	add(w.ReviewOwner != "", "review owner: "+w.ReviewOwner)
	return out
}
