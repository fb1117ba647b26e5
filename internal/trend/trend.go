// Package trend shows how a review developed: the numbers of its milestones, of saved reports and of
// the review as it is, and why those of a state cannot be compared with those of the last one.
//
// NewSeries makes the value; Text, SVG and JSON write it. The package reads no files and no clock.
package trend

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// A State has the numbers of a review on a day.
type State struct {
	Name          string // of the milestone; StateNow for the review as it is, StateSavedReport for a saved report
	At            string // YYYY-MM-DD, or RFC 3339 in UTC
	File          string
	Score         compare.Percent // of the lens's own best practices
	Coverage      compare.Percent // the same
	High          int             // questions at high risk
	Medium        int             // questions at medium risk
	Open          int             // findings that no waiver covers
	Pillars       []PillarScore   // in the order of the lens
	Asked         compare.Edition // of the lens with which it was last asked
	Scored        compare.Edition // of the lens by which it was scored
	NotComparable []string        // why its numbers cannot be compared with those of the last state; empty if they can

	scope       review.Scope
	mode        scoring.Mode
	askedSince  int // number of best practices in scope that were not asked then
	lostAnswers int // number of answers to what is no longer asked
}

// The names of states that are not milestones.
const (
	StateNow         = "now"
	StateSavedReport = "saved report"
)

// A PillarScore is the score of a pillar.
type PillarScore struct {
	ID, Name string
	Score    compare.Percent
}

// A Series is the states of one review, earliest first.
type Series struct {
	Workload string
	File     string // the review file; empty if there are only saved reports
	LensID   string
	LensName string
	States   []State // at least one
}

// A Trend is the series of several reviews.
type Trend struct {
	Series  []Series
	Skipped []SkippedFile // files that could not be read
}

// Day is the day of a state, YYYY-MM-DD.
func (s State) Day() string { return review.DayOf(s.At) }

// StateOf makes a state of an assessment. lost is the number of answers that the lens of the
// assessment no longer asks for.
func StateOf(name, at, file string, a *scoring.Assessment, lost int) State {
	s := State{
		Name: name, At: at, File: file,
		Asked:  compare.Edition{Version: a.ReviewLensVersion, Revision: max(a.ReviewLensRevision, 1), Digest: a.ReviewLensDigest},
		Scored: compare.EditionOf(a),
		scope:  a.Scope, mode: a.Mode, lostAnswers: max(lost, len(a.Retired)),
	}
	s.Score.Value, s.Score.Known = a.Lens.Score()
	s.Coverage.Value, s.Coverage.Known = a.Lens.Coverage()
	for _, q := range a.Questions {
		switch q.Risk {
		case scoring.RiskHigh:
			s.High++
		case scoring.RiskMedium:
			s.Medium++
		}
	}
	for _, f := range a.Findings {
		if !f.Waived {
			s.Open++
		}
	}
	for _, p := range a.Pillars {
		share := PillarScore{ID: p.ID, Name: p.Name}
		share.Score.Value, share.Score.Known = p.Lens.Score()
		s.Pillars = append(s.Pillars, share)
	}
	for _, p := range a.Unassessed {
		if p.Since > s.Asked.Revision {
			s.askedSince++
		}
	}
	return s
}

// NewSeries makes the series of a review. It sorts the states by time, the review as it is last.
func NewSeries(workload, file, lensID, lensName string, states []State) Series {
	states = slices.Clone(states)
	slices.SortStableFunc(states, func(a, b State) int {
		return cmp.Or(cmp.Compare(currentLast(a), currentLast(b)), cmp.Compare(a.At, b.At), cmp.Compare(a.Name, b.Name), cmp.Compare(a.File, b.File))
	})
	last := states[len(states)-1]
	for i := range states {
		states[i].NotComparable = states[i].whyNotComparable(last)
	}
	return Series{Workload: workload, File: file, LensID: lensID, LensName: lensName, States: states}
}

// currentLast is a sort key that puts the review as it is last.
func currentLast(s State) int {
	if s.Name == StateNow {
		return 1
	}
	return 0
}

// whyNotComparable lists why the numbers of a state cannot be compared with those of the last.
func (s State) whyNotComparable(last State) []string {
	var out []string
	switch {
	case !s.Scored.Same(last.Scored):
		out = append(out, fmt.Sprintf("scored by %s, the last state by %s", editionText(s.Scored), editionText(last.Scored)))
	case !s.Asked.Same(last.Asked):
		reason := fmt.Sprintf("asked with %s and scored by %s", editionText(s.Asked), editionText(s.Scored))
		if s.askedSince > 0 {
			reason += "; " + text.Plural(s.askedSince, "best practice was not asked then and counts", "best practices were not asked then and count") + " as unanswered"
		}
		if s.lostAnswers > 0 {
			reason += "; " + text.Plural(s.lostAnswers, "answer to what is no longer asked counts", "answers to what is no longer asked count") + " for nothing"
		}
		out = append(out, reason)
	}
	if !s.scope.Equal(last.scope) {
		out = append(out, "had another scope")
	}
	if s.mode != last.mode {
		out = append(out, fmt.Sprintf("was scored %s, the last state %s", s.mode, last.mode))
	}
	return out
}

// editionText describes an edition: "version 2025-07-02, revision 3".
func editionText(e compare.Edition) string {
	s := fmt.Sprintf("version %s, revision %d", cmp.Or(e.Version, "unknown"), e.Revision)
	if e.Digest != "" {
		s += " (" + e.Digest + ")"
	}
	return s
}

// Summary describes in a sentence how the last state differs from the first. It is empty if they
// cannot be compared, or if there is only one.
func (s Series) Summary() string {
	first, last := s.States[0], s.States[len(s.States)-1]
	if len(s.States) < 2 || len(first.NotComparable) > 0 {
		return ""
	}
	from := func(was, is string) string {
		if was == is {
			return "still " + is
		}
		return was + " to " + is
	}
	return fmt.Sprintf("Since %s (%s): score %s, coverage %s, questions at high risk %s, open findings %s.", first.Day(), strings.TrimSuffix(first.Name, "."),
		from(percent(first.Score), percent(last.Score)), from(percent(first.Coverage), percent(last.Coverage)),
		from(fmt.Sprint(first.High), fmt.Sprint(last.High)), from(fmt.Sprint(first.Open), fmt.Sprint(last.Open)))
}

func percent(p compare.Percent) string {
	if !p.Known {
		return "not assessed"
	}
	return text.Percent(p.Value)
}
