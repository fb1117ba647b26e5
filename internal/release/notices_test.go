package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheNoticesAreCurrent(t *testing.T) {
	want, err := notices(root)
	require.NoError(t, err)
	got, err := os.ReadFile(filepath.Join(root, noticesFile))
	require.NoError(t, err)
	assert.Equal(t, want, string(got), "go generate ./internal/release writes %s anew", noticesFile)
}

// The notices include fonts, notices beside a licence, and modules of one system only.
func TestTheNoticesHaveAllThatIsLinked(t *testing.T) {
	modules, err := linkedModules(root)
	require.NoError(t, err)
	of := func(path string) linkedModule {
		i := slices.IndexFunc(modules, func(m linkedModule) bool { return m.Path == path })
		require.GreaterOrEqual(t, i, 0, path)
		return modules[i]
	}
	assert.Equal(t, []string{"BSD-3-Clause", "OFL-1.1"}, of("github.com/go-fonts/liberation").licences())
	assert.Equal(t, []string{"windows/amd64", "windows/arm64"}, of("github.com/inconshreveable/mousetrap").Platforms)
	var names []string
	for _, x := range of("gopkg.in/yaml.v3").Texts {
		names = append(names, x.Name)
	}
	assert.Equal(t, []string{"LICENSE", "NOTICE"}, names)
	assert.Contains(t, of("github.com/spf13/cobra").Needs, "github.com/spf13/pflag")
	for _, m := range modules {
		assert.NotContains(t, []string{modulePath, "github.com/stretchr/testify"}, m.Path)
	}
}

func TestAnUnknownLicenceIsRefused(t *testing.T) {
	with := func(path, name, text string) linkedModule {
		return linkedModule{Path: path, Texts: []licenceText{{Name: name, Licences: identifyLicences(name, text), Text: text}}}
	}
	gpl := "This program is free software: you can redistribute it and/or modify it under the terms of the GNU General Public License as published by the Free Software Foundation, either version 3 of the License, or (at your option) any later version."
	mit, err := readText(filepath.Join(root, "LICENSE"))
	require.NoError(t, err)
	assert.NoError(t, checkLicences([]linkedModule{with("example.com/mit", "LICENSE", mit)}))
	err = checkLicences([]linkedModule{with("example.com/mit", "LICENSE", mit), with("example.com/gpl", "COPYING", gpl), with("example.com/none", "NOTICE", "Hello.")})
	require.Error(t, err)
	lines := strings.Split(err.Error(), "\n")
	require.Len(t, lines, 3)
	assert.Regexp(t, `^example\.com/gpl: GPL-3\.0`, lines[1])
	assert.Equal(t, "example.com/none: no licence was found", lines[2])
}

// Equal texts appear once, under all modules that have them.
func TestATextStandsOnce(t *testing.T) {
	same := licenceText{Name: "LICENSE", Text: "A\n"}
	groups := sameText([]linkedModule{
		{Path: "a", Texts: []licenceText{same}},
		{Path: "b", Texts: []licenceText{{Name: "LICENSE", Text: "B\n"}, {Name: "NOTICE", Text: "A\n"}}},
	})
	assert.Equal(t, []textGroup{{"A\n", []string{"a (LICENSE)", "b (NOTICE)"}}, {"B\n", []string{"b (LICENSE)"}}}, groups)
}
