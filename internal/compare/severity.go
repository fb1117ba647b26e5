package compare

// Severity is the level of risk of a best practice. Ours are high, medium and
// low; other tools also know critical.
type Severity string

// Rank orders severities: 4 for critical, 3 for high, 2 for medium, 1 for low,
// 0 for one that is unknown.
func (s Severity) Rank() int {
	switch s {
	case "critical":
		return 4
	case "high":
		return 3
	case "medium":
		return 2
	case "low":
		return 1
	}
	return 0
}
