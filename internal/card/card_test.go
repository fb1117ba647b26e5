package card_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A card has everything that the bank has about a best practice.
func TestPracticeCards(t *testing.T) {
	l := testlens.Lens()
	for _, id := range l.PracticeIDs() {
		p, _ := l.Practice(id)
		page := card.Practice(l, p)
		fits(t, id, page)
		flat := words(page)
		parts := []string{p.ID, p.Title, "Severity " + string(p.Severity), "effort " + string(p.Effort), card.FixText(p.Fix), p.Why, l.PillarName(p.Pillar)}
		for _, h := range p.How {
			parts = append(parts, h.Do)
		}
		for _, list := range [][]string{p.Probes, p.Evidence, p.RedFlags, p.Services, p.Relates, p.Scenarios, p.AppliesTo.Power, p.AppliesTo.DeviceClasses} {
			parts = append(parts, list...)
		}
		for _, r := range p.Resources {
			parts = append(parts, r.Title, r.URL)
		}
		for _, part := range parts {
			assert.Contains(t, flat, words(part), id)
		}
	}
}

func TestQuestionCards(t *testing.T) {
	l := testlens.Lens()
	for i := range l.Questions {
		q := &l.Questions[i]
		page := card.Question(l, q)
		fits(t, q.ID, page)
		flat := words(page)
		for _, part := range []string{q.ID, q.Title, q.Ask} {
			assert.Contains(t, flat, words(part), q.ID)
		}
		for j := range q.Practices {
			assert.Contains(t, page, card.Practice(l, &q.Practices[j]))
		}
		for _, r := range q.Rules {
			if r.When != "default" {
				assert.Contains(t, flat, "if "+words(r.When), q.ID)
			}
		}
		assert.Contains(t, page, "otherwise")
	}
}

func TestRatedBy(t *testing.T) {
	l := testlens.Lens()
	aws, _ := l.Practice("LABSEC10-BP01")
	assert.Contains(t, card.Practice(l, aws), "Severity high (rated by AWS)")
	own, _ := l.Practice("LABEDGE01-BP01")
	assert.Contains(t, card.Practice(l, own), "(rated by us: AWS publishes none)")
}

func TestByID(t *testing.T) {
	l := testlens.Lens()
	ids := append(append(l.PillarIDs(), l.LayerIDs()...), l.ScenarioIDs()...)
	for _, terms := range [][]lens.Term{l.Lifecycle, l.DeviceClasses, l.Protocols, l.Segments, l.Power, l.Connectivity, l.Stages} {
		ids = append(ids, lens.TermIDs(terms)...)
	}
	for _, id := range ids {
		page, ok := card.ByID(l, id)
		assert.True(t, ok, id)
		fits(t, id, page)
		upper, ok := card.ByID(l, strings.ToUpper(id))
		assert.True(t, ok, id)
		assert.Equal(t, page, upper)
	}
	_, ok := card.ByID(l, "nothing")
	assert.False(t, ok)
}

func TestLensCard(t *testing.T) {
	l := testlens.Lens()
	page := card.Lens(l)
	fits(t, "lens", page)
	for _, s := range l.Services {
		if s.Status != lens.Available {
			assert.Contains(t, words(page), words(s.Name+": "+string(s.Status)+" since "+s.Date))
		}
	}
}

// Control characters in a bank of somebody else are shown and have no effect.
func TestHostileBankIsEscaped(t *testing.T) {
	q := testlens.Lens().Questions[0]
	l := &lens.Lens{
		Name: "n", Version: "v", Description: "d",
		Pillars:   []lens.Pillar{{ID: "p", Name: "n", Description: "d", Principles: []lens.Principle{{Title: "t", Text: "x"}}, Areas: []lens.Area{{ID: q.Area, Name: "n"}}, Room: []lens.Role{{Role: "r", Why: "w"}}}},
		Layers:    []lens.Layer{{ID: "y", Name: "n", Description: "d"}},
		Scenarios: []lens.Scenario{{ID: "s", Name: "n", Description: "d", Steps: []lens.Step{{Title: "t", Text: "x", Practices: []string{"Q-BP01"}}}}},
		Stages:    []lens.Term{{ID: "t", Name: "n", Description: "d"}},
		Services:  []lens.Service{{Name: "n", Status: "s", Date: "d", Successor: "s"}},
		Resources: []lens.Resource{{Title: "t", URL: "u"}},
		Questions: []lens.Question{{
			ID: "Q", Title: "t", Ask: "a", Rules: []lens.Rule{{When: "w", Risk: "r"}},
			Practices: []lens.Practice{{
				ID: "Q-BP01", Title: "t", Severity: "s", RatedBy: "r", Pillar: "p", Relates: []string{"r"}, Effort: "e", Layers: []string{"y"},
				Scenarios: []string{"s"}, Lifecycle: []string{"l"}, AppliesTo: lens.Condition{Power: []string{"p"}}, Why: "w",
				How: []lens.HowStep{{Do: "d"}}, Probes: []string{"p"}, Evidence: []string{"e"}, RedFlags: []string{"r"},
				Resources: []lens.Resource{{Title: "t", URL: "u"}}, Services: []string{"s"},
			}},
		}},
	}
	keys := []string{"p", "y", "s", "t"}
	poison(reflect.ValueOf(l).Elem())
	pages := []string{card.Lens(l), card.Question(l, &l.Questions[0]), card.Practice(l, &l.Questions[0].Practices[0])}
	for _, key := range keys {
		page, ok := card.ByID(l, strings.ToLower(key+attack))
		require.True(t, ok, key)
		pages = append(pages, page)
	}
	for _, page := range pages {
		assert.Equal(t, text.Clean(page, true), page)
		assert.Contains(t, page, "<U+001B>")
	}
}

const attack = "\x1b[2j\u202e"

// poison appends the attack to every text.
func poison(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if v.String() != "" {
			v.SetString(v.String() + attack)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			poison(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			poison(v.Index(i))
		}
	}
}

// fits checks that lines keep to the width; a link may be longer.
func fits(t *testing.T, what, page string) {
	t.Helper()
	for _, line := range strings.Split(page, "\n") {
		if len(strings.Fields(line)) > 1 {
			assert.LessOrEqual(t, utf8.RuneCountInString(line), text.Width, "%s: %q", what, line)
		}
	}
}

// words undoes the wrapping.
func words(s string) string { return strings.Join(strings.Fields(s), " ") }
