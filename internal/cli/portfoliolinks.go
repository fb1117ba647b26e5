package cli

import (
	"path/filepath"

	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report/html"
)

// linkWorkloads adds links from the workloads of an HTML page to their files, relative to the
// folder of the page. A page on standard output has no links.
func linkWorkloads(outputs []output[*portfolio.Portfolio], files []candidate, nameOf func(file string) string) {
	for i := range outputs {
		if outputs[i].format.Name != "html" || outputs[i].path == "" {
			continue
		}
		page, err := filepath.Abs(filepath.Dir(outputs[i].path))
		if err != nil {
			continue
		}
		outputs[i].format.Write = html.PortfolioLinked(linksFrom(page, files, nameOf))
	}
}

// linksFrom returns a function that gives the relative path from a folder to a review, by
// its name in a report. It returns "" if several files have that name, or there is no
// relative path.
func linksFrom(folder string, files []candidate, nameOf func(file string) string) func(name string) string {
	places := map[string]string{}
	for _, f := range files {
		name := nameOf(f.file)
		if _, several := places[name]; several {
			places[name] = ""
			continue
		}
		places[name] = f.file
	}
	return func(name string) string {
		if places[name] == "" {
			return ""
		}
		file, err := filepath.Abs(places[name])
		if err != nil {
			return ""
		}
		path, err := filepath.Rel(folder, file)
		if err != nil {
			return ""
		}
		return path
	}
}
