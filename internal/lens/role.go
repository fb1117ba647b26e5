package lens

import "slices"

// A Role is somebody who should be in the room for some questions of a pillar. The same
// person has the same role in every pillar.
type Role struct {
	Role   string   `yaml:"role,omitempty" json:"role"`               // such as "firmware lead"
	Why    string   `yaml:"why,omitempty" json:"why"`                 // what the person knows or decides: "knows where the keys lie"
	Layers []string `yaml:"layers,omitempty" json:"layers,omitempty"` // ids; only for best practices that concern one of them most; none: for all of the pillar
}

// NeededFor reports whether the role is needed for a best practice of its pillar.
func (r Role) NeededFor(p *Practice) bool {
	return len(r.Layers) == 0 || len(p.Layers) > 0 && slices.Contains(r.Layers, p.Layers[0])
}

// RolesFor lists who should be in the room for a best practice, in the order of its
// pillar: all of the pillar where no role is for the layer.
func (l *Lens) RolesFor(p *Practice) []Role {
	i := slices.IndexFunc(l.Pillars, func(x Pillar) bool { return x.ID == p.Pillar })
	if i < 0 {
		return nil
	}
	room := l.Pillars[i].Room
	needed := slices.DeleteFunc(slices.Clone(room), func(r Role) bool { return !r.NeededFor(p) })
	if len(needed) == 0 {
		return room
	}
	return needed
}

// Roles lists the names of all roles once, in lens order.
func (l *Lens) Roles() []string {
	var names []string
	for _, p := range l.Pillars {
		for _, r := range p.Room {
			if !slices.Contains(names, r.Role) {
				names = append(names, r.Role)
			}
		}
	}
	return names
}
