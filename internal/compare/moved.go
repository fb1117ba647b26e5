package compare

import (
	"cmp"

	"github.com/iotlens/iotlens/internal/scoring"
)

// risks lists the questions whose risk changed. A question that joined or left the scope is
// listed if its risk is high or medium.
func (p *statePair) risks() []RiskChange {
	id := func(q scoring.Question) string { return q.ID }
	was, is := byID(p.older.Questions, id), byID(p.newer.Questions, id)
	var out []RiskChange
	for _, id := range sortedIDs(p, was, is) {
		r := RiskChange{ID: id, Title: cmp.Or(is[id].Title, was[id].Title), Was: was[id].Risk, Is: is[id].Risk}
		both := r.Was != "" && r.Is != ""
		if r.Was != r.Is && (both || r.Was.Severity() != "" || r.Is.Severity() != "") {
			out = append(out, r)
		}
	}
	return out
}

// areaChanges lists the areas with a changed number; none if one of the states has no
// scores.
func areaChanges(older, newer []Area) []AreaChange {
	if len(older) == 0 || len(newer) == 0 {
		return nil
	}
	var out []AreaChange
	for _, is := range newer {
		was, _ := counterpart(older, is)
		was.Name = is.Name
		if was != is {
			out = append(out, AreaChange{was, is})
		}
	}
	for _, was := range older {
		if is, ok := counterpart(newer, was); !ok {
			out = append(out, AreaChange{was, is})
		}
	}
	return out
}

// counterpart finds an area in another state. If the state does not have it, ok is false and
// the area has only its kind, id and name.
func counterpart(list []Area, a Area) (other Area, ok bool) {
	for _, b := range list {
		if a.Kind == b.Kind && a.ID == b.ID {
			return b, true
		}
	}
	return Area{Kind: a.Kind, ID: a.ID, Name: a.Name}, false
}
