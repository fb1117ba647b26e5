package policy_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/iotlens/iotlens/internal/policy"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// values has values of some settings: of each kind, and of parts whose level is that of
// the whole unless they have their own.
var values = map[string][]any{
	"fail_on":                         {"none", "high", "medium", "low"},
	"pillars.security.fail_on":        {"none", "high", "low"},
	"layers.edge.fail_on":             {"none", "medium"},
	"practices.LABSEC03-BP01.fail_on": {"none", "high", "low"},
	"practices.LABSEC03-BP01.at_least": {
		"implemented", "partially_implemented",
	},
	"min_score":                  {0.0, 50.0, 80.0},
	"pillars.security.min_score": {10.0, 90.0},
	"unanswered":                 {"note", "incomplete", "fail"},
	"new_questions":              {"note", "incomplete"},
	"hard":                       {[]string{"LABSEC01-BP01"}, []string{"LABSEC01-BP01", "LABSEC04-BP01"}},
	"soft":                       {[]string{"LABSEC05-BP01"}, []string{"LABSEC05-BP01", "LABSEC11-BP01"}},
	"waivers.approvers":          {[]string{"Ana"}, []string{"Bo", "Cy"}, []string{"Ana", "Bo"}},
	"waivers.max_days":           {30, 90},
	"waivers.four_eyes":          {true},
	"require":                    {[]string{"cra"}, []string{"cra:I(1)"}, []string{"cra:I(1)", "psti"}},
	"scope":                      {"any", "full"},
	"evidence":                   {"none", "high", "low"},
	"scoring":                    {"aws", "monotone"},
}

func drawSettings(t *rapid.T, from string) policy.Settings {
	out := policy.Settings{}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if rapid.Bool().Draw(t, from+" has "+key) {
			out[key] = policy.Setting{Value: rapid.SampledFrom(values[key]).Draw(t, from+" "+key), Source: from}
		}
	}
	return out
}

// Whatever a nearer file sets, no setting is looser than before, and settings that it does
// not make keep their value. Tightening again with the same file changes nothing.
func TestTightenNeverLoosens(t *testing.T) {
	l := testlens.Lens()
	rapid.Check(t, func(t *rapid.T) {
		outer := policy.Defaults(l)
		maps.Copy(outer, drawSettings(t, "outer"))
		nearer := drawSettings(t, "nearer")
		merged, looser := policy.Tighten(outer, nearer, l)
		for _, r := range policy.Loosened(outer, merged, l) {
			require.Equal(t, "scoring", r.Subject, "only what nobody chose, and has no order: %s", r)
			require.Equal(t, "default", outer["scoring"].Source)
		}
		again, _ := policy.Tighten(merged, nearer, l)
		require.Equal(t, merged, again)
		if len(looser) == 0 {
			for key, s := range nearer {
				if key != "hard" && key != "require" { // which are joined
					require.Equal(t, s.Value, merged[key].Value, key)
				}
			}
		}
	})
}
