package tui

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/iotlens/iotlens/internal/review"
)

// pasteGap is how long the line review waits for another line of a paste.
const pasteGap = 30 * time.Millisecond

// hasMore reports whether another line arrived together with the last one: through a pipe,
// or pasted into a terminal.
func (l *Line) hasMore() bool {
	return l.lookahead != nil || l.In.Buffered() > 0 || l.Source != nil && l.Source.Ready(pasteGap)
}

// peek returns the next line without consuming it; false at the end of the input.
func (l *Line) peek() (string, bool) {
	if l.lookahead == nil {
		line, err := l.In.ReadString('\n')
		if err != nil && (line == "" || err != io.EOF) {
			return "", false
		}
		line = cleanInput(line)
		l.lookahead = &line
	}
	return *l.lookahead, true
}

// gatherPasted appends to a text the lines that arrived together with it and are not
// commands, so that a paste of several lines becomes one note.
func (l *Line) gatherPasted(text, separator string) string {
	for text != "" && text != noneWord && l.hasMore() {
		line, ok := l.peek()
		if !ok || l.isCommand(line) {
			break
		}
		l.lookahead, l.inProse = nil, true
		text += separator + line
	}
	return text
}

// isCommand reports whether a line within pasted text is a command: a key alone, or with
// an argument that it accepts, such as a date. A status key followed by words is prose.
func (l *Line) isCommand(line string) bool {
	key, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	if strings.HasPrefix(line, "/") {
		return true
	}
	if rest == "" {
		_, asOne := l.Walk.Choice()
		return isLineKey(strings.ToLower(key)) || asOne && areNumbers(key)
	}
	if !isLineKey(key) || key != strings.ToLower(key) {
		return false
	}
	words := strings.Fields(rest)
	switch key {
	case "2", "h", "%":
		_, err := review.ParseExtent(rest)
		return err == nil
	case "d", "deadline":
		return review.CheckDate(rest, false) == nil
	case "e":
		return len(words) == 1 || strings.Contains(rest, "://")
	case "o":
		return len(words) == 1 || len(words) <= 3 && !strings.ContainsAny(rest, ".,;:!?") && !slices.ContainsFunc(words, startsLower)
	case "n", "p":
		return true
	case "w":
		return rest == noneWord
	case "g":
		_, practice := l.Lens.Practice(rest)
		_, question := l.Lens.Question(rest)
		return practice || question || parseOrdinal(rest) > 0
	case "f":
		_, err := parseFilter(l.Lens, l.Walk.Review(), rest)
		return err == nil
	case "t":
		return rest == "go" || parseOrdinal(rest) > 0
	case "?":
		return parseOrdinal(rest) > 0
	case "parked":
		return parseOrdinal(words[0]) > 0
	case "profile":
		_, err := workloadField(words[0])
		return err == nil
	}
	return false
}

// startsLower reports whether a word begins with a small letter, unlike a name.
func startsLower(word string) bool { return strings.ToLower(word[:1]) == word[:1] }

func isLineKey(key string) bool {
	return slices.ContainsFunc(lineKeys(), func(k lineKey) bool { return slices.Contains(k.keys, key) })
}

func areNumbers(s string) bool {
	for part := range strings.SplitSeq(s, ",") {
		if _, err := strconv.Atoi(part); err != nil {
			return false
		}
	}
	return true
}

// isProse reports whether a status key followed by words is prose rather than a command: a
// letter always is, a number if the lines before were pasted prose.
func (l *Line) isProse(k lineKey, key, rest string) bool {
	if rest == "" || !k.answers {
		return false
	}
	if _, err := review.ParseExtent(rest); err == nil && (key == "h" || key == "2") {
		return false
	}
	if _, asOne := l.Walk.Choice(); asOne && areNumbers(strings.Fields(rest)[0]) {
		return false
	}
	return parseOrdinal(key) == 0 && key != "-" && key != "0" || l.inProse
}

// askAnswerOrNote asks whether a line is an answer or a note. If more lines arrived with
// it, it doesn't ask, and drops the line.
func (l *Line) askAnswerOrNote(k lineKey, key, rest, line string) (moved bool) {
	if l.hasMore() {
		l.inProse = true
		l.message("Not taken as an answer: %q. A letter answers alone; n keeps a line as a note.", line)
		return false
	}
	l.message("Is this an answer or a note? %s answers (%s), n keeps the line as a note, Enter drops it.", key, k.help)
	reply, err := l.ask(key + ", n or Enter> ")
	switch {
	case err != nil, reply == "":
		l.printf(nothingChanged)
		return false
	case strings.ToLower(reply) == key:
		return k.run(l, rest)
	case strings.ToLower(reply) == "n":
		l.editDetail(detailNote, line)
		return false
	}
	return l.runLine(reply)
}
