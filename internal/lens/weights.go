package lens

// Weights is every constant of scoring, priorities and plan, beside the weights of
// facts. docs/scoring.md explains each.
type Weights struct {
	Severity      Levels        `yaml:"severity,omitempty" json:"severity"`           // share of a best practice in a score
	Credit        Credit        `yaml:"credit,omitempty" json:"credit"`               // share of its weight that an answer earns
	Harm          Harm          `yaml:"harm,omitempty" json:"harm"`                   // factor of a priority: how bad it is
	Reach         Reach         `yaml:"reach,omitempty" json:"reach"`                 // factor of a priority: what the workload makes of it
	Reversibility []Reversible  `yaml:"reversibility,omitempty" json:"reversibility"` // factor of a priority: what waiting costs
	Gap           Gap           `yaml:"gap,omitempty" json:"gap"`                     // factor of a priority: how much is missing
	UrgentDays    int           `yaml:"urgent_days,omitempty" json:"urgent_days"`     // days before a deadline at which half of the urgency is there
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
	PartiallyImplemented float64 `yaml:"partially_implemented,omitempty" json:"partially_implemented"` // where no extent is known

	// By the extent of what is partially implemented; a percentage is exact. Without
	// a value it is as without an extent.
	Few  float64 `yaml:"few,omitempty" json:"few,omitempty"`
	Half float64 `yaml:"half,omitempty" json:"half,omitempty"`
	Most float64 `yaml:"most,omitempty" json:"most,omitempty"`
}

// Harm is how bad a gap is at worst: the points of its severity, of what is at stake
// first, and a share of those of what else is at stake, of the most that a gap can
// have.
type Harm struct {
	High         float64 `yaml:"high,omitempty" json:"high"`
	Medium       float64 `yaml:"medium,omitempty" json:"medium"`
	Low          float64 `yaml:"low,omitempty" json:"low"`
	FurtherStake float64 `yaml:"further_stake,omitempty" json:"further_stake"` // share of the second thing at stake, 0 to 1
}

// Of returns the points of a severity.
func (h Harm) Of(level Level) float64 { return Levels{h.High, h.Medium, h.Low}.Of(level) }

// Reach is how far a gap reaches in a workload: (base + n) / (base + n + half),
// where n is the weight of the facts that hold and make it worse. It grows with
// each fact, by less each time, and stays below 1.
type Reach struct {
	Base float64 `yaml:"base,omitempty" json:"base"` // of every gap
	Half float64 `yaml:"half,omitempty" json:"half"` // base + n at which the reach is one half
}

// Reversible is what waiting costs for a gap that is closed at one place while
// the product is at one stage.
type Reversible struct {
	Stage      string  `yaml:"stage,omitempty" json:"stage"` // id; empty: where the profile names none
	Fix        Fix     `yaml:"fix,omitempty" json:"fix"`
	Closes     Closing `yaml:"closes,omitempty" json:"closes,omitempty"` // only for what closes there; goes before a row without it
	Factor     float64 `yaml:"factor,omitempty" json:"factor"`           // 0 to 1
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
