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
	base, current, other string // paths; empty: the versions in git's index
	file                 string // with a conflict in git's index; empty: the three paths
	output               string // empty: standard output
	take                 string
	path                 string // the merged file, if git runs this as a merge driver
}

// The values of --take: which side of every conflict to take without asking.
const (
	takeCurrent = "current"
	takeOther   = "other"
	takeNone    = "none"
)

// noBase is the name that git gives to a missing base, on every system.
const noBase = "/dev/null"

func (a *app) mergeCommand() *cobra.Command {
	o := &mergeOptions{}
	c := &cobra.Command{
		Use:   "merge BASE CURRENT OTHER [-o OUT] | merge FILE",
		Short: "Merge two versions of a review, answer by answer",
		Long: `Merge two versions of a review that have a common base, by best practice and field. A
change on only one side is taken; lists and histories are joined; comments and keys
that begin with x- are kept from both. The layout of CURRENT is kept.

If both sides changed a value differently, there is a conflict. Conflicts are listed,
and on a terminal you decide them one by one; --take decides all of them without asking.
An answer that is not taken goes to the history. A conflict that is not decided is
written with conflict markers, as git does it. No command reads the file until they are
removed.

With only FILE, it resolves the conflicts that git left in FILE. It takes the three
versions from git's index, and asks again about conflicts that were already resolved by
hand in FILE.

If there is no common base, set BASE to /dev/null: every difference is then a conflict.

BASE, CURRENT and OTHER are in the order in which git calls a merge driver. CURRENT is
"ours" in git, OTHER is "theirs". docs/git.md shows how to set up git to run this.

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
	c.Flags().StringVarP(&o.output, "output", "o", "", "file to write (default: standard output; with FILE, that file)")
	enumFlag(c, &o.take, "take", "", "", "which side of every conflict to take (default: ask on a terminal, otherwise none)", []string{takeCurrent, takeOther, takeNone})
	c.Flags().StringVar(&o.path, "path", "", "for git, if it runs this as a merge driver: the path of the merged file (%P), for messages. Nothing is asked, and versions that cannot be read are merged line by line with conflict markers")
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
		return errors.Join(err, a.writeMerged(o, data), fmt.Errorf("%s: could not be merged answer by answer; the file has both versions, with conflict markers where they differ", disk.DisplayPath(o.path)))
	}
	if m.NoBase != nil && !errors.Is(m.NoBase, review.ErrEmptyBase) {
		fmt.Fprintf(a.Err, "%v\nmerged without a base: what only one version has is kept\n", m.NoBase)
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
		fmt.Fprintf(a.Err, "%s:%d: left out, because its section is not in the merged file: %s\n", disk.DisplayPath(l.Name), l.Line, text.EscapeLog(text.Clean(l.Text, false)))
	}
	return a.reportMerge(o, m, merged)
}

// reportMerge prints the result of a merge. It returns an error if conflicts are left.
func (a *app) reportMerge(o *mergeOptions, m *review.FileMerge, merged review.MergedFile) error {
	name := disk.DisplayPath(cmp.Or(o.path, o.output, o.file, "standard output"))
	if merged.Resolved {
		resolved := ""
		if n := len(m.Conflicts); n > 0 {
			resolved = ", " + text.Count(n, "conflict") + " resolved"
		}
		if o.path == "" && (o.output != "" || o.file != "") {
			fmt.Fprintf(a.Err, "wrote %s: merged%s\n", name, resolved)
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
	next := "resolve them in the file, or with --take"
	if file := cmp.Or(o.path, o.file); file != "" {
		next = "resolve them in the file, or run iotlens merge " + disk.ShellQuote(file)
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

// mergeVersions reads the three versions, and gives them names for messages.
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
		if o.path != "" { // git passes temporary files
			versions[i].Name = o.path + " (" + [3]string{"base", takeCurrent, takeOther}[i] + ")"
		}
	}
	return versions, errors.Join(errs...)
}

// indexVersions returns the three versions of a file that git could not merge.
func (a *app) indexVersions(file string) (versions [3]review.FileVersion, err error) {
	now, err := disk.Read(file, maxFileSize)
	if err != nil {
		return versions, err
	}
	v, err := gitref.Unmerged(disk.RealPath(file), maxFileSize)
	marked := len(filekind.Conflicts(now)) > 0
	switch {
	case errors.Is(err, gitref.ErrNoConflict) && marked:
		return versions, fmt.Errorf("%s: has conflict markers, but git's index has no conflict to take the versions from; give the versions: iotlens merge BASE CURRENT OTHER -o %s", disk.DisplayPath(file), disk.ShellQuote(file))
	case err != nil:
		return versions, fmt.Errorf("%s: %w; to merge files: iotlens merge BASE CURRENT OTHER", disk.DisplayPath(file), err)
	case v.Current == nil || v.Other == nil:
		return versions, fmt.Errorf("%s: was removed on one side and changed on the other; keep it with git add %s, or remove it with git rm %[2]s", disk.DisplayPath(file), disk.ShellQuote(file))
	}
	for i, data := range [][]byte{v.Base, v.Current, v.Other} {
		versions[i] = review.FileVersion{Name: file + " (" + [3]string{"base", takeCurrent, takeOther}[i] + ")", Data: matchLineEnds(now, data)}
	}
	if !marked && !bytes.Equal(now, versions[1].Data) { // if they are equal, git had no merge driver and wrote no markers
		return versions, fmt.Errorf("%s: has no conflict markers any more; if it is resolved: git add %s", disk.DisplayPath(file), disk.ShellQuote(file))
	}
	return versions, nil
}

// matchLineEnds converts data to Windows line ends if a file has them: with core.autocrlf,
// the working tree has them and git's index does not.
func matchLineEnds(file, data []byte) []byte {
	if !bytes.Contains(file, []byte("\r\n")) || bytes.Contains(data, []byte("\r\n")) {
		return data
	}
	return bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
}

// resolveConflicts prints the conflicts, and resolves each according to --take or by asking.
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

// promptSide asks which side of a conflict to take until it gets a valid key: c, o, s, or b
// to go back. An upper-case key applies to all that follow. At the end of the input it
// returns S.
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

// conflictText describes a conflict: its subject and its three values.
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

// titleLens returns the lens for titles of best practices in messages. A merge works with
// reviews of any lens, so a lens that cannot be loaded is no error.
func (a *app) titleLens() *lens.Lens {
	if l, err := a.lens(); err == nil {
		return l
	}
	return shipped.Lens()
}
