package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// importReview imports answers from another review file of the same workload, such as a
// rescue file: each that differs and is not older than the answer in the review. It also
// adds remarks on unanswered best practices, and parked topics.
func importReview(a *app, in importInput) (imported, error) {
	var out imported
	into := in.review.Clone()
	var others []*review.Review
	for _, file := range in.files {
		r, problems := review.Parse(file.name, file.data, in.lens)
		if err := problems.Err(); err != nil {
			return imported{}, err
		}
		if r.IsTemplate() && r.Template.Name != in.review.Template.Name {
			return importTemplates(a, in)
		}
		if r.Workload.Name != in.review.Workload.Name {
			return imported{}, fmt.Errorf("%s: this is a review of the workload %q, not of %q", disk.DisplayPath(file.name), r.Workload.Name, in.review.Workload.Name)
		}
		others = append(others, r)
		for _, p := range in.lens.All() {
			is, ok := r.Answers[p.ID]
			was := into.Answers[p.ID]
			switch {
			case !ok, is.SameContent(was):
				if ok {
					out.same++
				}
			case was.Status != review.Unanswered && is.At < was.At:
				out.remarks = append(out.remarks, fmt.Sprintf("%s: the answer in the review is newer and is kept (%s, %s)", p.ID, was.Status.Words(), strings.TrimSpace(was.By+" "+was.At)))
			default:
				out.changes = append(out.changes, review.Change{Practice: p.ID, Title: p.Title, Before: was, After: is})
				into.Apply(out.changes[len(out.changes)-1:])
			}
		}
	}
	remarks, topics := addRemarks(into, others)
	if remarks+topics > 0 {
		var also []string
		if remarks > 0 {
			also = append(also, "remarks on "+text.Count(remarks, "unanswered best practice"))
		}
		if topics > 0 {
			also = append(also, text.Count(topics, "parked topic"))
		}
		out.remarks = append(out.remarks, "Also imported: "+strings.Join(also, " and ")+".")
		out.extraCount = remarks + topics
		out.applyExtra = func(r *review.Review) { addRemarks(r, others) }
	}
	return out, nil
}

// addRemarks adds the remarks of others on unanswered best practices, and their parked
// topics. It returns how many of each are new.
func addRemarks(r *review.Review, others []*review.Review) (remarks, topics int) {
	for _, o := range others {
		for id, a := range o.UnansweredDetails {
			if _, answered := r.Answers[id]; !answered && r.UnansweredDetails[id].Note != a.Note && r.PutDetails(id, a) {
				remarks++
			}
		}
		for _, t := range o.Parked {
			if !slices.Contains(r.Parked, t) {
				r.Parked = append(r.Parked, t)
				topics++
			}
		}
	}
	return remarks, topics
}
