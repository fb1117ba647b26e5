package lint

// SchemaVersion is the version of the JSON format.
const SchemaVersion = 1

// ReportJSON is the output of -f json; schemas/lint.schema.json describes it.
type ReportJSON struct {
	SchemaVersion int        `json:"schema_version"`
	Counts        CountsJSON `json:"counts"`
	Files         []FileJSON `json:"files"`
}

// CountsJSON counts findings over all files: listed findings by severity, those that --fix
// would fix, those that it fixed, and those left out as ignored or known by the baseline.
type CountsJSON struct {
	Error   int `json:"error"`
	Warning int `json:"warning"`
	Note    int `json:"note"`
	Fixable int `json:"fixable"`
	Fixed   int `json:"fixed"`
	Ignored int `json:"ignored,omitempty"`
	Known   int `json:"known,omitempty"`
}

// FileJSON is one file with its findings after fixing.
type FileJSON struct {
	File     string        `json:"file"`
	Findings []FindingJSON `json:"findings"`
	Fixed    []FixedJSON   `json:"fixed"`
}

// FindingJSON is one finding. Lines and columns count from 1, columns in characters; the
// end column is the one after the last character.
type FindingJSON struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	Severity  string `json:"severity"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line"`
	EndColumn int    `json:"end_column"`
	Text      string `json:"text"`
	Fixable   bool   `json:"fixable"`
}

// FixedJSON is one fix that --fix applied; the position is the one before fixing.
type FixedJSON struct {
	Code   string `json:"code"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Text   string `json:"text"`
}

// JSON returns the report as -f json writes it; it also serves as a baseline.
func (r Report) JSON() ReportJSON {
	n := r.Counts()
	out := ReportJSON{SchemaVersion: SchemaVersion, Counts: CountsJSON{Error: n[Error], Warning: n[Warning], Note: n[Note], Fixable: r.Fixable()}}
	out.Counts.Ignored, out.Counts.Known = r.Suppressed()
	for _, f := range r.Files {
		j := FileJSON{File: f.File}
		for _, x := range f.Findings {
			j.Findings = append(j.Findings, FindingJSON{
				x.Check.Code, x.Check.Name, x.Check.Severity.String(), x.Line, x.Column, x.EndLine, x.EndColumn, x.Text, x.Fix != nil,
			})
		}
		for _, x := range f.Fixed {
			j.Fixed = append(j.Fixed, FixedJSON{x.Check.Code, x.Line, x.Column, x.Fix.Message})
		}
		out.Counts.Fixed += len(f.Fixed)
		out.Files = append(out.Files, j)
	}
	return out
}
