package compare

import "github.com/iotlens/iotlens/internal/scoring"

// Since is what page one of a report says of what changed from an older state, which it
// calls name, to a newer one.
func Since(name string, older, newer Snapshot, c *Comparison) *scoring.Since {
	out := &scoring.Since{Name: name, AsOf: older.AsOf, Open: scoring.Was{Was: older.Open, Is: newer.Open}}
	was, is := overall(older), overall(newer)
	out.High, out.Medium = scoring.Was{Was: was.High, Is: is.High}, scoring.Was{Was: was.Medium, Is: is.Medium}
	out.Score = scoring.WasShare{Was: was.Score.pointer(), Is: is.Score.pointer()}
	out.Coverage = scoring.WasShare{Was: was.Coverage.pointer(), Is: is.Coverage.pointer()}
	for class, list := range map[Class]*[]scoring.Change{
		Regressed: &out.Regressed, New: &out.New, Unknown: &out.Unsettled, Resolved: &out.Closed,
	} {
		*list = changes(c.Of(class))
	}
	out.Unsettled = append(out.Unsettled, changes(c.Of(Gone))...)
	return out
}

func changes(list []Finding) []scoring.Change {
	var out []scoring.Change
	for _, f := range list {
		change := scoring.Change{Practice: f.ID, Title: f.Title, Was: f.Was, Is: f.Status}
		if f.Class == Gone {
			change.Is = ""
		}
		out = append(out, change)
	}
	return out
}

// overall is the area of the whole; a zero one where a state has no scores.
func overall(s Snapshot) Area {
	for _, a := range s.Areas {
		if a.Kind == Overall {
			return a
		}
	}
	return Area{}
}

func (p Percent) pointer() *float64 {
	if !p.Known {
		return nil
	}
	return &p.Value
}
