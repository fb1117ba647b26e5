package main

import (
	"reflect"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/policy"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/review"
)

// policySchema is as strict as policy.Read: pillars, layers and best practices are those of
// the shipped lens, and percentages are between 0 and 100. It refers to the schema of the
// review file for ids of best practices, so that a new question changes only that schema.
func policySchema() (*jsonschema.Schema, error) {
	s, err := schemaOf[policy.File]("policy", "iotlens policy file (.iotlens.yaml)")
	if err != nil {
		return nil, err
	}
	l := shipped.Lens()
	percentages(s)
	propertiesByID(s.Properties["pillars"], l.PillarIDs())
	propertiesByID(s.Properties["layers"], l.LayerIDs())
	practice := &jsonschema.Schema{Ref: "review.schema.json#/$defs/practice"}
	s.Properties["practices"].PropertyNames = &jsonschema.Schema{AnyOf: []*jsonschema.Schema{practice, {Pattern: "^x-"}}}
	s.Properties["practices"].PatternProperties = map[string]*jsonschema.Schema{"^x-": {}}
	trust, waivers := s.Properties["not_applicable"], s.Properties["waivers"]
	for _, list := range []*jsonschema.Schema{s.Properties["hard"], s.Properties["soft"], trust.Properties["never"], waivers.Properties["refused"]} {
		list.Items = practice
	}
	one := 1.0
	for _, days := range []*jsonschema.Schema{s.Properties["max_age"], waivers.Properties["max_days"]} {
		days.Type, days.Types, days.Minimum = "integer", nil, &one
	}
	walk(s, allowExtensionKeys)
	return s, nil
}

// propertiesByID replaces the schema for any property by one property per id.
func propertiesByID(s *jsonschema.Schema, ids []string) {
	each := s.AdditionalProperties
	percentages(each)
	s.AdditionalProperties = nothing()
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

var status = reflect.TypeFor[review.Status]() // empty: unanswered

func diffSchema() (*jsonschema.Schema, error) {
	return schemaOf[wire.Diff]("diff", "iotlens diff", status)
}

func gateSchema() (*jsonschema.Schema, error) {
	s, err := schemaOf[wire.Verdict]("gate", "iotlens gate", status)
	if err != nil {
		return nil, err
	}
	outcomes := []string{gate.Passed.String(), gate.Incomplete.String(), gate.Failed.String(), wire.OutcomeError}
	addEnum(s.Properties["outcome"], outcomes)
	several, err := schemaOf[wire.Verdicts]("gate", "iotlens gate")
	if err != nil {
		return nil, err
	}
	addEnum(several.Properties["outcome"], outcomes)
	one := &jsonschema.Schema{Ref: "#/$defs/verdict"}
	several.Properties["reviews"] = &jsonschema.Schema{Type: "array", Items: one}
	top := &jsonschema.Schema{ID: s.ID, Schema: s.Schema, Title: s.Title, AnyOf: []*jsonschema.Schema{one, several}}
	for _, part := range []*jsonschema.Schema{s, several} {
		part.ID, part.Schema = "", ""
	}
	s.Title, several.Title = "the verdict on one review", "the verdicts on several"
	top.Defs = map[string]*jsonschema.Schema{"verdict": s}
	return top, nil
}
