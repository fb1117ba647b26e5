package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report"
)

// An output is a format and where to write it.
type output[T any] struct {
	format report.Format[T]
	path   string // empty: stdout
}

// githubFormat is the format that GitHub Actions reads from standard output. It may be
// written there together with a report for people.
const githubFormat = "github"

// parseOutputs reads the values of -f, FORMAT or FORMAT=PATH, and reports all problems at
// once.
func parseOutputs[T any](table report.Table[T], values []string) ([]output[T], error) {
	var out []output[T]
	var errs []error
	taken := map[string]bool{}
	for _, v := range values {
		name, path, named := strings.Cut(v, "=")
		f, err := table.Find(name)
		place := path
		if path == "" && name == githubFormat {
			place = githubFormat
		}
		switch {
		case err != nil:
			errs = append(errs, err)
			continue
		case named && path == "":
			errs = append(errs, fmt.Errorf("-f %s: the path after = is missing", v))
			continue
		case taken[place] && path == "":
			errs = append(errs, errors.New("only one format can go to standard output; give the others a path: -f FORMAT=PATH"))
		}
		taken[place] = true
		out = append(out, output[T]{f, path})
	}
	return out, errors.Join(errs...)
}

// checkOverwrite returns an error if an output would overwrite one of the inputs.
func checkOverwrite[T any](outputs []output[T], inputs ...string) error {
	for _, out := range outputs {
		for _, in := range inputs {
			if in != "" && disk.SameFile(in, out.path) {
				return overwritesInput(in)
			}
		}
	}
	return nil
}

func overwritesInput(file string) error {
	return fmt.Errorf("%s: is an input of this command and would be overwritten; choose another path", disk.DisplayPath(file))
}

// sizeHint returns how many bytes to reserve for an output: growing a buffer by doubling
// would need up to three times its size.
func sizeHint(value any) int {
	const most, review = 1 << 20, 7 << 10 // bytes of a report, and of a review in the JSON of a portfolio
	if p, ok := value.(*portfolio.Portfolio); ok {
		return most + review*len(p.Reviews)
	}
	return most
}

// writeOutputs writes a value in all formats: first the files, all or none, then standard
// output. If the format for GitHub Actions is one of them, it also appends to the summary
// of the job.
func writeOutputs[T any](a *app, outputs []output[T], value T, summary func(io.Writer) error) error {
	var files []disk.Output
	stdout := &bytes.Buffer{}
	for _, out := range outputs {
		content := func(w io.Writer) error { return out.format.Write(w, value) }
		if out.path != "" {
			files = append(files, disk.Output{Path: out.path, Content: content, NoSync: true})
			continue
		}
		if stdout.Cap() == 0 {
			stdout = bytes.NewBuffer(make([]byte, 0, sizeHint(value))) // Grow would clear it, and so touch all of it
		}
		if err := content(stdout); err != nil {
			return err
		}
	}
	if err := disk.Write(a.writeOptions(), files...); err != nil {
		return err
	}
	for _, f := range files {
		fmt.Fprintf(a.Err, "wrote %s\n", disk.DisplayPath(f.Path))
	}
	if _, err := a.Out.Write(stdout.Bytes()); err != nil {
		return err
	}
	path := a.env("GITHUB_STEP_SUMMARY")
	if path == "" || !slices.ContainsFunc(outputs, func(o output[T]) bool { return o.format.Name == githubFormat }) {
		return nil
	}
	var page bytes.Buffer
	if err := summary(&page); err != nil {
		return err
	}
	if err := disk.Append(path, page.Bytes()); err != nil {
		return fmt.Errorf("GITHUB_STEP_SUMMARY: %w", err)
	}
	return nil
}
