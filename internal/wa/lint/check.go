package lint

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
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
	Note                    // for information
)

func (s Severity) String() string { return Severities()[s] }

// ParseSeverity reads the name of a severity.
func ParseSeverity(name string) (Severity, bool) {
	i := slices.Index(Severities(), name)
	return Severity(max(i, 0)), i >= 0
}

// Severities lists the names of the severities, the worst first.
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

// FindCheck returns the check with a code or a name, without regard to case.
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
