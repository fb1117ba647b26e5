package runsheet

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// Title is the first line of a run sheet.
const Title = "# Run sheet"

// groundRules are read out at the opening.
var groundRules = []string{
	"We look at the workload, not at the people who built it. A gap that is named today is worth more than one that is found by an attacker or an outage.",
	"What counts is what runs today. A plan is a note beside the answer, not an answer.",
	"\"Don't know\" is an answer, and a good one: it gets an owner who finds out.",
	"\"Implemented\" means that somebody can show it. Note where: that is the evidence.",
	"If there is no agreement after three minutes, the worse answer counts, with a note of who disagrees.",
	"Solutions wait. What needs more than a sentence is parked, with an owner.",
	"Everybody from the right room speaks before anybody speaks twice.",
	"What is written down is read out before we go on.",
}

// A page is Markdown in blocks that are separated by blank lines.
type page struct{ text.Page }

// block writes a line after a blank one and escapes its arguments.
func (p *page) block(format string, args ...any) { p.Section(format, escapeArgs(args)...) }

// line writes a line and escapes its arguments.
func (p *page) line(format string, args ...any) { p.Line(format, escapeArgs(args)...) }

// escapeArgs escapes texts for a line of Markdown.
func escapeArgs(args []any) []any {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = text.EscapeMarkdown(s)
		}
	}
	return args
}

// list writes a title and a list, unless the list is empty.
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

// Markdown renders a run sheet.
func Markdown(s Sheet) string {
	p := &page{}
	p.head(s)
	p.agenda(s)
	p.room(s)
	p.list("## Ground rules", groundRules)
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
	if s.Filter != "" {
		p.line("Only: %s.", s.Filter)
	}
	p.block("For the facilitator. It holds what is not for the shared screen: what to listen for, and what good and bad answers sound like.")
}

func (p *page) agenda(s Sheet) {
	p.block("## Agenda")
	end := s.Agenda[len(s.Agenda)-1].To
	if len(s.Cards) == 0 {
		p.block("%s", whyNothingAsked(s))
	} else {
		p.block("%s, %s for them; with opening, breaks and closing %s.", text.Count(len(s.Cards), "question"), text.Count(s.Minutes(), "minute"), hoursAndMinutes(end))
	}
	if s.Budget > 0 && len(s.Cards) > 0 {
		p.line("Planned for %s of questions, the most important first: when the room is slow, the last ones fall off.", text.Count(s.Budget, "minute"))
	}
	if s.Repeated {
		p.line("Everything is answered; this goes through it again.")
	}
	if s.RuledOut+s.SetAside > 0 {
		p.line("The profile rules out %s and sets %d aside.", text.Count(s.RuledOut, "best practice"), s.SetAside)
	}
	for _, sentence := range s.UnaskedParts {
		p.line("%s", text.EscapeMarkdown(sentence))
	}
	if n := len(s.LeftOut) + len(s.Waiting); n > 0 {
		p.line("Not asked: %s, listed at the end.", text.Count(n, "question"))
	}
	p.block("| from | to | minutes | what | |")
	p.Line("| ---: | ---: | ---: | --- | --- |")
	for _, a := range s.Agenda {
		what, why := text.EscapeMarkdown(a.Title), ""
		if a.Card != nil {
			what, why = cardTitle(*a.Card), strings.Join(agendaRemarks(s, *a.Card), "; ")
		}
		p.Line("| %s | %s | %d | %s | %s |", hoursAndMinutes(a.From), hoursAndMinutes(a.To), a.To-a.From, escapeCell(what), escapeCell(text.EscapeMarkdown(why)))
	}
}

// whyNothingAsked says why no question is asked.
func whyNothingAsked(s Sheet) string {
	switch {
	case len(s.Waiting) > 0 && len(s.LeftOut) == 0:
		return "Every open question waits for its owners; no core question is open."
	case len(s.LeftOut) > 0:
		return "No open question fits into " + text.Count(s.Budget, "minute") + "."
	}
	return "There is nothing to ask."
}

// cardTitle returns the id of a question, with its topic if it has one.
func cardTitle(c Card) string {
	return text.EscapeMarkdown(strings.TrimSuffix(c.Question.ID+" "+c.Question.Topic, " "))
}

// agendaRemarks returns what the agenda says about a question: why it is asked, and whether
// its owner is absent.
func agendaRemarks(s Sheet, c Card) []string {
	var out []string
	switch {
	case c.Core:
		out = append(out, "core: "+c.Reason)
	case s.Budget > 0:
		out = append(out, c.Reason)
	}
	if c.Absent {
		out = append(out, "owner absent")
	}
	return out
}

// escapeCell escapes Markdown for a cell of a table.
func escapeCell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }

// room lists who should be in the room.
func (p *page) room(s Sheet) {
	if len(s.Participants) == 0 {
		return
	}
	p.block("## Who should be in the room")
	p.block("| who | knows or decides | for |")
	p.Line("| --- | --- | --- |")
	for _, who := range s.Participants {
		name := text.EscapeMarkdown(who.Role)
		if who.Absent {
			name += " (absent)"
		}
		p.Line("| %s | %s | %s |", escapeCell(name), escapeCell(text.EscapeMarkdown(strings.Join(who.Reasons, "; "))), escapeCell(text.EscapeMarkdown(strings.Join(who.Questions, ", "))))
	}
}

// hoursAndMinutes formats minutes: 1:05.
func hoursAndMinutes(minutes int) string { return fmt.Sprintf("%d:%02d", minutes/60, minutes%60) }

func (p *page) leftOut(s Sheet) {
	for _, part := range []struct {
		title, words string
		cards        []Card
	}{
		{"## Left out", "of about %d minutes in all don't fit, most important first. They will be reported as not assessed, unless the room is faster:", s.LeftOut},
		{"## Waiting for their owners", "of about %d minutes in all wait for somebody who can answer them:", s.Waiting},
	} {
		if len(part.cards) == 0 {
			continue
		}
		p.Section("%s", part.title)
		p.block("%s "+part.words, text.Count(len(part.cards), "question"), totalMinutes(part.cards))
		p.Line("")
		for _, c := range part.cards {
			p.Line("- %s, %d min: %s", text.EscapeMarkdown(c.Question.ID), c.Minutes, text.EscapeMarkdown(strings.Join(append([]string{c.Question.Label()}, agendaRemarks(s, c)...), "; ")))
		}
	}
}

func (p *page) question(c Card) {
	p.block("---")
	p.block("### %s, %d min", strings.TrimSuffix(c.Question.ID+": "+c.Question.Topic, ": "), c.Minutes)
	p.block("**%s**", c.Text)
	p.list("*And then*", c.Question.FollowUps)
	if c.Question.Title == c.Question.Ask {
		p.block("%s", c.Bank)
	} else {
		p.block("%s: %s", c.Bank, c.Question.Title)
	}
	if c.Core {
		p.block("Core of every workshop: %s.", c.Reason)
	}
	asOne := c.alternatives()
	for _, b := range c.Practices {
		if len(asOne) < 2 || b.Kind != lens.Alternative {
			p.practice(b, c)
		} else if b == asOne[0] {
			p.choice(asOne, c)
		}
	}
}

// alternatives returns the best practices of a card that are asked as one choice.
func (c Card) alternatives() []*lens.Practice {
	return slices.DeleteFunc(slices.Clone(c.Practices), func(b *lens.Practice) bool { return b.Kind != lens.Alternative })
}

// choice writes alternatives as one choice.
func (p *page) choice(list []*lens.Practice, c Card) {
	p.block("#### Which of these is it?")
	for _, b := range list {
		p.block("☐ **%s: %s**", b.ID, b.Title)
		p.guidance(b, c)
	}
	p.block("☐ none of them  ☐ not applicable  ☐ don't know")
	p.answerLines()
}

func (p *page) practice(b *lens.Practice, c Card) {
	p.block("#### %s: %s", b.ID, b.Title)
	p.guidance(b, c)
	p.block("☐ implemented  ☐ partly  ☐ not implemented  ☐ not applicable  ☐ don't know")
	p.answerLines()
}

// guidance writes what to ask about a best practice and what to listen for.
func (p *page) guidance(b *lens.Practice, c Card) {
	p.block("%s", rating(b))
	if a, answered := c.Answers[b.ID]; answered {
		s := "Answered so far: " + a.Status.Words()
		if a.By != "" {
			s += ", by " + a.By
		}
		if a.Unconfirmed() {
			s += ", " + a.Origin() + ", not confirmed"
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
		good = append(good, firstSentence(h.Do))
	}
	p.list("*Ask*", b.Probes)
	p.list("*Good sounds like*", good)
	p.list("*Red flags*", b.RedFlags)
	p.list("*Ask to be shown*", b.Evidence)
}

// rating says how severe a gap is, and how much effort closing it takes.
func rating(b *lens.Practice) string {
	if b.Effort == "" {
		return "Severity " + string(b.Severity) + "."
	}
	return fmt.Sprintf("Severity %s, effort %s.", b.Severity, b.Effort)
}

// answerLines leaves room to write.
func (p *page) answerLines() {
	p.block("Owner: .................... Due: .......... Evidence: ..............................")
	p.block("Notes:")
	for range 3 {
		p.block("%s", strings.Repeat(".", 90))
	}
}

var sentenceEnd = text.Pattern(`\. [A-Z]`)

// firstSentence returns the first sentence of a text: what to do, without the details.
func firstSentence(s string) string {
	if end := sentenceEnd().FindStringIndex(s); end != nil {
		return s[:end[0]+1]
	}
	return s
}
