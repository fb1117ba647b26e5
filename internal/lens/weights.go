package lens

// Weights is every constant of scoring, priorities and plan. docs/scoring.md
// explains each.
type Weights struct {
	Severity      Levels        `yaml:"severity,omitempty" json:"severity"`           // share of a best practice in a score, and factor of a priority
	Credit        Credit        `yaml:"credit,omitempty" json:"credit"`               // share of its weight that an answer earns
	Gap           Gap           `yaml:"gap,omitempty" json:"gap"`                     // factor of a priority: how much is missing
	Exposure      Exposure      `yaml:"exposure,omitempty" json:"exposure"`           // factor of a priority: what the workload makes of it
	Reversibility []Reversible  `yaml:"reversibility,omitempty" json:"reversibility"` // factor of a priority: what waiting costs
	Plan          PlanThreshold `yaml:"plan,omitempty" json:"plan"`
}

// Levels is a number for each level.
type Levels struct {
	High   float64 `yaml:"high,omitempty" json:"high"`
	Medium float64 `yaml:"medium,omitempty" json:"medium"`
	Low    float64 `yaml:"low,omitempty" json:"low"`
}

// Of returns the number of a level.
func (l Levels) Of(level Level) float64 {
	switch level {
	case High:
		return l.High
	case Medium:
		return l.Medium
	}
	return l.Low
}

// Credit is the share of its weight that an answer earns, 0 to 1. Every other
// answer that counts earns nothing.
type Credit struct {
	Implemented          float64 `yaml:"implemented,omitempty" json:"implemented"`
	PartiallyImplemented float64 `yaml:"partially_implemented,omitempty" json:"partially_implemented"`
}

// Gap is how much of a best practice is missing, 0 to 1.
type Gap struct {
	NotImplemented       float64 `yaml:"not_implemented,omitempty" json:"not_implemented"`
	CannotDetermine      float64 `yaml:"cannot_determine,omitempty" json:"cannot_determine"`
	PartiallyImplemented float64 `yaml:"partially_implemented,omitempty" json:"partially_implemented"`
}

// Exposure is a base and what the workload's profile adds to it, up to 1.
type Exposure struct {
	Base    float64          `yaml:"base,omitempty" json:"base"`
	Factors []ExposureFactor `yaml:"factors,omitempty" json:"factors"`
}

// An ExposureFactor adds to the exposure of a finding where the workload and
// the best practice match all that it names.
type ExposureFactor struct {
	Because string  `yaml:"because,omitempty" json:"because"` // the reason, for people
	Add     float64 `yaml:"add,omitempty" json:"add"`

	FleetSize      int      `yaml:"fleet_size,omitempty" json:"fleet_size,omitempty"` // devices, at least
	SafetyCritical bool     `yaml:"safety_critical,omitempty" json:"safety_critical,omitempty"`
	PersonalData   bool     `yaml:"personal_data,omitempty" json:"personal_data,omitempty"`
	Power          []string `yaml:"power,omitempty" json:"power,omitempty"`
	Connectivity   []string `yaml:"connectivity,omitempty" json:"connectivity,omitempty"`
	Pillars        []string `yaml:"pillars,omitempty" json:"pillars,omitempty"` // of the best practice
	Layers         []string `yaml:"layers,omitempty" json:"layers,omitempty"`   // of the best practice
}

// Reversible is what waiting costs for a gap that is closed at one place while
// the product is at one stage.
type Reversible struct {
	Stage      string  `yaml:"stage,omitempty" json:"stage"` // id; empty: where the profile names none
	Fix        Fix     `yaml:"fix,omitempty" json:"fix"`
	Factor     float64 `yaml:"factor,omitempty" json:"factor"` // 0 to 1
	Because    string  `yaml:"because,omitempty" json:"because"`
	Compensate bool    `yaml:"compensate,omitempty" json:"compensate,omitempty"` // it can't be closed any more on what has shipped: look for a compensating control
}

// PlanThreshold sorts findings into horizons by their place among the open findings of
// their review, in percentiles of priority: at 95, one in twenty is above.
type PlanThreshold struct {
	Important int `yaml:"important,omitempty" json:"important"` // above this percentile a finding is Next at the latest
	Urgent    int `yaml:"urgent,omitempty" json:"urgent"`       // above this percentile a finding is Now
	WarnDays  int `yaml:"warn_days,omitempty" json:"warn_days"` // days before its end from which a waiver is pointed out
}
