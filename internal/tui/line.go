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
	"unicode"

	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
)

// A Line is a line-by-line interview.
type Line struct {
	In    *bufio.Reader
	Out   io.Writer
	Lens  *lens.Lens
	Where string        // the file, as the user named it
	Save  func() error  // puts the review on disk; called after every change
	Now   func() string // the time of an answer
	By    string        // who answers; may be empty

	walk     *interview.Walk
	pending  review.Answer // note, owner, evidence and due given before the status
	question string        // the question that was shown last
	told     bool          // that every answer is saved
	hinted   bool          // how a finding gets an owner
}

// errStop ends the interview as the user asked.
var errStop = errors.New("stop")

// Run walks until the end, until the user stops, or until the input ends. What
// was answered is on disk by then. The error is that of a save.
func (l *Line) Run(w *interview.Walk) error {
	l.walk = w
	w.Stamp = func() (by, at string) { return l.By, l.Now() }
	l.say("%s", keysLine)
	for {
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

func (l *Line) say(format string, args ...any) {
	fmt.Fprintf(l.Out, format+"\n", args...)
}

// ask prompts and reads one line; the error is io.EOF at the end of the input.
func (l *Line) ask(prompt string) (string, error) {
	fmt.Fprint(l.Out, prompt)
	line, err := l.In.ReadString('\n')
	if err != nil && (line == "" || !errors.Is(err, io.EOF)) {
		return "", io.EOF
	}
	return Clean(line), nil
}

// Clean drops from typed text what a file may not hold, such as the escape
// sequences of arrow keys on a terminal that doesn't edit lines.
func Clean(line string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(line, "")))
}

const keysLine = "A number or a letter answers; text behind it becomes the note: 3 no rollback.\n" +
	"? shows the whole card, help all keys, q stops. Every answer is saved at once."

const choices = "  1 implemented  2 partly  3 not implemented  4 not applicable  5 don't know"

// help lists the keys; do obeys them.
const help = `  1 or y   implemented                 ?        the card: why, how, what to ask
  2 or h   partly (half)               n TEXT   note
  3 or m   not implemented (missing)   o NAME   owner
  4 or a   not applicable + reason     e TEXT   evidence: a link, a path
  5 or x   don't know                  d DATE   due, YYYY-MM-DD
  b        back                        p TEXT   park a topic for later
  s        skip for now                u        undo the last change
  g ID     go to a best practice       q        stop; what is answered is saved
  Enter    keep the answer and go on   help     this list`

// show prints the question where it is new, and the best practice.
func (l *Line) show(s interview.Stop) {
	p := l.walk.Progress()
	l.say("")
	if l.question != s.Question.ID {
		l.question = s.Question.ID
		l.say("%s", strings.Repeat("-", 78))
		where := l.Lens.PillarName(s.Question.Pillar)
		if !s.Question.AWS() {
			where = l.Lens.LayerName(s.Question.Layer) + " layer"
		}
		l.say("%s, %s.  %d of %d answered, %s (%d high).", text.Clean(where, false), s.Question.ID, p.Answered, p.Stops, plural(p.Findings, "finding"), p.High)
		l.say("")
		l.wrapped("", s.Question.Ask)
		if by := l.Lens.By; s.Question.AWS() && s.Question.Title != s.Question.Ask {
			if by != "" {
				by += ": "
			}
			l.wrapped("", by+s.Question.Title)
		}
		if s.Question.Description != "" {
			l.wrapped("", s.Question.Description)
		}
		l.say("")
	}
	l.wrapped("", s.Practice.ID+"  "+s.Practice.Title)
	about := fmt.Sprintf("  severity %s, effort %s", s.Practice.Severity, s.Practice.Effort)
	if s.Practice.Fix != "" {
		about += ", mended " + mended[s.Practice.Fix]
	}
	l.say("%s", about)
	if a, ok := l.walk.Answer(); ok {
		l.answer(a)
	}
	l.say(choices)
}

// mended says where a gap can still be closed, once devices are in the field.
var mended = map[lens.Fix]string{
	lens.Cloud:      "in the cloud or the way of working",
	lens.OverTheAir: "over the air",
	lens.FieldVisit: "on site",
	lens.Hardware:   "in hardware only",
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
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
	l.say("%s", s)
	for _, f := range []struct{ name, value string }{
		{"reason", a.Reason}, {"note", a.Note}, {"evidence", strings.Join(a.Evidence, "; ")}, {"owner", a.Owner}, {"due", a.Due},
	} {
		if f.value != "" {
			l.wrapped("  ", f.name+": "+f.value)
		}
	}
}

// statusOf is the status of a key, if it is one.
func statusOf(key string) (review.Status, bool) {
	switch key {
	case "1", "y":
		return review.Implemented, true
	case "2", "h":
		return review.PartiallyImplemented, true
	case "3", "m":
		return review.NotImplemented, true
	case "4", "a":
		return review.NotApplicable, true
	case "5", "x":
		return review.CannotDetermine, true
	}
	return "", false
}

// do obeys one line. It tells whether the walk moved, so that the next stop is
// to be shown.
func (l *Line) do(s interview.Stop, line string) (moved bool, err error) {
	key, rest, _ := strings.Cut(line, " ")
	key, rest = strings.ToLower(key), strings.TrimSpace(rest)
	if status, ok := statusOf(key); ok {
		return l.status(status, rest)
	}
	switch key {
	case "":
		if _, answered := l.walk.Answer(); answered {
			l.pending = review.Answer{}
			l.walk.Step()
			return true, nil
		}
		l.say("Not answered yet. s skips it for now, 5 says that nobody knows, help shows all keys.")
	case "?":
		fmt.Fprint(l.Out, "\n", card.Practice(l.Lens, s.Practice), "\n")
		l.say(choices)
	case "help":
		l.say("%s", help)
	case "n", "o", "e", "d":
		return false, l.field(key, rest)
	case "b":
		if l.walk.Back() {
			l.pending = review.Answer{}
			return true, nil
		}
		l.say("This is the first one.")
	case "s":
		l.pending = review.Answer{}
		l.walk.Skip()
		return true, nil
	case "g":
		if l.walk.Go(rest) {
			l.pending = review.Answer{}
			return true, nil
		}
		l.say("%q is not on this walk%s", text.Clean(rest, false), suggest.DidYouMean(rest, l.Lens.PracticeIDs()))
	case "p":
		return false, l.park(rest)
	case "u":
		return l.undo()
	case "q":
		return false, errStop
	default:
		l.say("%q is no key here. 1 to 5 answer, ? shows the card, help shows all keys.", text.Clean(key, false))
	}
	return false, nil
}

// status answers the current best practice and moves on.
func (l *Line) status(status review.Status, rest string) (bool, error) {
	a, answered := l.walk.Answer()
	if !answered || a.By == review.ByProfile {
		a = l.pending
	}
	a.Status, a.Reason = status, ""
	switch {
	case status == review.NotApplicable:
		if rest == "" {
			var err error
			rest, err = l.ask("why does it not apply> ")
			if err != nil || rest == "" {
				l.say("Not applicable needs a reason; nothing was changed.")
				return false, nil //nolint:nilerr // the end of the input is met again by the next prompt
			}
		}
		a.Reason = rest
	case rest != "":
		a.Note = rest
	}
	if err := l.walk.Set(a); err != nil {
		l.say("%v", err)
		return false, nil
	}
	l.pending = review.Answer{}
	if err := l.save(); err != nil {
		return false, err
	}
	if gap := status == review.PartiallyImplemented || status == review.NotImplemented; gap && a.Owner == "" && !l.hinted {
		l.hinted = true
		l.say("  a finding; it can have an owner: o NAME before the status, or b and then o NAME")
	}
	l.walk.Next()
	return true, nil
}

// field sets note, owner, evidence or due: of the answer where there is one,
// else of the one to come.
func (l *Line) field(key, rest string) error {
	name := map[string]string{"n": "note", "o": "owner", "e": "evidence", "d": "due (YYYY-MM-DD)"}[key]
	if rest == "" {
		var err error
		if rest, err = l.ask(name + "> "); err != nil {
			return nil //nolint:nilerr // the end of the input is met again by the next prompt
		}
	}
	if rest == "" {
		l.say("Left as it was.")
		return nil
	}
	a, answered := l.walk.Answer()
	if !answered {
		a = l.pending
	}
	switch key {
	case "n":
		a.Note = rest
	case "o":
		a.Owner = rest
	case "e":
		a.Evidence = append(append([]string(nil), a.Evidence...), rest)
	case "d":
		if err := review.CheckDate(rest, false); err != nil {
			l.say("%v", err)
			return nil
		}
		a.Due = rest
	}
	if !answered {
		l.pending = a
		l.say("  kept for this answer; now the status: 1 to 5")
		return nil
	}
	if err := l.walk.Set(a); err != nil {
		l.say("%v", err)
		return nil
	}
	return l.save()
}

func (l *Line) park(rest string) error {
	if rest == "" {
		var err error
		if rest, err = l.ask("topic to park> "); err != nil || rest == "" {
			l.say("Nothing was parked.")
			return nil //nolint:nilerr // the end of the input is met again by the next prompt
		}
	}
	if err := l.walk.Park(review.Topic{Topic: rest}); err != nil {
		l.say("%v", err)
		return nil
	}
	if err := l.save(); err != nil {
		return err
	}
	l.say("  parked; the report lists it")
	return nil
}

func (l *Line) undo() (bool, error) {
	c, ok := l.walk.Undo()
	if !ok {
		l.say("There is nothing to take back.")
		return false, nil
	}
	if err := l.save(); err != nil {
		return false, err
	}
	l.pending = review.Answer{}
	l.say("  taken back: %s", c)
	return true, nil
}

func (l *Line) save() error {
	if err := l.Save(); err != nil {
		return err
	}
	if !l.told {
		l.told = true
		l.say("  saved in %s, as is every answer from here on", l.Where)
	}
	return nil
}

// end says what there is and how to go on.
func (l *Line) end(first string) error {
	p := l.walk.Progress()
	l.say("%s%d of %d answered, %s (%d high), in %s.", first, p.Answered, p.Stops, plural(p.Findings, "finding"), p.High, l.Where)
	if p.Skipped > 0 {
		l.say("Skipped: %d. They come again the next time.", p.Skipped)
	}
	if p.Answered < p.Stops {
		l.say("Go on:  iotlens review %s", l.Where)
	}
	l.say("Report: iotlens report %s -f markdown=report.md", l.Where)
	return nil
}
