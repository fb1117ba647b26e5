package lint

import (
	"slices"
	"strings"
)

// A Check is one thing that is looked for.
type Check struct {
	Code     string // WA001; never given to another check
	Name     string // the same for people, in kebab case
	Severity Severity
	Summary  string // what a finding of it means, in one line
	Why      string // what comes of it and what to do, in sentences
	Mends    bool   // --fix can put some findings of it right
}

// Severity tells how bad a finding is.
type Severity int

// The severities, the worst first.
const (
	Error   Severity = iota // AWS would refuse the lens, or read it otherwise
	Warning                 // the lens can be imported, and scores wrongly or misleads
	Note                    // worth knowing
)

func (s Severity) String() string { return Severities()[s] }

// Severities lists the names of the severities, the worst first.
func Severities() []string { return []string{"error", "warning", "note"} }

// ParseSeverity reads the name of a severity.
func ParseSeverity(name string) (Severity, bool) {
	i := slices.Index(Severities(), name)
	return Severity(max(i, 0)), i >= 0
}

// Checks lists all checks in the order of their codes.
func Checks() []*Check {
	return slices.Concat(checksOfJSON, checksOfFields, checksOfNames, checksOfLinks, checksOfNone, checksOfRules, checksOfProofs)
}

// Find returns the check with a code or a name; case means nothing.
func Find(code string) (*Check, bool) {
	for _, c := range Checks() {
		if strings.EqualFold(c.Code, code) || strings.EqualFold(c.Name, code) {
			return c, true
		}
	}
	return nil, false
}

// Codes lists the codes of all checks.
func Codes() []string {
	var out []string
	for _, c := range Checks() {
		out = append(out, c.Code)
	}
	return out
}
