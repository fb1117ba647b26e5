package openreview

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// Is reports whether a file is a review in the open schema: a JSON object with findings
// and a schema version that is not a number. A saved report of iotlens has findings,
// too, and numbers its schema.
func Is(data []byte) bool {
	if trimmed := bytes.TrimLeft(data, " \t\r\n"); len(trimmed) == 0 || trimmed[0] != '{' {
		return false
	}
	var doc map[string]json.RawMessage
	if json.Unmarshal(data, &doc) != nil || doc["findings"] == nil {
		return false
	}
	var number json.Number
	version := doc["schema_version"]
	return version == nil || version[0] == '"' || json.Unmarshal(version, &number) != nil
}

// Read reads a review in the open schema as a state to compare. Titles and questions
// that the file lacks come from a lens that has the id.
//
// It reads what wa-ci reads: unknown keys are ignored, an unknown status is neither a
// gap nor a pass, an unknown severity is none, and of two findings with one id the
// last counts. Findings without an id are kept apart, as they cannot be compared. It
// refuses what wa-ci cannot run on.
func Read(name string, data []byte, l *lens.Lens) (compare.Snapshot, error) {
	s := compare.Snapshot{Source: compare.Source{Name: name, Kind: compare.AWSReview}}
	if !utf8.Valid(data) {
		return s, fmt.Errorf("%s: not in UTF-8", name)
	}
	doc, err := object(data)
	if err != nil {
		return s, fmt.Errorf("%s: %w", name, notJSON(data, err))
	}
	s.Workload, s.AsOf = stringOf(doc["workload"]), stringOf(doc["date"])
	s.Schema, s.Depth = stringOf(doc["schema_version"]), stringOf(doc["review_mode"])
	if review.CheckDate(s.AsOf, false) != nil {
		s.AsOf = ""
	}
	var list []json.RawMessage
	if raw, ok := doc["findings"]; !ok {
		return s, fmt.Errorf("%s: no findings; expected a review in the schema aws-well-architected-framework-review-v1", name)
	} else if json.Unmarshal(raw, &list) != nil || list == nil {
		return s, fmt.Errorf("%s: findings must be a list", name)
	}
	at := map[string]int{}
	var errs []error
	for i, raw := range list {
		p, err := finding(raw, l)
		switch j, again := at[p.ID]; {
		case err != nil:
			errs = append(errs, fmt.Errorf("%s: finding %d: %w", name, i+1, err))
		case p.ID == "":
			if p.Status.Gap() {
				s.Advisory = append(s.Advisory, p)
			}
		case again:
			s.Practices[j] = p
		default:
			at[p.ID] = len(s.Practices)
			s.Practices = append(s.Practices, p)
		}
	}
	return s, errors.Join(errs...)
}

func finding(raw json.RawMessage, l *lens.Lens) (compare.Practice, error) {
	f, err := object(raw)
	if err != nil {
		return compare.Practice{}, errors.New("must be an object")
	}
	p := compare.Practice{
		ID: stringOf(f["bp_id"]), Title: strings.TrimSpace(stringOf(f["title"])), Pillar: strings.ReplaceAll(stringOf(f["pillar"]), "_", "-"),
		Severity: lens.Level(stringOf(f["severity"])), Answer: review.Answer{Status: review.Status(stringOf(f["status"]))},
	}
	if raw := f["bp_id"]; p.ID == "" && raw != nil && !empty(raw) {
		return p, fmt.Errorf("bp_id must be a string such as IOTSEC05-BP01, not %s", raw)
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

// empty reports whether a value is empty.
func empty(raw json.RawMessage) bool {
	switch string(bytes.TrimSpace(raw)) {
	case "null", `""`, "false", "0", "[]", "{}":
		return true
	}
	return false
}

// object decodes an object with its exact keys; of two equal keys the last counts.
func object(data []byte) (map[string]json.RawMessage, error) {
	var doc map[string]json.RawMessage
	err := json.Unmarshal(data, &doc)
	if err == nil && doc == nil {
		err = errors.New("null is not an object")
	}
	return doc, err
}

// stringOf is a value that is a text, or nothing.
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
