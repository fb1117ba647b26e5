package main

import (
	"github.com/google/jsonschema-go/jsonschema"
	"github.com/iotlens/iotlens/internal/wa/lint"
)

// lintSchema does not list codes and names, since new checks add some and older output must
// stay valid.
func lintSchema() (*jsonschema.Schema, error) {
	s, err := schemaOf[lint.ReportJSON]("lint", "iotlens lens lint")
	if err != nil {
		return nil, err
	}
	var version any = lint.SchemaVersion
	s.Properties["schema_version"].Const = &version
	file := s.Properties["files"].Items.Properties
	addEnum(file["findings"].Items.Properties["severity"], lint.Severities())
	one, none := 1.0, 0.0
	for _, list := range []string{"findings", "fixed"} {
		of := file[list].Items.Properties
		of["code"].Pattern = "^WA[0-9]{3}$"
		for _, key := range []string{"line", "column", "end_line", "end_column"} {
			if of[key] != nil {
				of[key].Minimum = &one
			}
		}
	}
	for _, n := range s.Properties["counts"].Properties {
		n.Minimum = &none
	}
	return s, nil
}
