package tui

import (
	"errors"
	"slices"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
)

// above goes to the best practice above, which may be another alternative.
func (m *model) above() {
	if m.moved(m.Walk.At() > 0, "This is the first one.") {
		m.Walk.GoTo(m.Walk.At() - 1)
	}
}

// below goes to the best practice below; from the last one to the end.
func (m *model) below() {
	m.Walk.GoTo(m.Walk.At() + 1)
	m.atEnd()
}

// next goes on: past what is answered to the next that is open; what is open
// here is skipped for this session.
func (m *model) next() {
	m.Walk.Skip()
	m.atEnd()
}

// atEnd shows the summary at the end of the walk.
func (m *model) atEnd() {
	if _, ok := m.Walk.Current(); !ok && len(m.Walk.Stops()) > 0 {
		m.openSummary()
	}
}

// quit ends the review; what is not decided is asked first, and what was typed and not
// entered is named.
func (m *model) quit() {
	if len(m.onDisk.disputes) > 0 && !m.postponed {
		m.openDispute()
		return
	}
	if !m.mayDrop() {
		return
	}
	m.leave()
}

// answer gives the current best practice a status by set, which is Set or Amend of
// the walk. It stays there, so that the room sees what was recorded.
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

// cycle takes the next status that needs no words.
func (m *model) cycle() {
	a, _ := m.Walk.Answer()
	order := []review.Status{review.Implemented, review.PartiallyImplemented, review.NotImplemented, review.CannotDetermine}
	m.answer(m.Walk.Amend, order[(slices.Index(order, a.Status)+1)%len(order)])
}

// cycleExtent takes the next word for how much of the fleet is covered.
func (m *model) cycleExtent() {
	a, _ := m.Walk.Answer()
	if a.Status != review.PartiallyImplemented {
		m.report("An extent goes with partially implemented: 2, then +.")
		return
	}
	words := append(review.Extents(), "")
	a.Extent = words[(slices.Index(words, a.Extent)+1)%len(words)]
	if err := m.Walk.Amend(a); err != nil {
		m.report("%v", err)
		return
	}
	m.changed()
}

// askReason asks why the best practice doesn't apply.
func (m *model) askReason(interview.Stop) {
	a, _ := m.Walk.Answer()
	m.ask(prompt{label: askWhyNot, before: m.said(detailReason), done: func(text string) error {
		if text == "" {
			return errNoReason
		}
		return m.setStatus(m.Walk.Set, review.NotApplicable, text, "")
	}}, a.Reason)
}

// askDetail asks for a detail of the answer, or of the one to come.
func (m *model) askDetail(d detail) {
	a, _ := m.draft(m.here())
	value := ""
	if d.Kind != review.KindList {
		value = d.Text(a)
	}
	m.ask(prompt{label: d.prompt, lines: d.lines, date: d.Kind == review.KindDate, before: m.said(d), done: func(text string) error {
		if d.Kind == review.KindList && text == "" {
			return nil
		}
		if err := m.setDetail(d, text); err != nil || d.Kind != review.KindDate || text == "" || m.message != "" {
			return err
		}
		a, _ := m.draft(m.here())
		m.report("%s: %s", d.Key, m.daySaid(d.Text(a)))
		return nil
	}}, value)
}

// park asks for a topic to set aside, and for owner of the topic.
func (m *model) park() {
	m.ask(prompt{label: askTopic, done: func(text string) error {
		topic := review.Topic{Topic: text}
		if err := m.putTopic(len(m.review.Parked), topic); text == "" || err != nil {
			return err
		}
		m.ask(prompt{label: askTopicOwner, before: m.people(), done: func(owner string) error {
			m.report("Parked: %s", text)
			if topic.Owner = owner; owner == "" {
				return nil
			}
			return m.putTopic(len(m.review.Parked)-1, topic)
		}}, "")
		return nil
	}}, "")
}

// waive asks for what a waiver needs, one thing after the other. Where the best
// practice has a waiver, that one is changed; no owner ends it.
func (m *model) waive(stop interview.Stop) {
	if !m.mayWaive() {
		return
	}
	v, _, exists := m.review.Waiver(stop.Practice.ID)
	steps := waiverSteps()
	if exists {
		steps[0].label, steps[0].Required = steps[0].label+" (empty: end the waiver)", false
	}
	about := stop.Practice.ID + ", waiver"
	var from func(i int)
	from = func(i int) {
		step := steps[i]
		m.ask(prompt{label: step.label, about: about, more: i+1 < len(steps), date: step.Kind == review.KindDate, before: m.saidOf(step), done: func(text string) error {
			if text == "" && step.Required {
				return errors.New("a waiver needs this; Esc leaves it open")
			}
			step.Set(&v, text)
			if i+1 == len(steps) || v.Owner == "" {
				return m.accept(v)
			}
			from(i + 1)
			return nil
		}}, step.Text(v))
	}
	from(0)
}
