package lint

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// A Check finds one kind of problem.
type Check struct {
	Code     string // such as WA001; never reused
	Name     string // readable name, in kebab case
	Severity Severity
	Summary  string // what is wrong, in one line
	Why      string // why it matters and what to do, in sentences
	Fixable  bool   // --fix can fix some of its findings
}

// Severity is the severity of a finding.
type Severity int

// The severities, highest first.
const (
	Error   Severity = iota // AWS refuses the lens, or reads it differently
	Warning                 // the lens can be imported, but scores wrongly or misleads
	Note                    // for information
)

func (s Severity) String() string { return Severities()[s] }

// ParseSeverity parses the name of a severity.
func ParseSeverity(name string) (Severity, bool) {
	i := slices.Index(Severities(), name)
	return Severity(max(i, 0)), i >= 0
}

// Severities lists the names of the severities, highest first.
func Severities() []string { return []string{"error", "warning", "note"} }

//go:embed checks.md
var checksFile string

// Checks lists all checks in the order of their codes.
var Checks = sync.OnceValue(func() []*Check {
	var out []*Check
	for _, section := range strings.Split(checksFile, "\n## ")[1:] {
		heading, rest, _ := strings.Cut(section, "\n\n")
		summary, why, _ := strings.Cut(rest, "\n\n")
		title, kind, _ := strings.Cut(heading, ": ")
		code, name, _ := strings.Cut(title, " ")
		severity, fixable := strings.CutSuffix(kind, ", fixable")
		out = append(out, &Check{
			Code: code, Name: name, Severity: Severity(slices.Index(Severities(), severity)),
			Summary: summary, Why: strings.Join(strings.Fields(why), " "), Fixable: fixable,
		})
	}
	return out
})

// FindCheck returns the check with a code or a name, ignoring case.
func FindCheck(code string) (*Check, bool) {
	i := slices.IndexFunc(Checks(), func(c *Check) bool {
		return strings.EqualFold(c.Code, code) || strings.EqualFold(c.Name, code)
	})
	if i < 0 {
		return nil, false
	}
	return Checks()[i], true
}

// Codes lists the codes of all checks.
func Codes() []string {
	var out []string
	for _, c := range Checks() {
		out = append(out, c.Code)
	}
	return out
}
