package customlens

import (
	"strings"

	"github.com/iotlens/iotlens/internal/rules"
)

// Limits of the format; those of texts in characters. Source: custom lens
// specification of the user guide, and AWS's tests of the service of 2026-10-06
// (awslabs/operational-readiness-review-custom-war-lens, docs/gates.md).
const (
	MaxName      = 128  // names of lens and pillars, titles
	MaxText      = 2048 // descriptions, texts of resources and improvement plans
	MaxPillars   = 10
	MaxQuestions = 20 // of a pillar
	MaxChoices   = rules.MaxChoices
	MaxRules     = 3
	MaxResources = 5 // additional resources of one type
)

// MaxSize is how many bytes a custom lens is exported with at most. Source: the
// user guide says 500 KB, the model of the API 500,000 characters; the smaller is
// taken.
const MaxSize = 500_000

// NoneSuffix is the end of the id of a choice that is "None of these" to the
// tool.
const NoneSuffix = "_no"

// The types of additional resources.
const (
	HelpfulType = "HELPFUL_RESOURCE"
	PlanType    = "IMPROVEMENT_PLAN"
)

// AllowedRune reports whether AWS takes a character in names, titles and descriptions.
// Source: the pattern of TemplateName in the model of the API, which is what the
// import was measured to enforce.
func AllowedRune(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r >= '\t' && r <= '\r', r == ' ':
		return true
	}
	return strings.ContainsRune("-_.,:/()@!&?#+'\u2019", r)
}
