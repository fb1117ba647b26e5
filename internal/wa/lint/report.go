package lint

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
)

// A Report has the results of a run by file.
type Report struct {
	Program  string // version of iotlens; may be empty
	Category string // the folder that was checked, which distinguishes runs in SARIF; may be empty
	Files    []FileReport
}

// A FileReport has the findings in one file, and those fixed before.
type FileReport struct {
	File     string
	Path     string
	Findings []Finding
	Fixed    []Finding
	Ignored  int // number of ignored findings
	Known    int // number of findings in the baseline
}

// findings returns the findings of all files.
func (r Report) findings() []Finding {
	var out []Finding
	for _, f := range r.Files {
		out = append(out, f.Findings...)
	}
	return out
}

// Counts counts all findings by severity.
func (r Report) Counts() (n [Note + 1]int) {
	for _, f := range r.findings() {
		n[f.Check.Severity]++
	}
	return n
}

// Suppressed counts the findings removed from the report: ignored ones, and those in the
// baseline.
func (r Report) Suppressed() (ignored, known int) {
	for _, f := range r.Files {
		ignored, known = ignored+f.Ignored, known+f.Known
	}
	return ignored, known
}

// A CheckCount is the number of findings of a check.
type CheckCount struct {
	Check *Check
	Count int
}

// ByCheck counts findings by check, sorted by severity and then by count, highest first.
func (r Report) ByCheck() []CheckCount {
	n := map[*Check]int{}
	for _, f := range r.findings() {
		n[f.Check]++
	}
	var out []CheckCount
	for _, c := range Checks() {
		if n[c] > 0 {
			out = append(out, CheckCount{c, n[c]})
		}
	}
	slices.SortStableFunc(out, func(a, b CheckCount) int {
		return cmp.Or(cmp.Compare(a.Check.Severity, b.Check.Severity), cmp.Compare(b.Count, a.Count))
	})
	return out
}

// Fixable counts the findings that Fix would fix.
func (r Report) Fixable() (n int) {
	for _, f := range r.findings() {
		if f.Fix != nil {
			n++
		}
	}
	return n
}

// A Format writes a report.
type Format struct {
	Name     string
	About    string
	Portable bool // read on other machines: it must not contain absolute paths
	Write    func(w io.Writer, r Report) error
}

// Formats lists the formats, the default first.
func Formats() []Format {
	return []Format{
		{"text", "one line per finding: file:line:column: severity: message [code]", false, writeText},
		{"json", "for programs", true, writeJSON},
		{"sarif", "SARIF 2.1.0, for code scanning", true, writeSARIF},
	}
}

// FormatNames lists the names of the formats.
func FormatNames() []string {
	var out []string
	for _, f := range Formats() {
		out = append(out, f.Name)
	}
	return out
}

// FindFormat returns the format with a name.
func FindFormat(name string) (Format, error) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
	}
	return Format{}, errors.New(suggest.Unknown("format", name, FormatNames()))
}

func writeJSON(w io.Writer, r Report) error { return jsonfile.Write(w, r.JSON()) }

func writeText(w io.Writer, r Report) error {
	var b strings.Builder
	for _, f := range r.findings() {
		fmt.Fprintf(&b, "%s:%d:%d: %s: %s [%s]\n", text.Clean(f.File, false), f.Line, f.Column, f.Check.Severity, text.Clean(f.Text, false), f.Check.Code)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
