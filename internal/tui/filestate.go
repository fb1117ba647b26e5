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

// A SaveFunc saves a review and merges what others changed in its file since from, the last
// state of the file that the session merged; see review.File.Sync.
type SaveFunc func(from, r *review.Review) (review.SyncResult, error)

// fileState is what a session knows about its review file.
type fileState struct {
	base      *review.Review         // content of the file as of the last save or merge
	err       error                  // of the last save
	conflicts []conflict             // not resolved yet, oldest first
	unsaved   atomic.Pointer[string] // for Unsaved
}

// A conflict is a field that was changed both here and in the file. Until it is resolved,
// the review has the value of the file.
type conflict struct {
	review.Conflict
	localReview *review.Review // has the value that was set here
}

// initFile records the content of the file at the start.
func (s *Session) initFile() {
	if s.file.base = s.Saved; s.file.base == nil {
		s.file.base = s.Walk.Review().Clone()
	}
}

// applySync applies the result of saving snapshot to the review, which may have changed
// since.
func (s *Session) applySync(snapshot *review.Review, done review.SyncResult) {
	s.file.base, s.file.err = done.Review, nil
	if done.FileChanged {
		local := s.Walk.Review().Clone()
		now, late := review.MergeLossless(snapshot, done.Review, local)
		s.Walk.Adopt(now)
		s.addConflicts(snapshot, done.Conflicts)
		s.addConflicts(local, late)
		if words := externalChangesText(done); words != "" {
			s.notify("%s", words)
		}
	}
	s.recordUnsaved()
}

// addConflicts adds conflicts, which replace older ones about the same field.
func (s *Session) addConflicts(local *review.Review, conflicts []review.Conflict) {
	for _, c := range conflicts {
		same := func(d conflict) bool { return d.Part == c.Part && d.ID == c.ID && d.Field == c.Field }
		s.file.conflicts = append(slices.DeleteFunc(s.file.conflicts, same), conflict{c, local.Clone()})
	}
}

// decideConflicts resolves the first n conflicts with the values set here, if ours, or with
// those of the file.
func (s *Session) decideConflicts(n int, ours bool) error {
	decided := s.file.conflicts[:n]
	s.file.conflicts = slices.Clone(s.file.conflicts[n:])
	defer s.recordUnsaved()
	if !ours {
		return nil
	}
	for _, c := range decided {
		if err := s.Walk.Resolve(c.localReview, c.Conflict); err != nil {
			return err
		}
	}
	s.reviewChanged()
	return nil
}

// savedAgainText says that saving or reading the file works again.
func (s *Session) savedAgainText() string {
	if s.following() {
		return s.Path + " can be read again, and is followed."
	}
	return "Saved again: all answers are in " + s.Path + "."
}

// notSaved records that a save failed.
func (s *Session) notSaved(err error) {
	s.file.err = err
	s.recordUnsaved()
}

// Unsaved lists word for word what is not in the review file, or names the rescue file. It
// can be called during Run.
func (s *Session) Unsaved() string {
	if lost := s.file.unsaved.Load(); lost != nil {
		return *lost
	}
	return ""
}

// recordUnsaved updates the result of Unsaved.
func (s *Session) recordUnsaved() {
	var b strings.Builder
	if s.file.err != nil {
		b.WriteString(s.notSavedText())
	}
	for _, c := range s.file.conflicts {
		fmt.Fprintf(&b, "Not decided: %s\n", text.Clean(s.conflictText(c), false))
	}
	lost := b.String()
	s.file.unsaved.Store(&lost)
}

// notSavedText says why the review is not saved, and where the answers are.
func (s *Session) notSavedText() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Not saved: %s\n", saveErrorText(s.file.err))
	if lost := s.rescueError(); lost != nil {
		fmt.Fprintf(&b, "The unsaved changes are in %s.\nTo import them once %s can be written again:\n  %s\n", disk.DisplayPath(lost.RescuePath), s.Path, s.command(lost.ImportCommand()))
		return b.String()
	}
	writeUnsavedAnswers(&b, s.Lens, s.file.base, s.Walk.Review())
	return b.String()
}

// saveErrorText says in one line why a save failed.
func saveErrorText(err error) string {
	var lost *review.NotSavedError
	if errors.As(err, &lost) {
		err = lost.Err
	}
	return strings.TrimSuffix(strings.Join(strings.Fields(text.Clean(err.Error(), true)), " "), ".") + "."
}

// rescueError is the error of the last save if that wrote a rescue file; else nil.
func (s *Session) rescueError() *review.NotSavedError {
	var lost *review.NotSavedError
	if errors.As(s.file.err, &lost) && lost.RescuePath != "" {
		return lost
	}
	return nil
}

// writeUnsavedAnswers lists word for word how a review differs from the saved one.
func writeUnsavedAnswers(b *strings.Builder, l *lens.Lens, saved, now *review.Review) {
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

// addUnsaved adds a value, with a label, to the list of what is not saved.
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

// externalChangesText says what others did to the file; empty if nothing.
func externalChangesText(done review.SyncResult) string {
	var words []string
	if done.Recreated {
		words = append(words, "The file was gone and was written anew.")
	}
	if n := len(done.Changed); n > 0 {
		words = append(words, fmt.Sprintf("Changed by somebody else and taken in: %s.", fewIDs(done.Changed)))
	}
	if n := len(done.Restored); n > 0 {
		words = append(words, fmt.Sprintf("The file had lost %s, which it has again: %s.", text.Plural(n, "entry", "entries"), fewIDs(done.Restored)))
	}
	return strings.Join(words, " ")
}

// fewIDs lists up to four ids, or three and the number of the others.
func fewIDs(ids []string) string {
	if len(ids) > 4 {
		return fmt.Sprintf("%s and %d more", strings.Join(ids[:3], ", "), len(ids)-3)
	}
	return strings.Join(ids, ", ")
}

// conflictText is a conflict in a sentence: its field, and both values with who set them.
func (s *Session) conflictText(c conflict) string {
	theirs, ours := s.conflictSides(c)
	return fmt.Sprintf("%s: here %s; in the file %s.", c.Subject(), ours, theirs)
}

// conflictSides returns both values of a conflict with who set them.
func (s *Session) conflictSides(c conflict) (theirs, ours string) {
	side := func(value string, r *review.Review) string {
		words := "nothing"
		if value != "" {
			words = fmt.Sprintf("%q", text.Shorten(value, 120))
		}
		if a, ok := r.Answers[c.ID]; ok && c.Part == "answers" && a.By != "" {
			words += strings.TrimRight(fmt.Sprintf(" (%s %s", a.By, review.DayOf(a.At)), " ") + ")"
		}
		return words
	}
	return side(c.Current, s.Walk.Review()), side(c.Other, c.localReview)
}

// progressText says how many best practices are answered, and how many findings there are.
func progressText(p interview.Progress) string {
	words := fmt.Sprintf("%d of %d answered, %s", p.Answered, p.Stops, text.Count(p.Findings, "finding"))
	if p.High > 0 {
		words += fmt.Sprintf(" (%d of high severity)", p.High)
	}
	return words
}

// command is a command of this program as the user would type it.
func (s *Session) command(args string) string { return cmp.Or(s.Program, "iotlens") + " " + args }

// closingText says at the end what is saved and how to continue.
func (s *Session) closingText() string {
	p, all := s.Walk.Progress(), s.Walk.Overall()
	lines := []string{progressText(all) + ", in " + s.Path + "."}
	switch lost := s.rescueError(); {
	case lost != nil:
		lines = []string{progressText(all) + ", in " + disk.DisplayPath(lost.RescuePath) + "."}
	case s.file.err != nil:
		saved := interview.New(s.Lens, s.file.base.Clone(), interview.Filter{})
		return progressText(saved.Overall()) + ", in " + s.Path + " when it was saved last."
	}
	unconfirmed := s.Walk.Review().CountUnconfirmed()
	if unconfirmed > 0 {
		lines = append(lines, text.Plural(unconfirmed, "answer is", "answers are")+" from templates and not confirmed.")
	}
	if f := s.Walk.Filter(); !f.Empty() && f.Only != interview.OnlyUnconfirmed {
		lines = append(lines, fmt.Sprintf("With the filter of this walk: %d of %d answered.", p.Answered, p.Stops))
	}
	if p.Skipped > 0 {
		lines = append(lines, fmt.Sprintf("Skipped: %d. They are asked again the next time.", p.Skipped))
	}
	if n := len(s.Walk.Review().UnansweredDetails); n > 0 {
		lines = append(lines, fmt.Sprintf("Details of %s without an answer yet are kept and shown again.", text.Count(n, "best practice")))
	}
	if s.file.err != nil {
		return strings.Join(lines, "\n")
	}
	if all.Answered < all.Stops && !s.Walk.ReadOnly {
		lines = append(lines, "Go on:  "+s.command("review "+s.ReviewArgs))
	}
	if unconfirmed > 0 && !s.Walk.ReadOnly {
		lines = append(lines, "To confirm: "+s.command("review "+s.ReviewArgs+" --only "+string(interview.OnlyUnconfirmed)))
	}
	return strings.Join(append(lines, "Recap:  "+s.command("recap "+s.ReviewArgs), "Report: "+s.command("report "+s.ReviewArgs+" -f markdown=report.md")), "\n")
}

// NotSavedError is returned by Run if something is not in the review file; its text has all
// of it.
type NotSavedError struct{ text string }

func (n *NotSavedError) Error() string { return strings.TrimSpace(n.text) }

// notSavedError returns a *NotSavedError if the last save failed.
func (s *Session) notSavedError() error {
	if s.file.err == nil {
		return nil
	}
	return &NotSavedError{s.Unsaved() + s.closingText()}
}
