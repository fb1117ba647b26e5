package tui

import (
	"errors"
	"slices"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
)

// moveUp moves to the best practice above, which may be another alternative.
func (m *model) moveUp() {
	if m.orNotify(m.Walk.Position() > 0, "This is the first one.") {
		m.Walk.GoTo(m.Walk.Position() - 1)
	}
}

// moveDown moves to the best practice below; from the last one to the end of the walk.
func (m *model) moveDown() {
	m.Walk.GoTo(m.Walk.Position() + 1)
	m.summaryAtEnd()
}

// next moves to the next open best practice, and skips the current one for this session if
// it is open.
func (m *model) next() {
	m.Walk.Skip()
	m.summaryAtEnd()
}

// summaryAtEnd opens the summary if the walk is at its end.
func (m *model) summaryAtEnd() {
	if _, ok := m.Walk.Current(); !ok && len(m.Walk.Stops()) > 0 {
		m.openSummary()
	}
}

// quit saves and quits. It first asks about open conflicts, and warns once of texts that
// were typed and not entered.
func (m *model) quit() {
	if len(m.file.conflicts) > 0 && !m.conflictsPostponed {
		m.openConflict()
		return
	}
	if !m.mayQuit() {
		return
	}
	m.saveAndQuit()
}

// answer answers the current best practice through set, which is Set or Amend of the walk.
// The walk stays there, so that the room sees what was recorded.
func (m *model) answer(set func(review.Answer) error, status review.Status) {
	before, _ := m.Walk.Answer()
	if err := m.setStatus(set, status, "", ""); err != nil {
		m.report("%v", err)
		return
	}
	if after, _ := m.Walk.Answer(); after.CountDroppedEvidence(before) > 0 {
		m.report("Evidence of the earlier answer is kept in its history; e: evidence for this one.")
	}
}

// cycleStatus sets the next status that needs no reason.
func (m *model) cycleStatus() {
	a, _ := m.Walk.Answer()
	order := []review.Status{review.Implemented, review.PartiallyImplemented, review.NotImplemented, review.CannotDetermine}
	m.answer(m.Walk.AmendAnswer, order[(slices.Index(order, a.Status)+1)%len(order)])
}

// cycleExtent sets the next of the words for an extent.
func (m *model) cycleExtent() {
	a, _ := m.Walk.Answer()
	if a.Status != review.PartiallyImplemented {
		m.report("An extent needs the status partially implemented: press 2, then +.")
		return
	}
	words := append(review.Extents(), "")
	a.Extent = words[(slices.Index(words, a.Extent)+1)%len(words)]
	if err := m.Walk.AmendAnswer(a); err != nil {
		m.report("%v", err)
		return
	}
	m.reviewChanged()
}

// askReason asks why the current best practice doesn't apply, and answers it so.
func (m *model) askReason(interview.Stop) {
	a, _ := m.Walk.Answer()
	m.ask(prompt{label: reasonPrompt, suggestions: m.suggestions(detailReason), onEnter: func(text string) error {
		if text == "" {
			return errNoReason
		}
		return m.setStatus(m.Walk.SetAnswer, review.NotApplicable, text, "")
	}}, a.Reason)
}

// askDetail asks for a detail of the current best practice.
func (m *model) askDetail(d detail) {
	a, _ := m.answerOrRemark(m.practiceID())
	value := ""
	if d.Kind != review.KindList {
		value = d.Text(a)
	}
	p := prompt{label: d.prompt, multiline: d.multiline, isDate: d.Kind == review.KindDate, suggestions: m.suggestions(d)}
	p.onEnter = func(text string) error {
		if d.Kind == review.KindList && text == "" {
			return nil
		}
		if err := m.setDetail(d, text); err != nil || d.Kind != review.KindDate || text == "" || m.message != "" {
			return err
		}
		a, _ := m.answerOrRemark(m.practiceID())
		m.report("%s: %s", d.Key, m.dayText(d.Text(a)))
		return nil
	}
	m.ask(p, value)
}

// park asks for a topic to park, and for its owner.
func (m *model) park() {
	m.ask(prompt{label: topicPrompt, onEnter: func(text string) error {
		topic := review.Topic{Topic: text}
		if err := m.saveTopic(len(m.review.Parked), topic); text == "" || err != nil {
			return err
		}
		m.ask(prompt{label: topicOwnerPrompt, suggestions: m.knownPeople(), onEnter: func(owner string) error {
			m.report("Parked: %s", text)
			if topic.Owner = owner; owner == "" {
				return nil
			}
			return m.saveTopic(len(m.review.Parked)-1, topic)
		}}, "")
		return nil
	}}, "")
}

// waive asks for the fields of a waiver, one after the other. If the best practice has a
// waiver, it changes that one; an empty owner removes it.
func (m *model) waive(stop interview.Stop) {
	if !m.canWaive() {
		return
	}
	v, _, exists := m.review.Waiver(stop.Practice.ID)
	steps := waiverSteps()
	if exists {
		steps[0].label, steps[0].Required = steps[0].label+" (empty: end the waiver)", false
	}
	subject := stop.Practice.ID + ", waiver"
	var from func(i int)
	from = func(i int) {
		step := steps[i]
		p := prompt{
			label: step.label, subject: subject, moreFollow: i+1 < len(steps),
			isDate: step.Kind == review.KindDate, suggestions: m.waiverSuggestions(step),
		}
		p.onEnter = func(text string) error {
			if text == "" && step.Required {
				return errors.New("a waiver needs this; Esc leaves it open")
			}
			step.Set(&v, text)
			if i+1 == len(steps) || v.Owner == "" {
				return m.saveWaiver(v)
			}
			from(i + 1)
			return nil
		}
		m.ask(p, step.Text(v))
	}
	from(0)
}
