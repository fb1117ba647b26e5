package cli

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/wa/openreview"
)

// A reading is how a file is brought to a snapshot.
type reading struct {
	bank   string // folder of the lens that was answered; empty: the lens of this run
	mode   scoring.Mode
	policy gate.Policy // says which gaps are accepted
}

// snapshot reads a state to compare: a review file, a saved JSON report or a
// review in AWS's open schema. The content tells which.
func (a *app) snapshot(path string, how reading) (compare.Snapshot, error) {
	l, err := a.lens()
	if how.bank != "" && err == nil {
		l, err = loadBank(how.bank)
	}
	if err != nil {
		return compare.Snapshot{}, err
	}
	switch kind, data, err := kindOf(path); {
	case err != nil:
		return compare.Snapshot{}, err
	case kind == compare.AWSReview:
		return openreview.Read(path, data, l)
	case kind == compare.Report:
		return savedReport(path, data, l)
	}
	return reviewState(path, l, how, a.today())
}

// kindOf tells by its content what a file is. Its data comes with what is JSON;
// a review file is YAML and begins with a key.
func kindOf(path string) (compare.Kind, []byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return compare.ReviewFile, nil, nil //nolint:nilerr // its reader says it better
	}
	head := make([]byte, 512)
	n, _ := io.ReadFull(f, head)
	_ = f.Close()
	if !bytes.HasPrefix(bytes.TrimSpace(head[:n]), []byte("{")) {
		return compare.ReviewFile, nil, nil
	}
	data, err := readFile(path)
	switch {
	case err != nil:
		return "", nil, err
	case openreview.Is(data):
		return compare.AWSReview, data, nil
	case bytes.Contains(data, []byte(`"schema_version"`)):
		return compare.Report, data, nil
	}
	return compare.ReviewFile, nil, nil
}

func loadBank(dir string) (*lens.Lens, error) {
	if err := notFolder(dir); err != nil {
		return nil, err
	}
	l, problems := bank.Load(bank.Dir(dir))
	return l, problems.Err()
}

func savedReport(path string, data []byte, l *lens.Lens) (compare.Snapshot, error) {
	assessment, _, err := wire.Read(path, data, l)
	if err != nil {
		return compare.Snapshot{}, err
	}
	if assessment.LensID != l.ID || assessment.LensVersion != l.Version || assessment.LensDigest != "" && assessment.LensDigest != l.Digest {
		l = nil // another lens made it
	}
	return compare.FromAssessment(path, compare.Report, assessment, l), nil
}

func reviewState(path string, l *lens.Lens, how reading, today string) (compare.Snapshot, error) {
	r, dropped, err := review.LoadEarlier(path, l)
	if err != nil {
		return compare.Snapshot{}, notReview(path, err)
	}
	assessment := scoring.Assess(l, r, scoring.Options{
		Mode: how.mode, Today: today, Accepted: how.policy.Accepted(r, r.NewlyAsked(l, r.AskedRevision())),
	})
	out := compare.FromAssessment(path, compare.ReviewFile, assessment, l)
	if how.bank != "" && r.LensRevision == 0 && out.LensVersion == l.Version {
		out.Revision, out.Lens, out.Asked = l.Revision, l, out.Listed // the user says that it is the one
	}
	for _, id := range slices.Sorted(maps.Keys(dropped)) {
		out.Practices = append(out.Practices, compare.Practice{ID: id, Answer: dropped[id]})
	}
	return out, nil
}

// compared compares two states, and refuses those of different lenses: their ids
// don't pair.
func compared(older, newer compare.Snapshot) (*compare.Comparison, error) {
	if older.LensID != "" && newer.LensID != "" && older.LensID != newer.LensID {
		return nil, fmt.Errorf("%s is of the lens %q and %s of %q; only reviews of one lens can be compared", older.Name, older.LensID, newer.Name, newer.LensID)
	}
	return compare.Compare(older, newer), nil
}
