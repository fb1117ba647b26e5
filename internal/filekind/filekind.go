// Package filekind tells by its content what a file is, so that a command that
// wanted another kind can say so and name the one that takes it. It looks at the
// outermost keys alone: a file that is told to be a review may still be refused by
// the reader of reviews, which says what is wrong in it.
package filekind

import (
	"bytes"
	"strings"
)

// A Kind is what a file is.
type Kind string

// The kinds. Other is whatever is none of them.
const (
	Other      Kind = ""
	Review     Kind = "review"      // of iotlens, or a milestone
	Report     Kind = "report"      // iotlens report -f json
	OpenReview Kind = "open review" // in AWS's open review schema
	Table      Kind = "table"       // of answers, as iotlens report -f csv writes it
	WAAnswers  Kind = "wa answers"  // of the AWS Well-Architected Tool
	CustomLens Kind = "custom lens" // of the AWS Well-Architected Tool
	Bank       Kind = "bank"        // one file of a bank
	IDMap      Kind = "id map"      // of the ids of the WA Tool, iotlens import --write-map
	Policy     Kind = "policy"      // of the gate
	Verdict    Kind = "verdict"     // iotlens gate -f json
	Comparison Kind = "comparison"  // iotlens diff -f json
	LintResult Kind = "lint result" // iotlens lens lint -f json
	SARIF      Kind = "sarif"
	Workbook   Kind = "workbook" // or another archive
	PDF        Kind = "pdf"
	Markup     Kind = "markup" // HTML or XML
)

// words says what a kind is called and what takes it; FILE stands for its path.
var words = map[Kind]struct{ name, use string }{
	Review:     {"a review file", "iotlens report FILE reports it"},
	Report:     {"a saved JSON report", "iotlens report --from FILE writes it in any format, and iotlens diff compares it"},
	OpenReview: {"a review in AWS's open schema", "iotlens gate and iotlens diff read it"},
	Table:      {"a table of answers", "iotlens import REVIEW FILE takes it into a review"},
	WAAnswers:  {"an export of answers from the WA Tool", "iotlens import REVIEW FILE takes them into a review"},
	CustomLens: {"a custom lens of the WA Tool", "iotlens lens lint FILE checks it, and iotlens lens import FILE -o DIR makes a bank of it"},
	Bank:       {"one file of a bank", "give the folder of the bank with --bank DIR"},
	IDMap:      {"a map of ids of the WA Tool", "give it to iotlens import or export with --map FILE"},
	Policy:     {"a policy file", "give it to iotlens gate with --config FILE"},
	Verdict:    {"a saved verdict of iotlens gate", ""},
	Comparison: {"a saved comparison of iotlens diff", ""},
	LintResult: {"a saved result of iotlens lens lint", ""},
	SARIF:      {"a SARIF log", ""},
	Workbook:   {"an archive or a workbook", ""},
	PDF:        {"a PDF document", ""},
	Markup:     {"an HTML or XML document", ""},
}

// Name is what a kind is called, with its article; empty for Other.
func (k Kind) Name() string { return words[k].name }

// Use says which command takes a file of this kind. path is quoted for a shell
// (disk.Quoted). It is empty where none does.
func (k Kind) Use(path string) string { return strings.ReplaceAll(words[k].use, "FILE", path) }

// Instead is what to say of a file that is not of the kind that was wanted, to
// stand behind its name: "this is a policy file, not a review file; ...". It is
// empty where the file is of that kind, or nobody can tell what it is.
func (k Kind) Instead(wanted Kind, path string) string {
	if k == wanted || k == Other {
		return ""
	}
	s := "this is " + k.Name() + ", not " + wanted.Name()
	if use := k.Use(path); use != "" {
		s += "; " + use
	}
	return s
}

// Of tells the kind of a file. A byte order mark is passed over, and a file in
// UTF-16 is told as well, although not every reader takes it.
func Of(data []byte) Kind {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return Workbook
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return PDF
	}
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) || bytes.IndexByte(data, 0) >= 0 {
		data = bytes.ReplaceAll(bytes.TrimLeft(data, "\xFE\xFF"), []byte{0}, nil) // ASCII stays, and all keys are
	}
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\uFEFF")))
	switch {
	case len(data) == 0:
		return Other
	case data[0] == '<' && !bytes.HasPrefix(data, []byte("<<<<<<<")):
		return Markup
	case data[0] == '{' || data[0] == '[':
		return ofJSON(data)
	case isTable(data):
		return Table
	}
	return ofYAML(data, blockKey)
}

// isTable tells whether one of the first lines is the header of a table: a
// spreadsheet may put a title above it.
func isTable(data []byte) bool {
	for range 5 {
		line, rest, _ := bytes.Cut(data, []byte("\n"))
		cells := strings.FieldsFunc(string(line), func(r rune) bool { return r == ',' || r == ';' || r == '\t' })
		for _, c := range cells {
			if len(cells) > 1 && strings.EqualFold(strings.Trim(c, "\" \r"), "practice") {
				return true
			}
		}
		data = rest
	}
	return false
}
