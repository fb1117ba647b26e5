package compare

import "slices"

// risks lists the questions whose risk moved. A question that came into scope or
// left it is listed where it carries a risk.
func (p *pair) risks() []Risk {
	both := map[string]Risk{}
	for _, q := range p.older.Questions {
		both[q.ID] = Risk{ID: q.ID, Title: q.Title, Was: q.Risk}
	}
	for _, q := range p.newer.Questions {
		both[q.ID] = Risk{ID: q.ID, Title: q.Title, Was: both[q.ID].Was, Is: q.Risk}
	}
	var ids []string
	for id, r := range both {
		if there := r.Was != "" && r.Is != ""; r.Was != r.Is && (there || Grade(r.Was)+Grade(r.Is) > 0) {
			ids = append(ids, id)
		}
	}
	p.sort(ids)
	var out []Risk
	for _, id := range ids {
		out = append(out, both[id])
	}
	return out
}

// moved lists the areas of which something moved. Where one of the states has
// no scores at all, nothing can be said.
func moved(older, newer []Area) []Moved {
	if len(older) == 0 || len(newer) == 0 {
		return nil
	}
	var out []Moved
	find := func(list []Area, a Area) (Area, bool) {
		i := slices.IndexFunc(list, func(b Area) bool { return a.Kind == b.Kind && a.ID == b.ID })
		if i < 0 {
			return Area{Kind: a.Kind, ID: a.ID, Name: a.Name}, false
		}
		return list[i], true
	}
	for _, is := range newer {
		was, _ := find(older, is)
		was.Name = is.Name
		if was != is {
			out = append(out, Moved{was, is})
		}
	}
	for _, was := range older {
		if is, ok := find(newer, was); !ok {
			out = append(out, Moved{was, is})
		}
	}
	return out
}
