package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/policy"
)

// wildcards are the characters that make a path a pattern.
const wildcards = "*?["

// reviewSuffix is the end of the name of a review, by which it is found in a folder.
const reviewSuffix = ".review.yaml"

// findReviews lists the reviews that arguments name, each once. An argument is a file, a
// folder to search with its subfolders, a pattern, or a policy file, which stands for the
// reviews in its folder.
func findReviews(args []string) ([]string, error) {
	var out []string
	for _, arg := range args {
		files, err := expandArg(arg)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			if !slices.ContainsFunc(out, func(known string) bool {
				return known == f || disk.SameFile(known, f) && !disk.IsLink(f) && !disk.IsLink(known)
			}) {
				out = append(out, f)
			}
		}
	}
	return out, nil
}

// expandArg lists the reviews that one argument names.
func expandArg(arg string) ([]string, error) {
	fixed := arg // the folder before the first wildcard
	for strings.ContainsAny(fixed, wildcards) {
		fixed = filepath.Dir(fixed)
	}
	var found []string
	var err error
	switch {
	case arg == disk.Stdin:
		return []string{arg}, nil
	case disk.IsFolder(arg):
		found, err = disk.List(arg, reviewSuffix, true)
	case filepath.Base(arg) == policy.FileName && disk.IsFile(arg):
		found, err = disk.List(filepath.Dir(arg), reviewSuffix, true)
	case fixed != arg && !disk.Exists(arg):
		found, err = disk.List(fixed, "", true)
		pattern := splitPath(filepath.Clean(arg))
		found = slices.DeleteFunc(found, func(f string) bool { return !matchPath(pattern, splitPath(f)) })
	default:
		return []string{arg}, nil
	}
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("%s: no review found; give the file itself, or name it NAME%s", disk.DisplayPath(arg), reviewSuffix)
	}
	return found, err
}

func splitPath(path string) []string { return strings.Split(path, string(filepath.Separator)) }

// matchPath reports whether a path matches a pattern, element by element. ** matches any
// number of folders. An invalid pattern matches nothing.
func matchPath(pattern, path []string) bool {
	for len(pattern) > 0 {
		if pattern[0] == "**" {
			for i := range len(path) + 1 {
				if matchPath(pattern[1:], path[i:]) {
					return true
				}
			}
			return false
		}
		if len(path) == 0 {
			return false
		}
		if ok, _ := filepath.Match(pattern[0], path[0]); !ok {
			return false
		}
		pattern, path = pattern[1:], path[1:]
	}
	return len(path) == 0
}

// sourcePath returns a path for annotations of a pipeline: relative to the root of the
// repository on GitHub and GitLab, otherwise as in a report.
func (a *app) sourcePath(file string) string {
	for _, variable := range []string{"GITHUB_WORKSPACE", "CI_PROJECT_DIR"} {
		root := a.env(variable)
		if root == "" {
			continue
		}
		if below, err := filepath.Rel(disk.RealPath(root), disk.RealPath(file)); err == nil && filepath.IsLocal(below) {
			return filepath.ToSlash(below)
		}
	}
	return portablePath(file)
}
