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
	// Program is the program's name in commands that the user may type; empty: iotlens.
	Program string

	Save           SaveFunc                     // saves the review and merges what others changed; called after every change
	Saved          *review.Review               // content of the file at the start; nil: the review of the walk
	FileChanged    func() bool                  // reports whether somebody else changed the file; nil: it isn't watched
	WriterPractice func() string                // current best practice of the session that writes; empty: none does; nil: it isn't followed
	OnMove         func(interview.ResumePoint)  // called after every move
	Assess         func(*review.Review) Summary // the result of a review so far
	// WriteReports writes the reports and returns their paths. If some exist and replace is
	// false, it writes nothing and returns the existing paths with ErrReportsExist.
	WriteReports func(r *review.Review, replace bool) ([]string, error)

	Minutes        int        // planned for this session; 0: not planned
	Elapsed        func() int // minutes since it began
	Notice         string     // shown at the start, above the first question
	ReadOnlyReason string     // why nothing can be changed; empty: it can

	notify        func(format string, args ...any) // shows a message
	reviewChanged func()                           // called after every change of the review
	file          fileState
	follow        followState
	timeWarned    bool // the warning that time is short was shown
	timer         timer
	pastDateAsked string // the last date in the past that was entered; entering it again confirms it
}

// ErrReportsExist is returned by Session.WriteReports if it would replace a report.
var ErrReportsExist = errors.New("the reports already exist")

// A Summary is the result of a review so far.
type Summary struct {
	Verdict    string // one sentence
	Assessment *scoring.Assessment
}

// practiceID returns the id of the current best practice; empty at the end of the walk.
func (s *Session) practiceID() string {
	stop, ok := s.Walk.Current()
	if !ok {
		return ""
	}
	return stop.Practice.ID
}

// questionID returns the id of the current question; empty at the end of the walk.
func (s *Session) questionID() string {
	stop, ok := s.Walk.Current()
	if !ok {
		return ""
	}
	return stop.Question.ID
}

// answerOrRemark returns the answer to a best practice, or, if it has none, what was noted
// about it so far.
func (s *Session) answerOrRemark(id string) (a review.Answer, answered bool) {
	r := s.Walk.Review()
	if a, answered = r.Answers[id]; !answered {
		a = r.UnansweredDetails[id]
	}
	return a, answered
}

// setStatus answers the current best practice through set, which is Set or Amend of the
// walk. An empty note keeps the note; a note that is an extent becomes the extent. Of
// alternatives that are asked as one, it picks the current one, or none if the status says
// so. On error nothing is changed.
func (s *Session) setStatus(set func(review.Answer) error, status review.Status, reason, note string) error {
	id := s.practiceID()
	if c, ok := s.Walk.Choice(); ok {
		return s.answerAlternatives(s.pickStatuses(c, id, status), reason, id, note)
	}
	return s.finishAnswer(set(s.withStatus(id, status, reason, note)))
}

// withStatus returns the answer to a best practice with another status.
func (s *Session) withStatus(id string, status review.Status, reason, note string) review.Answer {
	a, answered := s.answerOrRemark(id)
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

// finishAnswer reports the change unless err is set, and returns err.
func (s *Session) finishAnswer(err error) error {
	if err != nil {
		return err
	}
	s.reviewChanged()
	return nil
}

// fieldOf returns the field with a key, which must exist.
func fieldOf[T any](fields []review.Field[T], key string) review.Field[T] {
	return fields[slices.IndexFunc(fields, func(f review.Field[T]) bool { return f.Key == key })]
}

// Texts that the screen and the line review share.
const (
	reasonPrompt     = "why does it not apply"
	speakerPrompt    = "who speaks (- for nobody)"
	topicPrompt      = "topic to park"
	topicOwnerPrompt = "owner of the topic (Enter: none yet)"
	nothingChanged   = "Nothing was changed."
)

// A detail is a field of an answer that people enter besides the status.
type detail struct {
	review.Field[review.Answer]
	prompt    string
	multiline bool // several lines are allowed
	isName    bool // the value is a person
}

// The details.
var (
	detailReason   = detailOf("reason", detail{prompt: reasonPrompt})
	detailNote     = detailOf("note", detail{prompt: "note", multiline: true})
	detailOwner    = detailOf("owner", detail{prompt: "owner", isName: true})
	detailEvidence = detailOf("evidence", detail{prompt: "evidence"})
	detailDue      = detailOf("due", detail{prompt: "due"})
	detailDeadline = detailOf("deadline", detail{prompt: "deadline: the day on which the gap takes effect"})
	detailExtent   = detailOf("extent", detail{prompt: "extent (" + review.ExtentSyntax + ")"})
)

func detailOf(key string, d detail) detail {
	d.Field = fieldOf(review.AnswerFields(), key)
	return d
}

// setDetail sets a detail of the answer at the current stop, or keeps it for later if that
// has no status yet. An empty value removes the detail; a list gets one more value. Dates
// are accepted in every form of package dates.
func (s *Session) setDetail(d detail, value string) error {
	a, _ := s.answerOrRemark(s.practiceID())
	values := []string{value}
	switch {
	case value == "":
		values = nil
	case d.Kind == review.KindList:
		values = append(slices.Clone(d.Values(a)), value)
	case d.Kind == review.KindDate:
		day, err := s.parseDay(d, value, d.Text(a))
		if err != nil {
			return err
		}
		values[0] = day
	}
	return s.setDetailValues(d, values)
}

// setDetailValues sets all values of a detail at the current stop.
func (s *Session) setDetailValues(d detail, values []string) error {
	id := s.practiceID()
	a, answered := s.answerOrRemark(id)
	before := a.Clone()
	for _, value := range values {
		if err := d.Check(value); err != nil {
			return err
		}
	}
	d.Set(&a, values...)
	switch {
	case a.SameContent(before):
		s.notify("%s", nothingChanged)
	case answered:
		if err := s.Walk.SetAnswer(a); err != nil {
			return err
		}
		s.reviewChanged()
	default:
		if err := s.Walk.SetDetails(a); err != nil {
			return err
		}
		s.reviewChanged()
		s.notify("Kept, without an answer yet: 1 to 5 answer.")
	}
	return nil
}

// saveTopic changes the parked topic at index i, or parks a new one if i is the length of
// the list. An empty topic is not parked.
func (s *Session) saveTopic(i int, t review.Topic) error {
	put := s.Walk.Park
	switch {
	case t.Topic == "":
		s.notify("Nothing was parked.")
		return nil
	case i < len(s.Walk.Review().Parked):
		put = func(t review.Topic) error { return s.Walk.UpdateTopic(i, t) }
	}
	if err := put(t); err != nil {
		return err
	}
	s.reviewChanged()
	return nil
}

// A waiverStep is one prompt for a waiver.
type waiverStep struct {
	review.Field[review.Waiver]
	label  string
	isName bool // the value is a person
}

// waiverSteps lists the prompts for a waiver, in order.
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

// canWaive reports whether the current best practice can be waived, and shows a message if
// not.
func (s *Session) canWaive() bool {
	return s.orNotify(s.Walk.CountedAnswer().IsFinding(), "Only a finding can be waived: partly, not implemented or don't know.")
}

// saveWaiver waives the current finding, or removes its waiver if v has no owner.
func (s *Session) saveWaiver(v review.Waiver) error {
	change, done := s.Walk.RemoveWaiver, "The waiver was removed."
	if v.Owner != "" {
		var err error
		if v.Expires, err = dates.Parse(v.Expires, s.today()); err != nil {
			return fmt.Errorf("end date: %w", err)
		}
		change, done = func() error { return s.Walk.SetWaiver(v) }, "Waived until "+s.dayText(v.Expires)+"; it stays in every report."
	}
	if err := change(); err != nil {
		return err
	}
	s.notify("%s", done)
	s.reviewChanged()
	return nil
}

// undo undoes the last change; false if there is none.
func (s *Session) undo() bool {
	return s.applyHistory(s.Walk.Undo, "Undone", "There is nothing to undo.")
}

// redo repeats the change that was undone last; false if there is none.
func (s *Session) redo() bool {
	return s.applyHistory(s.Walk.Redo, "Redone", "There is nothing to redo.")
}

func (s *Session) applyHistory(step func() (what string, ok bool), done, nothing string) bool {
	what, ok := step()
	if !ok {
		s.notify("%s", nothing)
		return false
	}
	s.notify("%s: %s.", done, what)
	s.reviewChanged()
	return true
}

// orNotify shows a message unless ok, and returns ok.
func (s *Session) orNotify(ok bool, otherwise string) bool {
	if !ok {
		s.notify("%s", otherwise)
	}
	return ok
}

// skip leaves the current best practice open and moves on.
func (s *Session) skip() bool { s.Walk.Skip(); return true }

// keepAnswer moves on if the current best practice is answered, and shows a message if not.
func (s *Session) keepAnswer() bool {
	if s.Walk.CountedAnswer().Status == review.Unanswered && !s.Walk.ReadOnly {
		s.notify("Not answered yet. s skips it for now, 5 says don't know, help shows all keys.")
		return false
	}
	s.Walk.Step()
	return true
}

// Steps of the walk, each with the message for when it is not possible.
var (
	back         = walkStep((*interview.Walk).Back, "This is the first one.")
	prevQuestion = walkStep((*interview.Walk).PrevQuestion, "This is the first question.")
	nextQuestion = walkStep((*interview.Walk).NextQuestion, "This is the last question; Enter goes on to what is open, s to the summary.")
	prevPillar   = walkStep((*interview.Walk).PrevPillar, "This is the first pillar of the walk.")
	nextPillar   = walkStep((*interview.Walk).NextPillar, "This is the last pillar of the walk.")
)

func walkStep(of func(*interview.Walk) bool, otherwise string) func(*Session) bool {
	return func(s *Session) bool { return s.orNotify(of(s.Walk), otherwise) }
}

// shouldWarnOfTime reports, once per plan, that the open questions need more time than is
// left.
func (s *Session) shouldWarnOfTime() bool {
	if s.Minutes <= 0 || s.timeWarned || s.Walk.FollowsPlan() || !s.pace().Behind() {
		return false
	}
	s.timeWarned = true
	return true
}

// replacePrompt asks whether to replace reports that exist.
func replacePrompt(paths []string) string {
	verb := "already exist; y replaces them"
	if len(paths) == 1 {
		verb = "already exists; y replaces it"
	}
	return strings.Join(paths, " and ") + " " + verb
}

// isYes reports whether the answer to replacePrompt is yes.
func isYes(answer string) bool {
	return slices.Contains([]string{"y", "yes"}, strings.ToLower(answer))
}
