package cli

import (
	"bytes"
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestTheVersionOfABuild(t *testing.T) {
	for name, c := range map[string]struct {
		info debug.BuildInfo
		want string
	}{
		"go install at a version": {debug.BuildInfo{Main: debug.Module{Version: "v1.4.0"}}, "v1.4.0"},
		"go build in a clone":     {debug.BuildInfo{Main: debug.Module{Version: "v0.0.0-20261128180553-e882bf1a1b2c+dirty"}}, "v0.0.0-20261128180553-e882bf1a1b2c+dirty"},
		"without a commit":        {debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}, "dev"},
		"without a module":        {debug.BuildInfo{}, "dev"},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, buildVersion(&c.info)) })
	}
}

func TestStampedVersionWins(t *testing.T) {
	Version = "v9.9.9"
	defer func() { Version = "" }()
	assert.Equal(t, "v9.9.9", programVersion())
}

func TestVersionFlagPrintsTheSameAsTheCommand(t *testing.T) {
	said := func(arg string) string {
		var out bytes.Buffer
		assert.Equal(t, Done, Main([]string{arg}, IO{Out: &out, Err: &out, Version: "v1.2.3"}))
		return out.String()
	}
	assert.Regexp(t, `^iotlens v1\.2\.3 \(go.*\)\nAWS Well-Architected IoT Lens, version \d{4}-\d{2}-\d{2}, revision \d+ \([0-9a-f]{12}\)\n$`, said("version"))
	assert.Equal(t, said("version"), said("--version"))
}
