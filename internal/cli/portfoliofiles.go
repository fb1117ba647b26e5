package cli

import (
	"bytes"
	"cmp"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/text"
)

// An unreadFile is a file that a portfolio leaves out, and why.
type unreadFile struct {
	file string
	err  error
}

// problems lists the problems of the file, with line numbers and without its name.
func (u unreadFile) problems() []string {
	var out []string
	for problem := range strings.Lines(u.err.Error()) {
		problem = strings.TrimSuffix(problem, "\n")
		of, found := strings.CutPrefix(problem, disk.DisplayPath(u.file)+":")
		if !found {
			out = append(out, problem)
			continue
		}
		line, text, _ := strings.Cut(of, ": ")
		if _, err := strconv.Atoi(line); err == nil {
			of = "line " + line + ": " + text
		}
		out = append(out, strings.TrimSpace(of))
	}
	return out
}

// A candidate is a file that may be a review.
type candidate struct {
	file  string
	named bool // named by an argument, so it must be a review
}

// findWorkloads lists the reviews that the arguments of a portfolio name, sorted, each once.
// It also returns the arguments that name no review.
func (a *app) findWorkloads(args []string) ([]candidate, []unreadFile, error) {
	var found []candidate
	var unread []unreadFile
	add := func(arg string) {
		files, err := expandArg(arg)
		if err != nil {
			unread = append(unread, unreadFile{arg, err})
		}
		for _, f := range files {
			if named := f == arg; named || !rescueName().MatchString(f) {
				found = append(found, candidate{f, named})
			}
		}
	}
	for _, arg := range args {
		if arg != disk.Stdin {
			add(arg)
			continue
		}
		names, err := a.readPathList()
		if err != nil {
			return nil, nil, err
		}
		for _, name := range names {
			if disk.IsFolder(name) {
				add(name)
			} else if !rescueName().MatchString(name) {
				found = append(found, candidate{name, false})
			}
		}
	}
	return deduplicate(found), unread, nil
}

// deduplicate sorts files and removes duplicates. Of a file and links to it, directly or
// through a folder, it keeps the file.
func deduplicate(found []candidate) []candidate {
	folders, seen := map[string]string{}, map[string]bool{}
	var out, links []candidate
	take := func(c candidate, file string) {
		if !seen[file] {
			seen[file] = true
			out = append(out, c)
		}
	}
	slices.SortFunc(found, func(x, y candidate) int { return cmp.Compare(x.file, y.file) })
	for _, c := range found {
		if disk.IsLink(c.file) {
			links = append(links, c)
			continue
		}
		dir := filepath.Dir(c.file)
		if folders[dir] == "" {
			folders[dir] = disk.RealPath(dir)
		}
		take(c, filepath.Join(folders[dir], filepath.Base(c.file)))
	}
	for _, c := range links {
		take(c, disk.RealPath(c.file))
	}
	slices.SortFunc(out, func(x, y candidate) int { return cmp.Compare(x.file, y.file) })
	return out
}

// reportNames returns a function that gives the name of a file in a report: its path as it
// was given, with slashes. Absolute paths outside the working folder are made relative to
// the folder that they share, because reports are read on other machines.
func reportNames(files []candidate) func(file string) string {
	wd := disk.RealPath(".")
	outside := func(file string) bool {
		below, err := filepath.Rel(wd, file)
		return filepath.IsAbs(file) && (err != nil || !filepath.IsLocal(below))
	}
	shared, found := "", false
	for _, c := range files {
		if !outside(c.file) {
			continue
		}
		if dir := filepath.Dir(c.file); !found {
			shared, found = dir, true
		}
		for !isBelow(c.file, shared) {
			shared = filepath.Dir(shared)
		}
	}
	return func(file string) string {
		if found && outside(file) && isBelow(file, shared) {
			below, _ := filepath.Rel(shared, file) // no error: both are absolute
			return filepath.ToSlash(below)
		}
		return portablePath(file)
	}
}

// isBelow reports whether a path is below a folder, without following links.
func isBelow(file, folder string) bool {
	below, err := filepath.Rel(folder, file)
	return err == nil && filepath.IsLocal(below) || folder == filepath.Dir(folder)
}

// readPathList reads a list of paths from standard input.
func (a *app) readPathList() ([]string, error) {
	data, err := readFile(disk.Stdin)
	if err != nil {
		return nil, err
	}
	out := splitPaths(data)
	if len(out) == 0 {
		return nil, errors.New("standard input has no paths; write one on each line, or give the reviews as arguments")
	}
	return out, nil
}

// splitPaths splits a list of paths: one on each line, or separated by NUL characters as
// find -print0 and git ls-files -z write them.
func splitPaths(data []byte) []string {
	end := "\n"
	if bytes.IndexByte(data, 0) >= 0 {
		end = "\x00"
	}
	var out []string
	for name := range strings.SplitSeq(string(data), end) {
		if end == "\n" {
			name = strings.TrimSuffix(name, "\r")
		}
		if name != "" {
			out = append(out, name)
		}
	}
	return out
}

// notAReview reports whether a file is of another kind than a review, so that it can be
// skipped if no argument names it.
func notAReview(file string, data []byte) bool {
	kind := filekind.Detect(data)
	return kind != filekind.Review && (kind != filekind.Other || !strings.HasSuffix(file, reviewSuffix))
}

// rescueName matches the names of rescue files; see review.RescuePath.
var rescueName = text.Pattern(`\.rescue(-[0-9]+)?\.yaml$`)
