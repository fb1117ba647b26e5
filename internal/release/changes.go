package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

// changes is what CHANGELOG.md says of a version, as the notes of its release: the
// section "## 1.2.3 - 2027-01-31".
func changelogSection(root, version string) (string, error) {
	file := filepath.Join(root, "CHANGELOG.md")
	text, err := readText(file)
	if err != nil {
		return "", err
	}
	for _, section := range strings.Split(text, "\n## ")[1:] {
		title, body, _ := strings.Cut(section, "\n")
		if of, _, _ := strings.Cut(title, " "); of == version {
			return strings.TrimSpace(body) + "\n", nil
		}
	}
	return "", fmt.Errorf("%s has no section \"## %s\"; give the section Unreleased this title, with the day", file, version)
}
