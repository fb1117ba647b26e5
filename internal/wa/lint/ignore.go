package lint

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// IgnoreFile is the name of a file with ignores. It applies to the lenses in its folder and
// below.
const IgnoreFile = ".iotlens-lint.yaml"

// An Ignore removes findings of one check from a report.
type Ignore struct {
	Code   string   `yaml:"code"`   // code or name of the check
	Reason string   `yaml:"reason"` // required
	Until  string   `yaml:"until"`  // the last valid day, YYYY-MM-DD; empty: no end
	Files  []string `yaml:"files"`  // path patterns relative to the folder of the ignore file; empty: all
	IDs    []string `yaml:"ids"`    // of pillars, questions or choices, or QUESTION/CHOICE; empty: all

	file     string
	line     int
	dir      string
	complete bool // the report has all lenses of its folder
	pattern  *regexp.Regexp
	used     int
}

// IgnoreCode returns an ignore for all findings of one check.
func IgnoreCode(code string) (*Ignore, error) {
	if _, ok := FindCheck(code); !ok {
		return nil, errors.New(suggest.Unknown("code", code, Codes()))
	}
	return &Ignore{Code: code}, nil
}

// ParseIgnores parses an ignore file. It reports invalid YAML, unknown keys and codes,
// ignores without a reason, and invalid dates. complete tells that the run has all lenses
// of the folder of the file; only then can an ignore be reported as unused.
func ParseIgnores(file string, data []byte, complete bool) ([]*Ignore, yamlfile.Problems) {
	var in struct {
		Schema int       `yaml:"schema"`
		Ignore []*Ignore `yaml:"ignore"`
	}
	doc, problems := yamlfile.Decode(file, data, &in)
	if !doc.Parsed() {
		return nil, problems
	}
	if in.Schema != 1 {
		problems.Add(file, doc.Line("schema"), "schema must be 1; begin the file with schema: 1")
	}
	for i, g := range in.Ignore {
		if g == nil {
			problems.Add(file, doc.Line("ignore", i), "the ignore has no code")
			continue
		}
		g.file, g.line, g.dir, g.complete = file, doc.Line("ignore", i), filepath.Dir(file), complete
		if _, ok := FindCheck(g.Code); !ok {
			problems.Add(file, doc.Line("ignore", i, "code"), "%s", suggest.Unknown("code", g.Code, Codes()))
		}
		if strings.TrimSpace(g.Reason) == "" {
			problems.Add(file, g.line, "the ignore of %s has no reason", g.Code)
		}
		if _, err := time.Parse(time.DateOnly, g.Until); err != nil && g.Until != "" {
			problems.Add(file, doc.Line("ignore", i, "until"), "until: %q is not a date such as 2026-12-31", g.Until)
		}
		g.pattern = pathPattern(g.Files)
	}
	problems.Sort()
	return in.Ignore, problems
}

// pathPattern converts path patterns to a regular expression: * matches any part of a
// name, ** any number of folders. A pattern without a slash matches the last name of the
// path. A pattern of a folder matches everything below it.
func pathPattern(list []string) *regexp.Regexp {
	var out []string
	for _, p := range list {
		if !strings.Contains(p, "/") {
			p = "**/" + p
		}
		p = regexp.QuoteMeta(strings.TrimPrefix(path.Clean(p), "/"))
		out = append(out, strings.NewReplacer(`\*\*/`, `(.*/)?`, `\*\*`, `.*`, `\*`, `[^/]*`, `\?`, `[^/]`).Replace(p))
	}
	return regexp.MustCompile("^(" + strings.Join(out, "|") + ")(/.*)?$")
}

// matches reports whether an ignore is for a finding, even if it has expired.
func (g *Ignore) matches(f *Finding, file string) bool {
	if !strings.EqualFold(g.Code, f.Check.Code) && !strings.EqualFold(g.Code, f.Check.Name) {
		return false
	}
	if g.file != "" {
		below, err := filepath.Rel(g.dir, file)
		if err != nil || !filepath.IsLocal(below) || len(g.Files) > 0 && !g.pattern.MatchString(filepath.ToSlash(below)) {
			return false
		}
	}
	return len(g.IDs) == 0 || slices.ContainsFunc(g.IDs, func(id string) bool {
		return slices.Contains(f.IDs, id) || len(f.IDs) == 3 && strings.Join(f.IDs[1:], "/") == id
	})
}

func (g *Ignore) expired(today string) bool { return g.Until != "" && g.Until < today }

// IsIgnored reports whether an ignore that has not expired matches a finding in a file.
func IsIgnored(list []*Ignore, f *Finding, file, today string) bool {
	return slices.ContainsFunc(list, func(g *Ignore) bool { return !g.expired(today) && g.matches(f, file) })
}

// ApplyIgnores removes the findings that are ignored today. It returns one sentence for each
// expired ignore that matches a finding, and for each unused ignore.
func (r *Report) ApplyIgnores(list []*Ignore, today string) (expired, unused []string) {
	for i := range r.Files {
		f := &r.Files[i]
		f.Findings = slices.DeleteFunc(f.Findings, func(x Finding) bool {
			ignored := false
			for _, g := range list {
				if g.matches(&x, f.Path) {
					g.used++
					ignored = ignored || !g.expired(today)
				}
			}
			if ignored {
				f.Ignored++
			}
			return ignored
		})
	}
	for _, g := range list {
		here := fmt.Sprintf("%s:%d: the ignore of %s", text.Clean(filepath.ToSlash(g.file), false), g.line, text.Clean(g.Code, false))
		switch {
		case g.used > 0 && g.expired(today):
			expired = append(expired, fmt.Sprintf("%s expired, its last day was %s; %s again (reason: %s)",
				here, g.Until, text.Plural(g.used, "finding counts", "findings count"), text.Clean(g.Reason, false)))
		case g.used == 0 && g.complete:
			unused = append(unused, here+" matches no finding; remove it")
		}
	}
	return expired, unused
}
