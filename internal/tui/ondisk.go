package tui

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// A SaveFunc saves a review and merges what others changed in its file since from, the
// state it took in last; see review.File.Sync.
type SaveFunc func(from, r *review.Review) (review.SyncResult, error)

// onDisk is what of a session is on disk.
type onDisk struct {
	from     *review.Review // what is in the file, as the session took it in last
	err      error          // why the last save failed; nil: it didn't
	disputes []dispute      // not decided yet
	lost     atomic.Pointer[string]
}

// A dispute is a field that was changed here and by somebody else: the file has theirs.
type dispute struct {
	review.Conflict
	mine *review.Review // which has ours
}

// begin begins to keep the review.
func (s *Session) begin() {
	if s.onDisk.from = s.Saved; s.onDisk.from == nil {
		s.onDisk.from = s.Walk.Review().Clone()
	}
}

// takeIn takes in what came of saving a state of the review, which may have changed
// since.
func (s *Session) takeIn(snapshot *review.Review, done review.SyncResult) {
	s.onDisk.from, s.onDisk.err = done.Review, nil
	if done.FileChanged {
		mine := s.Walk.Review().Clone()
		now, late := review.MergeLossless(snapshot, done.Review, mine)
		s.Walk.Adopt(now)
		s.dispute(snapshot, done.Conflicts)
		s.dispute(mine, late)
		if words := outsideWords(done); words != "" {
			s.notify("%s", words)
		}
	}
	s.account()
}

// dispute adds conflicts that have to be decided.
func (s *Session) dispute(mine *review.Review, conflicts []review.Conflict) {
	for _, c := range conflicts {
		same := func(d dispute) bool { return d.Part == c.Part && d.ID == c.ID && d.Field == c.Field }
		s.onDisk.disputes = append(slices.DeleteFunc(s.onDisk.disputes, same), dispute{c, mine.Clone()})
	}
}

// decide takes ours or theirs of the first disputes.
func (s *Session) decide(n int, ours bool) error {
	decided := s.onDisk.disputes[:n]
	s.onDisk.disputes = slices.Clone(s.onDisk.disputes[n:])
	defer s.account()
	if !ours {
		return nil
	}
	for _, d := range decided {
		if err := s.Walk.Resolve(d.mine, d.Conflict); err != nil {
			return err
		}
	}
	s.changed()
	return nil
}

// againWords say that the file, which could not be written or read, can be again.
func (s *Session) againWords() string {
	if s.following() {
		return s.Path + " can be read again, and is followed."
	}
	return "Saved again: everything said is in " + s.Path + "."
}

// notSaved takes in that a save failed.
func (s *Session) notSaved(err error) {
	s.onDisk.err = err
	s.account()
}

// Unsaved lists what an interrupt would lose, word for word, or where it is. It can be
// called during Run.
func (s *Session) Unsaved() string {
	if lost := s.onDisk.lost.Load(); lost != nil {
		return *lost
	}
	return ""
}

// account notes what is not on disk for Unsaved.
func (s *Session) account() {
	var b strings.Builder
	if s.onDisk.err != nil {
		b.WriteString(s.whyNot())
	}
	for _, d := range s.onDisk.disputes {
		fmt.Fprintf(&b, "Not decided: %s\n", text.Clean(s.disputeWords(d), false))
	}
	lost := b.String()
	s.onDisk.lost.Store(&lost)
}

// whyNot is why the review is not saved, and what that means for what was said.
func (s *Session) whyNot() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Not saved: %s\n", reason(s.onDisk.err))
	if lost := s.rescued(); lost != nil {
		fmt.Fprintf(&b, "What was said is in %s.\nTo take it in once %s can be written again:\n  %s\n", disk.DisplayPath(lost.RescuePath), s.Path, s.command(lost.ImportCommand()))
		return b.String()
	}
	unsavedAnswers(&b, s.Lens, s.onDisk.from, s.Walk.Review())
	return b.String()
}

// reason is why a save failed, in one line.
func reason(err error) string {
	var lost *review.NotSavedError
	if errors.As(err, &lost) {
		err = lost.Err
	}
	return strings.TrimSuffix(strings.Join(strings.Fields(text.Clean(err.Error(), true)), " "), ".") + "."
}

// rescued says where what could not be saved is; nil where there is no rescue file.
func (s *Session) rescued() *review.NotSavedError {
	var lost *review.NotSavedError
	if errors.As(s.onDisk.err, &lost) && lost.RescuePath != "" {
		return lost
	}
	return nil
}

// unsavedAnswers lists word for word in what a review differs from what is saved.
func unsavedAnswers(b *strings.Builder, l *lens.Lens, saved, now *review.Review) {
	for _, id := range l.PracticeIDs() {
		for _, part := range [][2]map[string]review.Answer{{saved.Answers, now.Answers}, {saved.UnansweredDetails, now.UnansweredDetails}} {
			a, answered := part[1][id]
			if answered && part[0][id].Status == a.Status && part[0][id].SameContent(a) {
				continue
			}
			for _, f := range review.AnswerFields() {
				if value := f.Text(a); answered && len(f.Values(a)) > 0 && !f.Signature {
					addUnsaved(b, id+", "+f.Key, value)
				}
			}
		}
	}
	for _, t := range now.Parked {
		if !slices.Contains(saved.Parked, t) {
			addUnsaved(b, "parked topic", strings.TrimSpace(t.Topic+" "+t.Owner))
		}
	}
}

// addUnsaved adds a text, and what it is, to what is not saved.
func addUnsaved(b *strings.Builder, what, value string) {
	if value == "" {
		return
	}
	if b.Len() == 0 {
		b.WriteString("Not saved:\n")
	}
	value = strings.ReplaceAll(text.Clean(value, true), "\n", "\n    ")
	fmt.Fprintf(b, "  %s: %s\n", text.Clean(what, false), value)
}

// outsideWords say what others did with the file.
func outsideWords(done review.SyncResult) string {
	var words []string
	if done.Recreated {
		words = append(words, "The file was gone and was written anew.")
	}
	if n := len(done.Changed); n > 0 {
		words = append(words, fmt.Sprintf("Changed by somebody else and taken in: %s.", few(done.Changed)))
	}
	if n := len(done.Restored); n > 0 {
		words = append(words, fmt.Sprintf("The file had lost %s, which it has again: %s.", text.Plural(n, "entry", "entries"), few(done.Restored)))
	}
	return strings.Join(words, " ")
}

// few names at most three ids, and says how many more there are.
func few(ids []string) string {
	if len(ids) > 4 {
		return fmt.Sprintf("%s and %d more", strings.Join(ids[:3], ", "), len(ids)-3)
	}
	return strings.Join(ids, ", ")
}

// disputeWords are a dispute in a sentence: what it is about, both values, and whose
// they are.
func (s *Session) disputeWords(d dispute) string {
	theirs, ours := s.sides(d)
	return fmt.Sprintf("%s: here %s; in the file %s.", d.Subject(), ours, theirs)
}

// sides are the two values of a dispute with who gave them.
func (s *Session) sides(d dispute) (theirs, ours string) {
	side := func(value string, r *review.Review) string {
		words := "nothing"
		if value != "" {
			words = fmt.Sprintf("%q", text.Shorten(value, 120))
		}
		if a, ok := r.Answers[d.ID]; ok && d.Part == "answers" && a.By != "" {
			words += strings.TrimRight(fmt.Sprintf(" (%s %s", a.By, review.DayOf(a.At)), " ") + ")"
		}
		return words
	}
	return side(d.Current, s.Walk.Review()), side(d.Other, d.mine)
}

// counted is how many best practices are answered, with the findings.
func counted(p interview.Progress) string {
	words := fmt.Sprintf("%d of %d answered, %s", p.Answered, p.Stops, text.Count(p.Findings, "finding"))
	if p.High > 0 {
		words += fmt.Sprintf(" (%d of high severity)", p.High)
	}
	return words
}

// command is a command of the program as the user can type it.
func (s *Session) command(args string) string { return cmp.Or(s.Program, "iotlens") + " " + args }

// farewell is what there is on disk, and how to go on.
func (s *Session) farewell() string {
	p, all := s.Walk.Progress(), s.Walk.Overall()
	lines := []string{counted(all) + ", in " + s.Path + "."}
	switch lost := s.rescued(); {
	case lost != nil:
		lines = []string{counted(all) + ", in " + disk.DisplayPath(lost.RescuePath) + "."}
	case s.onDisk.err != nil:
		saved := interview.New(s.Lens, s.onDisk.from.Clone(), interview.Filter{})
		return counted(saved.Overall()) + ", in " + s.Path + " when it was saved last."
	}
	unconfirmed := s.Walk.Review().Unconfirmed()
	if unconfirmed > 0 {
		lines = append(lines, text.Plural(unconfirmed, "answer is", "answers are")+" from templates and not confirmed.")
	}
	if f := s.Walk.Filter(); !f.Empty() && f.Only != interview.Unconfirmed {
		lines = append(lines, fmt.Sprintf("With the filter of this walk: %d of %d answered.", p.Answered, p.Stops))
	}
	if p.Skipped > 0 {
		lines = append(lines, fmt.Sprintf("Skipped: %d. They are asked again the next time.", p.Skipped))
	}
	if n := len(s.Walk.Review().UnansweredDetails); n > 0 {
		lines = append(lines, fmt.Sprintf("Said of %s without an answer yet; it is kept and shown again.", text.Count(n, "best practice")))
	}
	if s.onDisk.err != nil {
		return strings.Join(lines, "\n")
	}
	if all.Answered < all.Stops && !s.Walk.ReadOnly {
		lines = append(lines, "Go on:  "+s.command("review "+s.ReviewArgs))
	}
	if unconfirmed > 0 && !s.Walk.ReadOnly {
		lines = append(lines, "To confirm: "+s.command("review "+s.ReviewArgs+" --only "+string(interview.Unconfirmed)))
	}
	return strings.Join(append(lines, "Recap:  "+s.command("recap "+s.ReviewArgs), "Report: "+s.command("report "+s.ReviewArgs+" -f markdown=report.md")), "\n")
}

// NotSaved is the error that a session ends with where not all of it is in its file.
type NotSaved struct{ words string }

func (n *NotSaved) Error() string { return strings.TrimSpace(n.words) }

// ended is how the session ended, where not all of it is in its file.
func (s *Session) ended() error {
	if s.onDisk.err == nil {
		return nil
	}
	return &NotSaved{s.Unsaved() + s.farewell()}
}
