package customlens

import "github.com/iotlens/iotlens/internal/rules"

// Risks lists the names of the risks, in the order of rules.Risk.
func Risks() []string { return []string{"NO_RISK", "MEDIUM_RISK", "HIGH_RISK"} }

// RiskName is the name of a risk in a custom lens.
func RiskName(r rules.Risk) string { return Risks()[r] }

// ParseRisk reads the name of a risk, letter for letter.
func ParseRisk(name string) (rules.Risk, bool) {
	for i, n := range Risks() {
		if n == name {
			return rules.Risk(i), true
		}
	}
	return 0, false
}
