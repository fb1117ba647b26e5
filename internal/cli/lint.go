package cli

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"math"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/spf13/cobra"
)

type lintOptions struct {
	format string
	failOn string
	fix    bool

	ignore                  []string
	baseline, writeBaseline string
	category                string
}

func (a *app) lensLintCommand() *cobra.Command {
	o := &lintOptions{}
	var about []string
	for _, f := range lint.Formats() {
		about = append(about, fmt.Sprintf("  %-6s %s", f.Name, f.About))
	}
	c := &cobra.Command{
		Use:   "lint FILE|DIR...",
		Short: "Check custom lenses of the WA Tool",
		Long: `Check custom lenses of the AWS Well-Architected Tool before AWS does: find what an
import would reject or read differently than intended, and rules that score wrongly,
proven over every possible answer.

In a folder and its subfolders, all .json files that are custom lenses are checked. The
names of several lenses are also compared: an account cannot have two lenses of the same
name. iotlens explain WA001 explains a finding; docs/lint.md lists all checks.

--fix applies the fixes that are certain and changes nothing else. The reported findings
are then those of the fixed files.

Findings that are intended can be ignored: with --ignore for one run, or in a file
` + lint.IgnoreFile + ` in the folder of the lenses or above it:

  schema: 1
  ignore:
    - code: WA073
      reason: This lens asks for information only.
      until: 2027-06-30          # the last day, optional
      files: ["v1/*.json"]       # optional
      ids: [REL03]               # pillars, questions, choices; optional

An expired ignore fails the run, and one that matches nothing is reported. A baseline
has the known findings: only other findings are reported and counted, and fixed ones are
listed. The summary counts ignored and known findings.

Formats:
` + strings.Join(about, "\n") + `

If there are more than 15 findings, they are also counted by code, the most severe first.

Exit codes: 0 no finding at the level of --fail-on or worse, 1 findings, 2 could not run.`,
		Example: `  iotlens lens lint our-lens.json
  iotlens lens lint lenses --fail-on warning
  iotlens lens lint our-lens.json --fix
  iotlens lens lint lenses --ignore WA050 --ignore WA073
  iotlens lens lint lenses --write-baseline lint-baseline.json
  iotlens lens lint lenses --baseline lint-baseline.json --fail-on warning
  iotlens lens lint lenses -f sarif > lint.sarif`,
		Args: rangeArgs(1, math.MaxInt, "FILE|DIR... [-f text|json|sarif] [--fix]"),
		RunE: func(_ *cobra.Command, paths []string) error { return a.lintLenses(paths, o) },
	}
	enumFlag(c, &o.format, "format", "f", "text", "format", lint.FormatNames())
	enumFlag(c, &o.failOn, "fail-on", "", "error", "lowest severity that ends in exit code 1", failOnValues())
	f := c.Flags()
	f.BoolVar(&o.fix, "fix", false, "apply the fixes that are certain")
	f.StringSliceVar(&o.ignore, "ignore", nil, "code or name of a check to ignore in this run (repeatable)")
	f.StringVar(&o.baseline, "baseline", "", "file with known findings; they are not reported")
	f.StringVar(&o.writeBaseline, "write-baseline", "", "write the findings to such a file, so that they are known from then on")
	f.StringVar(&o.category, "category", "", "with -f sarif: distinguishes this upload from others of lens lint (default: the folder that is checked)")
	completeFlag(c, "ignore", lint.Codes())
	return c
}

func failOnValues() []string { return append(lint.Severities(), "none") }

func (a *app) lintLenses(paths []string, o *lintOptions) error {
	format, err := lint.FindFormat(o.format)
	if err := errors.Join(err, checkOneOf("--fail-on", o.failOn, failOnValues())); err != nil {
		return err
	}
	sources, err := a.lensFiles(paths)
	if err != nil {
		return err
	}
	if len(sources) == 0 {
		return noLensesError(paths)
	}
	ignores, err := o.ignores(paths, sources)
	if err != nil {
		return err
	}
	fixed := make([][]lint.Finding, len(sources))
	for i := range sources {
		s := &sources[i]
		if err := checkKind(s.Path, s.Data, filekind.Detect(s.Data), filekind.CustomLens); err != nil {
			fmt.Fprintln(a.Err, err)
		}
		s.Skip = func(f lint.Finding) bool { return lint.IsIgnored(ignores, &f, s.Path, a.today()) }
		if o.fix {
			if fixed[i], err = a.fix(s); err != nil {
				return err
			}
		}
		if format.Portable || o.baseline+o.writeBaseline != "" {
			s.File = portablePath(s.Path)
		}
	}
	r := lint.Files(sources)
	r.Program, r.Category = a.Version, cmp.Or(o.category, commonFolder(paths))
	for i := range fixed {
		r.Files[i].Fixed = fixed[i]
	}
	expired, unused := r.ApplyIgnores(ignores, a.today())
	if err := a.applyBaseline(&r, o); err != nil {
		return err
	}
	if err := format.Write(a.Out, r); err != nil {
		return err
	}
	n := r.Counts()
	fixable := ""
	if r.Fixable() > 0 {
		fixable = fmt.Sprintf("; %d fixable with --fix", r.Fixable())
	}
	if ignored, known := r.Suppressed(); ignored+known > 0 {
		fixable += fmt.Sprintf("; %d ignored, %d known", ignored, known)
	}
	fmt.Fprintf(a.Err, "%s: %s, %s, %s%s\n", text.Count(len(sources), "file"),
		text.Count(n[lint.Error], "error"), text.Count(n[lint.Warning], "warning"), text.Count(n[lint.Note], "note"), fixable)
	if !format.Portable && n[lint.Error]+n[lint.Warning]+n[lint.Note] > manyFindings {
		for _, t := range r.ByCheck() {
			fmt.Fprintf(a.Err, "  %-7s  %s %5d  %s\n", t.Check.Severity, t.Check.Code, t.Count, t.Check.Summary)
		}
	}
	for _, s := range slices.Concat(unused, expired) {
		fmt.Fprintln(a.Err, s)
	}
	if lowest, ok := lint.ParseSeverity(o.failOn); ok && (slices.Max(n[:lowest+1]) > 0 || len(expired) > 0) {
		return exitError{LintFailed}
	}
	return nil
}

// ignores returns the ignores of --ignore, and of the files in the folders of the lenses and
// above them, up to the working folder.
func (o *lintOptions) ignores(paths []string, sources []lint.Source) (list []*lint.Ignore, err error) {
	var errs []error
	for _, code := range o.ignore {
		g, err := lint.IgnoreCode(code)
		list, errs = append(list, g), append(errs, err)
	}
	seen := map[string]bool{}
	for _, s := range sources {
		for dir := filepath.Dir(s.Path); !seen[dir]; dir = filepath.Dir(dir) {
			seen[dir] = true
			file := filepath.Join(dir, lint.IgnoreFile)
			if !disk.Exists(file) {
				continue
			}
			data, err := readFile(file)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			whole := slices.ContainsFunc(paths, func(p string) bool { return disk.IsFolder(p) && disk.IsWithin(file, p) })
			more, problems := lint.ParseIgnores(file, data, whole)
			list, errs = append(list, more...), append(errs, problems.Err())
		}
	}
	return list, errors.Join(errs...)
}

// applyBaseline marks the findings of the baseline as known, and prints those that were
// fixed. With --write-baseline, it writes all findings to a new baseline.
func (a *app) applyBaseline(r *lint.Report, o *lintOptions) error {
	if o.writeBaseline != "" {
		all := r.JSON()
		if err := a.writeJSON(o.writeBaseline, all, ""); err != nil {
			return err
		}
		defer r.ApplyBaseline(all)
	}
	if o.baseline == "" {
		return nil
	}
	data, err := readFile(o.baseline)
	if err != nil {
		return err
	}
	known, err := lint.ReadBaseline(data)
	if err != nil {
		return fmt.Errorf("%s: %w", disk.DisplayPath(o.baseline), err)
	}
	fixed := r.ApplyBaseline(known)
	for _, f := range fixed[:min(len(fixed), manyFindings)] {
		fmt.Fprintf(a.Err, "fixed: %s\n", f)
	}
	if len(fixed) > 0 {
		fmt.Fprintf(a.Err, "%s; to update the baseline: --write-baseline %s\n",
			text.Plural(len(fixed), "finding of the baseline is fixed", "findings of the baseline are fixed"), disk.ShellQuote(o.baseline))
	}
	return nil
}

// commonFolder returns the folder that contains all paths, relative to the working folder;
// for a single file, the file itself.
func commonFolder(paths []string) string {
	common := portablePath(paths[0])
	for _, p := range paths[1:] {
		for p = portablePath(p); common != "." && p != common && !strings.HasPrefix(p, common+"/"); {
			common = path.Dir(common)
		}
	}
	return common
}

// noLensesError returns the error for folders without a custom lens.
func noLensesError(paths []string) error {
	if i := slices.IndexFunc(paths, isBank); i >= 0 {
		return fmt.Errorf("%s: this is a bank, not a custom lens; iotlens lens validate --bank %s checks it", disk.DisplayPath(paths[i]), disk.ShellQuote(paths[i]))
	}
	return fmt.Errorf("no custom lens in %s", disk.DisplayPath(strings.Join(paths, ", ")))
}

// fix applies the certain fixes to a file, and prints them.
func (a *app) fix(s *lint.Source) ([]lint.Finding, error) {
	data, done := lint.Fix(*s)
	if len(done) == 0 {
		return nil, nil
	}
	err := disk.Update(s.Path, maxFileSize, a.writeOptions(), func(now []byte) ([]byte, []disk.Output, error) {
		if !bytes.Equal(now, s.Data) {
			return nil, nil, fmt.Errorf("%s: %w", disk.DisplayPath(s.Path), disk.ErrChanged)
		}
		return data, nil, nil
	})
	if err != nil {
		return nil, err
	}
	for _, f := range done {
		fmt.Fprintf(a.Err, "%s:%d:%d: %s [%s]\n", s.File, f.Line, f.Column, text.Clean(f.Fix.Message, false), f.Check.Code)
	}
	s.Data = data
	return done, nil
}

// lensFiles reads the given files, and the custom lenses in the given folders. Other .json
// files in these folders are skipped.
func (a *app) lensFiles(paths []string) (sources []lint.Source, err error) {
	taken := map[string]bool{}
	var errs []error
	for _, p := range paths {
		found, folder := []string{p}, disk.IsFolder(p)
		if folder {
			found, err = disk.List(p, ".json", true)
			errs = append(errs, err)
		}
		for _, path := range found {
			if taken[filepath.Clean(path)] || folder && isBank(filepath.Dir(path)) {
				continue // a bank keeps the lens that it was imported from
			}
			taken[filepath.Clean(path)] = true
			data, err := disk.Read(path, maxFileSize)
			switch {
			case err != nil:
				errs = append(errs, err)
			case folder && filekind.Detect(data) != filekind.CustomLens:
				fmt.Fprintf(a.Err, "%s: not a custom lens; skipped\n", disk.DisplayPath(path))
			default:
				sources = append(sources, lint.Source{File: filepath.ToSlash(disk.DisplayPath(path)), Path: path, Data: data})
			}
		}
	}
	return sources, errors.Join(errs...)
}

// manyFindings is the number of findings above which they are counted by code.
const manyFindings = 15
