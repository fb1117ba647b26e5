package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/spf13/cobra"
)

type lintOptions struct {
	paths  []string
	format string
	failOn string
	fix    bool
}

func (a *app) lensLintCommand() *cobra.Command {
	o := &lintOptions{}
	var about []string
	for _, f := range lint.Formats() {
		about = append(about, fmt.Sprintf("  %-6s %s", f.Name, f.About))
	}
	failOn := append(lint.Severities(), "none")
	c := &cobra.Command{
		Use:   "lint FILE|DIR...",
		Short: "Find what is wrong with custom lenses of the WA Tool",
		Long: `Find what is wrong with custom lenses of the AWS Well-Architected Tool before AWS
does: what an import would refuse, what it would read otherwise than meant, and
rules that score wrongly, proven over every answer that there can be.

Of a folder all .json files are taken that are custom lenses, those of folders in
it too. Several lenses are also compared by name: an account can't hold two of the
same. iotlens explain WA001 tells more of a finding; all are in docs/lint.md.

--fix writes the mends that are certain and leaves every other byte as it is. Then
the lenses are looked at as they are now.

Formats:
` + strings.Join(about, "\n") + `

More than 15 findings are summed up by code, the worst first.

Exit codes: 0 nothing at the level of --fail-on, 1 something, 2 could not run.`,
		Example: `  iotlens lens lint our-lens.json
  iotlens lens lint lenses --fail-on warning
  iotlens lens lint our-lens.json --fix
  iotlens lens lint lenses -f sarif > lint.sarif`,
		Args: args(1, 10000, "FILE|DIR... [-f text|json|sarif] [--fix]"),
		RunE: func(_ *cobra.Command, args []string) error {
			o.paths = args
			if err := oneOf("--fail-on", o.failOn, failOn); err != nil {
				return err
			}
			return a.lintLenses(o)
		},
	}
	c.Flags().StringVarP(&o.format, "format", "f", "text", strings.Join(lint.FormatNames(), ", "))
	c.Flags().StringVar(&o.failOn, "fail-on", "error", "least severity that ends in exit code 1: "+strings.Join(failOn, ", "))
	c.Flags().BoolVar(&o.fix, "fix", false, "write the mends that are certain")
	complete(c, "format", lint.FormatNames())
	complete(c, "fail-on", failOn)
	return c
}

func (a *app) lintLenses(o *lintOptions) error {
	format, err := lint.FindFormat(o.format)
	if err != nil {
		return err
	}
	sources, skipped, err := lensFiles(o.paths)
	if err != nil {
		return err
	}
	for _, s := range skipped {
		fmt.Fprintf(a.Err, "%s: is no custom lens; skipped\n", text.Clean(s, false))
	}
	if len(sources) == 0 {
		return noLenses(o.paths)
	}
	for _, s := range sources {
		if err := orNoLens(s.Path, s.Data, nil); err != nil {
			fmt.Fprintln(a.Err, text.Clean(err.Error(), false))
		}
	}
	mended := make([][]lint.Finding, len(sources))
	if o.fix {
		for i := range sources {
			if mended[i], err = a.mend(&sources[i]); err != nil {
				return err
			}
		}
	}
	if format.Travels {
		for i := range sources {
			sources[i].File = shown(sources[i].Path)
		}
	}
	r := lint.Files(sources)
	for i := range mended {
		r.Files[i].Mended = mended[i]
	}
	if err := format.Write(a.Out, r); err != nil {
		return err
	}
	n := r.Counts()
	fmt.Fprintln(a.Err, summary(len(sources), n, r.Mendable()))
	if !format.Travels && n[lint.Error]+n[lint.Warning]+n[lint.Note] > atAGlance {
		for _, t := range r.ByCheck() {
			fmt.Fprintf(a.Err, "  %-7s  %s %5d  %s\n", t.Check.Severity, t.Check.Code, t.N, t.Check.Summary)
		}
	}
	if worst, ok := lint.ParseSeverity(o.failOn); ok {
		for s := range worst + 1 {
			if n[s] > 0 {
				return exitError{LintFailed}
			}
		}
	}
	return nil
}

// noLenses says that none of some folders has a custom lens.
func noLenses(paths []string) error {
	for _, p := range paths {
		if isBank(p) {
			return fmt.Errorf("%s: is a bank, not custom lenses; iotlens lens validate --bank %s checks it", p, p)
		}
	}
	return fmt.Errorf("no custom lens in %s", strings.Join(paths, ", "))
}

// mend writes what is certain into a file, and says so.
func (a *app) mend(s *lint.Source) ([]lint.Finding, error) {
	data, done := lint.Fix(*s)
	if len(done) == 0 {
		return nil, nil
	}
	now, err := readFile(s.Path)
	switch {
	case err != nil:
		return nil, err
	case !bytes.Equal(now, s.Data):
		return nil, fmt.Errorf("%s: somebody has changed it in the meantime; nothing was written", s.Path)
	}
	if err := disk.Write(s.Path, data); err != nil {
		return nil, err
	}
	for _, f := range done {
		fmt.Fprintf(a.Err, "%s:%d:%d: %s [%s]\n", text.Clean(s.File, false), f.Line, f.Column, text.Clean(f.Mend.Says, false), f.Check.Code)
	}
	s.Data = data
	return done, nil
}

// lensFiles reads files that were named, and the custom lenses of folders that
// were; the rest of their .json files is skipped.
func lensFiles(paths []string) (sources []lint.Source, skipped []string, err error) {
	taken := map[string]bool{}
	take := func(path string, named bool) error {
		if taken[filepath.Clean(path)] {
			return nil
		}
		taken[filepath.Clean(path)] = true
		data, err := readFile(path)
		if err != nil {
			return err
		}
		if !named && !lint.IsLens(data) {
			skipped = append(skipped, path)
			return nil
		}
		sources = append(sources, lint.Source{File: filepath.ToSlash(path), Path: path, Data: data})
		return nil
	}
	var errs []error
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil || !info.IsDir() {
			errs = append(errs, take(p, true))
			continue
		}
		root := p + string(filepath.Separator) // so that a link to a folder is followed
		errs = append(errs, filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case e.IsDir() && path != root && strings.HasPrefix(e.Name(), "."):
				return fs.SkipDir
			case e.IsDir() || !strings.EqualFold(filepath.Ext(path), ".json"):
				return nil
			}
			return take(path, false)
		}))
	}
	return sources, skipped, errors.Join(errs...)
}

// atAGlance is how many findings a person takes in without being told what kinds
// of them there are.
const atAGlance = 15

// summary says in one line what was found.
func summary(files int, n [lint.Note + 1]int, mendable int) string {
	s := fmt.Sprintf("%s: %s, %s, %s", text.Count(files, "file"), text.Count(n[lint.Error], "error"), text.Count(n[lint.Warning], "warning"), text.Count(n[lint.Note], "note"))
	if mendable > 0 {
		s += fmt.Sprintf("; --fix mends %d of them", mendable)
	}
	return s
}
