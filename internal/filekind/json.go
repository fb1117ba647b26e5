package filekind

import (
	"bytes"
	"encoding/json"
)

// An object is the outermost members of a JSON object as far as it can be read: of
// a broken one those before the mistake, whose value is nil at last.
type object map[string]json.RawMessage

func (o object) has(keys ...string) int {
	n := 0
	for _, k := range keys {
		if _, ok := o[k]; ok {
			n++
		}
	}
	return n
}

// begins tells whether the value of a key begins with one of some bytes: " for a
// text, { for an object.
func (o object) begins(key, with string) bool {
	return len(o[key]) > 0 && bytes.IndexByte([]byte(with), o[key][0]) >= 0
}

func members(data []byte) object {
	out := object{}
	dec := json.NewDecoder(bytes.NewReader(data))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return out
	}
	for dec.More() {
		key, err := dec.Token()
		name, ok := key.(string)
		if err != nil || !ok {
			break
		}
		var value json.RawMessage
		err = dec.Decode(&value)
		out[name] = value
		if err != nil {
			break
		}
	}
	return out
}

// first is the first element of a list; nil where there is none.
func first(data []byte) json.RawMessage {
	var value json.RawMessage
	dec := json.NewDecoder(bytes.NewReader(data))
	if t, err := dec.Token(); err != nil || t != json.Delim('[') || !dec.More() || dec.Decode(&value) != nil {
		return nil
	}
	return value
}

func ofJSON(data []byte) Kind {
	o := members(data)
	if data[0] == '[' {
		o = members(first(data))
		if isWAAnswers(o) {
			return WAAnswers
		}
		return Other
	}
	ours := o.begins("schema_version", "0123456789")
	switch {
	case o.has("schemaVersion", "name", "description", "pillars") >= 3:
		return CustomLens
	case isWAAnswers(o):
		return WAAnswers
	case o.has("runs") == 1 && o.has("version", "$schema") > 0:
		return SARIF
	case ours && o.has("outcome", "reasons") == 2:
		return Verdict
	case ours && o.has("old", "new") == 2:
		return Comparison
	case ours && o.has("files", "counts") == 2 && o.has("workload") == 0:
		return LintResult
	case ours && o.has("verdict", "scoring", "findings") >= 2:
		return Report
	case isOpenReview(o):
		return OpenReview
	case o.has("schema") == 1 && o.has("lens", "workload", "answers") >= 2:
		return Review // YAML in the form of JSON
	case bytes.Contains(data, []byte("pillars")) && bytes.Contains(data, []byte("riskRules")):
		return CustomLens // which isn't quite JSON
	case len(o) == 0:
		return ofYAML(data, flowKey) // {schema: 1, ...}
	}
	return Other
}

func isWAAnswers(o object) bool {
	return o.has("AnswerSummaries", "QuestionId") > 0 || o.begins("Answer", "{") && members(o["Answer"]).has("QuestionId") == 1
}

// isOpenReview tells whether an object is meant as a review in AWS's open schema:
// it has findings, and something else that only that schema has, be it in a
// finding. Many other tools write findings, too.
func isOpenReview(o object) bool {
	if o.has("findings") == 0 {
		return false
	}
	if o.has("review_mode", "pillar_scores", "recall_note", "skill_version") > 0 || o.begins("schema_version", `"`) {
		return true
	}
	finding := members(first(o["findings"]))
	return finding.has("bp_id") == 1 || finding.has("pillar", "status") == 2
}
