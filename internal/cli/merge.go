package cli

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/gitref"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/spf13/cobra"
)

type mergeOptions struct {
	base, current, other string // of the files; empty: those of git's index
	file                 string // that has a conflict in git's index
	output               string // empty: standard output
	take                 string
	path                 string // run by git, which merges this file
}

// What is taken of a conflict without a question.
const (
	takeCurrent = "current"
	takeOther   = "other"
	takeNone    = "none"
)

// noBase is the name of a base that there is not, on every system, as git has it.
const noBase = "/dev/null"

func (a *app) mergeCommand() *cobra.Command {
	o := &mergeOptions{}
	c := &cobra.Command{
		Use:   "merge BASE CURRENT OTHER [-o OUT] | merge FILE",
		Short: "Merge two versions of a review, answer by answer",
		Long: `Merge two versions of a review that were changed side by side since a common one,
by best practice and field. What only one of them changed is taken; lists and
histories are joined; comments and keys that begin with x- are kept from both.
CURRENT is laid out as it was.

What both changed to different values is a conflict. Conflicts are listed, and
asked one by one on a terminal; --take decides all of them without a question. An
answer that is not taken goes to the history. What nobody decides is left between
conflict markers, as git writes them, and no command reads the file until they are
gone.

With FILE alone it resolves the conflicts that git left in it: the three versions
are those in git's index, and what was resolved by hand in FILE is asked again.

Where there is no common version, BASE is /dev/null: whatever differs is a conflict.

The order is that of git merge-file with the base first, as git gives the versions
to a merge driver: CURRENT is "ours" in git, OTHER is "theirs". docs/git.md has
the lines that let git run it.

Exit codes: 0 merged, 1 conflicts are left, 2 could not run, 130 interrupted.`,
		Example: `  iotlens merge sent.review.yaml ana.review.yaml ben.review.yaml -o merged.review.yaml
  iotlens merge plant.review.yaml                 # after git merge or git rebase stopped on it
  iotlens merge plant.review.yaml --take other
  git config merge.iotlens.driver "iotlens merge %O %A %B -o %A --path %P"`,
		Args: func(c *cobra.Command, given []string) error {
			if len(given) == 1 {
				return nil
			}
			return rangeArgs(3, 3, "BASE CURRENT OTHER [-o OUT], or FILE")(c, given)
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				o.file = args[0]
			} else {
				o.base, o.current, o.other = args[0], args[1], args[2]
			}
			return a.interruptible(func() error { return a.merge(o) })
		},
	}
	c.Flags().StringVarP(&o.output, "output", "o", "", "file to write (default: standard output; of FILE, FILE)")
	enumFlag(c, &o.take, "take", "", "", "what to take of every conflict (default: asked on a terminal, else none)", []string{takeCurrent, takeOther, takeNone})
	c.Flags().StringVar(&o.path, "path", "", "for git, which runs this as a merge driver: the file that is merged (%P). Messages name it, nothing is asked, and versions that cannot be read get conflict markers line by line")
	return c
}

func (a *app) merge(o *mergeOptions) error {
	if o.take != "" {
		if err := checkOneOf("--take", o.take, []string{takeCurrent, takeOther, takeNone}); err != nil {
			return err
		}
	}
	versions, err := a.mergeVersions(o)
	if err != nil {
		return err
	}
	labels := [2]string{cmp.Or(o.current, takeCurrent), cmp.Or(o.other, takeOther)}
	if o.path != "" || o.file != "" {
		labels = [2]string{takeCurrent, takeOther}
	}
	m, err := review.MergeFiles(versions[0], versions[1], versions[2])
	if err != nil {
		if o.path == "" {
			return err
		}
		data := review.WithConflictMarkers(versions[1].Data, versions[2].Data, labels)
		return errors.Join(err, a.writeMerged(o, data), fmt.Errorf("%s: not merged by answer; both versions are in the file, with conflict markers where they differ", disk.DisplayPath(o.path)))
	}
	if m.NoBase != nil && !errors.Is(m.NoBase, review.ErrEmptyBase) {
		fmt.Fprintf(a.Err, "%v\nmerged as without a base: what only one version has is kept\n", m.NoBase)
	}
	sides := a.resolveConflicts(o, m)
	merged, err := m.Resolve(sides, labels)
	if err != nil {
		return err
	}
	if err := a.writeMerged(o, merged.Data); err != nil {
		return err
	}
	for _, l := range merged.LeftOut {
		fmt.Fprintf(a.Err, "%s:%d: left out, as what it stood in is not in the merged file: %s\n", disk.DisplayPath(l.Name), l.Line, text.EscapeLog(text.Clean(l.Text, false)))
	}
	return a.reportMerge(o, m, merged)
}

// reportMerge says what became of a merge; the error is that of conflicts that are left.
func (a *app) reportMerge(o *mergeOptions, m *review.FileMerge, merged review.MergedFile) error {
	name := disk.DisplayPath(cmp.Or(o.path, o.output, o.file, "standard output"))
	if merged.Resolved {
		decided := ""
		if n := len(m.Conflicts); n > 0 {
			decided = ", " + text.Count(n, "conflict") + " decided"
		}
		if o.path == "" && (o.output != "" || o.file != "") {
			fmt.Fprintf(a.Err, "wrote %s: merged%s\n", name, decided)
		}
		if o.file != "" {
			fmt.Fprintf(a.Err, "Next: git add %s\n", disk.ShellQuote(o.file))
		}
		return nil
	}
	var lines []string
	for _, r := range filekind.Conflicts(merged.Data) {
		lines = append(lines, fmt.Sprintf("%d-%d", r.First, r.Last))
	}
	next := "decide them in the file, or with --take"
	if file := cmp.Or(o.path, o.file); file != "" {
		next = "decide them in the file, or run iotlens merge " + disk.ShellQuote(file)
	}
	fmt.Fprintf(a.Err, "%s: has conflict markers at lines %s; %s\n", name, strings.Join(lines, ", "), next)
	return exitError{MergeConflicts}
}

func (a *app) writeMerged(o *mergeOptions, data []byte) error {
	path := cmp.Or(o.output, o.file)
	if path == "" {
		return a.print(string(data))
	}
	return a.writeFile(path, data)
}

// mergeVersions reads the three versions, with the names that messages give them.
func (a *app) mergeVersions(o *mergeOptions) (versions [3]review.FileVersion, err error) {
	if o.file != "" {
		return a.indexVersions(o.file)
	}
	var errs []error
	for i, path := range []string{o.base, o.current, o.other} {
		var data []byte
		var err error
		if i > 0 || path != noBase {
			data, err = disk.Read(path, maxFileSize)
		}
		errs = append(errs, err)
		if kind := filekind.Detect(data); err == nil && (i > 0 || len(bytes.TrimSpace(data)) > 0) {
			errs = append(errs, checkKind(path, data, kind, filekind.Review))
		}
		versions[i] = review.FileVersion{Name: path, Data: data}
		if o.path != "" { // what git gives are temporary files
			versions[i].Name = o.path + " (" + [3]string{"base", takeCurrent, takeOther}[i] + ")"
		}
	}
	return versions, errors.Join(errs...)
}

// indexVersions are the versions of a file that git could not merge.
func (a *app) indexVersions(file string) (versions [3]review.FileVersion, err error) {
	now, err := disk.Read(file, maxFileSize)
	if err != nil {
		return versions, err
	}
	v, err := gitref.Unmerged(disk.RealPath(file), maxFileSize)
	marked := len(filekind.Conflicts(now)) > 0
	switch {
	case errors.Is(err, gitref.ErrNoConflict) && marked:
		return versions, fmt.Errorf("%s: has conflict markers, but no conflict in git's index to take the versions from; give them: iotlens merge BASE CURRENT OTHER -o %s", disk.DisplayPath(file), disk.ShellQuote(file))
	case err != nil:
		return versions, fmt.Errorf("%s: %w; to merge files: iotlens merge BASE CURRENT OTHER", disk.DisplayPath(file), err)
	case v.Current == nil || v.Other == nil:
		return versions, fmt.Errorf("%s: was removed on one side and changed on the other; keep it with git add %s, or remove it with git rm %[2]s", disk.DisplayPath(file), disk.ShellQuote(file))
	}
	for i, data := range [][]byte{v.Base, v.Current, v.Other} {
		versions[i] = review.FileVersion{Name: file + " (" + [3]string{"base", takeCurrent, takeOther}[i] + ")", Data: matchLineEnds(now, data)}
	}
	if !marked && !bytes.Equal(now, versions[1].Data) { // else git found no driver, and nobody resolved anything
		return versions, fmt.Errorf("%s: has no conflict markers any more; if it is resolved: git add %s", disk.DisplayPath(file), disk.ShellQuote(file))
	}
	return versions, nil
}

// matchLineEnds gives data the line ends of a file where these are those of Windows: git's
// index has none of them that core.autocrlf puts into a clone.
func matchLineEnds(file, data []byte) []byte {
	if !bytes.Contains(file, []byte("\r\n")) || bytes.Contains(data, []byte("\r\n")) {
		return data
	}
	return bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
}

// resolveConflicts lists the conflicts, and decides each as --take says or as a person answers.
func (a *app) resolveConflicts(o *mergeOptions, m *review.FileMerge) []review.Side {
	if len(m.Conflicts) == 0 {
		return nil
	}
	name := cmp.Or(o.path, o.file, m.CurrentName())
	fmt.Fprintf(a.Err, "%s: %s\n", disk.DisplayPath(name), text.Count(len(m.Conflicts), "conflict"))
	in := a.input()
	asked := o.take == "" && o.path == "" && a.StdinTTY
	all := map[string]review.Side{takeCurrent: review.Current, takeOther: review.Other}[o.take]
	sides := make([]review.Side, len(m.Conflicts))
	for i := 0; i < len(sides); {
		fmt.Fprint(a.Err, a.conflictText(m.Conflicts[i]))
		if !asked {
			sides[i] = all
			i++
			continue
		}
		key := a.promptSide(in)
		if key == 'b' {
			i = max(0, i-1)
			continue
		}
		sides[i] = map[rune]review.Side{'c': review.Current, 'o': review.Other}[unicode.ToLower(key)]
		if unicode.IsUpper(key) {
			all, asked = sides[i], false
		}
		i++
	}
	return sides
}

// promptSide asks what to take of a conflict until it gets an answer: c, o, s, or b to go back;
// in upper case for all that follow. The end of the input is S.
func (a *app) promptSide(in *bufio.Reader) rune {
	for {
		fmt.Fprint(a.Err, "    Take c current, o other, s skip, b back (C, O, S for all that follow)? ")
		line, err := in.ReadString('\n')
		key, _ := utf8.DecodeRuneInString(strings.TrimSpace(line))
		if err != nil {
			fmt.Fprintln(a.Err)
		}
		switch {
		case strings.ContainsRune("cosCOSb", key):
			return key
		case err != nil:
			return 'S'
		}
	}
}

// conflictText is a conflict for people: what it is about, and its three values.
func (a *app) conflictText(c review.FileConflict) string {
	var p text.Page
	title := ""
	if practice, ok := a.titleLens().Practice(c.ID); ok {
		title = ": " + practice.Title
	}
	p.Wrapped("  ", "    ", c.Subject()+title)
	value := func(label, text, by string, line int, has bool) {
		switch {
		case !has:
			text = "removed"
		case text == "":
			text = "nothing"
		}
		if by != "" {
			text += " (" + by + ")"
		}
		if line > 0 {
			text += fmt.Sprintf(", line %d", line)
		}
		p.Wrapped(fmt.Sprintf("    %-9s", label), "             ", strings.ReplaceAll(text, "\n", " / "))
	}
	if c.Base != "" {
		value("base", c.Base, "", 0, true)
	}
	gone := func(line int, has bool) int {
		if !has {
			return 0
		}
		return line
	}
	value(takeCurrent, c.Current, c.CurrentBy, gone(c.CurrentLine, c.InCurrent), c.InCurrent)
	value(takeOther, c.Other, c.OtherBy, gone(c.OtherLine, c.InOther), c.InOther)
	return p.String()
}

// titleLens is the lens that gives best practices their titles in messages: a review of any
// lens is merged.
func (a *app) titleLens() *lens.Lens {
	if l, err := a.lens(); err == nil {
		return l
	}
	return shipped.Lens()
}
