package openreview

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// Read reads a review in the open schema for a comparison. Missing titles and questions are
// taken from the lens if it has the id; l may be nil.
//
// Unlike wa-ci, it refuses files that violate the schema in what a verdict depends on: a
// missing key at the top, a finding without a pillar, an unknown status. Otherwise it
// reads like wa-ci: unknown keys are ignored, and of two findings with one id the last
// counts. Findings without an id cannot be compared and go to Advisory.
func Read(name string, data []byte, l *lens.Lens) (compare.Snapshot, error) {
	s := compare.Snapshot{Source: compare.Source{Name: name, Kind: compare.AWSReview}}
	if !utf8.Valid(data) {
		return s, fmt.Errorf("%s: not in UTF-8", name)
	}
	doc, err := decodeObject(data)
	if err != nil {
		return s, fmt.Errorf("%s: %w", name, notJSON(data, err))
	}
	s.Workload, s.AsOf = stringOf(doc["workload"]), stringOf(doc["date"])
	s.Schema, s.Depth = stringOf(doc["schema_version"]), stringOf(doc["review_mode"])
	if review.CheckDate(s.AsOf, false) != nil {
		s.AsOf = ""
	}
	for _, key := range required() {
		if doc[key] == nil {
			return s, fmt.Errorf("%s: %s is missing; expected a review in the schema aws-well-architected-framework-review-v1", name, key)
		}
	}
	var list []json.RawMessage
	if json.Unmarshal(doc["findings"], &list) != nil || list == nil {
		return s, fmt.Errorf("%s: findings must be a list", name)
	}
	at := map[string]int{}
	var errs []error
	for i, raw := range list {
		p, err := finding(raw, l)
		switch j, again := at[p.ID]; {
		case err != nil && len(errs) == maxErrors:
			return s, errors.Join(append(errs, fmt.Errorf("%s: more than %d findings are invalid", name, maxErrors))...)
		case err != nil:
			errs = append(errs, fmt.Errorf("%s: finding %d: %w", name, i+1, err))
		case p.ID == "":
			if p.Status.IsGap() {
				s.GapsWithoutID = append(s.GapsWithoutID, p)
			}
		case again:
			s.Practices[j] = p
		default:
			at[p.ID] = len(s.Practices)
			s.Practices = append(s.Practices, p)
		}
	}
	for _, p := range s.Practices {
		if p.Status.IsFinding() {
			s.OpenFindings++
		}
	}
	return s, errors.Join(errs...)
}

func finding(raw json.RawMessage, l *lens.Lens) (compare.Practice, error) {
	f, err := decodeObject(raw)
	if err != nil {
		return compare.Practice{}, errors.New("must be an object")
	}
	p := compare.Practice{
		ID: stringOf(f["bp_id"]), Title: strings.TrimSpace(stringOf(f["title"])), Pillar: strings.ReplaceAll(stringOf(f["pillar"]), "_", "-"),
		Severity: lens.Level(stringOf(f["severity"])), Answer: review.Answer{Status: review.Status(stringOf(f["status"]))},
	}
	if err := checkFinding(f); err != nil {
		return p, err
	}
	if p.ID == "" {
		p.Title = cmp.Or(p.Title, untitled)
		return p, nil
	}
	p.Question, _, _ = strings.Cut(p.ID, "-")
	if l != nil {
		if known, ok := l.Practice(p.ID); ok && known.ID == p.ID {
			p.Question, p.Layers = known.Question, known.Layers
			p.Title = cmp.Or(p.Title, strings.TrimSpace(known.Title))
		}
	}
	p.Title = cmp.Or(p.Title, untitled)
	return p, nil
}

// untitled is the title of a finding without one.
const untitled = "(no title)"

// maxErrors limits the invalid findings that are reported one by one.
const maxErrors = 100

// required lists the keys that a review must have.
func required() []string {
	return []string{"schema_version", "workload", "date", "review_mode", "skill_version", "run_id", "pillar_scores", "findings", "recall_note"}
}

// checkFinding checks the fields of a finding that finding reads against the schema.
func checkFinding(f map[string]json.RawMessage) error {
	if raw, ok := f["bp_id"]; ok && !IsID(stringOf(raw)) {
		return fmt.Errorf("bp_id must be a string such as IOTSEC05-BP01, not %s", raw)
	}
	if f["bp_id"] == nil && stringOf(f["title"]) == "" {
		return errors.New("needs a bp_id or a title")
	}
	for _, field := range []struct {
		key      string
		required bool
		known    []string
	}{
		{"pillar", true, Pillars()},
		{"status", true, review.Status("").Values()},
		{"severity", false, []string{"critical", "high", "medium", "low"}},
	} {
		raw, ok := f[field.key]
		switch {
		case !ok && field.required:
			return fmt.Errorf("%s is missing", field.key)
		case ok && !slices.Contains(field.known, stringOf(raw)):
			return fmt.Errorf("%s must be one of %s, not %s", field.key, strings.Join(field.known, ", "), raw)
		}
	}
	return nil
}

// decodeObject decodes a JSON object with case-sensitive keys; of equal keys the last counts.
func decodeObject(data []byte) (map[string]json.RawMessage, error) {
	var doc map[string]json.RawMessage
	err := json.Unmarshal(data, &doc)
	if err == nil && doc == nil {
		err = errors.New("null is not an object")
	}
	return doc, err
}

// stringOf returns the value of a string, or empty for anything else.
func stringOf(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

func notJSON(data []byte, err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		line := 1 + bytes.Count(data[:min(int(syntax.Offset), len(data))], []byte("\n"))
		return fmt.Errorf("invalid JSON at or just above line %d", line)
	}
	return errors.New("must be one JSON object, a review in the schema aws-well-architected-framework-review-v1")
}
