package customlens

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// FrameworkPillars lists the pillars of the Framework with their ids in a bank and in the
// WA Tool. Source: custom lens specification.
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

// waID converts an id of a bank to the form of the WA Tool: letters, digits and _.
func waID(id string) string { return strings.ReplaceAll(id, "-", "_") }

// uniqueIDs is a set of normalised ids. They are also names of files, so no two may differ
// by case alone.
type uniqueIDs map[string]bool

// add adds an id and returns it, with a number appended if it is taken.
func (n uniqueIDs) add(id string) string {
	unique := id
	for i := 2; n[lens.NormalizeID(unique)]; i++ {
		unique = fmt.Sprintf("%s-%d", id, i)
	}
	n[lens.NormalizeID(unique)] = true
	return unique
}

// fileSafeID converts an id to letters, digits, _ and -, so that it is also a portable
// file name: it starts with a letter or a digit, has at most 80 characters and names no
// Windows device. An id with letters or digits of another script ends in a digest of the
// original, so that it does not depend on the ids before it. If nothing is left, the
// result is fallback.
func fileSafeID(id, fallback string) string {
	const longest = 80
	s := strings.TrimLeft(unsafeRunes().ReplaceAllString(id, "-"), "-_")
	s = s[:min(len(s), longest)]
	switch {
	case strings.ContainsFunc(id, func(r rune) bool { return r > unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) }):
		return text.ID(id, "id")
	case s == "":
		return fallback
	case windowsDevice().MatchString(s):
		return s + "-1"
	}
	return s
}

var (
	unsafeRunes   = text.Pattern(`[^A-Za-z0-9_-]`)
	windowsDevice = text.Pattern(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)
)

// lensID derives the id of a lens from its name.
func lensID(name string) string {
	id := text.ID(name, "custom-lens")
	if id == shippedID {
		return id + "-custom"
	}
	return id
}

// shippedID is the id of the shipped lens, which no imported lens may have: a review of
// one must not load as a review of the other.
const shippedID = "aws-iot"

// contentVersion derives the version of a lens from its _version field, or else from a
// digest of its content.
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

// versionChars are the characters of a version in the WA Tool. Source: CreateLensVersion
// in the API model of 2020-03-31.
const versionChars = "0123456789.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
