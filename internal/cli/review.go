package cli

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/tui"
	"github.com/spf13/cobra"
)

type reviewOptions struct {
	walkOptions
	file  string
	by    string
	sheet string // run sheet to write
	promptOptions
	readOnly  bool
	follow    bool
	presenter bool
	noMouse   bool
}

func (a *app) reviewCommand() *cobra.Command {
	o := &reviewOptions{}
	c := &cobra.Command{
		Use:   "review [FILE]",
		Short: "Walk through the review, question by question",
		Long: `Walk through the review, question by question. It starts a review if there is none,
and otherwise continues where the last session stopped, with the same filter. Every
answer is saved immediately.

Without FILE, it takes the only *.review.yaml file in this folder. Without a terminal,
with TERM=dumb or if ACCESSIBLE is set, it prompts line by line as with --plain, for
pipes and screen readers.`,
		Example: `  iotlens review
  iotlens review plant.review.yaml --by Ana --minutes 90 --present "firmware lead,cloud architect"
  iotlens review plant.review.yaml --pillar security --facilitator sheet.md
  iotlens review --only findings --severity high
  iotlens review plant.review.yaml --owner Marta          # what Marta owns
  iotlens review plant.review.yaml --follow --presenter   # the projector, live
  iotlens review plant.review.yaml --follow               # the facilitator's own screen`,
		Args: rangeArgs(0, 1, "[FILE]"),
		RunE: func(_ *cobra.Command, args []string) error {
			o.file = firstArg(args)
			return a.interruptible(func() error { return a.review(o) })
		},
	}
	f := c.Flags()
	o.walkOptions.addFlags(c, "to walk through", a.ownersOf)
	f.StringVar(&o.by, "by", "", "who answers; saved with each answer (the key @ changes it)")
	o.promptOptions.addFlags(c)
	f.BoolVar(&o.readOnly, "read-only", false, "open the review without changing it")
	f.BoolVar(&o.follow, "follow", false, "follow another session live and read-only, for the screen of the facilitator")
	f.BoolVar(&o.presenter, "presenter", false, "show only the question, its best practices and the legend, for a projector (the key v changes it)")
	f.BoolVar(&o.noMouse, "no-mouse", false, "leave the mouse to the terminal, so that dragging selects text (the key M changes it)")
	f.StringVar(&o.sheet, "facilitator", "", "first write a run sheet for this walk to this file (see iotlens runsheet)")
	return c
}

// A reviewSession is a review that a person walks through, on the full screen or line by
// line.
type reviewSession struct {
	tui.Session
	file  *review.File
	inUse bool           // also open in another session
	note  *disk.OpenNote // tells other sessions that it is open here
}

func (a *app) review(o *reviewOptions) error {
	l, err := a.lens()
	if err != nil {
		return err
	}
	if err := errors.Join(o.check(l), checkOneOf("--theme", o.theme, tui.Themes())); err != nil {
		return err
	}
	tty := a.In
	typed := tui.NewReader(a.In)
	a.In = bufio.NewReader(typed) // prompts and interview share one buffer
	f, err := a.findOrStart(o, l, tty)
	if err != nil {
		return err
	}
	if err := o.resolveOwner(f.Review); err != nil {
		return fmt.Errorf("%s: %w", disk.DisplayPath(f.Path), err)
	}
	assess := func(r *review.Review) *scoring.Assessment {
		return scoring.Assess(l, r, scoring.Options{Today: a.today()})
	}
	s := &reviewSession{file: f, Session: tui.Session{
		Lens: l, Path: disk.DisplayPath(f.Path), Program: a.commandName(), ReviewArgs: a.fileArgs(f.Path), Save: f.Sync, FileChanged: f.ChangedOnDisk,
		Assess: func(r *review.Review) tui.Summary {
			assessed := assess(r)
			return tui.Summary{Verdict: view.Conclude(assessed).String(), Assessment: assessed}
		},
		WriteReports: func(r *review.Review, replace bool) ([]string, error) {
			assessed := assess(r)
			if err := a.addSince(assessed, f.Path, "", l); err != nil {
				return nil, err
			}
			return writeReports(f.Path, assessed, f.Options, replace)
		},
	}}
	f.RescueDirs, f.Bank = a.rescueFolders(), a.bank
	a.joinReview(s, o)
	defer a.leaveReview()
	if ok, err := a.beginWalk(s, o); !ok || err != nil {
		return err
	}
	start := a.Now()
	s.Elapsed = func() int { return int(a.Now().Sub(start).Minutes()) }
	if o.sheet != "" {
		if err := a.writeSheet(o.sheet, l, f.Review, s.Walk.Filter(), s.RemainingPlan()); err != nil {
			return err
		}
	}
	screen := &tui.Screen{
		Session: &s.Session, Terminal: tui.Terminal{In: tty, Out: a.Out, Env: a.Env, Theme: o.theme},
		Mode: o.mode(), Clock: a.clock, Mouse: !o.noMouse, Now: a.Now, PasteDelay: pasteGap,
	}
	a.screen.Store(screen)
	if a.lineByLine(o.plain) {
		return (&tui.Line{Session: &s.Session, In: a.input(), Source: typed, Out: a.Out}).Run()
	}
	a.mu.Lock()
	a.holdWarnings = true
	before := len(a.warnings)
	a.mu.Unlock()
	err = screen.Run()
	for _, warning := range a.warnings[before:] {
		fmt.Fprintln(a.Err, warning)
	}
	if errors.Is(err, tui.ErrInterrupted) {
		fmt.Fprintln(a.Err, err)
		return exitError{Interrupted}
	}
	return err
}

// mode returns the mode of the full screen.
func (o *reviewOptions) mode() tui.Mode {
	switch {
	case o.presenter:
		return tui.ModePresenter
	case o.follow:
		return tui.ModeFacilitator
	}
	return tui.ModeFull
}

// lineByLine reports whether to prompt line by line: if the flag asks for it, or if the
// terminal cannot show the full screen.
func (a *app) lineByLine(asked bool) bool {
	term := a.env("TERM")
	unnamed := term == "" && runtime.GOOS != "windows" // Windows sets no TERM
	return asked || !a.StdinTTY || !a.StdoutTTY || unnamed || term == "dumb" || a.env("ACCESSIBLE") != ""
}

// joinReview records that this session has the review open, and prints who else has it open.
// The answers of both sessions are merged when they are saved.
func (a *app) joinReview(s *reviewSession, o *reviewOptions) {
	switch {
	case o.readOnly:
		s.ReadOnlyReason = "it was opened read-only"
		return
	case o.follow:
		s.ReadOnlyReason = "it follows another session"
		return
	case s.file.Review.Milestone.Name != "":
		fmt.Fprintf(a.Out, "%s is a milestone, a frozen copy: it is open read-only.\n", disk.DisplayPath(s.file.Path))
		s.ReadOnlyReason = "it is a milestone"
		return
	}
	me := disk.Holder{Name: a.userName(o.by), Since: a.Now().UTC().Format("2006-01-02 15:04 UTC")}
	other, note := disk.NoteOpen(s.file.Path, me)
	leave := sync.OnceFunc(note.Close)
	a.closeNote.Store(&leave)
	s.note = note
	s.file.Options.Holder = me
	if other == nil {
		return
	}
	s.inUse = true
	var p text.Page
	p.Wrapped("", "", fmt.Sprintf("%s is also open elsewhere: %s. What both of you answer is merged when it is saved.", disk.DisplayPath(s.file.Path), other))
	fmt.Fprint(a.Out, p.String())
	if a.StdinTTY && a.confirm("Open it read-only?") {
		s.ReadOnlyReason = "in use by " + other.String()
	}
}

// leaveReview removes the note that the review is open. Interrupts call it, too.
func (a *app) leaveReview() {
	if leave := a.closeNote.Load(); leave != nil {
		(*leave)()
	}
}

// userName returns the given name, or else the login name.
func (a *app) userName(by string) string {
	return cmp.Or(by, a.env("USER"), a.env("USERNAME"))
}

// beginWalk applies the profile, starts the walk and sets the notice with which the session
// begins. It returns false if there is nothing to walk through.
func (a *app) beginWalk(s *reviewSession, o *reviewOptions) (bool, error) {
	var notice text.Page
	list := func(ids []string, what, sentence string) {
		if len(ids) > 0 {
			notice.Wrapped("", "", fmt.Sprintf(sentence, text.Count(len(ids), what), strings.Join(ids, ", ")))
		}
	}
	if s.ReadOnlyReason == "" {
		r := s.file.Review
		ruling := interview.ApplyProfile(s.Lens, r, r.Workload.Profile, a.timestamp())
		asked := r.AskedRevision()
		if s.Lens.Revision > asked {
			r.RecordRevision(s.Lens)
		}
		if err := s.file.Save(); err != nil {
			return false, err
		}
		r.RecordRevision(s.Lens) // a file without a record gets it with its first answer
		list(r.NewlyAsked(s.Lens, asked), "new practice", "This version asks %s, which the gate counts from now on: %s.")
		list(practiceIDs(ruling.RuledOut), "best practice", "The workload's profile rules out %s, answered as not applicable: %s. To answer one all the same: g ID, then its status.")
		list(practiceIDs(ruling.AskedAgain), "best practice", "The profile no longer rules out %s, unanswered again: %s.")
	}
	s.file.ReadOnly = s.ReadOnlyReason != ""
	s.Saved = s.file.Saved()
	known := a.resume(s, o)
	s.StartPlan(o.minutes, o.present)
	if s.Walk.FollowsPlan() {
		notice.Wrapped("", "", s.PlanSummary())
	}
	if n := len(interview.WithoutParts(s.Walk.SetAside())); n > 0 {
		notice.Wrapped("", "", fmt.Sprintf("The profile sets aside %s, asked on demand: A (line by line: aside) lists them.", text.Count(n, "best practice")))
	}
	if n := s.file.Review.CountUnconfirmed(); n > 0 && s.Walk.Filter().Only != interview.OnlyUnconfirmed {
		notice.Wrapped("", "", fmt.Sprintf("%s from templates and not confirmed. To confirm them: --only %s.", text.Plural(n, "answer is", "answers are"), interview.OnlyUnconfirmed))
	}
	if gaps := profileGaps(s.Lens, s.file.Review.Workload); gaps != "" {
		notice.Wrapped("", "", gaps)
	}
	s.Walk.ReadOnly = s.ReadOnlyReason != ""
	s.Walk.Stamp = func() (by, at string) { return o.by, a.timestamp() }
	p := s.Walk.Progress()
	stop, ok := s.Walk.Current()
	if owner := s.Walk.Filter().Owner; owner != "" && p.Stops > 0 {
		notice.Wrapped("", "", fmt.Sprintf("%s that %s owns: %s, %d unanswered.", text.Count(p.Stops, "best practice"), owner, text.Count(p.Findings, "finding"), p.Stops-p.Answered))
	}
	switch {
	case p.Stops == 0:
		notice.Wrapped("", "", nothingLeftText(s))
		return false, a.print(notice.String())
	case !known && ok && s.Walk.Filter().Only == interview.OnlyFindings:
		notice.Line("%s to go through. Enter keeps an answer.", text.Count(p.Findings, "finding"))
	case ok && s.Walk.Filter().Only == interview.OnlyUnconfirmed:
		notice.Wrapped("", "", fmt.Sprintf("%s from templates to go through. Its status again confirms one, Enter leaves it.", text.Count(p.Stops, "answer")))
	case !known && ok && p.Answered == p.Stops:
		notice.Line("All %d are answered; this goes through them again. Enter keeps an answer.", p.Stops)
	case ok && (known || slices.ContainsFunc(slices.Collect(maps.Values(s.file.Review.Answers)), byPerson)):
		notice.Line("Going on at %s: %d of %d are answered.", stop.Practice.ID, p.Answered, p.Stops)
	}
	if words := s.Walk.Filter().Words(s.Lens); words != "" && !o.changed() {
		notice.Wrapped("", "", fmt.Sprintf("The filter of last time still holds: %s. To walk through everything: --only %s.", words, onlyAll))
	}
	s.Notice = notice.String()
	return true, nil
}

// nothingLeftText explains why there is nothing to walk through.
func nothingLeftText(s *reviewSession) string {
	f := s.Walk.Filter()
	switch {
	case f.Owner != "":
	case f.Only == interview.OnlyUnconfirmed:
		return "There is nothing to confirm: of what matches, no answer is unconfirmed."
	default:
		return "There is nothing to walk through: no best practice matches, or all of them are answered."
	}
	all := len(interview.New(s.Lens, s.file.Review.Clone(), interview.Filter{Owner: f.Owner}).Stops())
	if all == 0 {
		return fmt.Sprintf("There is nothing to walk through: nothing that %s owns is a best practice in the scope of this review.", f.Owner)
	}
	rest := f
	rest.Owner = ""
	return fmt.Sprintf("There is nothing to walk through: %s owns %s, and none matches the rest of the filter (%s).", f.Owner, text.Count(all, "best practice"), rest.Words(s.Lens))
}

func practiceIDs(list []interview.AffectedPractice) []string {
	var ids []string
	for _, r := range list {
		ids = append(ids, r.Practice.ID)
	}
	return ids
}

// fewFacts is up to how many open facts are named rather than counted.
const fewFacts = 5

// profileGaps says what the profile leaves open, and the effect of that. It is empty if the
// profile is complete.
func profileGaps(l *lens.Lens, w review.Workload) string {
	var names []string
	for _, f := range review.UnsetProfileFields(l, w) {
		names = append(names, strings.ReplaceAll(f.Flag, "-", " "))
	}
	const how = "Press P to complete it (line by line: profile)."
	unasked := review.FactsOf(l, w.Profile).UnaskedSummary()
	switch known := func(f review.WorkloadField) bool { return len(f.Values(&w)) > 0 }; {
	case len(names) == 0:
		return ""
	case !slices.ContainsFunc(review.ProfileFields(), known):
		return fmt.Sprintf("The workload has no profile: %s, and priorities do not consider the workload. %s", cmp.Or(unasked, "every question is asked"), how)
	}
	open := text.Count(len(names), "fact")
	if len(names) <= fewFacts {
		open = strings.Join(names, ", ")
	}
	if unasked != "" {
		unasked = ", and " + unasked
	}
	return fmt.Sprintf("The profile leaves %s open, which rules out no questions and raises no priorities%s. %s", open, unasked, how)
}

// resume starts the walk where the last session stopped and with its filter, unless another
// filter was given. It reports whether there was such a place.
func (a *app) resume(s *reviewSession, o *reviewOptions) bool {
	s.OnMove = func(interview.ResumePoint) {}
	keep := a.Sessions.Recorder(s.file.Path)
	switch {
	case s.ReadOnlyReason != "":
		s.WriterPractice = s.writerPlace
	case !s.inUse: // otherwise the place belongs to the other session
		s.OnMove = func(p interview.ResumePoint) {
			s.note.SetPlace(p.Practice)
			keep.Record(p)
		}
	}
	p, known := a.Sessions.Get(s.file.Path)
	known = known && p.ValidFor(s.Lens)
	if known && p.Practice != "" && (!o.changed() || o.filter.Equal(p.Filter)) {
		s.Walk = interview.Resume(s.Lens, s.file.Review, p)
		if len(s.Walk.Stops()) > 0 {
			return true
		}
	}
	s.Walk = interview.New(s.Lens, s.file.Review, o.filter)
	s.Walk.SetPlan(p.Plan)
	return false
}

// writerPlace returns the best practice at which the writing session is, or "" if it is not
// known.
func (s *reviewSession) writerPlace() string {
	holder, _ := disk.OpenedBy(s.file.Path)
	if _, ok := s.Lens.Practice(holder.Place); !ok {
		return ""
	}
	return holder.Place
}

// rescueFolders lists where a session saves its answers if it cannot write to the folder of
// the review.
func (a *app) rescueFolders() []string {
	folders := []string{filepath.Join(disk.TempDir(), "iotlens-rescue")}
	if dir, ok := a.Sessions.Folder("rescue"); ok {
		folders = append([]string{dir}, folders...)
	}
	return folders
}

// pasteGap is the pause after a key from which it counts as typed: the characters of pasted
// text come faster.
const pasteGap = 20 * time.Millisecond

// byPerson reports whether a person gave an answer, not the profile.
func byPerson(a review.Answer) bool { return a.By != review.ByProfile }

// findOrStart opens the review to continue, or creates a new one.
func (a *app) findOrStart(o *reviewOptions, l *lens.Lens, tty io.Reader) (*review.File, error) {
	path := o.file
	if path == "" {
		found, err := disk.List(".", reviewSuffix, false)
		if err != nil {
			return nil, err
		}
		if len(found) > 1 {
			return nil, fmt.Errorf("there are several reviews in this folder; give one: %s", disk.DisplayPath(strings.Join(found, ", ")))
		}
		path = firstArg(found)
		if disk.IsLink(path) {
			return nil, fmt.Errorf("%s: is a symbolic link; to review its target: iotlens review %s", disk.DisplayPath(path), disk.ShellQuote(path))
		}
	}
	if path != "" && disk.Exists(path) {
		return a.openReview(path, l)
	}
	if dir := filepath.Dir(path); !disk.IsFolder(dir) {
		return nil, fmt.Errorf("%s: folder %s does not exist", disk.DisplayPath(path), disk.DisplayPath(dir))
	}
	if o.readOnly || o.follow {
		return nil, errors.New("no review file to open read-only")
	}
	fmt.Fprintln(a.Out, "No review file here yet; this starts one.")
	return a.newReview(l, &initOptions{path: path, promptOptions: promptOptions{plain: o.plain, theme: o.theme, tty: tty}}, true)
}
