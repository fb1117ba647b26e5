//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// vuln runs .ci/vuln with a go whose database module is there or not, and whose
// govulncheck ends as a script says.
func vuln(t *testing.T, module bool, govulncheck string, args ...string) (int, string) {
	t.Helper()
	tools := t.TempDir()
	download := "echo 'module lookup disabled' >&2; exit 1"
	if module {
		download = `printf '{\n\t"Path": "golang.org/x/vulndb",\n\t"Version": "v0.0.0-20261105234957-e22db6528018",\n\t"Dir": "/modules/vulndb",\n\t"Sum": "h1:x"\n}\n'`
	}
	script := "#!/bin/sh\ncase $1 in\nmod) " + download + " ;;\nbuild) cat >\"$4/govulncheck\" <<'END'\n#!/bin/sh\n[ \"$1 $2\" = '-db file:///modules/vulndb/data/osv' ] || exit 9\n" + govulncheck +
		"\nEND\nchmod +x \"$4/govulncheck\" ;;\nesac\n"
	require.NoError(t, os.WriteFile(filepath.Join(tools, "go"), []byte(script), 0o755))
	c := exec.Command(filepath.Join(root, ".ci", "vuln"), args...)
	c.Env = append(os.Environ(), "PATH="+tools+":"+os.Getenv("PATH"))
	out, err := c.CombinedOutput()
	if c.ProcessState == nil {
		require.NoError(t, err)
	}
	return c.ProcessState.ExitCode(), string(out)
}

func TestVulnerabilities(t *testing.T) {
	const (
		none      = "echo 'No vulnerabilities found.'"
		inModule  = "printf 'Vulnerability #1: GO-2026-0001\\n  Module: example.com/m\\n    Found in: example.com/m@v1.0.0\\n      #1: a trace\\n'; exit 3"
		inGo      = "printf 'Vulnerability #1: GO-2026-0002\\n  Standard library\\n    Found in: os@go1.26.8\\n'; exit 3"
		onWindows = "[ $GOOS = windows ] || exit 0\n" + inModule
	)
	for name, c := range map[string]struct {
		module      bool
		govulncheck string
		args        []string
		code        int
		says        string
	}{
		"none":                            {true, none, nil, 0, "Vulnerabilities on darwin, by the database of 20261105:\nNo vulnerabilities found."},
		"in a module":                     {true, inModule, nil, 3, "GO-2026-0001"},
		"on one system only":              {true, onWindows, nil, 3, "GO-2026-0001"},
		"in the toolchain":                {true, inGo, nil, 0, "GO-2026-0002"},
		"in the toolchain, for a release": {true, inGo, []string{"--toolchain"}, 3, "GO-2026-0002"},
		"a fault of the tool":             {true, "echo no packages >&2; exit 1", nil, 1, "no packages"},
		"no database":                     {false, none, nil, 0, "NOT CHECKED for vulnerabilities: the database golang.org/x/vulndb cannot be reached:\nmodule lookup disabled"},
	} {
		t.Run(name, func(t *testing.T) {
			code, said := vuln(t, c.module, c.govulncheck, c.args...)
			assert.Equal(t, c.code, code, said)
			assert.Contains(t, said, c.says)
			assert.NotContains(t, said, "a trace")
		})
	}
}
