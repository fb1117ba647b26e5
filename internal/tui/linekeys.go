package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/review"
)

// A lineKey is a command of the line review with its keys, which lines begin with.
type lineKey struct {
	keys  []string
	label string // as the help shows it
	help  string
	run   func(l *Line, rest string) (moved bool)

	answers bool // it sets a status
	changes bool // it changes the review; implied by answers
	follows bool // it works only in a session that follows another one
}

// lineKeys lists all keys of the line review. The dispatch and the help are derived from it.
func lineKeys() []lineKey {
	status := func(s review.Status) func(*Line, string) bool {
		return func(l *Line, rest string) bool { return l.answerStatus(s, rest) }
	}
	detail := func(d detail) func(*Line, string) bool {
		return func(l *Line, rest string) bool { l.editDetail(d, rest); return false }
	}
	on := func(do func(*Session) bool) func(*Line, string) bool {
		return func(l *Line, _ string) bool { return do(l.Session) }
	}
	show := func(do func(*Line)) func(*Line, string) bool {
		return func(l *Line, _ string) bool { do(l); return false }
	}
	return []lineKey{
		{keys: []string{"1", "y"}, label: "1 or y", help: "implemented", run: status(review.Implemented), answers: true},
		{keys: []string{"2", "h"}, label: "2 or h", help: "partly; 2 most: most of it", run: status(review.PartiallyImplemented), answers: true},
		{keys: []string{"3", "m"}, label: "3 or m", help: "not implemented (missing)", run: status(review.NotImplemented), answers: true},
		{keys: []string{"4", "a", "-"}, label: "4 or a", help: "not applicable + reason", run: status(review.NotApplicable), answers: true},
		{keys: []string{"na"}, label: "na", help: "whole question n/a + reason", run: (*Line).answerWhole, answers: true},
		{keys: []string{"5", "x"}, label: "5 or x", help: "don't know", run: status(review.CannotDetermine), answers: true},
		{keys: []string{"0"}, label: "0", help: "no alternative; 1,3: these", run: status(review.NotImplemented), answers: true},
		{keys: []string{"u"}, label: "u", help: "undo, at any depth", run: on((*Session).undo), changes: true},
		{keys: []string{"r"}, label: "r", help: "redo", run: on((*Session).redo), changes: true},
		{keys: []string{"b"}, label: "b", help: "back", run: on(back)},
		{keys: []string{"s"}, label: "s", help: "skip for now", run: on((*Session).skip)},
		{keys: []string{"<"}, label: "<", help: "previous pillar", run: on(prevPillar)},
		{keys: []string{">", "tab"}, label: ">", help: "next pillar", run: on(nextPillar)},
		{keys: []string{"g"}, label: "g ID", help: "go to a practice or question", run: (*Line).goTo},
		{keys: []string{"/"}, label: "/ TEXT", help: "search; g 2: the 2nd hit", run: (*Line).search},
		{keys: []string{""}, label: "Enter", help: "keep the answer and go on", run: on((*Session).keepAnswer)},
		{keys: []string{"q"}, label: "q", help: "stop; answers are saved", run: show((*Line).quit)},
		{keys: []string{"?"}, label: "?", help: "card: why, how, what to ask", run: (*Line).showCard},
		{keys: []string{"n"}, label: "n TEXT", help: "note; n - removes it", run: detail(detailNote), changes: true},
		{keys: []string{"o"}, label: "o NAME", help: "owner", run: detail(detailOwner), changes: true},
		{keys: []string{"e"}, label: "e TEXT", help: "evidence; e 2 = TEXT, e 2 -", run: (*Line).editEvidence, changes: true},
		{keys: []string{"d"}, label: "d DATE", help: "due: 31 Jan, +6w, friday", run: detail(detailDue), changes: true},
		{keys: []string{"deadline"}, label: "deadline", help: "DATE: the gap takes effect", run: detail(detailDeadline), changes: true},
		{keys: []string{"%"}, label: "% EXTENT", help: "few, half, most or 35% of it", run: detail(detailExtent), changes: true},
		{keys: []string{"w"}, label: "w", help: "waive; w - ends a waiver", run: (*Line).waive, changes: true},
		{keys: []string{"p"}, label: "p TEXT", help: "park a topic; p TEXT @ NAME", run: (*Line).park, changes: true},
		{keys: []string{"parked"}, label: "parked", help: "topics; parked 1 NAME: owner", run: (*Line).listParked},
		{keys: []string{"list"}, label: "list", help: "all questions", run: show((*Line).listQuestions)},
		{keys: []string{"map"}, label: "map", help: "layers x pillars", run: show((*Line).showHeatmap)},
		{keys: []string{"sum"}, label: "sum", help: "the findings so far", run: show((*Line).showSummary)},
		{keys: []string{"report"}, label: "report", help: "write the reports", run: show((*Line).writeReports)},
		{keys: []string{"f"}, label: "f WORDS", help: "filter; f lists words; f all", run: (*Line).filter},
		{keys: []string{"t"}, label: "t", help: "time: the plan; t 60, t go", run: (*Line).planCommand},
		{keys: []string{"profile"}, label: "profile", help: "facts of the workload", run: (*Line).profile},
		{keys: []string{"aside"}, label: "aside", help: "set aside by the profile", run: show((*Line).listAside)},
		{keys: []string{"conflict"}, label: "conflict", help: "decide what others changed", run: (*Line).resolveConflicts, changes: true},
		{keys: []string{"@"}, label: "@ NAME", help: "who speaks; @ - for nobody", run: (*Line).speakerCommand, changes: true},
		{keys: []string{"follow"}, label: "follow", help: "go where the others are", run: on((*Session).rejoin), follows: true},
		{keys: []string{"help"}, label: "help", help: "this list", run: show((*Line).help)},
	}
}

func (l *Line) help() { fmt.Fprint(l.Out, lineHelp(l.usable)) }

// usable reports whether a key works in this session.
func (l *Line) usable(k lineKey) bool {
	if l.Walk.ReadOnly && (k.answers || k.changes) {
		return false
	}
	return !k.follows || l.following()
}

// runLine runs one line. It reports whether the walk moved, so that the current stop has to
// be shown.
func (l *Line) runLine(line string) (moved bool) {
	key, rest, _ := strings.Cut(line, " ")
	key, rest = strings.ToLower(key), strings.TrimSpace(rest)
	if query, ok := strings.CutPrefix(line, "/"); ok {
		key, rest = "/", strings.TrimSpace(query)
	}
	if name, ok := strings.CutPrefix(line, "@"); ok {
		key, rest = "@", strings.TrimSpace(name)
	}
	if rest == "" {
		key = toLatinWord(key)
	}
	if rest == "" || !l.inProse {
		if moved, ok := l.pickNumbers(line, review.Implemented); ok {
			return moved
		}
	}
	for _, k := range lineKeys() {
		switch {
		case !slices.Contains(k.keys, key):
		case l.isProse(k, key, rest):
			return l.askAnswerOrNote(k, key, rest, line)
		default:
			l.inProse = l.inProse && rest == "" && key == ""
			return k.run(l, rest)
		}
	}
	l.inProse = l.hasMore()
	l.message("unknown key %q: 1 to 5 answer, ? shows the card, help shows all keys", key)
	return false
}

func (l *Line) quit() { l.err = errStop }

// showCard prints the card of the current best practice, or of the alternative with a number.
func (l *Line) showCard(rest string) bool {
	s, ok := l.Walk.Current()
	if c, asOne := l.Walk.Choice(); asOne && parseOrdinal(rest) > 0 {
		s = c.Stops[min(parseOrdinal(rest), len(c.Stops))-1]
	}
	if ok {
		fmt.Fprint(l.Out, "\n", card.Practice(l.Lens, s.Practice), "\n")
		l.showAnswerKeys()
	}
	return false
}

func (l *Line) listQuestions() {
	l.printRows(questionRows(lineRenderer, l.Lens, l.Walk.Questions(), "", lineWidth))
	l.printf("g ID goes there.")
}

func (l *Line) showHeatmap() { l.printLines(l.heatmapLines(lineRenderer, lineWidth+2, false, cell{})) }

// answerStatus answers the current best practice and moves on.
func (l *Line) answerStatus(status review.Status, rest string) (moved bool) {
	if _, asOne := l.Walk.Choice(); asOne && isInPlace(status) {
		moved, ok := l.pickNumbers(rest, status)
		if !ok {
			l.message("These are alternatives: type the number of one, such as 2, or h 2 where it is done in part.")
		}
		return moved
	}
	reason := ""
	if status == review.NotApplicable && !l.Walk.ReadOnly {
		if reason, rest = l.gatherPasted(l.argOrSuggestion(rest, reasonPrompt, l.suggestions(detailReason)), " "), ""; reason == "" {
			l.printf("Not applicable needs a reason; nothing was changed.")
			return false
		}
	}
	if _, err := review.ParseExtent(rest); err != nil {
		rest = l.gatherPasted(rest, "\n")
	}
	before, _ := l.Walk.Answer()
	err := l.setStatus(l.Walk.SetAnswer, status, reason, rest)
	if after, _ := l.Walk.Answer(); err == nil && after.CountDroppedEvidence(before) > 0 {
		l.printf("  evidence of the earlier answer is kept in its history; b and then e TEXT: evidence for this one")
	}
	return l.advance(err)
}

// advance moves on after an answer, or shows err.
func (l *Line) advance(err error) (moved bool) {
	if !l.succeeded(err) {
		return false
	}
	if a := l.Walk.CountedAnswer(); a.Status.IsGap() && a.Owner == "" && !l.ownerHinted {
		l.ownerHinted = true
		l.printf("  a finding; it can have an owner: o NAME before the status, or b and then o NAME")
	}
	l.Walk.Next()
	return true
}

// save saves the review after a change, and merges what others changed. If it fails, the
// next line tries again.
func (l *Line) save() {
	again := l.file.err != nil
	snapshot := l.Walk.Review().Clone()
	done, err := l.Save(l.file.base, snapshot)
	switch {
	case err != nil:
		l.notSaved(err)
		if !again {
			fmt.Fprint(l.Out, l.notSavedText())
		}
		return
	case again:
		l.message("%s", l.savedAgainText())
	case !l.savedAnnounced && !done.FileChanged:
		l.savedAnnounced = true
		l.printf("  saved in %s; every answer is saved at once", l.Path)
	}
	l.applySync(snapshot, done)
}

// checkFile merges what others changed in the file since the last line.
func (l *Line) checkFile() {
	switch {
	case l.FileChanged == nil, l.file.err == nil && !l.FileChanged():
	case l.ReadOnlyReason == "":
		l.save()
	default:
		done, err := l.Save(l.file.base, l.Walk.Review())
		if err != nil {
			if l.file.err == nil {
				l.message("%v; shown is the review as it was before.", err)
			}
			l.file.err = err
			return
		}
		l.applySync(l.Walk.Review().Clone(), done)
	}
}

// resolveConflicts asks which of two changes of one field to keep, for each conflict. Any
// other answer is run as a line, and the conflict stays open.
func (l *Line) resolveConflicts(string) (moved bool) {
	if len(l.file.conflicts) == 0 {
		l.printf("Nothing has to be decided.")
	}
	for len(l.file.conflicts) > 0 {
		l.message("%s", l.conflictText(l.file.conflicts[0]))
		line, err := l.ask("Which one stays? ours or file> ")
		if err != nil {
			return false
		}
		switch strings.ToLower(line) {
		case "ours", "file":
			l.succeeded(l.decideConflicts(1, strings.ToLower(line) == "ours"))
		default:
			l.message("Not decided; the file keeps its own until then. conflict asks again.")
			return line != "" && l.runLine(line)
		}
	}
	return false
}

// succeeded reports whether err is nil, and shows it if not.
func (l *Line) succeeded(err error) bool {
	if err != nil {
		l.message("%v", err)
	}
	return err == nil
}

// noneWord is typed to remove a value.
const noneWord = "-"

// editDetail sets a detail of the current best practice to rest, or asks for it.
func (l *Line) editDetail(d detail, rest string) {
	prompt := d.prompt
	if d.Kind == review.KindDate {
		prompt += " (31 Jan, +6w, friday)"
	}
	value := l.argOrSuggestion(rest, prompt, l.suggestions(d))
	if d.multiline {
		value = l.gatherPasted(value, "\n")
	}
	switch value {
	case "":
		l.printf(nothingChanged)
	case noneWord:
		l.succeeded(l.setDetail(d, ""))
	default:
		if l.succeeded(l.setDetail(d, value)) && d.Kind == review.KindDate {
			a, _ := l.answerOrRemark(l.practiceID())
			l.message("%s: %s", d.Key, l.dayText(d.Text(a)))
		}
	}
}

// goTo moves to a hit of the last search, by its number, or to an id.
func (l *Line) goTo(rest string) bool {
	if n := parseOrdinal(rest); n >= 1 && n <= len(l.found) {
		return l.goToHit(l.found[n-1].ID())
	}
	return l.jump(rest)
}
