package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/policy"
)

// reviewSuffix is how the name of a review ends that a gate finds in a folder.
const reviewSuffix = ".review.yaml"

// reviewsOf lists the reviews that arguments name: files, the reviews of a folder and of
// those in it, those that a pattern matches, and those that a policy file is for. Each
// is listed once.
func reviewsOf(args []string) ([]string, error) {
	var out []string
	for _, arg := range args {
		files, err := reviewsOfOne(arg)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			if !slices.ContainsFunc(out, func(known string) bool {
				return known == f || disk.Same(known, f) && !disk.IsLink(f) && !disk.IsLink(known)
			}) {
				out = append(out, f)
			}
		}
	}
	return out, nil
}

func reviewsOfOne(arg string) ([]string, error) {
	const wildcards = "*?["
	fixed := arg // the folder before the first wildcard
	for strings.ContainsAny(fixed, wildcards) {
		fixed = filepath.Dir(fixed)
	}
	var found []string
	var err error
	switch {
	case disk.IsFolder(arg):
		found, err = disk.List(arg, reviewSuffix, true)
	case filepath.Base(arg) == policy.FileName && disk.IsFile(arg):
		found, err = disk.List(filepath.Dir(arg), reviewSuffix, true)
	case fixed != arg && !disk.Exists(arg):
		found, err = disk.List(fixed, "", true)
		found = slices.DeleteFunc(found, func(f string) bool {
			ok, _ := filepath.Match(filepath.Clean(arg), f) // a bad pattern matches nothing
			return !ok
		})
	default:
		return []string{arg}, nil
	}
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("%s: no review found; name it, or call it NAME%s", disk.Shown(arg), reviewSuffix)
	}
	return found, err
}

// source is a file as a pipeline names it: from the root of the repository where
// GitHub or GitLab says which that is, or else as in a report.
func (a *app) source(file string) string {
	for _, variable := range []string{"GITHUB_WORKSPACE", "CI_PROJECT_DIR"} {
		root := a.env(variable)
		if root == "" {
			continue
		}
		if below, err := filepath.Rel(disk.Real(root), disk.Real(file)); err == nil && filepath.IsLocal(below) {
			return filepath.ToSlash(below)
		}
	}
	return portable(file)
}
