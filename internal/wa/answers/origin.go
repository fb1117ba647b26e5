package answers

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
)

// Exceptions lists the values of --allow. Without them an import or a comparison refuses
// answers of another workload, lens or lens version than imported before, of a milestone,
// and of a state older than the one imported last.
func Exceptions() []string { return []string{"workload", "lens", "lens-version", "milestone", "older"} }

// CheckOrigin returns the review of the WA Tool that all files belong to, and compares it
// with the remembered one. The error has all reasons to refuse the files: different
// workloads, lenses or milestones, and exceptions that are not allowed.
func CheckOrigin(given []ToolAnswer, state State, remembered review.WATool, allowed []string) (review.WATool, error) {
	o := originCheck{allowed: allowed, WATool: review.WATool{LensVersion: state.LensVersion, UpdatedAt: state.UpdatedAt}}
	for _, g := range given {
		o.add(g.File, g.Workload, g.Milestone, g.Lens, g.Alias)
	}
	for _, s := range state.Sources {
		o.add(s.File, s.Workload, s.Milestone, s.Lens, s.Alias)
	}
	if m := o.Milestone; m > 0 {
		o.refuseUnless("milestone", "%s: these are the answers of milestone %d, not the current ones", o.milestoneIn, m)
	}
	was := remembered
	if o.WorkloadID != "" && was.WorkloadID != "" && o.WorkloadID != was.WorkloadID {
		o.refuseUnless("workload", "%s: this is the workload %s; the review belongs to the workload %s", o.workloadIn, o.WorkloadID, was.WorkloadID)
	}
	if o.Lens != "" && was.Lens != "" && !slices.Contains(o.lenses, was.Lens) {
		o.refuseUnless("lens", "%s: this is the lens %s; the review is of %s", o.lensIn, o.Lens, was.Lens)
		was.LensVersion, was.UpdatedAt = "", "" // of that lens
	}
	if o.LensVersion != "" && was.LensVersion != "" && o.LensVersion != was.LensVersion {
		o.refuseUnless("lens-version", "the lens in the WA Tool has version %s; the last import was from version %s", o.LensVersion, was.LensVersion)
	}
	if o.UpdatedAt != "" && o.UpdatedAt < was.UpdatedAt && o.Milestone == 0 {
		o.refuseUnless("older", "this is the state of %s; the newer state of %s is already imported", o.UpdatedAt, was.UpdatedAt)
	}
	return o.WATool, errors.Join(o.errs...)
}

type originCheck struct {
	review.WATool
	allowed                         []string
	workloadIn, lensIn, milestoneIn string   // the first file that names it
	lenses                          []string // the ARN and the alias of the lens
	errs                            []error
}

func (o *originCheck) refuse(format string, args ...any) {
	o.errs = append(o.errs, fmt.Errorf(format, args...))
}

func (o *originCheck) refuseUnless(exception, format string, args ...any) {
	if !slices.Contains(o.allowed, exception) {
		o.refuse(format+"; to use them anyway: --allow "+exception, args...)
	}
}

// add compares a file with those before it. Missing values do not conflict.
func (o *originCheck) add(file, workload string, milestone int, lens, alias string) {
	switch {
	case workload == "":
	case o.WorkloadID == "":
		o.WorkloadID, o.workloadIn = workload, file
	case o.WorkloadID != workload:
		o.refuse("%s is of the workload %s, and %s of %s; import one workload at a time", o.workloadIn, o.WorkloadID, file, workload)
	}
	if lens != "" && o.Lens != "" && !slices.Contains(o.lenses, lens) && (alias == "" || !slices.Contains(o.lenses, alias)) {
		o.refuse("%s is of the lens %s, and %s of %s; import one lens at a time", o.lensIn, o.Lens, file, lens)
	} else if lens != "" {
		o.lensIn = cmp.Or(o.lensIn, file)
		o.lenses = append(o.lenses, lens, alias)
		if o.Lens == "" || strings.HasPrefix(lens, "arn:") {
			o.Lens = lens
		}
	}
	if workload == "" && lens == "" {
		return // of unknown origin
	}
	if o.milestoneIn != "" && o.Milestone != milestone {
		o.refuse("%s has %s, and %s %s; import one state", o.milestoneIn, stateName(o.Milestone), file, stateName(milestone))
		return
	}
	o.Milestone, o.milestoneIn = milestone, cmp.Or(o.milestoneIn, file)
}

func stateName(milestone int) string {
	if milestone == 0 {
		return "the current state"
	}
	return fmt.Sprintf("milestone %d", milestone)
}
