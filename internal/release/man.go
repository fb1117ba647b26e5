package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// manPages are the pages of section 1 by file name: one for each command that help
// shows, iotlens-gate.1 for iotlens gate. Cobra's own generator takes the help for
// Markdown, which it isn't: it loses stars, lists and line ends.
func manPages(c *cobra.Command, version string, at time.Time) map[string][]byte {
	pages := map[string][]byte{pageName(c) + ".1": manPage(c, version, at)}
	for _, sub := range shown(c) {
		for name, page := range manPages(sub, version, at) {
			pages[name] = page
		}
	}
	return pages
}

// shown are the commands that help lists below one.
func shown(c *cobra.Command) []*cobra.Command {
	return slices.DeleteFunc(slices.Clone(c.Commands()), func(sub *cobra.Command) bool { return !sub.IsAvailableCommand() })
}

func pageName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

func manPage(c *cobra.Command, version string, at time.Time) []byte {
	c.InitDefaultHelpFlag()
	var r roff
	name := pageName(c)
	r.line(`.TH "%s" "1" "%s" "iotlens %s" "iotlens manual"`, strings.ToUpper(escape(name)), at.Format(time.DateOnly), escape(version))
	r.line(".nh") // names and paths are not divided
	r.line(".ad l")
	r.section("NAME")
	r.line(`%s \- %s`, escape(name), escape(c.Short))
	r.section("SYNOPSIS")
	r.line(`\fB%s\fR%s`, escape(c.CommandPath()), escape(strings.TrimPrefix(synopsis(c), c.CommandPath())))
	r.section("DESCRIPTION")
	if c.Long != "" {
		r.text(c.Long)
	} else {
		r.text(c.Short + ".")
	}
	if subs := shown(c); len(subs) > 0 {
		r.section("COMMANDS")
		for _, sub := range subs {
			r.tagged(`\fB`+escape(pageName(sub))+`\fR(1)`, sub.Short)
		}
	}
	r.options("OPTIONS", c.NonInheritedFlags())
	r.options("GLOBAL OPTIONS", c.InheritedFlags())
	r.section("EXIT STATUS")
	for _, code := range exitCodes {
		r.tagged(`\fB`+code.name+`\fR`, code.text)
	}
	if !c.HasParent() {
		r.section("ENVIRONMENT")
		for _, v := range environment {
			r.tagged(`\fB`+escape(v.name)+`\fR`, v.text)
		}
		r.section("FILES")
		for _, f := range usedFiles {
			r.tagged(`\fI`+escape(f.name)+`\fR`, f.text)
		}
	}
	if c.Example != "" {
		r.section("EXAMPLES")
		r.literal(strings.Split(strings.Trim(c.Example, "\n"), "\n"))
	}
	r.section("SEE ALSO")
	r.line("%s", strings.Join(related(c), ", "))
	return []byte(r.String())
}

// synopsis is how a command is called.
func synopsis(c *cobra.Command) string {
	if len(shown(c)) > 0 {
		return c.CommandPath() + " COMMAND [flags]"
	}
	return c.UseLine()
}

// related are the pages above, beside and below a command.
func related(c *cobra.Command) []string {
	var names []string
	if c.HasParent() {
		names = append(names, pageName(c.Parent()))
	}
	for _, sub := range shown(c) {
		names = append(names, pageName(sub))
	}
	for i, n := range names {
		names[i] = `\fB` + escape(n) + `\fR(1)`
	}
	return append(names, escape(home))
}

// A roff is a page in the language of man.
type roff struct{ strings.Builder }

func (r *roff) line(format string, args ...any) { fmt.Fprintf(r, format+"\n", args...) }

func (r *roff) section(name string) { r.line(".SH %s", name) }

// tagged is a paragraph with a term before it.
func (r *roff) tagged(term, text string) {
	r.line(".TP\n%s\n%s", term, atStart(escape(text)))
}

// literal are lines that stay as they are.
func (r *roff) literal(lines []string) {
	r.line(".PP\n.nf\n.RS 2")
	for _, l := range lines {
		r.line("%s", atStart(escape(strings.TrimPrefix(l, "  "))))
	}
	r.line(".RE\n.fi")
}

// text is the help of a command: paragraphs, and indented lines that stay as they are.
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
			filled = append(filled, atStart(escape(l)))
		}
	}
	flush()
}

// options lists flags with what they take and what they are without.
func (r *roff) options(heading string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	r.section(heading)
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Deprecated != "" {
			return
		}
		term := `\fB` + escape("--"+f.Name) + `\fR`
		if f.Shorthand != "" {
			term = `\fB` + escape("-"+f.Shorthand) + `\fR, ` + term
		}
		takes, usage := pflag.UnquoteUsage(f)
		if takes != "" {
			term += ` \fI` + escape(takes) + `\fR`
		}
		if !slices.Contains([]string{"", "false", "0", "0s", "[]"}, f.DefValue) {
			usage += " (default " + f.DefValue + ")"
		}
		r.tagged(term, usage)
	})
}

// escape writes a text so that it is read as itself: hyphens that can be copied, no
// command and no escape.
var escape = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`).Replace

// atStart keeps the first character of a line from making it a command.
func atStart(line string) string {
	if strings.HasPrefix(line, ".") {
		return `\&` + line
	}
	return line
}

var exitCodes = []struct{ name, text string }{
	{"0", "Done; the gate passed."},
	{"1", "The gate, or a check of a lens, failed."},
	{"2", "Could not run: usage, invalid input, or input and output that failed."},
	{"3", "The review is not complete enough to judge."},
	{"130", "Interrupted. Every answer was on disk before."},
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
