package scoring

import (
	"cmp"
	"slices"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// Hold holds an assessment against a framework. An answer is as it counts, so a waiver
// leaves a gap a gap. What the scope leaves out, what the profile sets aside and what the
// lens doesn't ask is not answered, with the reason. A best practice of a part that the
// profile sets aside does not apply: its conditions say for which products the law asks it.
func (a *Assessment) Hold(f *framework.Framework, l *lens.Lens) framework.Standing {
	shown := a.shown(l)
	profile := a.Workload.Profile
	out := f.Hold(framework.Days{Today: a.Today, Now: a.Ends(Now), Next: a.Ends(Next), FirstMarket: profile.FirstMarket}, func(id string) framework.Shown {
		if s, known := shown[id]; known {
			return s
		}
		return framework.Shown{Words: review.Unanswered.Words(), Unasked: "The lens does not ask it."}
	})
	met, missed := review.FactsOf(l, profile).Meets(f.AppliesTo)
	switch {
	case missed != "":
		out.Applies, out.Because = framework.DoesNotApply, missed
	case met:
		out.Applies = framework.DoesApply
	default:
		out.Applies = framework.MayApply
	}
	switch {
	case len(l.Markets) == 0:
		out.MarketsAre = framework.MarketsNoKey
	case len(profile.Markets) == 0:
		out.MarketsAre = framework.MarketsUnset
	default:
		out.MarketsAre = framework.MarketsSet
	}
	return out
}

// shown lists the best practices with what their answers show, by id.
func (a *Assessment) shown(l *lens.Lens) map[string]framework.Shown {
	out := map[string]framework.Shown{}
	waived := map[string]string{}
	for i := range a.Waivers {
		if w := &a.Waivers[i]; w.Holds() {
			waived[w.Practice] = w.Expires
		}
	}
	for i := range a.Practices {
		p := &a.Practices[i]
		out[p.ID] = framework.Shown{
			Title: p.Title, Status: p.Status, Words: p.Words(), Reason: p.Reason, Evidence: slices.Concat(p.Evidence, p.Said.Evidence), Note: cmp.Or(p.Note, p.Said.Note),
			Owner: cmp.Or(p.Owner, p.Said.Owner), Due: cmp.Or(p.Due, p.Said.Due), By: p.By, At: p.At, Origin: p.Origin(), Waived: waived[p.ID],
		}
	}
	unasked := func(id, title, why string) {
		out[id] = framework.Shown{Title: title, Words: review.Unanswered.Words(), Unasked: why}
	}
	for _, s := range a.SetAside {
		if p, ok := l.Practice(s.Practice); ok && p.Part != "" && s.Part == "" {
			out[s.Practice] = framework.Shown{Title: s.Title, Status: review.NotApplicable, Words: "not applicable by the profile", Reason: s.Reason}
			continue
		}
		unasked(s.Practice, s.Title, s.Reason)
	}
	for _, id := range a.LeftOut {
		title := ""
		if p, asked := l.Practice(id); asked {
			title = p.Title
		}
		unasked(id, title, "The scope of the review leaves it out.")
	}
	return out
}
