package runsheet

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// Title begins every run sheet.
const Title = "# Run sheet"

// rules are read out at the opening.
var rules = []string{
	"We look at the workload, not at the people who built it. A gap that is named today is worth more than one that is found by an attacker or an outage.",
	"What counts is what runs today. A plan is a note beside the answer, not an answer.",
	"\"Don't know\" is an answer, and a good one: it gets an owner who finds out.",
	"\"Implemented\" means that somebody can show it. Note where: that is the evidence.",
	"If there is no agreement after three minutes, the worse answer counts, with a note of who disagrees.",
	"Solutions wait. What needs more than a sentence is parked, with an owner.",
	"Everybody from the right room speaks before anybody speaks twice.",
	"What is written down is read out before we go on.",
}

// A page is Markdown that is being written, in blocks with a blank line before each.
type page struct{ text.Page }

// block writes a line behind a blank one. Its arguments are made safe.
func (p *page) block(format string, args ...any) { p.Section(format, safe(args)...) }

// line writes a line. Its arguments are made safe.
func (p *page) line(format string, args ...any) { p.Line(format, safe(args)...) }

// safe makes texts safe inside a line of Markdown.
func safe(args []any) []any {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = text.Markdown(s)
		}
	}
	return args
}

// list writes a list below a title; nothing where it is empty.
func (p *page) list(title string, texts []string) {
	if len(texts) == 0 {
		return
	}
	p.Section("%s", title)
	p.Line("")
	for _, t := range texts {
		p.line("- %s", t)
	}
}

// Markdown writes a run sheet.
func Markdown(s Sheet) string {
	p := &page{}
	p.head(s)
	p.times(s)
	if slices.ContainsFunc(s.Pillars, func(p lens.Pillar) bool { return len(p.Room) > 0 }) {
		p.block("## Who should be in the room")
	}
	for _, pillar := range s.Pillars {
		p.list("**"+text.Markdown(pillar.Name)+"**", pillar.Room)
	}
	p.list("## Ground rules", rules)
	p.block("## Cards")
	for _, c := range s.Cards {
		p.question(c)
	}
	p.leftOut(s)
	return p.String()
}

func (p *page) head(s Sheet) {
	if s.Workload == "" {
		p.Line(Title)
	} else {
		p.line(Title+": %s", s.Workload)
	}
	p.block("%s.", s.Lens)
	if s.Narrowed != "" {
		p.line("Only: %s.", s.Narrowed)
	}
	p.block("For the facilitator. It holds what is not for the shared screen: what to listen for, and what good and bad answers sound like.")
}

func (p *page) times(s Sheet) {
	p.block("## Agenda")
	end := s.Agenda[len(s.Agenda)-1].To
	p.block("%s, %d minutes for them; with opening, breaks and closing %s.", text.Count(len(s.Cards), "question"), s.Minutes(), clock(end))
	if s.Budget > 0 {
		p.line("Planned for %d minutes of questions: the most important that fit.", s.Budget)
	}
	if s.RuledOut+s.SetAside > 0 {
		p.line("The profile rules out %s and sets %d aside.", text.Count(s.RuledOut, "best practice"), s.SetAside)
	}
	if n := len(s.LeftOut); n > 0 {
		p.line("Left out: %s, listed at the end.", text.Count(n, "question"))
	}
	p.block("| from | to | minutes | what |")
	p.Line("| ---: | ---: | ---: | --- |")
	for _, a := range s.Agenda {
		what := a.What
		if a.Chapter != "" {
			what = "**" + text.Markdown(a.Chapter) + "**: " + text.Markdown(strings.Join(a.Questions, ", "))
		}
		p.Line("| %s | %s | %d | %s |", clock(a.From), clock(a.To), a.To-a.From, what)
	}
}

// clock writes minutes as hours and minutes: 1:05.
func clock(minutes int) string { return fmt.Sprintf("%d:%02d", minutes/60, minutes%60) }

func (p *page) leftOut(s Sheet) {
	if len(s.LeftOut) == 0 {
		return
	}
	p.block("## Left out")
	p.block("%s of about %d minutes in all don't fit and will be reported as not assessed:", text.Count(len(s.LeftOut), "question"), minutes(s.LeftOut))
	p.Line("")
	for _, c := range s.LeftOut {
		p.line("- %s, %d min: %s", c.Question.ID, c.Minutes, c.Question.Label())
	}
}

func (p *page) question(c Card) {
	p.block("---")
	p.block("### %s, %d min", strings.TrimSuffix(c.Question.ID+": "+c.Question.Topic, ": "), c.Minutes)
	p.block("**%s**", c.Ask)
	p.list("*And then*", c.Question.FollowUps)
	if c.Question.Title == c.Question.Ask {
		p.block("%s", c.Chapter)
	} else {
		p.block("%s: %s", c.Chapter, c.Question.Title)
	}
	for _, b := range c.Practices {
		p.practice(b, c)
	}
}

func (p *page) practice(b *lens.Practice, c Card) {
	p.block("#### %s: %s", b.ID, b.Title)
	p.block("Severity %s, effort %s.", b.Severity, b.Effort)
	if a, answered := c.Answers[b.ID]; answered {
		s := "Answered so far: " + a.Status.Words()
		if a.By != "" {
			s += ", by " + a.By
		}
		if a.Note != "" {
			s += ". " + a.Note
		}
		p.block("%s", s)
	}
	if b.Why != "" {
		p.block("%s", b.Why)
	}
	var good []string
	for _, h := range b.How {
		good = append(good, sentence(h.Do))
	}
	p.list("*Ask*", b.Probes)
	p.list("*Good sounds like*", good)
	p.list("*Red flags*", b.RedFlags)
	p.list("*Ask to be shown*", b.Evidence)
	p.block("☐ implemented  ☐ partly  ☐ not implemented  ☐ not applicable  ☐ don't know")
	p.block("Owner: .................... Due: .......... Evidence: ..............................")
	p.block("Notes:")
	for range 3 {
		p.block("%s", strings.Repeat(".", 90))
	}
}

var sentenceEnd = regexp.MustCompile(`\. [A-Z]`)

// sentence is the first sentence of a text: what is done, without the details.
func sentence(s string) string {
	if end := sentenceEnd.FindStringIndex(s); end != nil {
		return s[:end[0]+1]
	}
	return s
}
