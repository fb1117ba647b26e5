package cli

import (
	"fmt"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/wa/openreview"
)

// snapshotOptions say how to read a state to compare.
type snapshotOptions struct {
	bank   string // folder of the bank with which it was answered; empty for the lens of this run
	mode   scoring.Mode
	policy gate.Policy // decides which gaps are accepted
}

// snapshot reads a state to compare: a review file, a saved JSON report or a review in AWS's
// open schema, recognised by its content.
func (a *app) snapshot(path string, how snapshotOptions) (compare.Snapshot, error) {
	data, err := readFile(path)
	if err != nil {
		return compare.Snapshot{}, err
	}
	return a.snapshotOf(path, data, how)
}

func (a *app) snapshotOf(path string, data []byte, how snapshotOptions) (compare.Snapshot, error) {
	l, err := a.lens()
	if how.bank != "" && err == nil {
		l, err = loadBank(how.bank)
	}
	if err != nil {
		return compare.Snapshot{}, err
	}
	if path == disk.Stdin {
		path = "standard input"
	}
	kind := filekind.Detect(data)
	switch kind {
	case filekind.OpenReview:
		return openreview.Read(disk.DisplayPath(path), data, l)
	case filekind.Report:
		s, err := savedState(path, data, l)
		if err != nil {
			return compare.Snapshot{}, err
		}
		return s.snapshot(), nil
	}
	if err := checkKind(path, data, kind, filekind.Review); err != nil {
		return compare.Snapshot{}, err
	}
	s, err := assessEarlier(path, data, l, func(r *review.Review) scoring.Options {
		return scoring.Options{Mode: how.mode, Today: a.today(), AcceptedGaps: how.policy.AcceptedGaps(r, r.NewlyAsked(l, r.AskedRevision()))}
	})
	if err != nil {
		return compare.Snapshot{}, err
	}
	out := s.snapshot()
	if how.bank != "" && s.review.LensRevision == 0 && out.LensVersion == l.Version {
		out.Revision, out.Lens, out.AskedIDs = l.Revision, l, out.LensIDs // the user states that this is the bank
	}
	return out, nil
}

// compareStates compares two states. It returns an error if they answer different lenses.
func compareStates(older, newer compare.Snapshot) (*compare.Comparison, error) {
	if older.LensID != "" && newer.LensID != "" && older.LensID != newer.LensID {
		return nil, fmt.Errorf("%s answers the lens %q, and %s the lens %q; only reviews of the same lens can be compared", older.Name, older.LensID, newer.Name, newer.LensID)
	}
	return compare.Compare(older, newer), nil
}
