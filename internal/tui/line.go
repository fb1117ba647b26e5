// Package tui is the review as people do it: the walk of package interview on a
// terminal. Line is the interview line by line, which works over a pipe, on a
// dumb terminal and with a screen reader.
package tui

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// A Line is a line-by-line interview.
type Line struct {
	In      *bufio.Reader
	Out     io.Writer
	Lens    *lens.Lens
	Where   string                             // the file, as the user named it
	Again   string                             // the same with the flags that a further command needs
	Save    func() error                       // puts the review on disk; called after every change
	Keep    func(interview.Place)              // remembers where the walk is; may be nil
	Write   func() (paths []string, err error) // writes the reports; may be nil
	Minutes int                                // planned; 0: none
	Elapsed func() time.Duration               // since the review began; may be nil

	walk     *interview.Walk
	waiting  waiting
	warned   bool            // of what waits
	question string          // the question that was shown last
	found    []interview.Hit // by the last search
	shown    int             // how many of them were listed
	told     bool            // that every answer is saved
	hinted   bool            // how a finding gets an owner
	short    bool            // that time is short was said
}

// errStop ends the interview as the user asked.
var errStop = errors.New("stop")

// Run walks until the end, until the user stops, or until the input ends. What
// was answered is on disk by then. The error is that of a save.
func (l *Line) Run(w *interview.Walk) error {
	l.walk = w
	if w.ReadOnly {
		l.say("Read-only: Enter steps on, ? shows the whole card, help all keys, q stops.")
	} else {
		l.say("%s", keysLine)
	}
	for {
		l.keep()
		stop, ok := w.Current()
		if !ok {
			l.say("")
			l.say("That was the last one.")
			return l.end("")
		}
		l.show(stop)
		for {
			line, err := l.ask("> ")
			if err != nil {
				l.say("")
				return l.end("The input ended. ")
			}
			moved, err := l.do(stop, line)
			if errors.Is(err, errStop) {
				return l.end("")
			}
			if err != nil {
				return err
			}
			if moved {
				break
			}
		}
	}
}

// Lost says what an interrupt would take, word for word: what was said of best
// practices that have no status yet. It is safe beside Run.
func (l *Line) Lost() string { return l.waiting.lost(l.Lens) }

func (l *Line) keep() {
	if l.Keep != nil {
		l.Keep(l.walk.Place())
	}
}

func (l *Line) say(format string, args ...any) {
	fmt.Fprintf(l.Out, format+"\n", args...)
}

// tell says a sentence that may be longer than a line.
func (l *Line) tell(format string, args ...any) { l.wrapped("", fmt.Sprintf(format, args...)) }

// ask prompts and reads one line; the error is io.EOF at the end of the input.
func (l *Line) ask(prompt string) (string, error) {
	fmt.Fprint(l.Out, prompt)
	line, err := l.In.ReadString('\n')
	if err != nil && (line == "" || !errors.Is(err, io.EOF)) {
		return "", io.EOF
	}
	return text.Plain(line), nil
}

// given is rest, or what is typed at a prompt where that is empty.
func (l *Line) given(rest, prompt string) string {
	if rest != "" {
		return rest
	}
	line, err := l.ask(prompt)
	if err != nil {
		return "" // the end of the input is met again by the next prompt
	}
	return line
}

const keysLine = "A number or a letter answers; text behind it becomes the note: 3 no rollback.\n" +
	"? shows the whole card, help all keys, q stops. Every answer is saved at once."

const choices = "  1 implemented  2 partly  3 not implemented  4 not applicable  5 don't know"

// show prints the question where it is new, and the best practice.
func (l *Line) show(s interview.Stop) {
	p := l.walk.Progress()
	l.say("")
	if l.question != s.Question.ID {
		l.question = s.Question.ID
		l.say("%s", strings.Repeat("-", 78))
		l.tell("%s, %s: %d of %d answered, %s (%d high).", text.Clean(interview.Chapter(l.Lens, s.Question), false), s.Question.ID,
			p.Answered, p.Stops, text.Count(p.Findings, "finding"), p.High)
		l.remind()
		l.say("")
		l.wrapped("", s.Question.Ask)
		if s.Question.AWS() && s.Question.Title != s.Question.Ask {
			l.wrapped("", titleOf(l.Lens)+s.Question.Title)
		}
		if s.Question.Description != "" {
			l.wrapped("", s.Question.Description)
		}
		l.say("")
	}
	l.wrapped("", s.Practice.ID+"  "+s.Practice.Title)
	l.about(s.Practice)
	if a, ok := l.walk.Answer(); ok {
		l.answer(a)
	} else if a, waits := l.waiting.of(s.Practice.ID); waits {
		l.say("  not saved yet: it waits for a status, 1 to 5")
		l.fields(a)
	}
	if v, _, ok := l.walk.Review().Waiver(s.Practice.ID); ok {
		l.wrapped("  ", "waived until "+v.Expires+" by "+v.Approver+": "+v.Reason)
	}
	l.say(choices)
}

// titleOf stands before the wording of the lens's author.
func titleOf(l *lens.Lens) string {
	if l.By == "" {
		return ""
	}
	return l.By + ": "
}

// about says how grave and how dear a gap is, as far as the lens knows.
func (l *Line) about(p *lens.Practice) {
	s := fmt.Sprintf("  severity %s, effort %s", p.Severity, p.Effort)
	if p.Fix != "" {
		s += ", mended " + mended[p.Fix]
	}
	l.say("%s", s)
}

// mended says where a gap can still be closed, once devices are in the field.
var mended = map[lens.Fix]string{
	lens.Cloud:      "in the cloud or the way of working",
	lens.OverTheAir: "over the air",
	lens.FieldVisit: "on site",
	lens.Hardware:   "in hardware only",
}

func (l *Line) wrapped(indent, s string) {
	for i, line := range text.Wrap(text.Clean(s, false), 78-len(indent)) {
		if i > 0 && indent == "" {
			line = "  " + line
		}
		l.say("%s%s", indent, line)
	}
}

// answer shows what the review says already.
func (l *Line) answer(a review.Answer) {
	s := "  so far: " + a.Status.Words()
	if a.By != "" {
		s += " (" + text.Clean(a.By, false) + ")"
	}
	if n := len(a.History); n > 0 && a.History[n-1].Status != a.Status {
		s += "; before: " + a.History[n-1].Status.Words()
	}
	l.say("%s", s)
	l.fields(a)
}

func (l *Line) fields(a review.Answer) {
	for _, f := range fields(a) {
		if f.value != "" {
			l.wrapped("  ", f.name+": "+f.value)
		}
	}
}
