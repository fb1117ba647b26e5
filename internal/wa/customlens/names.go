package customlens

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// FrameworkPillars are the pillars of the Framework: their ids in a bank and in the
// WA Tool, and their names. Source: custom lens specification.
var FrameworkPillars = [...]struct{ Bank, ID, Name string }{
	{"operational-excellence", "operationalExcellence", "Operational Excellence"},
	{"security", "security", "Security"},
	{"reliability", "reliability", "Reliability"},
	{"performance-efficiency", "performance", "Performance Efficiency"},
	{"cost-optimization", "costOptimization", "Cost Optimization"},
	{"sustainability", "sustainability", "Sustainability"},
}

func bankPillar(wa string) string {
	for _, p := range FrameworkPillars {
		if p.ID == wa {
			return p.Bank
		}
	}
	return wa
}

func waPillar(bank string) string {
	for _, p := range FrameworkPillars {
		if p.Bank == bank {
			return p.ID
		}
	}
	return waID(bank)
}

// waID is an id of the bank as the WA Tool writes it: letters, digits and _.
func waID(id string) string { return strings.ReplaceAll(id, "-", "_") }

// names are ids in their normal form, none of them twice. They are also names of
// files, on every system.
type names map[string]bool

// take adds an id, with a number behind it where it exists.
func (n names) take(id string) string {
	unique := id
	for i := 2; n[lens.NormalizeID(unique)]; i++ {
		unique = fmt.Sprintf("%s-%d", id, i)
	}
	n[lens.NormalizeID(unique)] = true
	return unique
}

// safe makes an id of letters, digits, _ and -, which is also a good name for a
// file: it begins with a letter or a digit, is not too long and does not name a
// device of Windows. Where that drops a letter or a digit of another script, it ends in
// a digest of the id, so that it stays the same whatever is asked before it. Where
// nothing is left it is other.
func safe(id, other string) string {
	const longest = 80
	s := strings.TrimLeft(unsafe().ReplaceAllString(id, "-"), "-_")
	s = s[:min(len(s), longest)]
	switch {
	case strings.ContainsFunc(id, func(r rune) bool { return r > unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) }):
		return text.ID(id, "id")
	case s == "":
		return other
	case device().MatchString(s):
		return s + "-1"
	}
	return s
}

var (
	unsafe = pattern(`[^A-Za-z0-9_-]`)
	device = pattern(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)
)

// lensID makes the id of a lens of its name.
func lensID(name string) string {
	id := text.ID(name, "custom-lens")
	if id == shippedID {
		return id + "-custom"
	}
	return id
}

// shippedID is the id of the shipped lens: a review of another must not pass
// for one of it.
const shippedID = "aws-iot"

// contentVersion is the version of a lens that has none: another content has
// another one.
func contentVersion(w *Lens) string {
	for _, x := range w.Extra {
		if x.Key == "_version" {
			if v := strings.Trim(x.Raw, `"`); v != "" && len(v) <= 32 && strings.Trim(v, versionChars) == "" {
				return v
			}
		}
	}
	data, err := Write(w)
	if err != nil {
		return "unknown"
	}
	sum := sha256.Sum256(data)
	return "sha256-" + hex.EncodeToString(sum[:6])
}

// versionChars are those of a version in the WA Tool. Source: CreateLensVersion
// in the API model of 2020-03-31.
const versionChars = "0123456789.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// pattern compiles an expression when it is first used: most commands use none of them.
func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
