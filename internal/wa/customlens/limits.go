package customlens

import (
	"strings"

	"github.com/iotlens/iotlens/internal/rules"
)

// Limits of the format; those of texts are in characters. Source: the custom lens
// specification of the user guide, and AWS's measurements of the service of 2026-10-06
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

// MaxSize is the maximum size of an exported custom lens in bytes: the smaller of 500 KB
// (user guide) and 500,000 characters (model of the API).
const MaxSize = 500_000

// NoneSuffix ends the id of a choice that the WA Tool treats as "None of these".
const NoneSuffix = "_no"

// The types of additional resources.
const (
	HelpfulType = "HELPFUL_RESOURCE"
	PlanType    = "IMPROVEMENT_PLAN"
)

// AllowedRune reports whether AWS accepts a character in names, titles and descriptions.
// Source: the pattern of TemplateName in the model of the API, which the import enforces
// by AWS's measurements.
func AllowedRune(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r >= '\t' && r <= '\r', r == ' ':
		return true
	}
	return strings.ContainsRune("-_.,:/()@!&?#+'\u2019", r)
}
