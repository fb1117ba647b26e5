package tui

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/dates"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// A Session is one run of a review: the state and the operations that the line review
// and the full screen share.
type Session struct {
	Lens       *lens.Lens
	Walk       *interview.Walk
	Path       string // the review file, as the user named it
	ReviewArgs string // Path and the flags that a further command on this review needs
	// Program is how the program is called in commands that the user may type; empty: iotlens.
	Program string

	Save        SaveFunc                     // saves the review and merges what others changed; called after every change
	Saved       *review.Review               // content of the file at the start; nil: the review of the walk
	FileChanged func() bool                  // reports whether somebody else changed the file; nil: it isn't watched
	WriterPlace func() string                // current best practice of the session that writes; empty: none does; nil: it isn't followed
	OnMove      func(interview.Place)        // called after every move, with the new place
	Assess      func(*review.Review) Summary // the result of a review so far
	// WriteReports writes the reports and returns their paths. If some exist and replace is
	// false, it writes nothing and returns the existing paths with ErrReportsExist.
	WriteReports func(r *review.Review, replace bool) ([]string, error)

	Minutes        int        // planned for this session; 0: not planned
	Elapsed        func() int // minutes since it began
	Notice         string     // shown at the start
	ReadOnlyReason string     // why nothing can be changed; empty: it can

	notify   func(format string, args ...any) // shows a message
	changed  func()                           // called after every change of the review
	onDisk   onDisk
	followed followed
	reminded bool // that time is short
	timer    timer
	past     string // the date in the past that was asked back last
}

// ErrReportsExist is returned by Session.WriteReports.
var ErrReportsExist = errors.New("the reports already exist")

// A Summary is the result of a review so far.
type Summary struct {
	Verdict    string // one sentence
	Assessment *scoring.Assessment
}

// here is the id of the current best practice; empty at the end of the walk.
func (s *Session) here() string {
	stop, ok := s.Walk.Current()
	if !ok {
		return ""
	}
	return stop.Practice.ID
}

// questionHere is the id of the current question; empty at the end of the walk.
func (s *Session) questionHere() string {
	stop, ok := s.Walk.Current()
	if !ok {
		return ""
	}
	return stop.Question.ID
}

// draft is an answer, or what is said before there is one.
func (s *Session) draft(id string) (a review.Answer, answered bool) {
	r := s.Walk.Review()
	if a, answered = r.Answers[id]; !answered {
		a = r.UnansweredDetails[id]
	}
	return a, answered
}

// setStatus gives the current best practice a status by set, which is Set or Amend of
// the walk. An empty note leaves the note as it is; one that is an extent is taken as
// such. Of alternatives that are asked as one, the current one is picked, or none where
// the status says that none is in place. On error nothing was changed.
func (s *Session) setStatus(set func(review.Answer) error, status review.Status, reason, note string) error {
	id := s.here()
	if c, ok := s.Walk.Choice(); ok {
		return s.pick(s.picked(c, id, status), reason, id, note)
	}
	return s.answered(set(s.turned(id, status, reason, note)))
}

// turned is an answer with another status.
func (s *Session) turned(id string, status review.Status, reason, note string) review.Answer {
	a, answered := s.draft(id)
	if answered && a.By == review.ByProfile {
		a = s.Walk.Review().UnansweredDetails[id]
	}
	a.SetStatus(status)
	if _, err := review.ParseExtent(note); err == nil && status == review.PartiallyImplemented {
		a.Extent, note = note, ""
	}
	a.Reason, a.Note = reason, cmp.Or(note, a.Note)
	return a
}

// answered ends answering best practices, unless that was refused.
func (s *Session) answered(refused error) error {
	if refused != nil {
		return refused
	}
	s.changed()
	return nil
}

// fieldOf is the field of a record with a key.
func fieldOf[T any](fields []review.Field[T], key string) review.Field[T] {
	return fields[slices.IndexFunc(fields, func(f review.Field[T]) bool { return f.Key == key })]
}

// What is asked for in both reviews, and the answer to a prompt that was left.
const (
	askWhyNot     = "why does it not apply"
	askWho        = "who speaks (- for nobody)"
	askTopic      = "topic to park"
	askTopicOwner = "owner of the topic (Enter: none yet)"
	unchanged     = "Nothing was changed."
)

// A detail is a field of an answer that people give beside its status.
type detail struct {
	review.Field[review.Answer]
	prompt string
	lines  bool // it may have several lines
	person bool // it is a name
}

// The details.
var (
	detailReason   = detailOf("reason", detail{prompt: askWhyNot})
	detailNote     = detailOf("note", detail{prompt: "note", lines: true})
	detailOwner    = detailOf("owner", detail{prompt: "owner", person: true})
	detailEvidence = detailOf("evidence", detail{prompt: "evidence"})
	detailDue      = detailOf("due", detail{prompt: "due"})
	detailDeadline = detailOf("deadline", detail{prompt: "deadline: the day on which the gap takes effect"})
	detailExtent   = detailOf("extent", detail{prompt: "extent (" + review.ExtentSyntax + ")"})
)

func detailOf(key string, d detail) detail {
	d.Field = fieldOf(review.AnswerFields(), key)
	return d
}

// setDetail sets a detail of the answer at the current stop, or of the one to come
// where that has no status yet. An empty value removes it; a list gets one value more.
// A date is one as people say it.
func (s *Session) setDetail(d detail, value string) error {
	a, _ := s.draft(s.here())
	values := []string{value}
	switch {
	case value == "":
		values = nil
	case d.Kind == review.KindList:
		values = append(slices.Clone(d.Values(a)), value)
	case d.Kind == review.KindDate:
		day, err := s.day(d, value, d.Text(a))
		if err != nil {
			return err
		}
		values[0] = day
	}
	return s.putDetail(d, values)
}

// putDetail sets all values of a detail of the answer at the current stop, or of the one
// to come.
func (s *Session) putDetail(d detail, values []string) error {
	id := s.here()
	a, answered := s.draft(id)
	before := a.Clone()
	for _, value := range values {
		if err := d.Check(value); err != nil {
			return err
		}
	}
	d.Set(&a, values...)
	switch {
	case a.SameContent(before):
		s.notify("%s", unchanged)
	case answered:
		if err := s.Walk.Set(a); err != nil {
			return err
		}
		s.changed()
	default:
		if err := s.Walk.Remark(a); err != nil {
			return err
		}
		s.changed()
		s.notify("Kept, without an answer yet: 1 to 5 answer.")
	}
	return nil
}

// putTopic parks a topic at a place of the list: at its end a new one, else one
// that is changed. Nothing is parked for an empty one.
func (s *Session) putTopic(i int, t review.Topic) error {
	put := s.Walk.Park
	switch {
	case t.Topic == "":
		s.notify("Nothing was parked.")
		return nil
	case i < len(s.Walk.Review().Parked):
		put = func(t review.Topic) error { return s.Walk.Repark(i, t) }
	}
	if err := put(t); err != nil {
		return err
	}
	s.changed()
	return nil
}

// A waiverStep is one thing that a waiver needs.
type waiverStep struct {
	review.Field[review.Waiver]
	label  string
	person bool // it is a name
}

// waiverSteps lists what is asked for a waiver, in order.
func waiverSteps() []waiverStep {
	fields := review.WaiverFields()
	return []waiverStep{
		{fieldOf(fields, "owner"), "waive 1 of 5: owner of the risk", true},
		{fieldOf(fields, "approver"), "2 of 5: approver", true},
		{fieldOf(fields, "reason"), "3 of 5: reason", false},
		{fieldOf(fields, "control"), "4 of 5: compensating control (Enter: none)", false},
		{fieldOf(fields, "expires"), "5 of 5: end date", false},
	}
}

// mayWaive reports whether the best practice at the cursor can be waived, and shows
// why not.
func (s *Session) mayWaive() bool {
	return s.moved(s.Walk.Counted().IsFinding(), "Only a finding can be waived: partly, not implemented or don't know.")
}

// accept waives the finding at the cursor, or ends its waiver where v has no owner.
func (s *Session) accept(v review.Waiver) error {
	change, done := s.Walk.Unwaive, "The waiver was removed."
	if v.Owner != "" {
		var err error
		if v.Expires, err = dates.Parse(v.Expires, s.today()); err != nil {
			return fmt.Errorf("end date: %w", err)
		}
		change, done = func() error { return s.Walk.Waive(v) }, "Waived until "+s.daySaid(v.Expires)+"; it stays in every report."
	}
	if err := change(); err != nil {
		return err
	}
	s.notify("%s", done)
	s.changed()
	return nil
}

// undo undoes a change; false where there is none.
func (s *Session) undo() bool { return s.shift(s.Walk.Undo, "Undone", "There is nothing to undo.") }

// redo makes the change again that was undone last; false where there is none.
func (s *Session) redo() bool { return s.shift(s.Walk.Redo, "Redone", "There is nothing to redo.") }

func (s *Session) shift(step func() (what string, ok bool), done, nothing string) bool {
	what, ok := step()
	if !ok {
		s.notify("%s", nothing)
		return false
	}
	s.notify("%s: %s.", done, what)
	s.changed()
	return true
}

// moved passes on whether a step was possible, and shows a message where not.
func (s *Session) moved(ok bool, otherwise string) bool {
	if !ok {
		s.notify("%s", otherwise)
	}
	return ok
}

// skip leaves the current best practice open and goes on.
func (s *Session) skip() bool { s.Walk.Skip(); return true }

// keep goes on where there is an answer to keep.
func (s *Session) keep() bool {
	if s.Walk.Counted().Status == review.Unanswered && !s.Walk.ReadOnly {
		s.notify("Not answered yet. s skips it for now, 5 says don't know, help shows all keys.")
		return false
	}
	s.Walk.Step()
	return true
}

// steps of the walk, each with a message for where it is not possible.
var (
	back         = step((*interview.Walk).Back, "This is the first one.")
	prevQuestion = step((*interview.Walk).PrevQuestion, "This is the first question.")
	nextQuestion = step((*interview.Walk).NextQuestion, "This is the last question; Enter goes on to what is open, s to the summary.")
	prevPillar   = step((*interview.Walk).PrevPillar, "This is the first pillar of the walk.")
	nextPillar   = step((*interview.Walk).NextPillar, "This is the last pillar of the walk.")
)

func step(of func(*interview.Walk) bool, otherwise string) func(*Session) bool {
	return func(s *Session) bool { return s.moved(of(s.Walk), otherwise) }
}

// timeIsShort reports once that what is open takes longer than the time that is left.
func (s *Session) timeIsShort() bool {
	if s.Minutes <= 0 || s.reminded || s.Walk.Planned() || !s.pace().Short() {
		return false
	}
	s.reminded = true
	return true
}

// replaceLabel asks whether reports that exist are to be replaced.
func replaceLabel(paths []string) string {
	verb := "already exist; y replaces them"
	if len(paths) == 1 {
		verb = "already exists; y replaces it"
	}
	return strings.Join(paths, " and ") + " " + verb
}

// replaces tells whether the answer to replaceLabel is yes.
func replaces(answer string) bool {
	return slices.Contains([]string{"y", "yes"}, strings.ToLower(answer))
}
