package main

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/iotlens/iotlens/internal/cli"
)

// manPages returns the man pages of all commands in help by file name, such as
// iotlens-gate.1. Cobra's generator is not used, as it treats the help as Markdown and
// loses stars, lists and line breaks.
func manPages(version string, at time.Time) map[string][]byte {
	root, everywhere := cli.Manuals()
	pages := map[string][]byte{}
	var add func(m cli.Manual, above []string)
	add = func(m cli.Manual, above []string) {
		pages[pageName(m)+".1"] = manPage(m, above, everywhere, version, at)
		for _, sub := range m.Commands {
			add(sub, []string{pageName(m)})
		}
	}
	add(root, nil)
	return pages
}

func pageName(m cli.Manual) string { return strings.Join(m.Path, "-") }

// manPage returns the man page of a command, which refers to its parent and subcommands.
func manPage(m cli.Manual, above []string, everywhere []cli.Flag, version string, at time.Time) []byte {
	var r roff
	name, called := pageName(m), strings.Join(m.Path, " ")
	r.line(`.TH "%s" "1" "%s" "iotlens %s" "iotlens manual"`, strings.ToUpper(escape(name)), at.Format(time.DateOnly), escape(version))
	r.line(".nh") // names and paths are not divided
	r.line(".ad l")
	r.section("NAME")
	r.line(`%s \- %s`, escape(name), escape(m.Short))
	r.section("SYNOPSIS")
	r.line(`\fB%s\fR%s`, escape(called), escape(strings.TrimPrefix(synopsis(m), called)))
	r.section("DESCRIPTION")
	r.text(cmp.Or(m.Long, m.Short+"."))
	related := above
	if len(m.Commands) > 0 {
		r.section("COMMANDS")
		for _, sub := range m.Commands {
			r.definition(`\fB`+escape(pageName(sub))+`\fR(1)`, sub.Short)
			related = append(related, pageName(sub))
		}
	}
	if len(m.Flags) > 0 {
		r.section("OPTIONS")
		r.options(m.Flags)
	}
	r.section("GLOBAL OPTIONS")
	r.options(everywhere)
	r.definition(`\fB\-h\fR, \fB\-\-help\fR`, "help for "+called)
	if len(m.Exits) > 0 {
		r.section("EXIT STATUS")
	}
	for _, e := range m.Exits {
		r.definition(fmt.Sprintf(`\fB%d\fR`, e.Code), strings.ToUpper(e.Meaning[:1])+e.Meaning[1:]+".")
	}
	if len(m.Path) == 1 {
		r.section("ENVIRONMENT")
		for _, v := range environment {
			r.definition(`\fB`+escape(v.name)+`\fR`, v.text)
		}
		r.section("FILES")
		for _, f := range usedFiles {
			r.definition(`\fI`+escape(f.name)+`\fR`, f.text)
		}
	}
	if m.Example != "" {
		r.section("EXAMPLES")
		r.literal(strings.Split(strings.Trim(m.Example, "\n"), "\n"))
	}
	r.section("SEE ALSO")
	for i, page := range related {
		related[i] = `\fB` + escape(page) + `\fR(1)`
	}
	r.line("%s", strings.Join(append(related, escape(home)), ", "))
	return []byte(r.String())
}

// synopsis returns the usage line of a command.
func synopsis(m cli.Manual) string {
	return cmp.Or(m.Usage, strings.Join(m.Path, " ")+" COMMAND [flags]")
}

// A roff builds a man page.
type roff struct{ strings.Builder }

func (r *roff) line(format string, args ...any) { fmt.Fprintf(r, format+"\n", args...) }

func (r *roff) section(name string) { r.line(".SH %s", name) }

// tagged is a paragraph with a term before it.
func (r *roff) definition(term, text string) {
	r.line(".TP\n%s\n%s", term, escapeLineStart(escape(text)))
}

// literal adds preformatted lines.
func (r *roff) literal(lines []string) {
	r.line(".PP\n.nf\n.RS 2")
	for _, l := range lines {
		r.line("%s", escapeLineStart(escape(strings.TrimPrefix(l, "  "))))
	}
	r.line(".RE\n.fi")
}

// text adds the help of a command: paragraphs, and indented lines, which are preformatted.
func (r *roff) text(long string) {
	var filled, kept []string
	flush := func() {
		if filled != nil {
			r.line(".PP\n%s", strings.Join(filled, "\n"))
		}
		if kept != nil {
			r.literal(kept)
		}
		filled, kept = nil, nil
	}
	for _, l := range strings.Split(strings.TrimSpace(long), "\n") {
		switch indented := strings.HasPrefix(l, "  "); {
		case strings.TrimSpace(l) == "":
			flush()
		case indented:
			kept = append(kept, l)
		default:
			if kept != nil {
				flush()
			}
			filled = append(filled, escapeLineStart(escape(l)))
		}
	}
	flush()
}

// options lists flags with their values and defaults.
func (r *roff) options(flags []cli.Flag) {
	for _, f := range flags {
		term := `\fB` + escape("--"+f.Name) + `\fR`
		if f.Shorthand != "" {
			term = `\fB` + escape("-"+f.Shorthand) + `\fR, ` + term
		}
		if f.Value != "" {
			term += ` \fI` + escape(f.Value) + `\fR`
		}
		usage := f.Usage
		if f.Default != "" {
			usage += " (default " + f.Default + ")"
		}
		r.definition(term, usage)
	}
}

// escape escapes a text for roff; hyphens stay copyable.
var escape = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`).Replace

// atStart keeps the first character of a line from making it a command.
func escapeLineStart(line string) string {
	if strings.HasPrefix(line, ".") {
		return `\&` + line
	}
	return line
}

var environment = []struct{ name, text string }{
	{"IOTLENS_CONFIG", "Policy file of the gate, as --config."},
	{"IOTLENS_MIN_SCORE, IOTLENS_FAIL_ON, ...", "Settings of the gate's policy, by the names of its flags; a flag goes before them."},
	{"IOTLENS_BRAND, IOTLENS_FONT", "Brand file and font of reports, as --brand and --font."},
	{"VISUAL, EDITOR", "The editor that the full screen opens for a long text; vi where neither is set."},
	{"ACCESSIBLE", "Set to anything: iotlens review asks line by line, as with --plain. So does TERM=dumb."},
	{"NO_COLOR", "Set to anything: no colours."},
}

var usedFiles = []struct{ name, text string }{
	{"NAME.review.yaml", "A review: the workload, its answers, waivers and parked topics. It belongs into the workload's own repository."},
	{".iotlens.yaml", "Policy of the gate, beside the review or in a folder above it, up to the root of the repository."},
}
