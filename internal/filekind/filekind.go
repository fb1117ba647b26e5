// Package filekind detects the kind of a file by its content. A command that needs another kind can
// then name the command that takes the file. Only the top-level keys are examined: a file that is
// detected as a review may still be invalid, and the reader of reviews says why.
package filekind

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// A Kind is the kind of a file, worded for messages.
type Kind string

// The kinds. Other is any other file.
const (
	Other       Kind = ""
	Review      Kind = "a review file" // or a milestone
	Report      Kind = "a saved JSON report"
	OpenReview  Kind = "a review in AWS's open schema"
	Table       Kind = "a table of answers" // as iotlens report -f csv writes it
	Workbook    Kind = "a workbook"         // .xlsx and its like, or a ZIP file
	WAAnswers   Kind = "an export of answers from the WA Tool"
	WAState     Kind = "the output of get-workload or get-lens-review"
	CustomLens  Kind = "a custom lens of the WA Tool"
	Bank        Kind = "one file of a bank"
	IDMap       Kind = "a map of ids of the WA Tool" // iotlens import --write-map
	Ignores     Kind = "a file of ignores of iotlens lens lint"
	Policy      Kind = "a policy file" // of the gate
	Verdict     Kind = "a saved verdict of iotlens gate"
	ServiceLens Kind = "a lens of ZEISS service-lens"
	OrrLens     Kind = "a lens source of orrlens"
	GenLens     Kind = "a definition of custom-lens-gen"
	YAMLLens    Kind = "a custom lens in YAML"
)

// uses says which command takes a kind; FILE stands for the path.
var uses = map[Kind]string{
	Review:      "iotlens report FILE reports it",
	Report:      "iotlens report --from FILE writes it in any format, and iotlens diff compares it",
	OpenReview:  "iotlens gate and iotlens diff read it",
	Table:       "iotlens import REVIEW FILE takes it into a review",
	Workbook:    "iotlens import REVIEW FILE takes the ledger of an .xlsx into a review",
	WAAnswers:   "iotlens import REVIEW FILE takes them into a review",
	WAState:     "iotlens import REVIEW FILE takes it into a review",
	CustomLens:  "iotlens lens lint FILE checks it, and iotlens lens import FILE -o DIR makes a bank of it",
	Bank:        "give the folder of the bank with --bank DIR",
	IDMap:       "give it to iotlens import or export with --map FILE",
	Ignores:     "iotlens lens lint reads it in the folder of the lenses",
	Policy:      "give it to iotlens gate with --config FILE",
	ServiceLens: "its questions have risks in place of riskRules, and ref in place of id: rename those keys, and iotlens lens lint FILE says what is left",
	GenLens:     "custom-lens-gen builds the JSON of it, which iotlens lens import takes",
	OrrLens:     "orrlens builds the JSON of it, which iotlens lens import takes",
	YAMLLens:    "convert it to JSON first, as with: yq -o json FILE > lens.json",
}

// Mismatch is the message for a file of another kind than wanted, without its name: "this is a
// policy file, not a review file; ...". path must be quoted for a shell (disk.Quoted). It is empty
// if the file is of the wanted kind or of an unknown one.
func (k Kind) Mismatch(wanted Kind, path string) string {
	if k == wanted || k == Other {
		return ""
	}
	s := "this is " + string(k) + ", not " + string(wanted)
	if use := uses[k]; use != "" {
		s += "; " + strings.ReplaceAll(use, "FILE", path)
	}
	return s
}

// Detect detects the kind of a file. It ignores a byte order mark, and detects files in UTF-16, too,
// although not every reader takes them.
func Detect(data []byte) Kind {
	s := strings.TrimSpace(text.Decode(data))
	switch {
	case strings.HasPrefix(s, "PK\x03\x04"), strings.HasPrefix(s, "\xD0\xCF\x11\xE0"):
		return Workbook // of any format: its reader checks that
	case strings.HasPrefix(s, "{"), strings.HasPrefix(s, "["):
		return detectJSON([]byte(s))
	case isTable(s):
		return Table
	}
	return detectYAML(s)
}

// isTable reports whether one of the first lines is the header of a table of answers. Titles may
// precede it.
func isTable(s string) bool {
	for n, line := range slices.Collect(strings.Lines(s[:min(len(s), 4096)])) {
		cells := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(",;\t", r) })
		isPractice := func(cell string) bool { return strings.EqualFold(strings.Trim(cell, "\" \r\n"), "practice") }
		if n < 30 && len(cells) > 1 && slices.ContainsFunc(cells, isPractice) {
			return true
		}
	}
	return false
}

// detectYAML detects the kind of a YAML file, even an invalid one, by its top-level keys.
func detectYAML(s string) Kind {
	keys := object{}
	for line := range strings.Lines(s) {
		key, value, ok := strings.Cut(line, ":")
		if ok && line[0] != ' ' && (value == "" || strings.ContainsRune(" \t\r\n", rune(value[0]))) {
			keys[strings.Trim(key, `"`)] = nil
		}
	}
	choices, questions := strings.Contains(s, "choices:"), strings.Contains(s, "questions:")
	switch {
	case strings.HasPrefix(s, "schema: orrlens/"):
		return OrrLens
	case keys.count("pillars") == 1 && choices && questions && strings.Contains(s, "risks:") && !strings.Contains(s, "riskRules:"):
		return ServiceLens
	case keys.count("pillars") == 1 && choices && questions:
		return YAMLLens
	case keys.count("pillars") == 1 && choices:
		return GenLens
	case keys.count("schema") == 1 && keys.count("workload", "answers", "lens_version") > 0:
		return Review
	case keys.count("schema", "ignore") == 2 && keys.count("lens") == 0:
		return Ignores
	case keys.count("schema") == 1 && keys.count("questions", "ignore", "unmatched", "lens_alias") > 0:
		return IDMap
	case keys.count("schema") == 1:
		return Review
	case keys.count("id") == 1 && keys.count("practices", "pillars", "title", "name") > 0:
		return Bank
	case keys.count("fail_on", "min_score", "min_coverage", "unanswered", "unknown", "baseline", "hard", "soft") > 0:
		return Policy
	}
	return Other
}
