package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// noticesFile is the file of the notices in the repository, and in what is released.
const noticesFile = "THIRD_PARTY_NOTICES.txt"

const noticesHead = `Third-party notices of iotlens

The program holds the software, fonts and data listed here, with the licences and
notices that go with them. Versions are in go.mod and in the software bill of
materials of a release. The licence of iotlens itself is in the file LICENSE.

Made by go generate ./internal/release
`

// notices are the licences and notices of all that is linked into the program. It
// fails where a module has no licence, or none of those that are allowed.
func notices(root string) (string, error) {
	modules, err := linkedModules(root)
	if err != nil {
		return "", err
	}
	if err := checkLicences(modules); err != nil {
		return "", err
	}
	goRoot, err := goTool(root, nil, "env", "GOROOT")
	if err != nil {
		return "", err
	}
	standard := linkedModule{Path: "Go, its runtime and standard library"}
	dir := strings.TrimSpace(string(goRoot))
	if err := findLicenceTexts(dir, dir, map[string]bool{}, &standard); err != nil {
		return "", err
	}
	if len(standard.licences()) == 0 {
		return "", fmt.Errorf("%s: the Go toolchain has no LICENSE; use one from go.dev, such as with GOTOOLCHAIN=go1.26.0", dir)
	}
	data, err := readText(filepath.Join(root, "frameworks", "LICENSES.md"))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString(noticesHead)
	modules = append([]linkedModule{standard}, modules...)
	b.WriteString("\n")
	for _, m := range modules {
		fmt.Fprintf(&b, "  %s: %s\n", m.Path, strings.Join(m.licences(), ", "))
	}
	for _, group := range sameText(modules) {
		heading(&b, group.of...)
		b.WriteString(group.text)
	}
	heading(&b, "The laws and standards in the folder frameworks")
	_, data, _ = strings.Cut(data, "\n") // its title
	b.WriteString(strings.TrimSpace(data) + "\n")
	return b.String(), nil
}

func heading(b *strings.Builder, lines ...string) {
	rule := strings.Repeat("-", 80) + "\n"
	b.WriteString("\n" + rule + strings.Join(lines, "\n") + "\n" + rule + "\n")
}

// A textGroup is a text with those whose text it is.
type textGroup struct {
	text string
	of   []string
}

// sameText lists each text once, in the order of the modules.
func sameText(modules []linkedModule) []textGroup {
	var groups []textGroup
	for _, m := range modules {
		for _, t := range m.Texts {
			i := slices.IndexFunc(groups, func(g textGroup) bool { return g.text == t.Text })
			if i < 0 {
				i, groups = len(groups), append(groups, textGroup{text: t.Text})
			}
			groups[i].of = append(groups[i].of, m.Path+" ("+t.Name+")")
		}
	}
	return groups
}

// allowedLicences are those under which a program may be given away as a binary, to
// anyone and for any purpose, as long as the notices go with it.
var allowedLicences = []string{"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "OFL-1.1"}

// allowed returns an error that names each module without a licence, or with one that
// nobody has looked at yet.
func checkLicences(modules []linkedModule) error {
	var bad []string
	for _, m := range modules {
		ids := m.licences()
		other := slices.ContainsFunc(ids, func(id string) bool { return !slices.Contains(allowedLicences, id) })
		if len(ids) == 0 || other {
			bad = append(bad, m.Path+": "+cmp.Or(strings.Join(ids, ", "), "no licence was found"))
		}
	}
	if bad == nil {
		return nil
	}
	return fmt.Errorf("licences that are not allowed in internal/release/notices.go:\n%s", strings.Join(bad, "\n"))
}

// writeNotices writes the notices into the repository.
func writeNotices(root string) error {
	text, err := notices(root)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, noticesFile), []byte(text), 0o644)
}
