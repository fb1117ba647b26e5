package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	cdx "github.com/CycloneDX/cyclonedx-go"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// validSBOM holds a bill of materials against the official schema of CycloneDX, which
// comes with the library.
func validSBOM(t *testing.T, data []byte) {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/CycloneDX/cyclonedx-go").Output()
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	const address = "http://cyclonedx.org/schema/"
	for name, file := range map[string]string{
		"bom-1.6.schema.json": "bom-1.6.schema.json", "spdx.schema.json": "spdx.schema.json", "jsf-0.82.schema.json": "jsf-0.82.schemax.json",
	} {
		data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "schema", file))
		require.NoError(t, err)
		resource, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		require.NoError(t, err)
		require.NoError(t, compiler.AddResource(address+name, resource))
	}
	schema, err := compiler.Compile(address + "bom-1.6.schema.json")
	require.NoError(t, err)
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	require.NoError(t, err)
	assert.NoError(t, schema.Validate(v))
}

func TestTheBillOfMaterials(t *testing.T) {
	modules, err := linkedModules(root)
	require.NoError(t, err)
	var first, second bytes.Buffer
	require.NoError(t, writeSBOM(&first, modules, "1.98.7", "go1.26.8", atTest))
	require.NoError(t, writeSBOM(&second, modules, "1.98.7", "go1.26.8", atTest))
	assert.Equal(t, first.String(), second.String())
	validSBOM(t, first.Bytes())

	var bom cdx.BOM
	require.NoError(t, cdx.NewBOMDecoder(&first, cdx.BOMFileFormatJSON).Decode(&bom))
	assert.Equal(t, "pkg:golang/github.com/iotlens/iotlens@v1.98.7", bom.Metadata.Component.PackageURL)
	assert.Equal(t, "2026-11-28T12:00:00Z", bom.Metadata.Timestamp)
	assert.Len(t, *bom.Components, len(modules)+1)
	refs := map[string]bool{bom.Metadata.Component.BOMRef: true}
	for _, c := range *bom.Components {
		assert.NotEmpty(t, *c.Licenses, c.Name)
		refs[c.BOMRef] = true
	}
	assert.Len(t, *bom.Dependencies, len(refs))
	for _, d := range *bom.Dependencies {
		assert.True(t, refs[d.Ref], d.Ref)
		if d.Dependencies != nil {
			for _, on := range *d.Dependencies {
				assert.True(t, refs[on], "%s needs %s", d.Ref, on)
			}
		}
	}
}

func TestAPlusInAVersionIsEncoded(t *testing.T) {
	assert.Equal(t, "pkg:golang/example.com/x@v2.0.0%2Bincompatible", purl("example.com/x", "v2.0.0+incompatible"))
}
