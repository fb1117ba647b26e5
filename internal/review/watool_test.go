package review_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
)

func TestWAToolAfterImport(t *testing.T) {
	was := review.WATool{WorkloadID: "a", Lens: "iot", LensVersion: "1", UpdatedAt: "2026-11-02T00:00:00Z", Milestone: 2, ImportedStates: map[string]string{"Q1": "x", "Q2": "y"}}
	assert.Equal(t, was, was.AfterImport(review.WATool{Lens: "iot"}, map[string]string{"Q1": "z"}), "no workload, no record")
	assert.Equal(t,
		review.WATool{WorkloadID: "a", Lens: "iot", LensVersion: "1", UpdatedAt: "2026-11-02T00:00:00Z", ImportedStates: map[string]string{"Q1": "z", "Q2": "y"}},
		was.AfterImport(review.WATool{WorkloadID: "a"}, map[string]string{"Q1": "z"}))
	assert.Equal(t,
		review.WATool{WorkloadID: "b", Lens: "iot", ImportedStates: map[string]string{"Q1": "z"}},
		was.AfterImport(review.WATool{WorkloadID: "b", Lens: "iot"}, map[string]string{"Q1": "z"}), "another workload has a record of its own")
	assert.Equal(t, map[string]string{"Q1": "x", "Q2": "y"}, was.ImportedStates, "the old record is not changed")
}

// If two people import, or write notes, at the same time, both results are kept.
func TestMergeNotesAndImportedStates(t *testing.T) {
	base := &review.Review{Notes: review.Notes{Lens: "Old.", Pillars: map[string]string{"security": "Keys.", "reliability": "Gone."}}}
	theirs, ours := base.Clone(), base.Clone()
	theirs.Notes.Pillars["security"] = "Keys first."
	theirs.WA = review.WATool{WorkloadID: "a", ImportedStates: map[string]string{"Q1": "x"}}
	ours.Notes.Lens = "New."
	delete(ours.Notes.Pillars, "reliability")
	ours.Notes.Pillars["sustainability"] = "Later."
	ours.WA = review.WATool{WorkloadID: "a", ImportedStates: map[string]string{"Q2": "y"}}
	merged, conflicts := review.Merge(base, theirs, ours)
	assert.Empty(t, conflicts)
	assert.Equal(t, review.Notes{Lens: "New.", Pillars: map[string]string{"security": "Keys first.", "sustainability": "Later."}}, merged.Notes)
	assert.Equal(t, review.WATool{WorkloadID: "a", ImportedStates: map[string]string{"Q1": "x", "Q2": "y"}}, merged.WA)

	ours.Notes.Pillars["security"] = "Keys last."
	_, conflicts = review.Merge(base, theirs, ours)
	assert.Equal(t, []review.Conflict{{Part: "notes", Field: "pillars.security", Base: "Keys.", Current: "Keys first.", Other: "Keys last."}}, conflicts)
}
