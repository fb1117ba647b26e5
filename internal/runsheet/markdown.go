package runsheet

import (
	"fmt"
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
	"\"Implemented\" means that somebody can show it. Say where, and it becomes the evidence.",
	"Three minutes without agreement, and the worse answer stands, with a note of who sees it otherwise.",
	"Solutions wait. What needs more than a sentence is parked, with an owner.",
	"Everybody from the right room speaks before anybody speaks twice.",
	"What is written down is read out before we go on.",
}

// Markdown writes a run sheet.
func Markdown(s Sheet) string {
	p := &text.Page{}
	head(p, s)
	times(p, s)
	people(p, s)
	p.Line("")
	p.Line("## Ground rules")
	p.Line("")
	for _, r := range rules {
		p.Line("- %s", r)
	}
	p.Line("")
	p.Line("## Cards")
	for _, c := range s.Cards {
		question(p, c)
	}
	leftOut(p, s)
	return p.String()
}

func head(p *text.Page, s Sheet) {
	title := Title
	if s.Workload != "" {
		title += ": " + text.Markdown(s.Workload)
	}
	p.Line("%s", title)
	p.Line("")
	p.Line("%s.", text.Markdown(s.Lens))
	if s.Narrowed != "" {
		p.Line("Only: %s.", text.Markdown(s.Narrowed))
	}
	p.Line("")
	p.Line("For the facilitator. It holds what is not for the shared screen: what to listen for, and what good and bad answers sound like.")
}

func times(p *text.Page, s Sheet) {
	p.Line("")
	p.Line("## Agenda")
	p.Line("")
	end := s.Agenda[len(s.Agenda)-1].To
	p.Line("%s, %d minutes for them; with opening, breaks and closing %s.", text.Count(len(s.Cards), "question"), s.Minutes(), clock(end))
	if s.Budget > 0 {
		p.Line("Planned for %d minutes of questions: the most important that fit.", s.Budget)
	}
	if n := len(s.LeftOut); n > 0 {
		p.Line("Left out: %s, listed at the end.", text.Count(n, "question"))
	}
	p.Line("")
	p.Line("| from | to | minutes | what |")
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

func people(p *text.Page, s Sheet) {
	if len(s.Rooms) == 0 {
		return
	}
	p.Line("")
	p.Line("## Who should be in the room")
	for _, r := range s.Rooms {
		p.Line("")
		p.Line("**%s**", text.Markdown(r.Pillar))
		p.Line("")
		list(p, r.People)
	}
}

func leftOut(p *text.Page, s Sheet) {
	if len(s.LeftOut) == 0 {
		return
	}
	minutes := 0
	for _, c := range s.LeftOut {
		minutes += c.Minutes
	}
	p.Line("")
	p.Line("## Left out")
	p.Line("")
	p.Line("%s of about %d minutes in all don't fit and will be reported as not assessed:", text.Count(len(s.LeftOut), "question"), minutes)
	p.Line("")
	for _, c := range s.LeftOut {
		p.Line("- %s, %d min: %s", text.Markdown(c.Question.ID), c.Minutes, text.Markdown(c.Question.Ask))
	}
}

func question(p *text.Page, c Card) {
	p.Line("")
	p.Line("---")
	p.Line("")
	p.Line("### %s, %d min", text.Markdown(c.Question.ID), c.Minutes)
	p.Line("")
	p.Line("**%s**", text.Markdown(c.Question.Ask))
	p.Line("")
	if c.Question.Title == c.Question.Ask {
		p.Line("%s", text.Markdown(c.Chapter))
	} else {
		p.Line("%s: %s", text.Markdown(c.Chapter), text.Markdown(c.Question.Title))
	}
	for _, b := range c.Practices {
		practice(p, b, c)
	}
}

func practice(p *text.Page, b *lens.Practice, c Card) {
	p.Line("")
	p.Line("#### %s: %s", text.Markdown(b.ID), text.Markdown(b.Title))
	p.Line("")
	p.Line("Severity %s, effort %s.", b.Severity, b.Effort)
	if a, answered := c.Answers[b.ID]; answered {
		s := "Answered so far: " + a.Status.Words()
		if a.By != "" {
			s += ", by " + a.By
		}
		if a.Note != "" {
			s += ". " + a.Note
		}
		p.Line("")
		p.Line("%s", text.Markdown(s))
	}
	if b.Why != "" {
		p.Line("")
		p.Line("%s", text.Markdown(b.Why))
	}
	var good []string
	for _, h := range b.How {
		good = append(good, sentence(h.Do))
	}
	for _, part := range []struct {
		title string
		texts []string
	}{
		{"Ask", b.Probes}, {"Good sounds like", good}, {"Red flags", b.RedFlags}, {"Ask to be shown", b.Evidence},
	} {
		if len(part.texts) > 0 {
			p.Line("")
			p.Line("*%s*", part.title)
			p.Line("")
			list(p, part.texts)
		}
	}
	p.Line("")
	p.Line("☐ implemented  ☐ partly  ☐ not implemented  ☐ not applicable  ☐ don't know")
	p.Line("")
	p.Line("Owner: .................... Due: .......... Evidence: ..............................")
	p.Line("")
	p.Line("Notes:")
	for range 3 {
		p.Line("")
		p.Line("%s", strings.Repeat(".", 90))
	}
}

func list(p *text.Page, texts []string) {
	for _, t := range texts {
		p.Line("- %s", text.Markdown(t))
	}
}

// sentence is the first sentence of a text: what is done, without the small print.
func sentence(s string) string {
	for i := 0; i+2 < len(s); i++ {
		if s[i] == '.' && s[i+1] == ' ' && s[i+2] >= 'A' && s[i+2] <= 'Z' {
			return s[:i+1]
		}
	}
	return s
}
