package tui

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// hitsAtATime is the number of hits that are listed at a time.
const hitsAtATime = 12

// search lists the hits of a query; with an empty one, more hits of the last query.
func (l *Line) search(query string) (moved bool) {
	if query != "" {
		l.found, l.shown = l.Walk.Search(query), 0
	}
	if l.shown >= len(l.found) {
		if query == "" {
			l.printf("Type words after the /, such as: / certificate rotation")
		} else {
			l.message("No match for all of: %s", query)
		}
		return false
	}
	upTo := min(l.shown+hitsAtATime, len(l.found))
	for i, h := range l.found[l.shown:upTo] {
		r := lineRenderer.hitRow(h, lineWidth)
		r.spans = append([]span{{text: fmt.Sprintf("%3d  ", l.shown+i+1)}}, r.spans...)
		l.printRows([]row{r})
	}
	l.shown = upTo
	if more := len(l.found) - upTo; more > 0 {
		l.printf("g NUMBER goes there; / shows %d more.", more)
	} else {
		l.printf("g NUMBER goes there.")
	}
	return false
}

// showSummary prints the summary of the review so far.
func (l *Line) showSummary() {
	l.printf("")
	l.printLines(l.summary(lineRenderer, l.Assess(l.Walk.Review()), lineWidth))
}

// writeReports writes the reports. An error is shown, and the review goes on.
func (l *Line) writeReports() {
	paths, err := l.WriteReports(l.Walk.Review(), false)
	if errors.Is(err, ErrReportsExist) {
		if !isYes(l.argOrAsk("", replacePrompt(paths))) {
			l.printf("The reports were not written.")
			return
		}
		paths, err = l.WriteReports(l.Walk.Review(), true)
	}
	if err != nil {
		paths = nil
	}
	for _, p := range paths {
		l.printf("  wrote %s", text.Clean(p, false))
	}
	l.succeeded(err)
}

// park parks a topic: "TEXT" or "TEXT @ NAME".
func (l *Line) park(rest string) (moved bool) {
	topic := review.Topic{Topic: l.argOrAsk(rest, topicPrompt)}
	if i := strings.LastIndex(topic.Topic, " @ "); i >= 0 {
		topic.Topic, topic.Owner = strings.TrimSpace(topic.Topic[:i]), strings.TrimSpace(topic.Topic[i+3:])
	} else if rest == "" && topic.Topic != "" {
		topic.Owner = l.argOrSuggestion("", topicOwnerPrompt, l.knownPeople())
	}
	if l.succeeded(l.saveTopic(len(l.Walk.Review().Parked), topic)) && topic.Topic != "" {
		l.message("Parked: %s", topic.Topic)
	}
	return false
}

// listParked lists the parked topics, or sets the owner of one: "2 NAME".
func (l *Line) listParked(rest string) (moved bool) {
	number, owner, _ := strings.Cut(rest, " ")
	n, parked := parseOrdinal(number), l.Walk.Review().Parked
	switch owner = strings.TrimSpace(owner); {
	case rest == "":
		t := &styledText{renderer: lineRenderer, width: lineWidth}
		l.addParked(t)
		l.printLines(t.lines)
	case n < 1 || n > len(parked) || owner == "":
		l.printf("To give a parked topic an owner: parked 1 NAME. Parked so far: %s.", text.Count(len(parked), "topic"))
	default:
		topic := parked[n-1]
		if topic.Owner = owner; owner == noneWord {
			topic.Owner = ""
		}
		l.succeeded(l.saveTopic(n-1, topic))
	}
	return false
}

// parseOrdinal parses a number; 0 for anything else.
func parseOrdinal(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// waive asks for a waiver of the current finding; - removes it.
func (l *Line) waive(rest string) (moved bool) {
	switch {
	case l.Walk.ReadOnly:
		return l.succeeded(interview.ErrReadOnly)
	case rest == noneWord:
		l.succeeded(l.saveWaiver(review.Waiver{}))
		return false
	case !l.canWaive():
		return false
	}
	l.message("A waiver accepts this finding for a time. Enter at a required prompt cancels.")
	var v review.Waiver
	steps := waiverSteps()
	for i := 0; i < len(steps); {
		step := steps[i]
		step.Set(&v, l.argOrSuggestion("", step.label, l.waiverSuggestions(step)))
		if step.Text(v) == "" && step.Required {
			l.printf("Nothing was waived.")
			return false
		}
		// Only the last step, the date, can be invalid: repeat that one alone.
		if i+1 < len(steps) || l.succeeded(l.saveWaiver(v)) {
			i++
		}
	}
	return false
}

// filter narrows the walk to filter words, or lists them.
func (l *Line) filter(rest string) bool {
	if rest == "" {
		l.message("The filter is: %s.", l.filterText())
		l.message("Words for f: all, %s, or question ids.", strings.Join(filterChoiceIDs(filterChoices(l.Lens, l.Walk.Review(), interview.Filter{})), ", "))
		return false
	}
	f, err := parseFilter(l.Lens, l.Walk.Review(), rest)
	if err != nil {
		l.message("%v", err)
		return false
	}
	return l.showAnew(l.setFilter(f))
}

// showAnew has the question shown again if the walk changed, and returns whether it did.
func (l *Line) showAnew(changed bool) bool {
	if changed {
		l.lastQuestion = ""
	}
	return changed
}
