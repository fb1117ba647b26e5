package cli

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/trend"
)

// A state is a review, a milestone or a saved report, with its assessment on its day.
type state struct {
	file     string
	review   *review.Review // nil for a saved report
	dropped  map[string]review.Answer
	assessed *scoring.Assessment
	lens     *lens.Lens // with which it was assessed; nil if not known
}

// milestone reports whether the state is a milestone.
func (s state) milestone() bool { return s.review != nil && s.review.Milestone.Name != "" }

// name returns the name of a milestone, trend.Saved or trend.Now.
func (s state) name() string {
	switch {
	case s.review == nil:
		return trend.StateSavedReport
	case s.milestone():
		return s.review.Milestone.Name
	}
	return trend.StateNow
}

// time returns the time of a milestone, or the day of the assessment.
func (s state) time() string {
	if s.milestone() && s.review.Milestone.At != "" {
		return s.review.Milestone.At
	}
	return s.assessed.Today
}

func (s state) trend() trend.State {
	return trend.StateOf(s.name(), s.time(), portablePath(s.file), s.assessed, len(s.dropped))
}

// snapshot returns the state for a comparison.
func (s state) snapshot() compare.Snapshot {
	if s.review == nil {
		return compare.FromAssessment(s.file, compare.Report, s.assessed, s.lens)
	}
	out := compare.FromAssessment(s.file, compare.ReviewFile, s.assessed, s.lens)
	for _, id := range slices.Sorted(maps.Keys(s.dropped)) {
		out.Practices = append(out.Practices, compare.Practice{ID: id, Answer: s.dropped[id]})
	}
	return out
}

// savedState reads a saved JSON report.
func savedState(path string, data []byte, l *lens.Lens) (state, error) {
	assessment, _, err := wire.Read(path, data, l)
	if err != nil {
		return state{}, err
	}
	return state{file: path, assessed: assessment, lens: lensIfSame(assessment, l)}, nil
}

// lensIfSame returns the lens if the assessment was made with it, otherwise nil.
func lensIfSame(a *scoring.Assessment, l *lens.Lens) *lens.Lens {
	if a.LensID != l.ID || a.LensVersion != l.Version || a.LensDigest != "" && a.LensDigest != l.Digest {
		return nil
	}
	return l
}

// assessEarlier reads a review of this or an earlier revision of the lens, and assesses it
// with the options that o returns.
func assessEarlier(path string, data []byte, l *lens.Lens, o func(*review.Review) scoring.Options) (state, error) {
	r, dropped, problems := review.ParseEarlier(path, data, l)
	if err := problems.Err(); err != nil {
		return state{}, err
	}
	return state{file: path, review: r, dropped: dropped, assessed: scoring.Assess(l, r, o(r)), lens: l}, nil
}

// dayOfName returns the day at the beginning of the file name of a milestone, or "".
func dayOfName(path string) string {
	day := review.DayOf(filepath.Base(path))
	if review.CheckDate(day, false) != nil {
		return ""
	}
	return day
}

// stateAt reads a state as of its day: the day of a milestone or of a saved report, or the
// last answer of a review. If today is set, a review is assessed as of today.
func (a *app) stateAt(path string, l *lens.Lens, mode scoring.Mode, today bool) (state, error) {
	data, err := readFile(path)
	if err != nil {
		return state{}, err
	}
	return a.stateOf(path, data, l, mode, today)
}

func (a *app) stateOf(path string, data []byte, l *lens.Lens, mode scoring.Mode, today bool) (state, error) {
	kind := filekind.Detect(data)
	switch kind {
	case filekind.OpenReview:
		return state{}, fmt.Errorf("%s: a review in AWS's open schema has no scores", disk.DisplayPath(path))
	case filekind.Report:
		return savedState(path, data, l)
	}
	if err := checkKind(path, data, kind, filekind.Review); err != nil {
		return state{}, err
	}
	return assessEarlier(path, data, l, func(r *review.Review) scoring.Options {
		day := cmp.Or(review.DayOf(r.AsOf()), a.today())
		switch {
		case r.Milestone.Name != "":
			day = cmp.Or(review.DayOf(r.Milestone.At), dayOfName(path), day)
		case today:
			day = a.today()
		}
		return scoring.Options{Mode: mode, Today: day}
	})
}

// milestonesOf reads the milestones of a review file, sorted by time. The error lists those
// that cannot be read; the others are still returned.
func (a *app) milestonesOf(file string, l *lens.Lens, mode scoring.Mode) ([]state, error) {
	dir := review.MilestonesDir(file)
	if file == disk.Stdin || !disk.IsFolder(dir) {
		return nil, nil
	}
	paths, err := disk.List(dir, ".yaml", false)
	errs := []error{err}
	var out []state
	for _, path := range paths {
		s, err := a.stateAt(path, l, mode, false)
		if err == nil && !s.milestone() {
			err = fmt.Errorf("%s: is not a milestone: it has no milestone name", disk.DisplayPath(path))
		}
		if err != nil {
			errs = append(errs, err)
			continue
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(x, y state) int { return cmp.Compare(x.time(), y.time()) })
	return out, errors.Join(errs...)
}
