package tickets

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// Import returns the changes of ticket states to a review, without modifying it: the line
// about the ticket in the note of an answer, and its owner if it has none. It changes no
// status; closed tickets are listed for people to decide.
func Import(l *lens.Lens, r *review.Review, t Target, states []State) ImportResult {
	out := ImportResult{}
	byID := map[string]State{}
	var ids []string
	for _, s := range states {
		if s.ID == "" || !isKey(s.Key) {
			out.WithoutID++
			continue
		}
		before, repeated := byID[s.ID]
		if repeated && !slices.Contains(out.Repeated, s.ID) {
			out.Repeated = append(out.Repeated, s.ID)
		}
		if !repeated {
			ids = append(ids, s.ID)
		}
		if !repeated || before.Closed && !s.Closed {
			byID[s.ID] = s
		}
	}
	for _, id := range ids {
		s := byID[id]
		p, ok := l.Practice(s.Practice(r.Workload.Name))
		if !ok || r.Answers[p.ID].Status == review.Unanswered {
			out.Foreign = append(out.Foreign, s)
			continue
		}
		was := r.Answers[p.ID]
		is := was.Clone()
		if assignee := oneLine(s.Assignee); strings.TrimSpace(is.Owner) == "" && assignee != "" {
			is.Owner = assignee
		}
		is.Note = replaceNoteLine(is.Note, s.NoteLine(t, is.Owner), t)
		if is.SameContent(was) {
			out.Same++
		} else {
			out.Changes = append(out.Changes, review.Change{Practice: p.ID, Title: p.Title, Before: was, After: is})
		}
		if s.Closed && was.IsFinding() {
			out.Closed = append(out.Closed, s)
		}
	}
	return out
}

// Apply applies the changes of an import. Answers keep their authors, and nothing is added to
// their history.
func Apply(r *review.Review, changes []review.Change) {
	for _, c := range changes {
		r.Answers[c.Practice] = c.After.Clone()
	}
}
