package lens

// A Fact is a fact about a workload that makes gaps worse or decides what is asked. Its value is
// that of the profile key with the same name. If there is no such key, or it is not set, the fact is
// true if one of the conditions in When is met, and false if all are missed. If a condition is on
// the service life or the audience and the profile has that, it decides alone. An unknown fact has
// no effect.
type Fact struct {
	ID        string      `yaml:"id,omitempty" json:"id"`
	Name      string      `yaml:"name,omitempty" json:"name"`                     // what it says if it is true: "strangers can reach the devices"
	Otherwise string      `yaml:"otherwise,omitempty" json:"otherwise,omitempty"` // what it says if it is false
	Weight    int         `yaml:"weight,omitempty" json:"weight,omitempty"`       // how much it adds to the reach of a gap that it makes worse
	When      []Condition `yaml:"when,omitempty" json:"when,omitempty"`
}

// A Stake is something that a gap can cost.
type Stake struct {
	ID          string `yaml:"id,omitempty" json:"id"`
	Name        string `yaml:"name,omitempty" json:"name"`
	Description string `yaml:"description,omitempty" json:"description"`
	Weight      int    `yaml:"weight,omitempty" json:"weight"` // how much it adds to the harm of a gap
}

// A Condition is a condition on the profile of a workload. Of a list one entry must match, but of Is
// and Not every entry; of several keys all must match. A key that the profile leaves open is neither
// met nor missed.
type Condition struct {
	DeviceClasses  []string `yaml:"device_classes,omitempty" json:"device_classes,omitempty"`
	Protocols      []string `yaml:"protocols,omitempty" json:"protocols,omitempty"`
	Segments       []string `yaml:"segments,omitempty" json:"segments,omitempty"`
	Power          []string `yaml:"power,omitempty" json:"power,omitempty"`
	Connectivity   []string `yaml:"connectivity,omitempty" json:"connectivity,omitempty"`
	Scenarios      []string `yaml:"scenarios,omitempty" json:"scenarios,omitempty"`
	Stages         []string `yaml:"stages,omitempty" json:"stages,omitempty"`
	Markets        []string `yaml:"markets,omitempty" json:"markets,omitempty"`
	Audiences      []string `yaml:"audiences,omitempty" json:"audiences,omitempty"`
	ProductClasses []string `yaml:"product_classes,omitempty" json:"product_classes,omitempty"`
	FleetSize      int      `yaml:"fleet_size,omitempty" json:"fleet_size,omitempty"`                 // devices, at least
	ServiceLife    int      `yaml:"service_life_years,omitempty" json:"service_life_years,omitempty"` // years, at least
	Is             []string `yaml:"is,omitempty" json:"is,omitempty"`                                 // ids of facts that are true
	Not            []string `yaml:"not,omitempty" json:"not,omitempty"`                               // ids of facts that are false
	Because        string   `yaml:"because,omitempty" json:"because,omitempty"`                       // of a best practice: why it is not for the other workloads, for people; without it what is missed says so
}

// Empty reports whether every workload meets the condition.
func (c *Condition) Empty() bool {
	words := len(c.DeviceClasses) + len(c.Protocols) + len(c.Segments) + len(c.Power) + len(c.Connectivity) + len(c.Scenarios) +
		len(c.Stages) + len(c.Markets) + len(c.Audiences) + len(c.ProductClasses) + len(c.Is) + len(c.Not)
	return words == 0 && c.FleetSize <= 0 && c.ServiceLife <= 0
}

// Closing is the point in the life of a product after which a decision cannot be changed for the
// devices that are built.
type Closing string

// The points, in order.
const (
	ClosingRequirements   Closing = "requirements"    // they are settled
	ClosingOrder          Closing = "order"           // the order to a supplier is signed
	ClosingHardwareFreeze Closing = "hardware-freeze" // the board is frozen
	ClosingFirstShipment  Closing = "first-shipment"  // the first unit leaves the factory
)

// Values lists the points.
func (Closing) Values() []string {
	return Strings(ClosingRequirements, ClosingOrder, ClosingHardwareFreeze, ClosingFirstShipment)
}
