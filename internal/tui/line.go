// Package tui is the review on a terminal: the walk of package interview with its
// prompts and pages. Screen is the full-screen review, Line the review line by line, for
// pipes, dumb terminals and screen readers; both are built on Session. Form and Describe ask
// for the workload of a new review.
package tui

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/text"
)

const linePrompt = "> "

// lineWidth is the width of the output of the line review, in columns.
const lineWidth = 78

// A Line is the review line by line.
type Line struct {
	*Session
	In     *bufio.Reader
	Source *Reader // source of In, to detect pasted lines; nil: only what In has buffered counts
	Out    io.Writer

	lookahead *string // a line that was peeked at; nil: none
	inProse   bool    // the last lines were pasted prose

	lastQuestion   string          // id of the question that was shown last
	found          []interview.Hit // hits of the last search
	shown          int             // number of hits that were listed
	savedAnnounced bool            // it was shown that every answer is saved
	ownerHinted    bool            // it was shown how to give a finding an owner
	err            error           // set to errStop to end the review
}

// errStop ends the review at the user's request.
var errStop = errors.New("stop")

// Run walks until the end of the walk or of the input, or until the user stops. It returns
// a *NotSavedError if not every answer could be saved.
func (l *Line) Run() error {
	l.notify, l.reviewChanged = l.message, l.save
	l.initFile()
	l.followWriter()
	fmt.Fprint(l.Out, l.Notice)
	switch {
	case l.following():
		l.message("Read-only: what others change is shown as they change it. Enter steps on, follow goes to the place of the session that writes, ? shows the whole card, help all keys, q stops.")
	case l.Walk.ReadOnly:
		l.printf("Read-only: Enter steps on, ? shows the whole card, help all keys, q stops.")
	default:
		l.printf("%s", introText)
	}
	for l.err == nil {
		l.Walk.GoToPicked()
		l.trackTime()
		l.OnMove(l.resumePoint())
		stop, ok := l.Walk.Current()
		if !ok {
			l.printf("")
			l.printf("That was the last one.")
			return l.finish("")
		}
		l.showStop(stop)
		for moved := false; !moved && l.err == nil; {
			fmt.Fprint(l.Out, linePrompt)
			if l.watch() {
				break
			}
			line, err := l.ask("")
			if err != nil {
				l.printf("")
				return l.finish("The input ended. ")
			}
			conflicts, here := len(l.file.conflicts), l.practiceID()
			l.checkFile()
			moved = l.runLine(line)
			l.noteDetached(here, "follow")
			if n := len(l.file.conflicts); n > conflicts {
				moved = l.resolveConflicts("") || moved
			}
		}
	}
	return l.finish("")
}

// finish prints the summary of the review and how to continue.
func (l *Line) finish(first string) error {
	l.checkFile()
	l.OnMove(l.resumePoint())
	l.showSummary()
	l.printf("")
	if l.ReadOnlyReason == "" {
		if err := l.notSavedError(); err != nil {
			return err
		}
	}
	fmt.Fprint(l.Out, l.Unsaved())
	l.printf("%s%s", first, l.closingText())
	return nil
}

func (l *Line) printf(format string, args ...any) {
	fmt.Fprintf(l.Out, format+"\n", args...)
}

// message prints a message, wrapped to lines.
func (l *Line) message(format string, args ...any) { l.printWrapped("", fmt.Sprintf(format, args...)) }

func (l *Line) printWrapped(indent, s string) {
	for i, line := range text.Wrap(text.Clean(s, false), lineWidth-len(indent)) {
		if i > 0 && indent == "" {
			line = "  " + line
		}
		l.printf("%s%s", indent, line)
		indent = strings.Repeat(" ", len(indent))
	}
}

// printLines prints lines that lineRenderer rendered.
func (l *Line) printLines(lines []string) {
	for _, line := range lines {
		l.printf("%s", strings.TrimRight(line, " "))
	}
}

// printRows prints the rows of a list.
func (l *Line) printRows(rows []row) {
	for _, r := range rows {
		l.printLines([]string{lineRenderer.rowLine(r, false, lineWidth)})
	}
}

// ask prompts for a line and reads it. At the end of the input it returns io.EOF.
func (l *Line) ask(prompt string) (string, error) {
	fmt.Fprint(l.Out, prompt)
	l.inProse = l.inProse && l.hasMore()
	line, ok := l.peek()
	if !ok {
		return "", io.EOF
	}
	l.lookahead = nil
	return line, nil
}

// argOrAsk returns rest, or what is typed at a prompt if rest is empty.
func (l *Line) argOrAsk(rest, prompt string) string {
	if rest != "" {
		return rest
	}
	line, err := l.ask(prompt + "> ")
	if err != nil {
		return "" // the next prompt meets the end of the input again
	}
	return line
}

// maxListed is the number of suggestions that a prompt lists.
const maxListed = 5

// argOrSuggestion is argOrAsk with a list of suggestions, of which a number chooses one.
func (l *Line) argOrSuggestion(rest, prompt string, suggestions []string) string {
	if rest != "" {
		return rest
	}
	suggestions = suggestions[:min(len(suggestions), maxListed)]
	for i, text := range suggestions {
		l.printWrapped("    ", fmt.Sprintf("%d %s", i+1, text))
	}
	line := l.argOrAsk("", prompt)
	if n := parseOrdinal(line); n >= 1 && n <= len(suggestions) {
		return suggestions[n-1]
	}
	return line
}

// cleanInput drops from typed text what a file may not hold, such as the escape
// sequences of arrow keys in a terminal without line editing.
func cleanInput(s string) string {
	return strings.TrimSpace(text.StripControl(strings.ToValidUTF8(s, "")))
}

const introText = "A number answers; text behind it becomes the note: 3 no rollback.\n" +
	"? shows the whole card, help all keys, q stops. Every answer is saved at once."

// showStop prints the question if it is another one, and the best practice.
func (l *Line) showStop(s interview.Stop) {
	l.printf("")
	if l.lastQuestion != s.Question.ID {
		l.lastQuestion = s.Question.ID
		l.printf("%s", strings.Repeat("-", lineWidth))
		l.message("%s, %s: %s.", interview.Chapter(l.Lens, s.Question), s.Question.ID, progressText(l.Walk.Progress()))
		if l.shouldWarnOfTime() {
			p := l.pace()
			l.message("Time is short: %s, about %d needed. t shows what matters most.", timeLeftText(p.Left), p.Needed)
		}
		l.printf("")
		l.printWrapped("", l.Walk.QuestionText(s.Question))
		for _, f := range s.Question.FollowUps {
			l.printWrapped("  - ", f)
		}
		for _, words := range []string{originalWording(l.Lens, s.Question), s.Question.Description} {
			if words != "" {
				l.printWrapped("", words)
			}
		}
		l.printf("")
	}
	if c, asOne := l.Walk.Choice(); asOne {
		l.showAlternatives(c)
	} else {
		l.showPractice(s)
	}
	l.showAnswerKeys()
}

// showPractice prints a best practice that is asked by itself.
func (l *Line) showPractice(s interview.Stop) {
	l.printWrapped("", s.Practice.ID+"  "+s.Practice.Title)
	l.printWrapped("  ", practiceFacts(s.Practice)+".")
	if _, answered := l.Walk.Answer(); answered {
		l.printWrapped("  ", "so far: "+l.stopLabel(lineRenderer, s).word)
	}
	for _, line := range l.detailLines(lineRenderer, s, lineWidth-2) {
		l.printf("  %s", line)
	}
}

// showAnswerKeys prints the keys that answer, unless the review is read-only.
func (l *Line) showAnswerKeys() {
	if !l.Walk.ReadOnly {
		l.printf("  %s", l.answerKeysText("h 2"))
	}
}
