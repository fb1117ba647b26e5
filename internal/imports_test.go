// Package internal_test has the tests of the code base as a whole.
package internal_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/iotlens/iotlens/"

// layers lists the packages with their allowed imports of this module. Data flows one way,
//
//	files ─bank─▶ Lens ─interview─▶ Review ─scoring─▶ Assessment ─gate─▶ Verdict ─report─▶ bytes
//
// and a package knows only the values before it, never those after it. To add a package or an
// import, add it here with its reason. A row without a package fails.
var layers = []struct {
	pkg string
	may string
}{
	{"pillars", ""},    // the banks, embedded
	{"questions", ""},  // the banks, embedded
	{"frameworks", ""}, // laws and standards, embedded

	{"internal/lens", ""},                     // the vocabulary of all others
	{"internal/rules", ""},                    // the risk-rule language
	{"internal/suggest", ""},                  // "did you mean"
	{"internal/dates", "suggest"},             // dates as people say them
	{"internal/text", ""},                     // text from files made safe and laid out
	{"internal/corpus", ""},                   // real custom lenses, for tests
	{"internal/testlens", "bank lens review"}, // the lens of testdata/lens, for tests

	{"internal/parquet", ""}, // tables for DuckDB, Spark, Trino and Athena

	{"internal/disk", "text"},     // the one door to the disk; names are shown with care
	{"internal/filekind", "text"}, // what a file is, by its content

	{"internal/jsonfile", "suggest"}, // JSON with places, read on after a mistake; and written

	{"internal/gitref", "disk"}, // files of a commit, by the git program
	{"internal/yamlfile", "disk filekind suggest text"},
	{"internal/framework", "frameworks lens review suggest text yamlfile"}, // which best practices answer which provision
	{"internal/bank", "disk framework frameworks lens lensmatch pillars questions rules suggest text yamlfile"},
	{"internal/bank/compile", "bank lens"}, // go generate
	{"internal/bank/shipped", "lens"},      // must not drag YAML into a start
	{"internal/review", "disk lens suggest text yamlfile"},
	{"internal/lensmatch", "lens"},                                          // what two versions of a lens have in common
	{"internal/priority", "lens review"},                                    // one arithmetic for findings and for what to ask first when time is short
	{"internal/recap", "lens review scoring text"},                          // one day of a review, as a mail
	{"internal/session", "disk interview"},                                  // where a session stopped, kept outside the review
	{"internal/runsheet", "interview lens review text"},                     // what a facilitator prints
	{"internal/compare", "choice lens lensmatch review rules scoring text"}, // two states of a review, for diff and for the gate's baseline
	{"internal/choice", "lens review rules"},                                // what the answers to a question count as
	{"internal/interview", "choice lens priority review"},
	{"internal/scoring", "choice framework lens priority review rules"},
	{"internal/gate", "compare framework lens review scoring text"},                                                 // statuses and waivers are the review's words
	{"internal/policy", "compare framework gate lens review scoring suggest yamlfile"},                              // .iotlens.yaml and its like; the gate takes a plain value
	{"internal/card", "lens text"},                                                                                  // one practice as text, for explain, lens show and review alike
	{"internal/workbook", "text"},                                                                                   // sheets of plain cells as .xlsx, out and in
	{"internal/spreadsheet", "lens review suggest text workbook"},                                                   // a review as a table for spreadsheets, out and in
	{"internal/sarif", "jsonfile text"},                                                                             // one SARIF for reviews and for lint
	{"internal/sarif/sariftest", ""},                                                                                // holds it to the official schema, in tests
	{"internal/wa/openreview", "compare jsonfile lens review scoring text"},                                         // AWS's open review schema, written as a report and read as a state to compare
	{"internal/brand", "disk yamlfile"},                                                                             // the names, logo and colour of those who hand a report over
	{"internal/portfolio", "compare framework gate lens review scoring suggest"},                                    // many reviews, summed
	{"internal/report/view", "card compare framework gate lens portfolio review scoring text"},                      // what a report says, once
	{"internal/report/plain", "brand compare framework lens portfolio report/view review scoring spreadsheet text"}, // text, Markdown, tables
	{"internal/report/html", "brand lens portfolio report/grid report/page report/view review scoring text"},        // one page
	{"internal/report/pdf", "brand lens report/view scoring text"},                                                  // pages
	{"internal/report/page", "brand text"},                                                                          // what pages of HTML share
	{"internal/report/slides", "brand report/page report/view scoring text"},                                        // six slides
	{"internal/report/ci", "gate jsonfile lens report/view review sarif scoring text"},                              // what pipelines show
	{"internal/report/wire", "compare framework gate jsonfile lens portfolio report/view review scoring"},           // JSON, out and in
	{"internal/trend", "compare jsonfile review scoring text"},                                                      // states of reviews in a row
	{"internal/report/grid", "compare framework gate portfolio report/view scoring text"},                           // the tables of a portfolio, for pages and workbooks
	{"internal/report/dataset", "disk framework lens parquet portfolio review scoring"},                             // the rows of a portfolio as Parquet files
	{"internal/report", "brand compare portfolio report/ci report/html report/pdf report/plain report/slides report/view report/wire report/xlsx scoring suggest trend wa/openreview"}, // the tables of formats
	{"internal/tickets", "disk jsonfile lens report/view review scoring spreadsheet suggest text"},                                                                                     // open findings out to a tracker, and what became of them in
	{"internal/report/xlsx", "brand portfolio report/grid report/view review scoring spreadsheet workbook"},                                                                            // sheets
	{"internal/wa/customlens", "jsonfile lens rules text yamlfile"},
	{"internal/wa/lint", "jsonfile rules sarif suggest text wa/customlens yamlfile"},        // what is wrong with a custom lens, a table of checks
	{"internal/wa/answers", "choice lens review rules suggest text wa/customlens yamlfile"}, // answers out to the WA Tool and in from it; its map of ids is YAML
	{"internal/tui", "card dates disk interview lens review scoring suggest text"},          // the summary of a session shows an assessment

	{"internal/schemagen", "bank/shipped brand gate lens policy report/wire review trend wa/lint yamlfile"}, // go generate

	// The edge: everything but the ways in which the banks are kept.
	{"internal/cli", "bank bank/shipped brand card choice compare dates disk filekind framework gate gitref interview jsonfile lens lensmatch policy portfolio recap report report/dataset report/html report/plain report/view report/wire review rules runsheet sarif scoring session spreadsheet suggest text tickets trend tui wa/answers wa/customlens wa/lint wa/openreview workbook"},
	{"cmd/iotlens", "cli"},

	{"internal/browsertest", ""},                                       // pages in a headless browser, for tests
	{"internal/site", "card cli framework lens report/page wa/lint"},   // the documentation and the lens as pages; no part of the program
	{"internal/site/build", "bank/shipped cli framework site wa/lint"}, // make site
	{"internal/release", "cli"},                                        // what goes into a release beside the program
}

// restricted lists imports that only some packages may have, as they are large, have global
// state or may be replaced. Imports that are not listed are allowed everywhere.
var restricted = []struct {
	library string
	only    string
	why     string
}{
	{"gopkg.in/yaml.v3", "internal/yamlfile", "its strict mode loses lines and speaks of Go types, and its maintained twin must stay one line away"},
	{"go.yaml.in/yaml", "", "internal/yamlfile reads YAML; this twin comes with Viper"},
	{"github.com/spf13/", "internal/cli", "flags and configuration end at the edge"},
	{"charm.land/", "internal/tui", "what talks to a terminal stays out of every other start"},
	{"golang.org/x/term", "internal/cli", "only the edge knows a terminal"},
	{"github.com/google/jsonschema-go", "internal/schemagen", "a generator's library stays out of the program"},
	{"github.com/xuri/excelize/v2", "", "compiles 26 patterns at every start; it is for tests, which compare with it"},
	{"github.com/xuri/nfp", "internal/workbook", "parses format codes of hostile files: one package bounds them and catches its panics"},
	{"github.com/parquet-go/", "internal/parquet", "its writer would make the program larger by a third; one package takes the parts that are needed"},
	{"codeberg.org/go-pdf/", "internal/report/pdf", "one format is drawn with it"},
	{"github.com/go-fonts/", "internal/report/pdf", "fonts are for the one format that embeds them"},
	{"golang.org/x/image/", "internal/report/pdf", "glyphs are for the one format that embeds fonts"},
	{"github.com/yuin/goldmark", "internal/site", "Markdown is for the pages of the site, and no part of the program"},
	{"github.com/chromedp/", "internal/browsertest", "a browser is for tests"},
	{"github.com/charmbracelet/x/vt", "", "an emulated terminal is for tests and pictures"},
	{"github.com/containerd/console", "", "an emulated terminal is for tests and pictures"},
	{"os/exec", "internal/browsertest internal/gitref internal/release internal/sarif/sariftest internal/tui", "the program starts nothing but git, to read a commit, and the user's own editor; the others make releases and tests"},
}

// linked lists the libraries in the program that import a network package of the standard
// library, with the reason. No package of this module imports one, and
// TestNoCommandOpensASocket shows that no command uses one.
var linked = []struct {
	library, imports, why string
}{
	{"github.com/go-viper/mapstructure/v2", "net", "comes with Viper; decodes addresses"},
	{"github.com/spf13/afero", "net/http", "comes with Viper; shows a file system over HTTP"},
	{"github.com/spf13/pflag", "net", "flags whose values are addresses"},
}

func TestImports(t *testing.T) {
	imports := importsOf(t)
	require.NotEmpty(t, imports)
	for _, breach := range breaches(imports) {
		assert.Fail(t, breach)
	}
}

func TestABreachIsSaidInOneLine(t *testing.T) {
	got := breaches(map[string][]string{
		"internal/disk": {module + "internal/report", module + "internal/text", "strings"},
		"internal/gate": {"gopkg.in/yaml.v3", "go.yaml.in/yaml/v3", "net/url"},
		"internal/shop": {"strings"},
	})
	assert.Equal(t, []string{
		"internal/disk may not import internal/report; it may import text",
		"internal/gate imports go.yaml.in/yaml/v3, which no package may: internal/yamlfile reads YAML; this twin comes with Viper",
		"internal/gate imports gopkg.in/yaml.v3, which only internal/yamlfile may: its strict mode loses lines and speaks of Go types, and its maintained twin must stay one line away",
		"internal/shop is not in the table of internal/imports_test.go: say what it may import",
	}, got)
}

// The tables list only existing packages.
func TestEveryRowNamesAPackage(t *testing.T) {
	imports := importsOf(t)
	exists := func(row, pkg string) {
		assert.Contains(t, imports, pkg, "internal/imports_test.go, row %s: there is no package %s", row, pkg)
	}
	for _, row := range layers {
		exists(row.pkg, row.pkg)
		for _, may := range strings.Fields(row.may) {
			if _, top := imports[may]; !top {
				exists(row.pkg, "internal/"+may)
			}
		}
	}
	for _, row := range restricted {
		for _, pkg := range strings.Fields(row.only) {
			exists(row.library, pkg)
			assert.True(t, slices.ContainsFunc(imports[pkg], func(i string) bool { return kept(i, row.library) }),
				"internal/imports_test.go, row %s: %s does not import it", row.library, pkg)
		}
	}
}

// Of everything linked into the program, only the libraries in linked import the network.
func TestWhatImportsTheNetwork(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports,Standard", "../cmd/iotlens").Output()
	require.NoError(t, err)
	var got, want []string
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var pkg struct {
			ImportPath string
			Imports    []string
			Standard   bool
		}
		err := d.Decode(&pkg)
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		for _, i := range pkg.Imports {
			if !pkg.Standard && network(i) {
				got = append(got, pkg.ImportPath+" imports "+i)
			}
		}
	}
	for _, l := range linked {
		want = append(want, l.library+" imports "+l.imports)
	}
	slices.Sort(got)
	assert.Equal(t, want, got)
}

// network reports whether a package can open a connection. net/url, net/mail, net/netip and
// golang.org/x/net/html only parse.
func network(pkg string) bool {
	switch pkg {
	case "net", "net/rpc", "net/smtp", "net/textproto", "crypto/tls", "log/syslog":
		return true
	}
	parser := strings.HasPrefix(pkg, "golang.org/x/net/html")
	return pkg == "net/http" || strings.HasPrefix(pkg, "net/http/") || strings.HasPrefix(pkg, "golang.org/x/net/") && !parser || strings.HasPrefix(pkg, "google.golang.org/grpc")
}

// breaches compares the imports of each package with the two tables.
func breaches(imports map[string][]string) []string {
	var out []string
	for pkg, list := range imports {
		i := slices.IndexFunc(layers, func(h struct{ pkg, may string }) bool { return h.pkg == pkg })
		if i < 0 {
			out = append(out, pkg+" is not in the table of internal/imports_test.go: say what it may import")
			continue
		}
		may := strings.Fields(layers[i].may)
		for _, imported := range list {
			if ours, ok := strings.CutPrefix(imported, module); ok && !slices.Contains(may, strings.TrimPrefix(ours, "internal/")) {
				out = append(out, fmt.Sprintf("%s may not import %s; it may import %s", pkg, ours, orNothing(may)))
			}
			for _, k := range restricted {
				if only := strings.Fields(k.only); kept(imported, k.library) && !slices.Contains(only, pkg) {
					out = append(out, fmt.Sprintf("%s imports %s, which %s may: %s", pkg, imported, who(only), k.why))
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// kept reports whether an import is a library or, outside the standard library, a package
// below it: net/url is not net.
func kept(imported, library string) bool {
	return imported == library || strings.Contains(library, ".") && strings.HasPrefix(imported, strings.TrimSuffix(library, "/")+"/")
}

func orNothing(list []string) string {
	if len(list) == 0 {
		return "nothing of ours"
	}
	return strings.Join(list, ", ")
}

func who(only []string) string {
	if len(only) == 0 {
		return "no package"
	}
	return "only " + strings.Join(only, " and ")
}

// importsOf lists the imports of all packages without tests, which may import anything.
func importsOf(t *testing.T) map[string][]string {
	imports := map[string][]string{}
	for _, s := range sources(t) {
		pkg := path.Dir(s.name)
		if !slices.Contains([]string{"cmd", "frameworks", "internal", "pillars", "questions"}, strings.Split(pkg, "/")[0]) {
			continue // tools and the like have a module of their own
		}
		for _, i := range s.file.Imports {
			imported, err := strconv.Unquote(i.Path.Value)
			require.NoError(t, err)
			if !slices.Contains(imports[pkg], imported) {
				imports[pkg] = append(imports[pkg], imported)
			}
		}
	}
	return imports
}
