// Package report lists the output formats: of reports, verdicts, comparisons, tables of
// provisions, trends and portfolios. Help texts, shell completion, the check of --format and
// the choice of a writer all use these tables.
//
// The packages below it write the formats. Package view has the content of all of them;
// plain, html, slides, pdf, xlsx, ci and wire lay it out; grid and dataset have the tables of
// portfolios.
package report

import (
	"errors"
	"io"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report/ci"
	"github.com/iotlens/iotlens/internal/report/html"
	"github.com/iotlens/iotlens/internal/report/plain"
	"github.com/iotlens/iotlens/internal/report/slides"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/report/xlsx"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/trend"
	"github.com/iotlens/iotlens/internal/wa/openreview"
)

// A Format is an output format of values of type T.
type Format[T any] struct {
	Name     string
	About    string // one phrase for help and for docs/reports.md
	Audience Audience
	Write    func(io.Writer, T) error
}

// Audience is what reads a format. Tests use it to check that text from a file cannot attack
// the reader.
type Audience int

// The audiences.
const (
	Terminal      Audience = iota // a terminal, or the log of a pipeline
	Markdown                      // a renderer of Markdown, or a log
	Viewer                        // a browser, a PDF viewer or a spreadsheet
	Program                       // a program that reads a file
	RecordProgram                 // a program that reads a record for each best practice, without the day or the lens
)

// A Table is a list of formats, in the order of help texts.
type Table[T any] []Format[T]

// GateResult is the verdict of a gate on one review, with what it was made from.
type GateResult = view.GateResult

// Bank identifies the bank that a review was judged with.
type Bank = view.Bank

// Formats lists the formats of a report.
func Formats() Table[*scoring.Assessment] {
	return Table[*scoring.Assessment]{
		{"text", "for a terminal, 80 columns wide; --ledger adds every answer", Terminal, plain.Text},
		{"markdown", "for GitHub, a wiki or a mail; --ledger adds every answer", Markdown, plain.Markdown},
		{"html", "one page for people, to send or to print, with the ledger; needs no network", Viewer, html.Write},
		{"pdf", "page one for who decides, plan, findings and ledger, with the review attached", Viewer, Options{}.Writers()["pdf"]},
		{"slides", "six slides for the room, in one page of HTML: verdict, map, risks, plan, progress, asks", Viewer, slides.Write},
		{"csv", "for spreadsheets; iotlens import takes it back", RecordProgram, plain.CSV},
		{"xlsx", "a workbook: summary, plan, findings, ledger, waivers, owners; iotlens import takes the ledger back", Viewer, xlsx.Write},
		{"json", "for programs (schemas/report.schema.json), and for report --from", Program, wire.Write},
		{"sarif", "the verdict of the default policy for code scanning: SARIF 2.1.0", Program, byDefault(ci.SARIF)},
		{"junit", "the same for test reports: a suite a pillar, a case a best practice", RecordProgram, byDefault(ci.JUnit)},
		{"github", "the same for GitHub Actions: annotations, and a summary of the job", RecordProgram, byDefault(ci.GitHub)},
		{"gitlab", "the same for GitLab: a Code Quality report", RecordProgram, byDefault(ci.GitLab)},
		{"aws-review", "AWS's open review schema, for wa-ci and the like", Program, openreview.Write},
	}
}

// byDefault turns a writer of verdicts into a writer of reports, which writes the verdict of
// the default policy.
func byDefault(write func(io.Writer, []GateResult) error) func(io.Writer, *scoring.Assessment) error {
	return func(w io.Writer, a *scoring.Assessment) error {
		return write(w, []view.GateResult{view.DefaultGateResult(a)})
	}
}

// VerdictFormats lists the formats of the verdicts of a gate on one or more reviews.
func VerdictFormats() Table[[]GateResult] {
	return Table[[]GateResult]{
		{"text", "for a terminal", Terminal, plain.TextVerdict},
		{"markdown", "for a comment or the summary page of a pipeline", Markdown, plain.MarkdownVerdict},
		{"json", "for programs (schemas/gate.schema.json)", Program, wire.WriteVerdict},
		{"sarif", "for code scanning: SARIF 2.1.0", Program, ci.SARIF},
		{"junit", "for test reports: a suite a pillar, a case a best practice", RecordProgram, ci.JUnit},
		{"github", "for GitHub Actions: annotations, and a summary of the job", RecordProgram, ci.GitHub},
		{"gitlab", "for GitLab: a Code Quality report", RecordProgram, ci.GitLab},
	}
}

// DiffFormats lists the formats of a comparison.
func DiffFormats() Table[*compare.Comparison] {
	return Table[*compare.Comparison]{
		{"text", "for a terminal", Terminal, plain.TextDiff},
		{"markdown", "for a pull request", Markdown, plain.MarkdownDiff},
		{"json", "for programs (schemas/diff.schema.json)", Program, wire.WriteDiff},
	}
}

// GapFormats lists the formats of iotlens framework gaps.
func GapFormats() Table[*scoring.Assessment] {
	return Table[*scoring.Assessment]{
		{"text", "for a terminal", Terminal, plain.TextGaps},
		{"markdown", "for a wiki, or a technical file that is kept as text", Markdown, plain.MarkdownGaps},
		{"csv", "for a technical file: a row a provision and best practice", Viewer, plain.CSVGaps},
		{"json", "for programs (schemas/framework-gaps.schema.json)", Program, wire.WriteGaps},
	}
}

// TrendFormats lists the formats of a trend.
func TrendFormats() Table[*trend.Trend] {
	return Table[*trend.Trend]{
		{"text", "for a terminal: tables with bars", Terminal, trend.Text},
		{"json", "for programs (schemas/trend.schema.json)", Program, trend.JSON},
		{"svg", "a drawing for a page or a wiki, in light and in dark", Viewer, trend.SVG},
	}
}

// PortfolioFormats lists the formats of a portfolio. Those that write each review as it is
// read (parquet) are not among them.
func PortfolioFormats() Table[*portfolio.Portfolio] {
	return Table[*portfolio.Portfolio]{
		{"text", "for a terminal", Terminal, plain.TextPortfolio},
		{"markdown", "for a wiki or a mail", Markdown, plain.MarkdownPortfolio},
		{"html", "one page with tables to sort and filter; needs no network", Viewer, html.Portfolio},
		{"xlsx", "a workbook: a sheet for each table", Viewer, xlsx.Portfolio},
		{"json", "for programs (schemas/portfolio.schema.json)", Program, wire.WritePortfolio},
		{"csv", "for spreadsheets: a row a review", Viewer, plain.CSVPortfolio},
	}
}

// Names lists the names of the formats.
func (t Table[T]) Names() []string {
	return view.Map(t, func(f Format[T]) string { return f.Name })
}

// Find returns the format with a name. The error lists the known names.
func (t Table[T]) Find(name string) (Format[T], error) {
	for _, f := range t {
		if f.Name == name {
			return f, nil
		}
	}
	return Format[T]{}, errors.New(suggest.Unknown("format", name, t.Names()))
}
