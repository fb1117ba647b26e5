package compare

import "github.com/iotlens/iotlens/internal/scoring"

// ChangesSince summarises a comparison for the first page of a report. name is what the
// report calls the older state.
func ChangesSince(name string, older, newer Snapshot, c *Comparison) *scoring.ChangesSince {
	out := &scoring.ChangesSince{Name: name, AsOf: older.AsOf, Open: scoring.CountChange{Was: older.OpenFindings, Is: newer.OpenFindings}}
	was, is := overall(older), overall(newer)
	out.High, out.Medium = scoring.CountChange{Was: was.High, Is: is.High}, scoring.CountChange{Was: was.Medium, Is: is.Medium}
	out.Score = scoring.PercentChange{Was: was.Score.pointer(), Is: is.Score.pointer()}
	out.Coverage = scoring.PercentChange{Was: was.Coverage.pointer(), Is: is.Coverage.pointer()}
	for class, list := range map[Class]*[]scoring.PracticeChange{
		Regressed: &out.Regressed, New: &out.New, Unknown: &out.NoLongerKnown, Resolved: &out.Closed,
	} {
		*list = practiceChanges(c.Of(class))
	}
	out.NoLongerKnown = append(out.NoLongerKnown, practiceChanges(c.Of(Gone))...)
	return out
}

func practiceChanges(list []Finding) []scoring.PracticeChange {
	var out []scoring.PracticeChange
	for _, f := range list {
		change := scoring.PracticeChange{Practice: f.ID, Title: f.Title, Was: f.Was, Is: f.Status}
		if f.Class == Gone {
			change.Is = ""
		}
		out = append(out, change)
	}
	return out
}

// overall is the area of the whole lens; the zero Area if a state has no scores.
func overall(s Snapshot) Area {
	for _, a := range s.Areas {
		if a.Kind == Overall {
			return a
		}
	}
	return Area{}
}

// pointer returns the percentage; nil if it is not known.
func (p Percent) pointer() *float64 {
	if !p.Known {
		return nil
	}
	return &p.Value
}
