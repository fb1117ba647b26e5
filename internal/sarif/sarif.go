// Package sarif writes SARIF 2.1.0 logs, with the part of the standard that code scanning
// shows.
//
// Callers fill Rules and Results in a stable order and call Write. Texts from files must pass
// Text (or text.Markdown for Markdown) first, because brackets and braces have a meaning in
// messages.
//
// Sources: SARIF 2.1.0 (OASIS, errata 01) for the layout; GitHub's "SARIF
// support for code scanning" for what is shown and its limits: 25,000 results
// and rules a run, 10 tags a rule, 1024 characters a description, 255 a name.
package sarif

import (
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/iotlens/iotlens/internal/jsonfile"
)

// Schema is the URL of the schema, which a log names.
const Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

type log struct {
	Schema  string `json:"$schema"`
	Version string `json:"version"`
	Runs    []Run  `json:"runs"`
}

// A Run is the result of one run of a tool.
type Run struct {
	Tool       Tool        `json:"tool"`
	Automation *Automation `json:"automationDetails,omitempty"`
	// Invocations is set only if the tool failed.
	Invocations []Invocation   `json:"invocations,omitempty"`
	Results     []Result       `json:"results"`
	Properties  map[string]any `json:"properties,omitempty"` // of our own
}

// An Invocation is the outcome of a run. The zero value is a failure.
type Invocation struct {
	Successful    bool           `json:"executionSuccessful"`
	Notifications []Notification `json:"toolExecutionNotifications,omitempty"`
}

// A Notification is why a run failed.
type Notification struct {
	Level   Level   `json:"level"`
	Message Message `json:"message"`
}

// Automation groups the runs of a tool by an id such as "category/".
type Automation struct {
	ID string `json:"id"`
}

// A Tool is the program that ran.
type Tool struct {
	Driver Driver `json:"driver"`
}

// A Driver is the program itself, with its rules.
type Driver struct {
	Name            string `json:"name"`
	Version         string `json:"version,omitempty"`         // as the program reports it
	SemanticVersion string `json:"semanticVersion,omitempty"` // the same, if it follows Semantic Versioning 2.0
	InformationURI  string `json:"informationUri,omitempty"`
	Rules           []Rule `json:"rules"`
}

// ProgramDriver returns the driver of all logs of iotlens. version may be empty.
func ProgramDriver(version string) Driver {
	d := Driver{Name: "iotlens", Version: version, InformationURI: "https://github.com/iotlens/iotlens"}
	if v := strings.TrimPrefix(version, "v"); semanticVersion().MatchString(v) {
		d.SemanticVersion = v
	}
	return d
}

// semanticVersion matches the versions of Semantic Versioning 2.0.
var semanticVersion = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$`)
})

// A Rule is a check. The limits are those of GitHub.
type Rule struct {
	ID                   string         `json:"id"`
	Name                 string         `json:"name,omitempty"`   // at most 255 characters
	ShortDescription     Message        `json:"shortDescription"` // at most 1024 characters
	FullDescription      Message        `json:"fullDescription"`  // at most 1024 characters
	HelpURI              string         `json:"helpUri,omitempty"`
	Help                 Message        `json:"help"`
	DefaultConfiguration Configuration  `json:"defaultConfiguration"`
	Properties           RuleProperties `json:"properties"`
}

// A Configuration is the default level of a rule.
type Configuration struct {
	Level Level `json:"level"`
}

// RuleProperties are properties that GitHub reads beyond the standard.
type RuleProperties struct {
	Tags      []string `json:"tags,omitempty"`      // at most 10
	Precision string   `json:"precision,omitempty"` // very-high, high, medium, low
	// SecuritySeverity makes every result of the rule a security alert: a number
	// in text, over 9.0 critical, from 7.0 high, from 4.0 medium, from 0.1 low.
	SecuritySeverity string `json:"security-severity,omitempty"`
	ProblemSeverity  string `json:"problem.severity,omitempty"` // of other rules: error, warning, recommendation
}

// Level is the level of a result.
type Level string

// The levels. A result of another kind than Fail has None (section 3.27.10).
const (
	None    Level = "none"
	Note    Level = "note"
	Warning Level = "warning"
	Error   Level = "error"
)

// Kind is what a result means for its rule. Empty is Fail.
type Kind string

// The kinds that iotlens uses (section 3.27.9). GitHub shows all of them alike.
const (
	Fail   Kind = ""
	Review Kind = "review" // a person must look
	Open   Kind = "open"   // there is not enough to decide
)

// A Message is a plain text and, optionally, the same in Markdown.
type Message struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

// A Result is one finding.
type Result struct {
	RuleID    string `json:"ruleId"`
	RuleIndex int    `json:"ruleIndex"` // in Rules
	Kind      Kind   `json:"kind,omitempty"`
	Level     Level  `json:"level"`
	// Message begins with a sentence that is complete by itself, because GitHub shows only the
	// first sentence where there is little room.
	Message      Message           `json:"message"`
	Locations    []Location        `json:"locations,omitempty"` // GitHub shows none without, and of several the first
	Fingerprints map[string]string `json:"partialFingerprints,omitempty"`
	Suppressions []Suppression     `json:"suppressions,omitzero"`
	Properties   map[string]any    `json:"properties,omitempty"` // of our own
}

// A Suppression means that a result was accepted. GitHub ignores it: the alert stays open
// until it is dismissed there.
type Suppression struct {
	Kind          string `json:"kind"`             // external: it is not in the source
	Status        string `json:"status,omitempty"` // accepted, underReview, rejected
	Justification string `json:"justification,omitempty"`
}

// A Location is a place in a file.
type Location struct {
	Physical Physical `json:"physicalLocation"`
}

// Physical is a file and a region in it.
type Physical struct {
	File   File    `json:"artifactLocation"`
	Region *Region `json:"region,omitempty"`
}

// A File is an artifact location of the standard.
type File struct {
	URI       string `json:"uri"` // relative to the root of the repository
	URIBaseID string `json:"uriBaseId,omitempty"`
}

// A Region begins at a line and, unless it is 0, a column. Both count from 1.
type Region struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
}

// Write writes a log. The same runs give the same bytes.
func Write(w io.Writer, runs ...Run) error {
	out := log{Schema: Schema, Version: "2.1.0", Runs: make([]Run, len(runs))}
	for i, r := range runs {
		r.Results = withSuppressions(r.Results)
		out.Runs[i] = r
	}
	return jsonfile.Write(w, out)
}

// withSuppressions gives every result a list of suppressions, perhaps empty, if any result has
// one: either all results of a run have the list or none (section 3.27.23).
func withSuppressions(results []Result) []Result {
	if !slices.ContainsFunc(results, func(r Result) bool { return r.Suppressions != nil }) {
		return results
	}
	results = slices.Clone(results)
	for i := range results {
		if results[i].Suppressions == nil {
			results[i].Suppressions = []Suppression{}
		}
	}
	return results
}
