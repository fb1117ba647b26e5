// Command schemagen generates the published JSON Schemas from Go types and the shipped lens:
// those of review, policy and brand files, with which editors complete and check ids and
// terms, and those of the JSON output of commands. go generate runs it; a test compares.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/brand"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/trend"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

//go:generate go run . ../../schemas

const base = "https://github.com/iotlens/iotlens/schemas/"

// published lists the schemas by file name.
var published = map[string]func() (*jsonschema.Schema, error){
	"review.schema.json": reviewSchema,
	"report.schema.json": reportSchema,
	"policy.schema.json": policySchema,
	"gate.schema.json":   gateSchema,
	"diff.schema.json":   diffSchema,
	"lint.schema.json":   lintSchema,
	"brand.schema.json":  brandSchema,
	"framework.schema.json": func() (*jsonschema.Schema, error) {
		return schemaOf[wire.Frameworks]("framework", "iotlens framework list and show")
	},
	"framework-gaps.schema.json": func() (*jsonschema.Schema, error) {
		return schemaOf[wire.Gaps]("framework-gaps", "iotlens framework gaps")
	},
	"portfolio.schema.json": func() (*jsonschema.Schema, error) {
		return schemaOf[wire.Portfolio]("portfolio", "iotlens portfolio")
	},
	"trend.schema.json": func() (*jsonschema.Schema, error) { return schemaOf[trend.Wire]("trend", "iotlens trend") },
}

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "schemagen:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	for name, schema := range published {
		data, err := render(schema)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func render(schema func() (*jsonschema.Schema, error)) ([]byte, error) {
	s, err := schema()
	if err != nil {
		return nil, err
	}
	walk(s, disallowNull)
	data, err := json.MarshalIndent(s, "", "  ")
	return append(data, '\n'), err
}

// schemaOf returns the schema of a type. String types with fixed values become enums; those in
// empty also allow the empty string.
func schemaOf[T any](name, title string, empty ...reflect.Type) (*jsonschema.Schema, error) {
	o := &jsonschema.ForOptions{TypeSchemas: map[reflect.Type]*jsonschema.Schema{}}
	collectEnums(reflect.TypeFor[T](), o.TypeSchemas, map[reflect.Type]bool{})
	for _, t := range append(empty, reflect.TypeFor[lens.Level](), reflect.TypeFor[lens.Fix]()) { // a lens need not have them
		if o.TypeSchemas[t] != nil {
			addEnum(o.TypeSchemas[t], []string{""})
		}
	}
	o.TypeSchemas[reflect.TypeFor[[]review.Answer]()] = &jsonschema.Schema{Types: []string{"null", "array"}, Items: earlierAnswer(o)}
	o.TypeSchemas[reflect.TypeFor[int32]()] = &jsonschema.Schema{Type: "integer"} // how many bits it has is no part of the format
	s, err := jsonschema.For[T](o)
	if err != nil {
		return nil, err
	}
	s.ID, s.Schema = base+name+".schema.json", "https://json-schema.org/draft/2020-12/schema"
	s.Title = title
	return s, nil
}

// collectEnums finds the types within a type that have fixed values.
func collectEnums(t reflect.Type, found map[reflect.Type]*jsonschema.Schema, seen map[reflect.Type]bool) {
	if seen[t] {
		return
	}
	seen[t] = true
	if enum, ok := reflect.Zero(t).Interface().(yamlfile.Enum); ok {
		found[t] = &jsonschema.Schema{Type: "string"}
		addEnum(found[t], enum.Values())
		return
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		collectEnums(t.Elem(), found, seen)
	case reflect.Struct:
		for i := range t.NumField() {
			collectEnums(t.Field(i).Type, found, seen)
		}
	}
}

// earlierAnswer returns the schema of an answer in a history: an answer without a history.
func earlierAnswer(o *jsonschema.ForOptions) *jsonschema.Schema {
	o.TypeSchemas[reflect.TypeFor[[]review.Answer]()] = &jsonschema.Schema{}
	s, err := jsonschema.For[review.Answer](o)
	if err != nil {
		panic("schemagen: " + err.Error()) // the type is ours
	}
	delete(s.Properties, "history")
	s.PropertyOrder = slices.DeleteFunc(s.PropertyOrder, func(key string) bool { return key == "history" })
	return s
}

func reportSchema() (*jsonschema.Schema, error) {
	return schemaOf[wire.Report]("report", "iotlens report")
}

// brandSchema is as strict as brand.Parse.
func brandSchema() (*jsonschema.Schema, error) {
	s, err := schemaOf[brand.File]("brand", "iotlens brand file")
	if err != nil {
		return nil, err
	}
	s.Properties["accent"].Pattern = "^#[0-9a-fA-F]{6}$"
	s.MinProperties = jsonschema.Ptr(1)
	walk(s, allowExtensionKeys)
	return s, nil
}

func reviewSchema() (*jsonschema.Schema, error) { return reviewSchemaOf(shipped.Lens()) }

func reviewSchemaOf(l *lens.Lens) (*jsonschema.Schema, error) {
	s, err := schemaOf[review.Review]("review", "iotlens review file")
	if err != nil {
		return nil, err
	}
	one, newest := 1.0, float64(review.Schema)
	s.Properties["schema"].Minimum, s.Properties["schema"].Maximum = &one, &newest
	s.Properties["lens_revision"].Minimum = &one
	s.Properties["lens_digest"].Pattern = "^[0-9a-f]{12}$"

	answer := s.Properties["answers"].AdditionalProperties
	var status any = review.NotApplicable
	for _, a := range []*jsonschema.Schema{answer, answer.Properties["history"].Items} {
		a.If = &jsonschema.Schema{Properties: map[string]*jsonschema.Schema{"status": {Const: &status}}}
		a.Then = &jsonschema.Schema{Required: []string{"reason"}}
	}
	open := s.Properties["unanswered"]
	details := open.AdditionalProperties
	for _, key := range []string{"status", "reason", "history"} {
		delete(details.Properties, key)
	}
	details.Required = nil
	details.PropertyOrder = slices.DeleteFunc(details.PropertyOrder, func(key string) bool { return details.Properties[key] == nil })
	practice := &jsonschema.Schema{Type: "string", Description: "id of a best practice"}
	addEnum(practice, l.PracticeIDs())
	s.Defs = map[string]*jsonschema.Schema{"answer": answer, "practice": practice}
	answers := s.Properties["answers"]
	answers.AdditionalProperties = nothing()
	answers.Properties = map[string]*jsonschema.Schema{}
	for _, p := range l.All() {
		answers.Properties[p.ID] = &jsonschema.Schema{Ref: "#/$defs/answer", Description: p.Title}
	}
	s.Defs["details"] = details
	open.AdditionalProperties, open.Properties = nothing(), map[string]*jsonschema.Schema{}
	for _, p := range l.All() {
		open.Properties[p.ID] = &jsonschema.Schema{Ref: "#/$defs/details", Description: p.Title}
	}

	profile := s.Properties["workload"].Properties["profile"].Properties
	addEnum(profile["segment"], lens.TermIDs(l.Segments))
	addEnum(profile["stage"], lens.TermIDs(l.Stages))
	addEnum(profile["device_classes"].Items, lens.TermIDs(l.DeviceClasses))
	addEnum(profile["protocols"].Items, lens.TermIDs(l.Protocols))
	addEnum(profile["power"].Items, lens.TermIDs(l.Power))
	addEnum(profile["connectivity"].Items, lens.TermIDs(l.Connectivity))
	addEnum(profile["scenarios"].Items, l.ScenarioIDs())
	addEnum(profile["markets"].Items, lens.TermIDs(l.Markets))
	addEnum(profile["audience"].Items, lens.TermIDs(l.Audiences))
	addEnum(profile["product_class"], lens.TermIDs(l.ProductClasses))
	profile["first_market"].Format = "date"
	scope := s.Properties["scope"].Properties
	addEnum(scope["pillars"].Items, l.PillarIDs())
	addEnum(scope["layers"].Items, l.LayerIDs())
	addEnum(scope["scenarios"].Items, l.ScenarioIDs())
	addEnum(scope["questions"].Items, l.QuestionIDs())
	for _, list := range []string{"waivers", "parked"} {
		of := s.Properties[list].Items.Properties
		of["practice"] = &jsonschema.Schema{Ref: "#/$defs/practice", Description: of["practice"].Description}
	}
	walk(s, allowExtensionKeys)
	addRetired(s, l)
	return s, nil
}

// addRetired allows retired ids wherever current ids are allowed.
func addRetired(s *jsonschema.Schema, l *lens.Lens) {
	for _, r := range l.Retired {
		s.Properties["answers"].Properties[r.ID] = &jsonschema.Schema{Ref: "#/$defs/answer", Description: r.String(), Deprecated: true}
		addEnum(s.Defs["practice"], []string{r.ID})
		addEnum(s.Properties["scope"].Properties["questions"].Items, []string{r.ID})
	}
}

// visit visits a schema and those within it.
func walk(s *jsonschema.Schema, each func(*jsonschema.Schema)) {
	if s == nil {
		return
	}
	each(s)
	walk(s.Items, each)
	for _, p := range s.Properties {
		walk(p, each)
	}
	for _, d := range s.Defs {
		walk(d, each)
	}
}

// disallowNull disallows null for lists and objects, as iotlens never writes it.
func disallowNull(s *jsonschema.Schema) {
	if s.Items != nil {
		s.Type, s.Types = "array", nil
	}
	if s.AdditionalProperties != nil && s.Properties == nil {
		s.Type, s.Types = "object", nil
	}
}

func addEnum(s *jsonschema.Schema, known []string) {
	for _, k := range known {
		s.Enum = append(s.Enum, k)
	}
}

func nothing() *jsonschema.Schema { return &jsonschema.Schema{Not: &jsonschema.Schema{}} }

// allowExtensionKeys allows keys of the user, which begin with x-, in an object.
func allowExtensionKeys(s *jsonschema.Schema) {
	if s.Properties != nil {
		s.PatternProperties = map[string]*jsonschema.Schema{"^x-": {}}
	}
}
