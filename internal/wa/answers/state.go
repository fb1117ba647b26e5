package answers

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// A State has the properties of the workload and the notes on the lens and its pillars in
// the WA Tool.
type State struct {
	Sources     []ToolAnswer // one per document, without the answer itself
	LensVersion string
	UpdatedAt   string // of the lens review, in UTC; empty if unknown
	workload    *wireWorkload
	notes       *review.Notes // pillars by their ids in the WA Tool
}

type (
	wireDoc struct {
		WorkloadID      string `json:"WorkloadId"`
		MilestoneNumber int    `json:"MilestoneNumber"`
		LensReview      *struct {
			LensAlias             string          `json:"LensAlias"`
			LensArn               string          `json:"LensArn"`
			LensVersion           string          `json:"LensVersion"`
			UpdatedAt             json.RawMessage `json:"UpdatedAt"`
			Notes                 string          `json:"Notes"`
			PillarReviewSummaries []struct {
				PillarID string `json:"PillarId"`
				Notes    string `json:"Notes"`
			} `json:"PillarReviewSummaries"`
		} `json:"LensReview"`
		Workload *struct {
			WorkloadID string `json:"WorkloadId"`
			wireWorkload
		} `json:"Workload"`

		wireWorkload // as the input of create-workload or update-workload
	}

	// wireWorkload has the properties of a workload, in the order of CreateWorkload.
	wireWorkload struct {
		WorkloadName        string             `json:"WorkloadName,omitempty"`
		Description         string             `json:"Description,omitempty"`
		Environment         review.Environment `json:"Environment,omitempty"`
		AccountIDs          []string           `json:"AccountIds,omitempty"`
		AwsRegions          []string           `json:"AwsRegions,omitempty"`
		NonAwsRegions       []string           `json:"NonAwsRegions,omitempty"`
		PillarPriorities    []string           `json:"PillarPriorities,omitempty"`
		ArchitecturalDesign string             `json:"ArchitecturalDesign,omitempty"`
		ReviewOwner         string             `json:"ReviewOwner,omitempty"`
		IndustryType        string             `json:"IndustryType,omitempty"`
		Industry            string             `json:"Industry,omitempty"`
		Notes               string             `json:"Notes,omitempty"`
	}

	// UpdateWorkload is the input of UpdateWorkload, or with Lenses of CreateWorkload.
	UpdateWorkload struct {
		WorkloadID string `json:"WorkloadId,omitempty"`
		wireWorkload
		Lenses []string `json:"Lenses,omitempty"`
	}

	// UpdateLensReview is the input of that operation.
	UpdateLensReview struct {
		WorkloadID  string            `json:"WorkloadId,omitempty"`
		LensAlias   string            `json:"LensAlias,omitempty"`
		LensNotes   string            `json:"LensNotes,omitempty"`
		PillarNotes map[string]string `json:"PillarNotes,omitempty"`
	}
)

// Read adds the output of get-workload or get-lens-review to the state.
func (s *State) Read(name string, data []byte) error {
	dec := json.NewDecoder(bytes.NewReader([]byte(text.Decode(data))))
	for {
		var w wireDoc
		if err := dec.Decode(&w); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return decodeError(name, data, dec.InputOffset(), err)
		}
		from := ToolAnswer{File: name, Workload: w.WorkloadID, Milestone: w.MilestoneNumber}
		if r := w.LensReview; r != nil {
			from.Lens, from.Alias = cmp.Or(r.LensArn, r.LensAlias), r.LensAlias
			s.LensVersion, s.UpdatedAt = r.LensVersion, timeOf(r.UpdatedAt)
			s.notes = &review.Notes{Lens: plain(r.Notes), Pillars: map[string]string{}}
			for _, p := range r.PillarReviewSummaries {
				if n := plain(p.Notes); n != "" {
					s.notes.Pillars[p.PillarID] = n
				}
			}
		}
		if w.Workload != nil {
			from.Workload = cmp.Or(w.WorkloadID, w.Workload.WorkloadID)
			s.workload = &w.Workload.wireWorkload
		} else if w.WorkloadName != "" {
			s.workload = &w.wireWorkload
		}
		s.Sources = append(s.Sources, from)
	}
}

// timeOf parses a timestamp as the two versions of the aws command print it: RFC 3339 or
// Unix seconds. It is empty for anything else.
func timeOf(raw json.RawMessage) string {
	s := strings.Trim(string(raw), `"`)
	at, err := time.Parse(time.RFC3339, s)
	if seconds, notNumber := strconv.ParseFloat(s, 64); notNumber == nil {
		at, err = time.Unix(int64(seconds), 0), nil
	}
	if err != nil {
		return ""
	}
	return at.UTC().Format("2006-01-02T15:04:05Z")
}

// A Property is a property of a workload or a note that an import changes.
type Property struct{ Key, Was, Is string }

// Apply replaces the properties and notes of a review by those of the WA Tool, except where
// they are empty in the tool.
func (s *State) Apply(l *lens.Lens, r *review.Review) (changed []Property) {
	if w := s.workload; w != nil {
		given := review.Workload{
			Name: plain(w.WorkloadName), Description: plain(w.Description), Environment: w.Environment, ReviewOwner: plain(w.ReviewOwner),
			AWSRegions: w.AwsRegions, NonAWSRegions: w.NonAwsRegions, AccountIDs: w.AccountIDs, ArchitecturalDesign: w.ArchitecturalDesign,
			IndustryType: plain(w.IndustryType), Industry: plain(w.Industry), Notes: plain(w.Notes),
		}
		for _, id := range w.PillarPriorities {
			if ours, ok := pillarOf(l, id); ok {
				given.PillarPriorities = append(given.PillarPriorities, ours)
			}
		}
		from, into := reflect.ValueOf(given), reflect.ValueOf(&r.Workload).Elem()
		for i := range from.NumField() {
			key, _, _ := strings.Cut(from.Type().Field(i).Tag.Get("yaml"), ",")
			was, is := into.Field(i), from.Field(i)
			if !is.IsZero() && !reflect.DeepEqual(was.Interface(), is.Interface()) {
				changed = append(changed, Property{"workload." + key, displayValue(was), displayValue(is)})
				was.Set(is)
			}
		}
	}
	if n := s.notes; n != nil {
		if n.Lens != "" && n.Lens != r.Notes.Lens {
			changed = append(changed, Property{"notes.lens", r.Notes.Lens, n.Lens})
			r.Notes.Lens = n.Lens
		}
		for _, id := range slices.Sorted(maps.Keys(n.Pillars)) {
			ours, ok := pillarOf(l, id)
			if !ok || r.Notes.Pillars[ours] == n.Pillars[id] {
				continue
			}
			changed = append(changed, Property{"notes.pillars." + ours, r.Notes.Pillars[ours], n.Pillars[id]})
			if r.Notes.Pillars == nil {
				r.Notes.Pillars = map[string]string{}
			}
			r.Notes.Pillars[ours] = n.Pillars[id]
		}
	}
	return changed
}

// displayValue returns the value of a property for people.
func displayValue(v reflect.Value) string {
	if list, ok := v.Interface().([]string); ok {
		return strings.Join(list, ", ")
	}
	return v.String()
}

// pillarOf returns the pillar of the lens with an id in the WA Tool.
func pillarOf(l *lens.Lens, id string) (string, bool) {
	for i := range l.Pillars {
		if customlens.PillarID(&l.Pillars[i]) == id {
			return l.Pillars[i].ID, true
		}
	}
	return "", false
}

// ExportWorkload returns the properties of a workload as the input of UpdateWorkload if the
// target has a workload id, else of CreateWorkload. The error names all properties that
// CreateWorkload needs and the review lacks.
func ExportWorkload(l *lens.Lens, w *review.Workload, t Target) (UpdateWorkload, error) {
	out := UpdateWorkload{WorkloadID: t.WorkloadID, wireWorkload: wireWorkload{
		WorkloadName: w.Name, Description: w.Description, Environment: w.Environment, AccountIDs: w.AccountIDs,
		AwsRegions: w.AWSRegions, NonAwsRegions: w.NonAWSRegions, ArchitecturalDesign: w.ArchitecturalDesign, ReviewOwner: w.ReviewOwner,
		IndustryType: w.IndustryType, Industry: w.Industry, Notes: strings.TrimSpace(w.Notes),
	}}
	for _, id := range w.PillarPriorities {
		for i := range l.Pillars {
			if l.Pillars[i].ID == id {
				out.PillarPriorities = append(out.PillarPriorities, customlens.PillarID(&l.Pillars[i]))
			}
		}
	}
	if t.WorkloadID != "" {
		return out, nil
	}
	var errs []error
	for _, need := range []struct {
		key  string
		have bool
	}{
		{"workload.description", w.Description != ""},
		{"workload.environment", w.Environment != ""},
		{"workload.review_owner", w.ReviewOwner != ""},
		{"workload.aws_regions or workload.non_aws_regions", len(w.AWSRegions)+len(w.NonAWSRegions) > 0},
	} {
		if !need.have {
			errs = append(errs, fmt.Errorf("%s is missing; create-workload needs it", need.key))
		}
	}
	if t.LensAlias == "" {
		errs = append(errs, errors.New("--lens-alias is missing; create-workload needs a lens"))
	}
	out.Lenses = []string{t.LensAlias}
	return out, errors.Join(errs...)
}

// ExportNotes returns the notes on the lens and its pillars as the input of
// UpdateLensReview. Empty notes are left out, which keeps those in the WA Tool.
func ExportNotes(l *lens.Lens, n review.Notes, t Target) UpdateLensReview {
	out := UpdateLensReview{WorkloadID: t.WorkloadID, LensAlias: t.LensAlias, LensNotes: strings.TrimSpace(n.Lens)}
	for i := range l.Pillars {
		if text := strings.TrimSpace(n.Pillars[l.Pillars[i].ID]); text != "" {
			if out.PillarNotes == nil {
				out.PillarNotes = map[string]string{}
			}
			out.PillarNotes[customlens.PillarID(&l.Pillars[i])] = text
		}
	}
	return out
}
