package review_test

import (
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
)

// Which of the product questions three products are asked, and no others.
func TestApplicabilityByProduct(t *testing.T) {
	no, yes := new(bool), new(bool)
	*yes = true
	for name, c := range map[string]struct {
		profile review.Profile
		asked   string // best practices by question: 01: 1 2
	}{
		"a doorbell sold in the EU and the UK": {
			review.Profile{
				Segment: "consumer", Stage: "pilot", DeviceClasses: []string{"mcu"}, Protocols: []string{"mqtt", "https", "bluetooth"},
				Connectivity: []string{"wifi", "short-range"}, Power: []string{"battery"}, FieldUpdatable: yes, PersonalData: yes,
				Markets: []string{"eu", "uk"}, Radio: yes, ProductClass: "important-i", Audience: []string{"consumer"}, FirstMarket: "2028-01-17",
			},
			"01: 1 2, 02: 1, 03: 1 2, 04: 1, 05: 1, 06: 1 2, 07: 1 2 3, 08: 1 2 3, 09: 1 2, 10: 1 2 3, 11: 1 2 3 4, 12: 1 2",
		},
		"an industrial gateway of the EU without a radio": {
			review.Profile{
				Segment: "industrial", Stage: "production", DeviceClasses: []string{"mpu"}, Protocols: []string{"mqtt", "opc-ua", "modbus"},
				Connectivity: []string{"wired"}, Power: []string{"mains"}, FieldUpdatable: yes, PersonalData: no,
				Markets: []string{"eu"}, Radio: no, ProductClass: "default", Audience: []string{"industrial"},
			},
			"01: 1 2, 03: 1 2, 04: 1, 05: 1, 06: 1 2, 07: 1 2 3, 08: 1 2 3, 09: 1 2, 10: 1 2 3, 11: 4, 12: 1 2",
		},
		"the same on cellular, with a model, sold in the US": {
			review.Profile{
				Segment: "industrial", DeviceClasses: []string{"mpu", "inference"}, Protocols: []string{"mqtt"}, Connectivity: []string{"cellular"},
				FieldUpdatable: yes, PersonalData: no, Markets: []string{"us"},
			},
			"01: 1 2, 03: 1 2, 04: 1, 05: 1, 06: 1, 07: 1 2 3, 08: 1 2 3, 09: 1 2, 10: 1 2 3, 12: 1 2 3 4",
		},
		"a medical device, outside of the Cyber Resilience Act": {
			review.Profile{
				Segment: "healthcare", DeviceClasses: []string{"mcu"}, Protocols: []string{"bluetooth"}, Connectivity: []string{"short-range"},
				FieldUpdatable: no, PersonalData: yes, Markets: []string{"eu"}, ProductClass: "excluded",
			},
			"01: 1 2, 02: 1, 03: 1 2, 04: 1 2, 05: 1, 06: 1, 07: 1 2 3, 08: 1 2 3, 09: 1 2, 10: 1 2 3, 11: 1 2 3 4, 12: 1 2",
		},
		"a LoRaWAN sensor for the UK": {
			review.Profile{
				Segment: "agriculture", DeviceClasses: []string{"mcu"}, Protocols: []string{"lorawan"}, Connectivity: []string{"lpwan"},
				FieldUpdatable: no, PersonalData: no, Markets: []string{"uk"},
			},
			"01: 1 2, 02: 2, 03: 1 2, 04: 1 2, 05: 1, 06: 1, 07: 1 2 3, 08: 1 2 3, 09: 1 2, 10: 1 2 3, 12: 1 2 3",
		},
		"the pilot of a hobbyist, sold to nobody": {
			review.Profile{
				Segment: "consumer", Stage: "pilot", DeviceClasses: []string{"mcu"}, Protocols: []string{"mqtt"}, Connectivity: []string{"wifi"},
				FieldUpdatable: yes, PersonalData: no, FleetSize: 3, Markets: []string{"none"},
			},
			"01: 1 2, 02: 1, 08: 1, 09: 1 2, 10: 1",
		},
		"a workload whose markets nobody has set": {review.Profile{Segment: "consumer", PersonalData: yes}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			l := shipped.Lens()
			facts := review.FactsOf(l, c.profile)
			var questions []string
			for _, q := range l.Questions {
				if q.Part == "" {
					continue
				}
				asked := ""
				for i := range q.Practices {
					p := &q.Practices[i]
					if ruling, reason := facts.Applicability(p); ruling == review.Asked {
						asked += " " + strings.TrimLeft(strings.TrimPrefix(p.ID, q.ID+"-BP"), "0")
					} else {
						assert.NotEmpty(t, reason, p.ID)
					}
				}
				if asked != "" {
					questions = append(questions, strings.TrimPrefix(q.ID, "PRODUCT")+":"+asked)
				}
			}
			assert.Equal(t, c.asked, strings.Join(questions, ", "))
		})
	}
}
