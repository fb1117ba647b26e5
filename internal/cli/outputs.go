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

// An output is one format on its way to one place.
type output[T any] struct {
	format report.Format[T]
	path   string // empty: stdout
}

// githubFormat is the format that GitHub reads from standard output, beside a report for
// people.
const githubFormat = "github"

// parseOutputs reads the values of -f, FORMAT or FORMAT=PATH. All is checked before
// anything is written.
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
			errs = append(errs, fmt.Errorf("-f %s: a path must follow the =", v))
			continue
		case taken[place] && path == "":
			errs = append(errs, errors.New("two reports cannot both go to standard output; give all but one a path, -f FORMAT=PATH"))
		}
		taken[place] = true
		out = append(out, output[T]{f, path})
	}
	return out, errors.Join(errs...)
}

// checkOverwrite refuses outputs that would overwrite what they are made of.
func checkOverwrite[T any](outputs []output[T], inputs ...string) error {
	for _, out := range outputs {
		for _, in := range inputs {
			if in != "" && disk.SameFile(in, out.path) {
				return fmt.Errorf("%s: would be overwritten by its own report; give another path", disk.DisplayPath(in))
			}
		}
	}
	return nil
}

// sizeHint is how many bytes an output may need: to grow to it by doubling takes three times as
// much. Pages that are never written take no memory.
func sizeHint(value any) int {
	const most, review = 1 << 20, 7 << 10 // most reports; the share of a review in the JSON of a portfolio
	if p, ok := value.(*portfolio.Portfolio); ok {
		return most + review*len(p.Reviews)
	}
	return most
}

// writeOutputs writes a value in every format: the files all or none, then standard output, and
// the summary of a GitHub job where GitHub's format is among them.
func writeOutputs[T any](a *app, outputs []output[T], value T, summary func(io.Writer) error) error {
	var files []disk.Output
	var stdout bytes.Buffer
	for _, out := range outputs {
		content := func(w io.Writer) error { return out.format.Write(w, value) }
		if out.path != "" {
			files = append(files, disk.Output{Path: out.path, Content: content, NoSync: true})
			continue
		}
		stdout.Grow(sizeHint(value))
		if err := content(&stdout); err != nil {
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
		return fmt.Errorf("the summary of the job: %w", err)
	}
	return nil
}
