package filekind

import (
	"bytes"
	"encoding/json"

	"github.com/iotlens/iotlens/internal/text"
)

// An object has the top-level members of a JSON object; of an invalid one those before the error.
type object map[string]json.RawMessage

// count counts the keys that the object has.
func (o object) count(keys ...string) int {
	n := 0
	for _, k := range keys {
		if _, ok := o[k]; ok {
			n++
		}
	}
	return n
}

// members returns the top-level members of a JSON object; none if it is not an object.
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

// firstElement returns the first element of a JSON array; nil if there is none.
func firstElement(data []byte) json.RawMessage {
	var value json.RawMessage
	dec := json.NewDecoder(bytes.NewReader(data))
	if t, err := dec.Token(); err != nil || t != json.Delim('[') || !dec.More() || dec.Decode(&value) != nil {
		return nil
	}
	return value
}

// IsForeignJSON reports whether data is JSON without any key of a review file, so that it comes from
// another tool. Review files may be written in JSON, too.
func IsForeignJSON(data []byte) bool {
	data = bytes.TrimSpace([]byte(text.Decode(data)))
	if len(data) == 0 || data[0] != '{' && data[0] != '[' || !json.Valid(data) {
		return false
	}
	return members(data).count("schema", "lens", "workload", "answers") == 0
}

// detectJSON detects the kind of a JSON file, even an invalid one.
func detectJSON(data []byte) Kind {
	isList := data[0] == '['
	if isList {
		data = firstElement(data)
	}
	o := members(data)
	version := o["schema_version"]
	ours := len(version) > 0 && version[0] >= '0' && version[0] <= '9'
	switch {
	case o.count("AnswerSummaries", "QuestionId") > 0, members(o["Answer"]).count("QuestionId") == 1:
		return WAAnswers
	case isList:
		return Other
	case members(o["Workload"]).count("WorkloadName") == 1, members(o["LensReview"]).count("LensAlias", "LensArn") > 0, o.count("WorkloadName", "Environment") == 2:
		return WAState
	case o.count("pillars") == 1 && !bytes.Contains(data, []byte(`"riskRules"`)) && bytes.Contains(data, []byte(`"risks"`)) && bytes.Contains(data, []byte(`"choices"`)):
		return ServiceLens
	case o.count("schemaVersion", "name", "description", "pillars") >= 3:
		return CustomLens
	case ours && o.count("outcome", "reasons") == 2:
		return Verdict
	case ours && o.count("verdict", "scoring", "findings") >= 2:
		return Report
	case isOpenReview(o):
		return OpenReview
	case bytes.Contains(data, []byte("pillars")) && bytes.Contains(data, []byte("riskRules")):
		return CustomLens // in invalid JSON
	}
	return Other
}

// isOpenReview reports whether an object looks like a review in AWS's open schema: it has findings,
// as files of many tools do, and another key that only that schema has.
func isOpenReview(o object) bool {
	version := o["schema_version"]
	finding := members(firstElement(o["findings"]))
	return o.count("findings") == 1 && (o.count("review_mode", "pillar_scores", "recall_note", "skill_version") > 0 ||
		len(version) > 0 && version[0] == '"' || finding.count("bp_id") == 1 || finding.count("pillar", "status") == 2)
}
