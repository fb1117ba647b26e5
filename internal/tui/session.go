package tui

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// A Session is one run of a review: what the line review and the full screen both
// need, and what they do in the same way.
type Session struct {
	Lens *lens.Lens
	Walk *interview.Walk
	Path string // the file, as the user named it
	Args string // Path with the flags that a further command needs; empty: Path alone

	Save   func(*review.Review) error             // puts a state of the review on disk; called after every change
	OnMove func(interview.Place)                  // remembers where the walk is; called after every move; may be nil
	Assess func(*review.Review) Summary           // what a review comes to
	Write  func(*review.Review) ([]string, error) // writes the reports; returns their paths

	Minutes        int        // planned for this session; 0: not planned
	Elapsed        func() int // minutes since it began; may be nil
	Notice         string     // said at the start
	ReadOnlyReason string     // why nothing can be changed; empty: it can

	notify   func(format string, args ...any) // says a sentence
	drafts   drafts
	warned   bool // of the drafts
	reminded bool // that time is short
}

// A Summary is what a review comes to.
type Summary struct {
	Verdict    string // in a sentence
	Assessment *scoring.Assessment
}

// Unsaved says what an interrupt would lose, word for word: the details of best
// practices that have no status yet. It is safe beside Run.
func (s *Session) Unsaved() string { return s.drafts.text(s.Lens) }

// draft is the answer at the current stop, or what was said for the one to come.
func (s *Session) draft() (id string, a review.Answer, answered bool) {
	stop, ok := s.Walk.Current()
	if !ok {
		return "", review.Answer{}, false
	}
	if a, answered = s.Walk.Answer(); !answered {
		a, _ = s.drafts.of(stop.Practice.ID)
	}
	return stop.Practice.ID, a, answered
}

// setStatus gives the current best practice a status by set, which is Set or Amend of
// the walk. An empty note leaves the note as it is. The error says why nothing was
// changed.
func (s *Session) setStatus(set func(review.Answer) error, status review.Status, reason, note string) error {
	id, a, answered := s.draft()
	if answered && a.By == review.ByProfile {
		a, _ = s.drafts.of(id)
	}
	a.Status, a.Reason, a.Note = status, reason, cmp.Or(note, a.Note)
	if err := set(a); err != nil {
		return err
	}
	s.drafts.drop(id)
	return nil
}

// A detail is a field of an answer that people give beside its status.
type detail string

// The details.
const (
	detailNote     detail = "note"
	detailOwner    detail = "owner"
	detailEvidence detail = "evidence"
	detailDue      detail = "due (YYYY-MM-DD)"
)

// setDetail sets a detail of the answer at the current stop, or of the one to come
// where that has no status yet. Evidence is added to; empty evidence takes all of
// it away. It tells whether the review was changed.
func (s *Session) setDetail(d detail, value string) (changed bool, err error) {
	id, a, answered := s.draft()
	before := a
	switch d {
	case detailNote:
		a.Note = value
	case detailOwner:
		a.Owner = value
	case detailEvidence:
		a.Evidence = append(append([]string(nil), a.Evidence...), value)
		if value == "" {
			a.Evidence = nil
		}
	case detailDue:
		if err := review.CheckDate(value, false); value != "" && err != nil {
			return false, err
		}
		a.Due = value
	}
	switch {
	case a.Same(before):
		s.notify("Nothing was changed.")
	case answered:
		return true, s.Walk.Set(a)
	default:
		s.drafts.put(id, a)
		s.warned = false
		s.notify("Kept for this answer; now the status: 1 to 5.")
	}
	return false, nil
}

// undo takes a change back; it tells whether there was one.
func (s *Session) undo() bool { return s.shift(s.Walk.Undo, "Undone", "There is nothing to undo.") }

// redo makes a change again that was taken back; it tells whether there was one.
func (s *Session) redo() bool { return s.shift(s.Walk.Redo, "Redone", "There is nothing to redo.") }

func (s *Session) shift(step func() (what string, ok bool), done, nothing string) bool {
	what, ok := step()
	if !ok {
		s.notify("%s", nothing)
		return false
	}
	s.notify("%s: %s.", done, what)
	return true
}

// moved passes on whether a step of the walk was possible, and says where not.
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
	if _, answered := s.Walk.Answer(); !answered && !s.Walk.ReadOnly {
		s.notify("Not answered yet. s skips it for now, 5 says don't know, help shows all keys.")
		return false
	}
	s.Walk.Step()
	return true
}

func (s *Session) back() bool { return s.moved(s.Walk.Back(), "This is the first one.") }

func (s *Session) prevQuestion() bool {
	return s.moved(s.Walk.PrevQuestion(), "This is the first question.")
}

func (s *Session) nextQuestion() bool {
	return s.moved(s.Walk.NextQuestion(), "This is the last question; Enter goes on to what is open, s to the summary.")
}

func (s *Session) nextPillar() bool {
	return s.moved(s.Walk.NextPillar(), "This is the last pillar of the walk.")
}

func (s *Session) prevPillar() bool {
	return s.moved(s.Walk.PrevPillar(), "This is the first pillar of the walk.")
}

// mayLeave tells whether the review can be left; the first time that drafts would
// be lost it names them instead.
func (s *Session) mayLeave() bool {
	words := s.drafts.words(s.Lens)
	if words == "" || s.warned {
		return true
	}
	s.warned = true
	s.notify("%s. q again leaves without.", words)
	return false
}

// elapsed is how many minutes the session has taken so far.
func (s *Session) elapsed() int {
	if s.Elapsed == nil {
		return 0
	}
	return s.Elapsed()
}

// plan plans minutes from now on.
func (s *Session) plan(minutes int) { s.Minutes, s.reminded = s.elapsed()+minutes, true }

func (s *Session) pace() interview.Pace { return s.Walk.Pace(s.Minutes, s.elapsed()) }

// agenda is what still fits into the planned minutes.
func (s *Session) agenda() interview.Agenda {
	return interview.Plan(s.Lens, s.Walk.Review(), s.Walk.Filter(), s.Minutes-s.elapsed())
}

// timeIsShort tells once that what is open takes longer than the time that is left.
func (s *Session) timeIsShort() bool {
	if s.Minutes <= 0 || s.reminded || !s.pace().Short() {
		return false
	}
	s.reminded = true
	return true
}

// position passes on where the walk is.
func (s *Session) position() {
	if s.OnMove != nil {
		s.OnMove(s.Walk.Place())
	}
}

// counted says how many best practices are answered and what was found.
func counted(p interview.Progress) string {
	return fmt.Sprintf("%d of %d answered, %s (%d high)", p.Answered, p.Stops, text.Count(p.Findings, "finding"), p.High)
}

// farewell says what there is in the file and how to go on.
func (s *Session) farewell() string {
	p, all := s.Walk.Progress(), s.Walk.Overall()
	args := cmp.Or(s.Args, s.Path)
	lines := []string{counted(all) + ", in " + s.Path + "."}
	if !s.Walk.Filter().Empty() {
		lines = append(lines, fmt.Sprintf("With the filter of this walk: %d of %d answered.", p.Answered, p.Stops))
	}
	if p.Skipped > 0 {
		lines = append(lines, fmt.Sprintf("Skipped: %d. They come again the next time.", p.Skipped))
	}
	if all.Answered < all.Stops && !s.Walk.ReadOnly {
		lines = append(lines, "Go on:  iotlens review "+args)
	}
	return strings.Join(append(lines, "Recap:  iotlens recap "+args, "Report: iotlens report "+args+" -f markdown=report.md"), "\n")
}
