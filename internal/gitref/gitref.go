// Package gitref reads files as they are in a commit of the repository that holds a
// folder, or in its index where they could not be merged, with the git program.
//
// It is the one package that starts git: with fixed arguments, without a shell, without
// fetching anything, and only to read. Neither hooks nor filters nor an external diff of
// the repository run for these commands. A name from the command line or from a policy
// file follows --end-of-options.
package gitref

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
)

// Prefix is what a file in a commit begins with on the command line: git:REF or
// git:REF:PATH.
const Prefix = "git:"

// Split splits git:REF[:PATH]; false if it is not of that form.
func Split(s string) (ref, file string, ok bool) {
	s, ok = strings.CutPrefix(s, Prefix)
	ref, file, _ = strings.Cut(s, ":")
	return ref, file, ok
}

// A Commit is a commit of a local repository.
type Commit struct {
	Ref  string // as it was given
	root string // of the repository
	id   string
}

// Open finds the commit of a ref in the repository of a folder.
func Open(dir, ref string) (*Commit, error) {
	c := &Commit{Ref: ref, root: dir}
	root, err := c.run(1<<16, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, fmt.Errorf("%s%s: %w", Prefix, ref, err)
	}
	id, err := c.run(1<<10, "rev-parse", "--verify", "--quiet", "--end-of-options", ref+"^{commit}")
	if err != nil {
		hint := ""
		if shallow, _ := c.run(1<<10, "rev-parse", "--is-shallow-repository"); line(shallow) == "true" {
			hint = "; this clone is shallow: fetch the ref first, as with git fetch origin, or check out with fetch-depth: 0"
		}
		return nil, fmt.Errorf("%s%s: unknown ref%s", Prefix, ref, hint)
	}
	c.root, c.id = line(root), line(id)
	return c, nil
}

// Path returns the path of a file from the root of the repository, with slashes.
func (c *Commit) Path(file string) (string, error) {
	rel, err := filepath.Rel(disk.RealPath(c.root), filepath.Join(disk.RealPath(filepath.Dir(file)), filepath.Base(file)))
	if err != nil || !filepath.IsLocal(rel) {
		return "", fmt.Errorf("%s is outside of the repository %s", file, c.root)
	}
	return filepath.ToSlash(rel), nil
}

// Name is git:REF:PATH for a path in the commit.
func (c *Commit) Name(file string) string { return Prefix + c.Ref + ":" + file }

// Read reads a file of at most limit bytes by its path from the root of the repository, with
// slashes. The error is fs.ErrNotExist if the commit does not have it.
func (c *Commit) Read(file string, limit int64) ([]byte, error) {
	if !fs.ValidPath(path.Clean(file)) {
		return nil, fmt.Errorf("%s: must be a path from the root of the repository", c.Name(file))
	}
	list, err := c.run(1<<16, "--literal-pathspecs", "ls-tree", "-z", "--full-tree", c.id, "--", path.Clean(file))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Name(file), err)
	}
	entry := strings.Fields(string(list))
	switch {
	case len(entry) < 3:
		return nil, &notFoundError{c.Name(file)}
	case entry[0] == "120000" || entry[1] != "blob":
		return nil, fmt.Errorf("%s: is not a regular file", c.Name(file))
	}
	data, err := c.run(limit, "cat-file", "blob", entry[2])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Name(file), err)
	}
	return data, nil
}

// notFoundError is the error for a file that a commit does not have.
type notFoundError struct{ name string }

func (e *notFoundError) Error() string        { return e.name + ": no such file in that commit" }
func (e *notFoundError) Is(target error) bool { return target == fs.ErrNotExist }

// run runs git in the repository and returns its output, which may have at most limit bytes.
func (c *Commit) run(limit int64, args ...string) ([]byte, error) {
	git, err := exec.LookPath("git")
	if err != nil {
		return nil, errors.New("the git program was not found; give files instead of git refs")
	}
	var stderr bytes.Buffer
	cmd := exec.Command(git, append([]string{"--no-pager", "--no-optional-locks", "-c", "protocol.allow=never", "-c", "core.fsmonitor=false"}, args...)...)
	cmd.Dir, cmd.Stderr = c.root, &stderr
	cmd.Env = append(os.Environ(), "GIT_NO_LAZY_FETCH=1", "GIT_NO_REPLACE_OBJECTS=1", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C")
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(out, limit+1))
	if int64(len(data)) > limit {
		_ = cmd.Process.Kill()
		err = fmt.Errorf("is larger than the limit of %d bytes", limit)
	}
	if failed := cmd.Wait(); err == nil && failed != nil {
		first, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n")
		err = errors.New(strings.TrimPrefix(first, "fatal: "))
		if first == "" {
			err = failed
		}
	}
	return data, err
}

// line is a line of output without its end.
func line(b []byte) string { return strings.TrimSpace(string(b)) }
