package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/dates"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/gitref"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/trend"
	"github.com/iotlens/iotlens/internal/wa/openreview"
)

// noSince is the value of --since for no comparison.
const noSince = "none"

// A sinceState is the earlier state with which page one compares.
type sinceState struct {
	compare.Snapshot
	name   string
	scored *state // nil for a review in AWS's open schema, which has no scores
}

func newSinceState(name string, s state) sinceState {
	out := sinceState{s.snapshot(), name, &s}
	if s.review != nil {
		out.AsOf = "" // it was assessed on another day
		if at := s.review.AsOf(); at != "" || s.milestone() {
			out.AsOf = s.assessed.Today
		}
	}
	return out
}

// addSince adds to an assessment what changed since an earlier state: the state of --since,
// or the last milestone of the review. file is the review, or "" for a saved report.
func (a *app) addSince(assessment *scoring.Assessment, file, since string, l *lens.Lens) error {
	var was sinceState
	var found bool
	var err error
	switch {
	case since == noSince:
		assessment.Since = nil
		return nil
	case since == "" && file == "":
		return nil // a saved report has its comparison
	case since == "":
		was, found = a.lastMilestone(assessment, file, l)
	default:
		was, err = a.findSinceState(since, file, l, assessment.Mode)
		if err != nil {
			return fmt.Errorf("--since: %w", err)
		}
		found = true
	}
	if !found {
		return nil
	}
	newer := compare.FromAssessment(assessment.File, compare.ReviewFile, assessment, lensIfSame(assessment, l))
	c, err := compareStates(was.Snapshot, newer)
	if err != nil && since == "" {
		a.warn(fmt.Sprintf("page one has no comparison with the last milestone: %v", err))
		return nil
	}
	if err != nil {
		return fmt.Errorf("--since: %w", err)
	}
	assessment.Since = compare.ChangesSince(was.name, was.Snapshot, newer, c)
	assessment.Since.Note = sinceNote(was, assessment, c)
	return nil
}

// sinceNote says why the numbers of the two states cannot be compared directly.
func sinceNote(was sinceState, is *scoring.Assessment, c *compare.Comparison) string {
	reasons := slices.Clone(c.Caveats)
	if c.Old.Workload != "" && c.Old.Workload != c.New.Workload {
		reasons = append(reasons, fmt.Sprintf("it is of another workload, %s", c.Old.Workload))
	}
	if was.scored == nil {
		reasons = append(reasons, "it has no scores and no risks of questions")
	} else {
		states := []trend.State{was.scored.trend(), trend.StateOf(trend.StateNow, is.Today, "", is, 0)}
		reasons = append(reasons, trend.NewSeries("", "", "", "", states).States[0].NotComparable...)
	}
	if len(reasons) == 0 {
		return ""
	}
	return view.WithFullStop("The numbers cannot be compared as they stand: the earlier state " + strings.TrimPrefix(strings.Join(reasons, "; "), "it "))
}

// lastMilestone returns the last milestone of a review that is not later than the
// assessment. It warns of milestones that cannot be read.
func (a *app) lastMilestone(assessment *scoring.Assessment, file string, l *lens.Lens) (sinceState, bool) {
	list, err := a.milestonesOf(file, l, assessment.Mode)
	if err != nil {
		a.warn(fmt.Sprintf("page one cannot be compared with a milestone that cannot be read: %v", err))
	}
	for _, s := range slices.Backward(list) {
		if s.assessed.Today <= assessment.Today {
			return newSinceState(s.name(), s), true
		}
	}
	return sinceState{}, false
}

// findSinceState finds the state of --since: a file, a file of a commit, or a milestone of
// the review by its name or its day.
func (a *app) findSinceState(since, file string, l *lens.Lens, mode scoring.Mode) (sinceState, error) {
	if ref, at, ok := gitref.Split(since); ok {
		if file == "" {
			return sinceState{}, errors.New(since + " needs a review; it cannot be used with --from")
		}
		name, data, _, err := a.readBaselineAt(ref, at, file)
		if err != nil {
			return sinceState{}, err
		}
		s, err := a.stateOf(name, data, l, mode, false)
		if err != nil {
			return sinceState{}, err
		}
		return newSinceState(gitref.Prefix+ref, s), nil
	}
	if disk.IsFile(since) || looksLikeFile(since) {
		return a.readSinceFile(since, l, mode)
	}
	var list []state
	var unread error
	if file != "" {
		list, unread = a.milestonesOf(file, l, mode)
	}
	day, _ := dates.Parse(since, a.today()) // on an error, it is a name
	var names []string
	var named, found []state
	for _, s := range list {
		if !slices.Contains(names, s.name()) {
			names = append(names, s.name())
		}
		if strings.EqualFold(s.name(), since) {
			named = append(named, s)
		}
		if s.assessed.Today == day {
			found = append(found, s)
		}
	}
	if len(named) > 0 {
		found = named
	}
	switch {
	case len(found) == 1:
		return newSinceState(found[0].name(), found[0]), nil
	case len(found) > 1:
		return sinceState{}, fmt.Errorf("several milestones have the name or day %q; name the file of one: %s", text.Clean(since, false),
			strings.Join(view.Map(found, func(s state) string { return disk.DisplayPath(s.file) }), ", "))
	case len(names) > 0:
		return sinceState{}, errors.Join(errors.New(suggest.Unknown("milestone", since, names)), unread)
	case file == "":
		return sinceState{}, fmt.Errorf("%s: no such file; with --from, --since takes a file", disk.DisplayPath(since))
	}
	return sinceState{}, errors.Join(fmt.Errorf("%s: no such file, and the review has no milestone; to create one: iotlens milestone %s NAME", disk.DisplayPath(since), a.fileArgs(file)), unread)
}

// looksLikeFile reports whether a value of --since is a file and not the name of a milestone.
func looksLikeFile(s string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".json"}, strings.ToLower(filepath.Ext(s)))
}

func (a *app) readSinceFile(path string, l *lens.Lens, mode scoring.Mode) (sinceState, error) {
	data, err := readFile(path)
	if err != nil {
		return sinceState{}, err
	}
	if filekind.Detect(data) == filekind.OpenReview {
		snapshot, err := openreview.Read(disk.DisplayPath(path), data, l)
		return sinceState{Snapshot: snapshot, name: portablePath(path)}, err
	}
	s, err := a.stateOf(path, data, l, mode, false)
	if err != nil {
		return sinceState{}, err
	}
	name := portablePath(path)
	if s.milestone() {
		name = s.name()
	}
	return newSinceState(name, s), nil
}
