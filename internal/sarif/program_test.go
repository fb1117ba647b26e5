package sarif_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/sarif"
	"github.com/stretchr/testify/assert"
)

// semanticVersion is set only if the version follows Semantic Versioning (section 3.19.12).
func TestProgramDriverVersion(t *testing.T) {
	for version, want := range map[string]string{
		"v1.2.3":      "1.2.3",
		"1.2.3-rc.1":  "1.2.3-rc.1",
		"v1.2.3+meta": "1.2.3+meta",
		"v0.0.0-20261128180553-e882bf1a1b2c+dirty": "0.0.0-20261128180553-e882bf1a1b2c+dirty",
		"v1.2":               "",
		"v01.2.3":            "",
		"e882bf1a1b2c-dirty": "",
		"dev":                "",
		"":                   "",
	} {
		d := sarif.ProgramDriver(version)
		assert.Equal(t, want, d.SemanticVersion, version)
		assert.Equal(t, version, d.Version)
	}
}
