package site

import (
	"html/template"
	"regexp"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/cli"
)

// A manualView is the manual of a command, with its text in blocks.
type manualView struct {
	cli.Manual
	Name   string // as it is typed
	Blocks []block
	Groups []manualGroup // the commands below it, or all where it is iotlens itself
}

// A manualGroup is a titled list of commands.
type manualGroup struct {
	Title    string
	Commands []manualRef
}

type manualRef struct{ Name, Short, To string }

// addManuals adds the reference of commands: the list, and a page for each.
func (b *builder) addManuals() {
	groups := commandGroups(b.Manual)
	nav := []navGroup{{"Commands", []ref{{"All commands", "/commands/index.html"}}}}
	for _, g := range groups {
		links := navGroup{Title: g.Title}
		for _, c := range g.Commands {
			links.Links = append(links.Links, ref{c.Name, c.To})
		}
		nav = append(nav, links)
	}
	b.add(sitePage{
		Path: "commands/index.html", Title: "Commands", Summary: b.Manual.Short, Area: "commands", Nav: nav, view: "commands", Wide: true,
		Data: struct {
			manualView
			Everywhere []cli.Flag
		}{manualView{Manual: b.Manual, Name: "iotlens", Blocks: blocks(b.Manual.Long), Groups: groups}, b.GlobalFlags},
		entries: []entry{{Kind: "Commands", Title: "Commands", Text: b.Manual.Long + flagTexts(b.GlobalFlags)}},
	})
	from := len(b.pages)
	var add func(m cli.Manual)
	add = func(m cli.Manual) {
		name := strings.Join(m.Path, " ")
		crumbs := []ref{{"Commands", "/commands/index.html"}}
		for i := 2; i < len(m.Path); i++ {
			crumbs = append(crumbs, ref{strings.Join(m.Path[:i], " "), manualTo(m.Path[:i])})
		}
		v := manualView{Manual: m, Name: name, Blocks: blocks(m.Long)}
		for _, sub := range m.Commands {
			v.Groups = append(v.Groups, manualGroup{Commands: []manualRef{{strings.Join(sub.Path, " "), sub.Short, manualTo(sub.Path)}}})
		}
		b.add(sitePage{
			Path: manualTo(m.Path)[1:], Title: name, Summary: m.Short, Area: "commands", Nav: nav, Crumbs: crumbs, view: "command", Data: v, Wide: true,
			entries: []entry{{Kind: "Command", ID: name, Title: m.Short, Text: m.Long + flagTexts(m.Flags)}},
		})
		for _, sub := range m.Commands {
			add(sub)
		}
	}
	for _, m := range b.Manual.Commands {
		add(m)
	}
	b.linkNeighbours(from)
}

func manualTo(path []string) string { return "/commands/" + strings.Join(path[1:], "-") + ".html" }

// commandGroups are the commands under the headings of help, with those below them.
func commandGroups(root cli.Manual) []manualGroup {
	var out []manualGroup
	for _, m := range root.Commands {
		if len(out) == 0 || out[len(out)-1].Title != m.Group {
			out = append(out, manualGroup{Title: m.Group})
		}
		last := &out[len(out)-1]
		var list func(m cli.Manual)
		list = func(m cli.Manual) {
			last.Commands = append(last.Commands, manualRef{strings.Join(m.Path[1:], " "), m.Short, manualTo(m.Path)})
			for _, sub := range m.Commands {
				list(sub)
			}
		}
		list(m)
	}
	return out
}

// A block is a part of the text of a help: a paragraph, a list, or lines as they are.
type block struct {
	Text  string   // of a paragraph
	Items []string // of a list
	Lines string   // kept as they are: tables and examples
}

// blocks takes the text of a help apart. What is indented stays as it is, but for a list.
func blocks(text string) []block {
	var out []block
	var paragraph, indented []string
	flush := func() {
		if len(paragraph) > 0 {
			out = append(out, block{Text: strings.Join(paragraph, " ")})
		}
		if len(indented) > 0 {
			out = append(out, indentedBlock(indented))
		}
		paragraph, indented = nil, nil
	}
	for _, line := range strings.Split(text, "\n") {
		switch {
		case strings.TrimSpace(line) == "":
			if len(indented) > 0 {
				indented = append(indented, "")
			} else {
				flush()
			}
		case strings.HasPrefix(line, "  "):
			if len(paragraph) > 0 {
				flush()
			}
			indented = append(indented, line)
		default:
			if len(indented) > 0 {
				flush()
			}
			paragraph = append(paragraph, line)
		}
	}
	flush()
	return out
}

func indentedBlock(lines []string) block {
	text := strings.TrimRight(strings.Join(lines, "\n"), "\n")
	if !strings.HasPrefix(text, "  - ") {
		return block{Lines: outdent(text)}
	}
	var items []string
	for _, item := range strings.Split("\n"+text, "\n  - ")[1:] {
		items = append(items, strings.Join(strings.Fields(item), " "))
	}
	return block{Items: items}
}

// outdent takes the two spaces off by which help indents.
func outdent(text string) string {
	return strings.ReplaceAll(strings.TrimPrefix(text, "  "), "\n  ", "\n")
}

// inHelp is what a text of help names: a flag, or a page of the documentation.
var linkableInHelp = regexp.MustCompile(`--[a-z][a-z-]*[a-z]|docs/[a-z-]+\.md`)

// helpText is a text of help in which flags of the command lead to their place on its
// page, and pages of the documentation to theirs.
func (b *builder) helpText(text string, flags []cli.Flag) template.HTML {
	return template.HTML(linkableInHelp.ReplaceAllStringFunc(template.HTMLEscapeString(text), func(named string) string { //nolint:gosec // escaped here
		to := b.ids["file "+named]
		if slices.ContainsFunc(flags, func(f cli.Flag) bool { return "--"+f.Name == named }) {
			to = "#flag-" + named[2:]
		}
		code := `<code class="short">` + named + `</code>`
		if to == "" {
			return code
		}
		return `<a href="` + to + `">` + code + `</a>`
	}))
}

func flagTexts(flags []cli.Flag) string {
	var b strings.Builder
	for _, f := range flags {
		b.WriteString(" --" + f.Name + " " + f.Usage)
	}
	return b.String()
}
