package gitref

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// Versions are those of a file that git could not merge: of the common ancestor, of the
// current branch and of the other one. Each is nil if the file is not there.
type Versions struct{ Base, Current, Other []byte }

// ErrNoConflict tells that a file has no conflict in git's index.
var ErrNoConflict = errors.New("has no merge conflict in git")

// Unmerged reads the versions of a file that has a conflict in the index of its
// repository, each up to a limit in bytes.
func Unmerged(file string, limit int64) (Versions, error) {
	var v Versions
	c := Commit{root: filepath.Dir(file)}
	list, err := c.run(1<<16, "--literal-pathspecs", "ls-files", "--unmerged", "-z", "--", filepath.Base(file))
	if err != nil {
		return v, err
	}
	into := map[string]*[]byte{"1": &v.Base, "2": &v.Current, "3": &v.Other}
	found := false
	for entry := range strings.SplitSeq(string(list), "\x00") {
		of, _, _ := strings.Cut(entry, "\t")
		fields := strings.Fields(of) // mode, object, stage
		if len(fields) != 3 || into[fields[2]] == nil {
			continue
		}
		if fields[0] == "120000" || fields[0] == "160000" {
			return v, errors.New("is not a regular file in git")
		}
		found = true
		if *into[fields[2]], err = c.run(limit, "cat-file", "blob", fields[1]); err != nil {
			return v, fmt.Errorf("version %s in git: %w", fields[2], err)
		}
	}
	if !found {
		return v, ErrNoConflict
	}
	return v, nil
}
