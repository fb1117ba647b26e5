package wire

import (
	"io"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
)

// FrameworkSchemaVersion is the version of the JSON of frameworks and of provisions. It
// changes if a field is removed or changes its meaning, not if one is added.
const FrameworkSchemaVersion = 1

// Frameworks is the JSON of iotlens framework list and show.
type Frameworks struct {
	SchemaVersion int                    `json:"schema_version"`
	Frameworks    []*framework.Framework `json:"frameworks"`
}

// WriteFrameworks writes frameworks as JSON, with their provisions and the best practices
// that answer these.
func WriteFrameworks(w io.Writer, list []*framework.Framework) error {
	return jsonfile.Write(w, Frameworks{FrameworkSchemaVersion, list})
}

// Gaps is the JSON of iotlens framework gaps.
type Gaps struct {
	SchemaVersion int                  `json:"schema_version"`
	Program       string               `json:"iotlens_version,omitempty"` // of the program that assessed
	Workload      string               `json:"workload"`                  // its name
	ReviewFile    string               `json:"review_file,omitempty"`     // as it was given
	AsOf          string               `json:"as_of"`                     // the day on which waivers and dates were judged
	Declaration   string               `json:"declaration"`               // what the document is, and what it is not
	Frameworks    []framework.Standing `json:"frameworks"`
}

// WriteGaps writes the provisions of the frameworks of an assessment as JSON, with their
// states.
func WriteGaps(w io.Writer, a *scoring.Assessment) error {
	return jsonfile.Write(w, Gaps{
		SchemaVersion: FrameworkSchemaVersion, Program: a.Program, Workload: a.Workload.Name, ReviewFile: a.File, AsOf: a.Today,
		Declaration: view.FrameworkDisclaimer, Frameworks: a.Frameworks,
	})
}
