package main

import (
	"reflect"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/policy"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/review"
)

// policySchema is strict where policy.Read is: pillars, layers and best practices
// are those of the shipped lens, percentages between 0 and 100. The ids of best
// practices stand in the schema of the review file, so that a new question changes
// that schema alone.
func policySchema() (*jsonschema.Schema, error) {
	o := options()
	o.TypeSchemas[reflect.TypeFor[policy.FailOn]()] = enum(policy.FailOn("").Values()...)
	o.TypeSchemas[reflect.TypeFor[policy.Level]()] = enum(policy.Level("").Values()...)
	o.TypeSchemas[reflect.TypeFor[policy.AtLeast]()] = enum(policy.AtLeast("").Values()...)
	o.TypeSchemas[reflect.TypeFor[gate.NewQuestions]()] = enum(gate.NewQuestions("").Values()...)
	o.TypeSchemas[reflect.TypeFor[gate.MissingPolicy]()] = enum(gate.MissingPolicy("").Values()...)
	s, err := jsonschema.For[policy.File](o)
	if err != nil {
		return nil, err
	}
	described(s, "policy", "iotlens policy file (.iotlens.yaml)")
	l := shipped.Lens()
	percentages(s)
	byID(s.Properties["pillars"], l.PillarIDs())
	byID(s.Properties["layers"], l.LayerIDs())
	practice := &jsonschema.Schema{Ref: "review.schema.json#/$defs/practice"}
	s.Properties["practices"].PropertyNames = &jsonschema.Schema{AnyOf: []*jsonschema.Schema{practice, {Pattern: "^x-"}}}
	s.Properties["practices"].PatternProperties = map[string]*jsonschema.Schema{"^x-": {}}
	for _, list := range []string{"hard", "soft"} {
		s.Properties[list].Items = practice
	}
	own(s)
	return s, nil
}

// byID makes a schema with a property for each id out of one for any.
func byID(s *jsonschema.Schema, ids []string) {
	each := s.AdditionalProperties
	percentages(each)
	s.AdditionalProperties = never()
	s.Properties = map[string]*jsonschema.Schema{}
	for _, id := range ids {
		one := *each
		s.Properties[id] = &one
	}
}

func percentages(s *jsonschema.Schema) {
	none, all := 0.0, 100.0
	for _, key := range []string{"min_score", "min_coverage"} {
		if p := s.Properties[key]; p != nil {
			p.Type, p.Types = "number", nil
			p.Minimum, p.Maximum = &none, &all
		}
	}
}

func diffOptions() *jsonschema.ForOptions {
	o := options()
	o.TypeSchemas[reflect.TypeFor[review.Status]()] = enum(append(review.Status("").Values(), "")...)
	o.TypeSchemas[reflect.TypeFor[compare.Class]()] = enum(compare.Classes()...)
	o.TypeSchemas[reflect.TypeFor[compare.Why]()] = enum(compare.Whys()...)
	o.TypeSchemas[reflect.TypeFor[compare.Kind]()] = enum(compare.ReviewFile, compare.Report, compare.AWSReview)
	o.TypeSchemas[reflect.TypeFor[compare.AreaKind]()] = enum(compare.Overall, compare.LayerBanks, compare.Pillar, compare.Layer)
	return o
}

func diffSchema() (*jsonschema.Schema, error) {
	s, err := jsonschema.For[wire.Diff](diffOptions())
	if err != nil {
		return nil, err
	}
	described(s, "diff", "iotlens diff")
	return s, nil
}

func gateSchema() (*jsonschema.Schema, error) {
	s, err := jsonschema.For[wire.Verdict](diffOptions())
	if err != nil {
		return nil, err
	}
	described(s, "gate", "iotlens gate")
	words(s.Properties["outcome"], []string{gate.Passed.String(), gate.Incomplete.String(), gate.Failed.String()})
	return s, nil
}

func described(s *jsonschema.Schema, name, title string) {
	s.ID, s.Schema = base+name+".schema.json", "https://json-schema.org/draft/2020-12/schema"
	s.Title = title
}
