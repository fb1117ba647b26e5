package site_test

import (
	"bytes"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/browsertest"
	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/cli"
	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/site"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

func TestMain(m *testing.M) {
	code := m.Run()
	browsertest.Close()
	os.Exit(code)
}

// source returns the whole repository with the shipped lens, to which its pages link.
func source() site.Source {
	l := shipped.Lens()
	manual, everywhere := cli.Manuals()
	return site.Source{
		Repository: os.DirFS("../.."), Host: "https://example.com/iotlens", Base: "/below/",
		Lens: l, Frameworks: framework.AddLensAnswers(framework.Shipped(), l), Checks: lint.Checks(), Manual: manual, GlobalFlags: everywhere,
	}
}

var built = sync.OnceValues(func() (site.Files, error) { return site.Build(source()) })

func files(t *testing.T) site.Files {
	t.Helper()
	f, err := built()
	require.NoError(t, err)
	return f
}

// pages returns the parsed pages of the site by name.
func pages(t *testing.T) map[string]*html.Node {
	t.Helper()
	out := map[string]*html.Node{}
	for name, data := range files(t) {
		if path.Ext(name) == ".html" {
			n, err := html.Parse(bytes.NewReader(data))
			require.NoError(t, err, name)
			out[name] = n
		}
	}
	require.NotEmpty(t, out)
	return out
}

// each visits the elements below a node.
func each(n *html.Node, visit func(*html.Node)) {
	if n.Type == html.ElementNode {
		visit(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, visit)
	}
}

func attr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func TestTheSameSourceGivesTheSameBytes(t *testing.T) {
	again, err := site.Build(source())
	require.NoError(t, err)
	first := files(t)
	require.Equal(t, slices.Sorted(maps.Keys(first)), slices.Sorted(maps.Keys(again)))
	for name, data := range first {
		assert.Equal(t, string(data), string(again[name]), name)
	}
}

// Each question, best practice, pillar, layer, part, scenario, framework, check and
// command has a page of its own.
func TestEverythingHasAPage(t *testing.T) {
	s, f := source(), files(t)
	has := func(name string, said ...string) {
		t.Helper()
		require.Contains(t, f, name)
		doc, err := html.Parse(bytes.NewReader(f[name]))
		require.NoError(t, err)
		text := flat(doc)
		for _, want := range said {
			assert.Contains(t, text, strings.Join(strings.Fields(want), " "), name)
		}
	}
	for q, p := range s.Lens.All() {
		card := cardTexts(p)
		has("lens/practices/"+p.ID+".html", slices.Concat(card, []string{q.ID, q.Ask})...)
		has("lens/questions/"+q.ID+".html", slices.Concat(card, q.FollowUps, []string{q.Ask, q.Title})...)
	}
	for _, p := range s.Lens.Pillars {
		has("lens/pillars/"+p.ID+".html", p.Name, p.Description)
	}
	for _, y := range s.Lens.Layers {
		has("lens/layers/"+y.ID+".html", y.Name, y.Description)
	}
	for _, y := range s.Lens.Parts {
		has("lens/parts/"+y.ID+".html", y.Name, y.Description)
	}
	for _, c := range s.Lens.Scenarios {
		has("lens/scenarios/"+c.ID+".html", c.Name, c.Description, c.Steps[0].Title, c.Steps[len(c.Steps)-1].Text)
	}
	for _, w := range s.Frameworks {
		has("lens/frameworks/"+w.ID+".html", w.Title, w.Provisions[0].ID, w.Provisions[len(w.Provisions)-1].Title)
	}
	for _, c := range s.Checks {
		has("checks/"+c.Code+".html", c.Name, c.Summary, c.Why)
	}
	var command func(m cli.Manual)
	command = func(m cli.Manual) {
		if len(m.Path) > 1 {
			said := []string{strings.Join(m.Path, " "), m.Short, m.Usage}
			for _, f := range m.Flags {
				said = append(said, "--"+f.Name, f.Usage)
			}
			has("commands/"+strings.Join(m.Path[1:], "-")+".html", append(said, strings.Split(m.Example, "\n")...)...)
		}
		for _, sub := range m.Commands {
			command(sub)
		}
	}
	command(s.Manual)
}

// cardTexts returns the texts of the card of a best practice.
func cardTexts(p *lens.Practice) []string {
	out := []string{p.ID, p.Title, card.FixText(p.Fix), p.OwnSeverity.Why}
	for _, s := range card.Sections(p) {
		out = append(append(out, s.Title), s.Texts...)
	}
	for _, r := range p.Resources {
		out = append(out, r.Title)
	}
	return append(out, p.Services...)
}

// flat returns the text of a page with single spaces and without links.
func flat(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// Every link within the site leads to an existing page and fragment; every other link is https;
// ids are unique.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	all := pages(t)
	f := files(t)
	ids := map[string]map[string]bool{}
	for name, doc := range all {
		ids[name] = map[string]bool{}
		each(doc, func(n *html.Node) {
			if id, ok := attr(n, "id"); ok {
				assert.False(t, ids[name][id], "%s: the id %q is given twice", name, id)
				ids[name][id] = true
			}
		})
	}
	links := 0
	for name, doc := range all {
		each(doc, func(n *html.Node) {
			for _, key := range []string{"href", "src"} {
				to, ok := attr(n, key)
				if !ok || name == "404.html" && to == "/below/" {
					continue
				}
				links++
				u, err := url.Parse(to)
				require.NoError(t, err, name)
				if u.Scheme != "" {
					assert.Equal(t, "a", n.Data, "%s loads %s", name, to)
					assert.Equal(t, "https", u.Scheme, "%s: %s", name, to)
					continue
				}
				assert.False(t, strings.HasPrefix(to, "/"), "%s: the address %s is not relative", name, to)
				target := name
				if u.Path != "" {
					target = path.Join(path.Dir(name), u.Path)
				}
				if _, ok := f[target]; !ok {
					assert.Fail(t, "link", "%s links to %s", name, to)
				} else if u.Fragment != "" && !ids[target][u.Fragment] {
					assert.Fail(t, "link", "%s links to %s, which has no such place", name, to)
				}
			}
		})
	}
	assert.Greater(t, links, 1000)
}

// No page can load anything external: it has the policy, no inline style or handler, and no
// script other than that of the site.
func TestPagesLoadNothingFromElsewhere(t *testing.T) {
	for name, doc := range pages(t) {
		policy := ""
		each(doc, func(n *html.Node) {
			if v, _ := attr(n, "http-equiv"); v == "Content-Security-Policy" {
				policy, _ = attr(n, "content")
			}
			switch n.Data {
			case "script":
				src, _ := attr(n, "src")
				assert.True(t, strings.HasSuffix(src, "assets/site.js"), "%s: a script of its own", name)
			case "style", "iframe", "object", "embed", "base", "form":
				if n.Data != "style" || name != "404.html" { // which the policy knows by its hash
					assert.Fail(t, "element", "%s: <%s>", name, n.Data)
				}
			}
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || a.Key == "srcset" {
					assert.Fail(t, "attribute", "%s: the attribute %s", name, a.Key)
				}
			}
		})
		assert.True(t, strings.HasPrefix(policy, "default-src 'none'; "), name)
		assert.NotContains(t, policy, "unsafe")
		assert.NotContains(t, policy, "http")
	}
	assert.NotContains(t, string(files(t)["assets/site.css"]), "url(")
	assert.NotContains(t, string(files(t)["assets/site.css"]), "@import")
}

// Each page of docs is in the table of contents.
func TestTheTableOfContentsIsComplete(t *testing.T) {
	contents, err := os.ReadFile("../../docs/README.md")
	require.NoError(t, err)
	found, err := filepath.Glob("../../docs/*.md")
	require.NoError(t, err)
	for _, file := range found {
		if name := filepath.Base(file); name != "README.md" {
			assert.Contains(t, string(contents), "]("+name+")", "docs/README.md leaves out %s", name)
		}
	}
}

// A page that is not in its navigation links has an ancestor there, which is marked.
func TestThePageAboveIsMarked(t *testing.T) {
	for name, above := range map[string]string{
		"lens/questions/IOTSEC05.html": "../pillars/security.html", "lens/practices/IOTSEC05-BP01.html": "../pillars/security.html",
		"lens/questions/EDGE01.html": "../layers/edge.html", "docs/adr/0033-the-day-is-that-of-utc.html": "index.html",
	} {
		assert.Contains(t, string(files(t)[name]), `<li><a href="`+above+`" aria-current="true">`, name)
	}
}

// The error for a fault in a page of docs names the page.
func TestFaultsInPagesOfDocs(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"link to nothing", "# A\n\n[b](c.md)\n", `docs/brand.md: the link "c.md" leads to no file`},
		{"link out of the repository", "# A\n\n[b](../../c.md)\n", `docs/brand.md: the link "../../c.md" leads to no file`},
		{"link that runs", "# A\n\n[b](javascript:alert(1))\n", `docs/brand.md: the link "javascript:alert(1)" is not https`},
		{"picture from elsewhere", "# A\n\n![b](https://example.com/b.png)\n", `docs/brand.md: the picture "https://example.com/b.png" is not in docs/img`},
		{"markup", "# A\n\n<script>alert(1)</script>\n", "docs/brand.md: HTML in Markdown is not written: <script>"},
		{"markup in a line", "# A\n\nb <b onclick=\"c\">d</b>\n", "docs/brand.md: HTML in Markdown is not written: <b onclick"},
		{"no title", "b\n", "docs/brand.md: it does not begin with a heading"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := site.Build(small(c.page))
			require.ErrorContains(t, err, c.want)
		})
	}
}

// Heading ids, tables, and links to files that are not pages work as on GitHub.
func TestMarkdown(t *testing.T) {
	f, err := site.Build(small("# A `b` & c\n\n<!-- nothing -->\n\n## One: two_three, *four*\n\n## One: two_three, four\n\n| x | y |\n| --- | --- |\n| LABSEC10-BP01 | `LABSEC10-BP01` |\n\n[file](../action.yml) [folder](../testdata) [page](adr/0033-the-day-is-that-of-utc.md#why)\n\n    <b>code</b>\n"))
	require.NoError(t, err)
	page := string(f["docs/brand.html"])
	for _, want := range []string{
		`<title>A b &amp; c · iotlens</title>`,
		`<h2 id="one-two_three-four">`, `<h2 id="one-two_three-four-1">`, `<li><a href="#one-two_three-four">One: two_three, four</a></li>`,
		`<th>x</th>`, `<a href="../lens/practices/LABSEC10-BP01.html"><code class="short">LABSEC10-BP01</code></a>`,
		`<a href="https://example.com/iotlens/blob/main/action.yml">`, `<a href="https://example.com/iotlens/tree/main/testdata">`, `<a href="adr/0033-the-day-is-that-of-utc.html#why">`,
		`&lt;b&gt;code`,
	} {
		assert.Contains(t, page, want)
	}
	assert.NotContains(t, page, "nothing")
	assert.NotContains(t, page, "omitted")
}

// Texts of a bank are shown and never become markup.
func TestABankCannotWriteMarkup(t *testing.T) {
	s := small("# A\n")
	const attack = `"><script>alert(1)</script>` + `<img src="/x" onerror=alert(1)>`
	l := *s.Lens
	l.Questions = slices.Clone(l.Questions)
	q := &l.Questions[0]
	q.Ask, q.Topic, q.Title, q.Description = attack, attack, attack, attack
	q.Practices = slices.Clone(q.Practices)
	p := &q.Practices[0]
	p.Title, p.Why, p.Probes = attack, attack, []string{attack}
	p.Resources = slices.Clone(p.Resources[:1])
	p.Resources[0].Title, p.Resources[0].URL = attack, "javascript:alert(1)"
	s.Lens = &l
	f, err := site.Build(s)
	require.NoError(t, err)
	for name, data := range f {
		if path.Ext(name) != ".html" {
			continue
		}
		doc, err := html.Parse(bytes.NewReader(data))
		require.NoError(t, err)
		each(doc, func(n *html.Node) {
			src, _ := attr(n, "src")
			to, _ := attr(n, "href")
			assert.False(t, n.Data == "script" && !strings.HasSuffix(src, "assets/site.js"), name)
			assert.NotEqual(t, "img", n.Data, name)
			assert.False(t, strings.HasPrefix(to, "javascript:"), name)
		})
	}
}

// small returns a repository of few pages with the test lens.
func small(page string) site.Source {
	manual, everywhere := cli.Manuals()
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	repository := fstest.MapFS{
		"docs/brand.md": file(page), "docs/README.md": file("# Contents\n\n## One\n\n- [A](brand.md)\n"), "docs/adr/0033-the-day-is-that-of-utc.md": file("# 1. X\n\n## Why\n"),
		"docs/tutorial.md": file("# T\n"), "docs/lint.md": file("# L\n"), "docs/scoring.md": file("# S\n"), "docs/glossary.md": file("# G\n"), "docs/frameworks.md": file("# F\n"),
		"action.yml": file(""), "testdata/x": file(""),
	}
	for _, name := range []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "questions/README.md", "frameworks/README.md", "frameworks/LICENSES.md"} {
		repository[name] = file("# " + name + "\n")
	}
	return site.Source{Repository: fs.FS(repository), Host: "https://example.com/iotlens", Base: "/", Lens: testlens.Lens(), Checks: lint.Checks(), Manual: manual, GlobalFlags: everywhere}
}
