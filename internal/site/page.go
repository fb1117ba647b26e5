package site

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/page"
)

//go:embed templates/*.html
var templateFiles embed.FS

// policy allows pages to load only the style, script and pictures of the site. The scheme
// file: is for a site that is opened from a folder, where 'self' matches nothing; elsewhere
// pages cannot load from it.
// Source: Content Security Policy Level 3, 6.7.2.
const policy = "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src 'self' file:; base-uri 'none'; form-action 'none'"

// templates returns the templates of pages. Only linkIDs and helpText make markup from
// texts, which they escape.
func (b *builder) templates() (*template.Template, error) {
	return template.New("").Funcs(template.FuncMap{
		"linked":    b.linkIDs,
		"helpText":  b.helpText,
		"to":        b.addressOf,
		"sections":  card.Sections,
		"when":      card.RuleCondition,
		"ratedBy":   card.RatedByText,
		"fix":       card.FixText,
		"kindWords": card.KindText,
		"stakes":    func(p *lens.Practice) string { return card.StakeNames(b.Lens, p) },
		"facts":     func(ids []string) string { return card.FactNames(b.Lens, ids) },
		"condition": func(c lens.Condition) string { return card.ConditionText(b.Lens, c) },
		"place":     func(q *lens.Question) string { return card.PlaceText(b.Lens, q) },
		"layer":     b.Lens.LayerName,
		"pillar":    b.Lens.PillarName,
		"scenario":  b.Lens.ScenarioName,
		"phase":     b.phase,
		"anchor":    anchor,
		"join":      strings.Join,
		"outdent":   outdent,
		"prose":     func() card.Kind { return card.Prose },
		"steps":     func() card.Kind { return card.Steps },
		"policy":    func() string { return policy },
	}).ParseFS(templateFiles, "templates/*.html")
}

// root matches an address from the root in the markup of a page.
var root = regexp.MustCompile(`(href|src)="/([^"]*)"`)

// draw renders a page.
func (b *builder) draw(p *sitePage) ([]byte, error) {
	if b.templateSet == nil {
		var err error
		if b.templateSet, err = b.templates(); err != nil {
			return nil, err
		}
	}
	var body, out bytes.Buffer
	if err := b.templateSet.ExecuteTemplate(&body, p.view, p.Data); err != nil {
		return nil, err
	}
	err := b.templateSet.ExecuteTemplate(&out, "shell", struct {
		*sitePage
		Root, Here, Near string
		Body             template.HTML
		Lens             *lens.Lens
		Areas            []area
	}{p, strings.Repeat("../", strings.Count(p.Path, "/")), "/" + p.Path, p.currentNavLink(), template.HTML(body.String()), b.Lens, areas}) //nolint:gosec // a template has escaped it
	if err != nil {
		return nil, err
	}
	return root.ReplaceAllFunc(out.Bytes(), func(m []byte) []byte {
		parts := root.FindSubmatch(m)
		return fmt.Appendf(nil, `%s="%s"`, parts[1], relative(p.Path, string(parts[2])))
	}), nil
}

// currentNavLink returns the address in the navigation links of the page itself, or of its
// nearest ancestor there.
func (p *sitePage) currentNavLink() string {
	chain := append(slices.Clone(p.Crumbs), ref{To: "/" + p.Path})
	for _, r := range slices.Backward(chain) {
		if slices.ContainsFunc(p.Nav, func(g navGroup) bool {
			return slices.ContainsFunc(g.Links, func(l ref) bool { return l.To == r.To })
		}) {
			return r.To
		}
	}
	return ""
}

// An area is a link of the header.
type area struct{ ID, Title, To string }

var areas = []area{
	{"docs", "Documentation", "/docs/index.html"},
	{"lens", "Lens", "/lens/index.html"},
	{"commands", "Commands", "/commands/index.html"},
	{"checks", "Checks", "/checks/index.html"},
}

// missingStyle is the style of the 404 page, which loads nothing.
const missingStyle = `body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.6 -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:40rem;margin:18vh auto 0;padding:0 1.5rem}
h1{font-size:2.1rem;line-height:1.2;letter-spacing:-.018em;font-weight:650;margin:0 0 1rem}
a{color:var(--accent)}
`

// notFoundPage renders the 404 page. A host serves it at any depth, so it is self-contained
// and links below Base.
func (b *builder) notFoundPage() ([]byte, error) {
	style := page.SharedCSS() + missingStyle
	sum := sha256.Sum256([]byte(style))
	var out bytes.Buffer
	err := b.templateSet.ExecuteTemplate(&out, "missing", struct {
		Base  string
		Hash  string
		Style template.CSS
	}{strings.TrimSuffix(path.Join("/", b.Base), "/") + "/", base64.StdEncoding.EncodeToString(sum[:]), template.CSS(style)}) //nolint:gosec // ours
	return out.Bytes(), err
}

// addressOf returns the address of the page for a kind and an id, such as a question.
func (b *builder) addressOf(kind, id string) (string, error) {
	if to, ok := b.ids[kind+" "+id]; ok {
		return to, nil
	}
	return "", fmt.Errorf("there is no page of the %s %s", kind, id)
}

// phase returns the name of a lifecycle phase.
func (b *builder) phase(id string) string {
	for _, t := range b.Lens.Lifecycle {
		if t.ID == id {
			return t.Name
		}
	}
	return id
}

// idLike matches texts in the form of ids of questions, best practices and checks.
var idLike = regexp.MustCompile(`[A-Z][A-Z0-9]+(-[A-Z0-9]+)*`)

// linkIDs returns a text with a link to its page for each id.
func (b *builder) linkIDs(text string) template.HTML {
	escaped := template.HTMLEscapeString(text)
	return template.HTML(idLike.ReplaceAllStringFunc(escaped, func(id string) string { //nolint:gosec // escaped above
		to := b.addressOfID(id)
		if to == "" {
			return id
		}
		return `<a class="id" href="` + to + `">` + id + `</a>`
	}))
}

// addressOfID returns the address of the page of a question, best practice or check, or empty.
func (b *builder) addressOfID(id string) string {
	for _, kind := range []string{"question", "practice", "check"} {
		if to, ok := b.ids[kind+" "+id]; ok {
			return to
		}
	}
	return ""
}

var notInAnchors = regexp.MustCompile(`[^A-Za-z0-9.]+`)

// anchor converts a text to a fragment identifier.
func anchor(s string) string { return strings.Trim(notInAnchors.ReplaceAllString(s, "-"), "-") }
