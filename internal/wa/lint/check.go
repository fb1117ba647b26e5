package lint

import (
	"slices"
	"strings"
)

// A Check is one kind of mistake.
type Check struct {
	Code     string // WA001; never given to another check
	Name     string // the same for people, in kebab case
	Severity Severity
	Summary  string // what is wrong, in one line
	Why      string // why it matters and what to do, in sentences
	Fixable  bool   // --fix can fix some findings of it
}

// Severity is how bad a finding is.
type Severity int

// The severities, the worst first.
const (
	Error   Severity = iota // AWS would refuse the lens, or read it in another way
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

// Find returns the check with a code or a name, without regard to case.
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
