package scoring

import (
	"cmp"
	"slices"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// StandingAgainst returns where the review stands against a framework. Waivers do not count: a
// waived gap is a gap. A best practice is not answered, with the reason, if it is out of scope,
// if the profile sets it aside, or if the lens does not ask it. An exception is a best practice
// of a part that the profile sets aside by its own conditions: it does not apply, as they say
// for which products the law requires it.
func (a *Assessment) StandingAgainst(f *framework.Framework, l *lens.Lens) framework.Standing {
	shown := a.practiceStandings(l)
	profile := a.Workload.Profile
	out := f.StandingOf(framework.Dates{Today: a.Today, Now: a.HorizonEnd(Now), Next: a.HorizonEnd(Next), FirstMarket: profile.FirstMarket}, func(id string) framework.PracticeStanding {
		if s, known := shown[id]; known {
			return s
		}
		return framework.PracticeStanding{Words: review.Unanswered.Words(), NotAskedReason: "The lens does not ask it."}
	})
	met, missed := review.FactsOf(l, profile).Meets(f.AppliesTo)
	switch {
	case missed != "":
		out.Applies, out.Because = framework.AppliesNo, missed
	case met:
		out.Applies = framework.AppliesYes
	default:
		out.Applies = framework.AppliesUnknown
	}
	switch {
	case len(l.Markets) == 0:
		out.Markets = framework.MarketsNotAsked
	case len(profile.Markets) == 0:
		out.Markets = framework.MarketsUnset
	default:
		out.Markets = framework.MarketsSet
	}
	return out
}

// practiceStandings returns the best practices with their answers, by id.
func (a *Assessment) practiceStandings(l *lens.Lens) map[string]framework.PracticeStanding {
	out := map[string]framework.PracticeStanding{}
	waived := map[string]string{}
	for i := range a.Waivers {
		if w := &a.Waivers[i]; w.Active() {
			waived[w.Practice] = w.Expires
		}
	}
	for i := range a.Practices {
		p := &a.Practices[i]
		out[p.ID] = framework.PracticeStanding{
			Title: p.Title, Status: p.Status, Words: p.Words(), Reason: p.Reason, Evidence: slices.Concat(p.Evidence, p.Pending.Evidence), Note: cmp.Or(p.Note, p.Pending.Note),
			Owner: cmp.Or(p.Owner, p.Pending.Owner), Due: cmp.Or(p.Due, p.Pending.Due), By: p.By, At: p.At, Origin: p.Origin(), Waived: waived[p.ID],
		}
	}
	unasked := func(id, title, why string) {
		out[id] = framework.PracticeStanding{Title: title, Words: review.Unanswered.Words(), NotAskedReason: why}
	}
	for _, s := range a.SetAside {
		if p, ok := l.Practice(s.Practice); ok && p.Part != "" && s.Part == "" {
			out[s.Practice] = framework.PracticeStanding{Title: s.Title, Status: review.NotApplicable, Words: "not applicable by the profile", Reason: s.Reason}
			continue
		}
		unasked(s.Practice, s.Title, s.Reason)
	}
	for _, id := range a.OutOfScopeIDs {
		title := ""
		if p, asked := l.Practice(id); asked {
			title = p.Title
		}
		unasked(id, title, "The scope of the review leaves it out.")
	}
	return out
}
