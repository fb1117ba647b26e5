package customlens

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/rules"
	"github.com/iotlens/iotlens/internal/text"
)

// Risks lists the names of the risks, in the order of rules.Risk.
func Risks() []string { return []string{"NO_RISK", "MEDIUM_RISK", "HIGH_RISK"} }

// RiskName returns the name of a risk in a custom lens.
func RiskName(r rules.Risk) string { return Risks()[r] }

// riskName returns the name of a risk of a bank. An invalid risk is kept, so that AWS
// refuses it.
func riskName(r lens.RuleRisk) string {
	if r == lens.RuleNone {
		return RiskName(rules.None)
	}
	return strings.ToUpper(string(r)) + "_RISK"
}

// ParseRisk parses the exact name of a risk, as in Risks.
func ParseRisk(name string) (rules.Risk, bool) {
	i := slices.Index(Risks(), name)
	return rules.Risk(max(i, 0)), i >= 0
}

// IDs matches the ids of choices in a condition.
var IDs = text.Pattern(`[A-Za-z0-9_-]+`)
