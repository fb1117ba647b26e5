package cli

import (
	"bytes"
	"io"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/report/plain"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/tui"
)

// clock returns the local time of day for the screen; it is never saved. It is empty if
// --today is set.
func (a *app) clock() string {
	if a.dayFlag != "" {
		return ""
	}
	return a.Now().Format("15:04")
}

// writeReports writes a report as Markdown and as JSON next to the review file, and returns
// their paths. If a file exists and replace is false, it writes nothing and returns the
// existing paths with tui.ErrExists.
func writeReports(file string, judged *scoring.Assessment, o disk.Options, replace bool) ([]string, error) {
	base := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ".yaml"), ".review")
	dir := filepath.Dir(file)
	var outs []disk.Output
	var paths, exist []string
	for _, format := range []struct {
		extension string
		write     func(io.Writer, *scoring.Assessment) error
	}{{".report.md", plain.Markdown}, {".report.json", wire.Write}} {
		var page bytes.Buffer
		if err := format.write(&page, judged); err != nil {
			return nil, err
		}
		name := base + format.extension
		path := disk.DisplayPath(filepath.Join(dir, name))
		if disk.Exists(filepath.Join(dir, name)) {
			exist = append(exist, path)
		}
		outs = append(outs, disk.Output{Root: dir, Path: name, Data: page.Bytes(), New: !replace})
		paths = append(paths, path)
	}
	if len(exist) > 0 && !replace {
		return exist, tui.ErrReportsExist
	}
	return paths, disk.Write(o, outs...)
}

// programName returns how to call iotlens in suggested commands: by its name if it is in a
// folder of PATH, as "go run MODULE" if go run started it, or by its path.
func programName(called string, path []string, module string) string {
	dir := filepath.Dir(called)
	switch {
	case called == "" || called == filepath.Base(called):
		return "iotlens"
	case filepath.Base(dir) == "exe" && strings.Contains(dir, "go-build"):
		return "go run " + module
	case slices.Contains(path, dir) && filepath.Base(called) == "iotlens":
		return "iotlens"
	}
	return disk.ShellQuote(called)
}

// commandName returns the programName of this run.
func (a *app) commandName() string {
	module := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		module = info.Path
	}
	return programName(a.Arg0, filepath.SplitList(a.env("PATH")), module)
}
