package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/tui"
	"github.com/spf13/cobra"
)

type reviewOptions struct {
	narrowing
	file     string
	by       string
	sheet    string // run sheet to write
	plain    bool
	theme    string
	readOnly bool
}

func (a *app) reviewCommand() *cobra.Command {
	o := &reviewOptions{}
	c := &cobra.Command{
		Use:   "review [FILE]",
		Short: "Walk through the review, question by question",
		Long: `Walk through the review, question by question. Starts a review if there is none,
and goes on where the last session stopped, with the same filter. Every answer is
saved at once.

Without FILE it takes the one *.review.yaml of this folder. Without a terminal, on
TERM=dumb and where ACCESSIBLE is set it goes line by line, as with --plain: over
a pipe and with a screen reader.`,
		Example: `  iotlens review
  iotlens review plant.review.yaml --pillar security --by Ana --minutes 90
  iotlens review --only findings --severity high`,
		Args: args(0, 1, "[FILE]"),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				o.file = args[0]
			}
			o.read(c)
			return a.interruptible(func() error { return a.review(o) })
		},
	}
	f := c.Flags()
	o.flags(c, "to walk through")
	f.StringVar(&o.by, "by", "", "who answers; written beside each answer")
	f.BoolVar(&o.plain, "plain", false, "line by line instead of the full screen")
	f.StringVar(&o.theme, "theme", tui.ThemeAuto, "of the full screen: "+strings.Join(tui.Themes(), ", "))
	f.BoolVar(&o.readOnly, "read-only", false, "look at the review without changing it")
	f.StringVar(&o.sheet, "facilitator", "", "write the run sheet of what is walked through to this file first (see iotlens runsheet)")
	complete(c, "theme", tui.Themes())
	return c
}

// A sitting is a review that is about to be walked through, on whatever terminal.
type sitting struct {
	lens    *lens.Lens
	file    *review.File
	walk    *interview.Walk
	in      *bufio.Reader
	keep    func(interview.Place) // remembers where the walk is; called after every move; may be nil
	minutes int                   // planned; 0: none
	elapsed func() time.Duration  // since it began
	busy    string                // who else has the file; then it is read-only
}

func (a *app) review(o *reviewOptions) error {
	l, err := a.lens()
	if err != nil {
		return err
	}
	if err := errors.Join(o.check(l), oneOf("--theme", o.theme, tui.Themes())); err != nil {
		return err
	}
	tty, in := a.In, a.reader()
	a.In = in // the prompts and the interview read from one buffer
	f, err := a.findOrStart(o, l)
	if err != nil {
		return err
	}
	s := &sitting{lens: l, file: f, in: in, minutes: o.minutes}
	if err := a.lock(s, o); err != nil {
		return err
	}
	defer a.release()
	// What is said at the beginning stays on the terminal below the full screen,
	// which says it, too.
	var hello strings.Builder
	out := a.Out
	a.Out = io.MultiWriter(out, &hello)
	ok, err := a.begin(s, o)
	if a.Out = out; !ok || err != nil {
		return err
	}
	if o.sheet != "" {
		n := o.narrowing
		n.filter = s.walk.Filter()
		if err := a.writeSheet(o.sheet, l, f.Review, &n); err != nil {
			return err
		}
	}
	if a.plain(o) {
		return a.lines(s)
	}
	return a.screen(s, o, tty, hello.String())
}

// plain tells whether the review goes line by line: because it was asked for, or
// because the full screen would not do.
func (a *app) plain(o *reviewOptions) bool {
	term := a.env("TERM")
	unnamed := term == "" && runtime.GOOS != "windows" // which names none
	return o.plain || !a.Terminal || !a.Screen || unnamed || term == "dumb" || a.env("ACCESSIBLE") != ""
}

// lines is the review line by line.
func (a *app) lines(s *sitting) error {
	line := &tui.Line{
		In: s.in, Out: a.Out, Lens: s.lens, Where: s.file.Path, Again: a.again(s.file.Path), Save: s.file.Save, Keep: s.keep,
		Write: func() ([]string, error) {
			return writeReports(s.file.Path, scoring.Assess(s.lens, s.file.Review, scoring.Options{Today: a.today()}))
		},
		Minutes: s.minutes, Elapsed: s.elapsed,
	}
	a.mu.Lock()
	a.line = line
	a.mu.Unlock()
	return line.Run(s.walk)
}

// lost is what an interrupt takes of a review line by line.
func (a *app) lost() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.line == nil {
		return ""
	}
	return a.line.Lost()
}

// lock locks the file, or takes it as it is where somebody else has it and the
// user wants to look at it all the same.
func (a *app) lock(s *sitting, o *reviewOptions) error {
	s.file.Holder = review.Holder{Name: a.name(o.by), Since: a.Now().Format("2006-01-02 15:04")}
	if o.readOnly {
		return nil
	}
	err := a.hold(s.file)
	var locked *review.LockedError
	switch {
	case errors.Is(err, review.ErrFrozen):
		fmt.Fprintf(a.Out, "%s is a milestone, a frozen copy: it is open read-only.\n", s.file.Path)
		o.readOnly = true
		return nil
	case !errors.As(err, &locked):
		return err
	case !a.Terminal:
		return fmt.Errorf("%w\nTo look at it meanwhile: iotlens review %s --read-only", err, a.again(s.file.Path))
	}
	a.talk(err.Error())
	if !confirm(s.in, a.Out, "Look at it read-only? (y, n)") {
		return exitError{NotRun}
	}
	s.busy = locked.Holder.String()
	o.readOnly = true
	return nil
}

// name is who works: as given, or the user's name on this computer.
func (a *app) name(by string) string {
	for _, name := range []string{by, a.env("USER"), a.env("USERNAME")} {
		if name != "" {
			return name
		}
	}
	return ""
}

// confirm asks until the answer is yes or no; the end of the input is no.
func confirm(in *bufio.Reader, out io.Writer, question string) bool {
	for {
		fmt.Fprintf(out, "%s> ", question)
		line, err := in.ReadString('\n')
		switch strings.ToLower(text.Plain(line)) {
		case "y", "yes":
			return true
		case "n", "no":
			return false
		}
		if err != nil {
			fmt.Fprintln(out)
			return false
		}
	}
}

// begin lets the profile answer what it rules out, makes the walk and says where
// it begins; false where there is nothing to walk through.
func (a *app) begin(s *sitting, o *reviewOptions) (bool, error) {
	l, f := s.lens, s.file
	if !o.readOnly {
		ruledOut, released := interview.ApplyProfile(l, f.Review, a.stamp())
		if err := f.Save(); err != nil {
			return false, err
		}
		a.tellProfile(ruledOut, released)
	}
	known := a.resume(s, o)
	s.walk.ReadOnly = o.readOnly
	s.walk.Stamp = func() (by, at string) { return o.by, a.stamp() }
	start := a.Now()
	s.elapsed = func() time.Duration { return a.Now().Sub(start) }
	p := s.walk.Progress()
	stop, ok := s.walk.Current()
	switch {
	case p.Stops == 0:
		a.talk("There is nothing to walk through: no best practice matches, or all of them are answered.")
		return false, nil
	case !known && ok && s.walk.Filter().Only == interview.Findings:
		fmt.Fprintf(a.Out, "%s to go through. Enter keeps an answer.\n", text.Count(p.Stops, "finding"))
	case !known && ok && p.Answered == p.Stops:
		fmt.Fprintf(a.Out, "All %d are answered; this goes through them again. Enter keeps an answer.\n", p.Stops)
	case ok && (known || resumed(f.Review)):
		fmt.Fprintf(a.Out, "Going on at %s: %d of %d are answered.\n", stop.Practice.ID, p.Answered, p.Stops)
	}
	if words := s.walk.Filter().Words(l); words != "" && !o.given {
		a.talk(fmt.Sprintf("The filter of last time still holds: %s. To walk through everything: --only %s.", words, everything))
	}
	return true, nil
}

// resume makes the walk: where the last session stopped and with its filter,
// unless another filter was given. It tells whether the place was remembered.
func (a *app) resume(s *sitting, o *reviewOptions) bool {
	if s.busy == "" { // else the place is theirs
		s.keep = a.Places.Keeper(s.file.Path).Keep
	}
	p, known := a.Places.Get(s.file.Path)
	known = known && p.Fits(s.lens)
	if known && p.Practice != "" && (!o.given || o.filter.Equal(p.Filter)) {
		s.walk = interview.Resume(s.lens, s.file.Review, p)
		if len(s.walk.Stops()) > 0 {
			return true
		}
	}
	s.walk = interview.New(s.lens, s.file.Review, o.filter)
	return false
}

// resumed tells whether a person has answered before.
func resumed(r *review.Review) bool {
	for _, a := range r.Answers {
		if a.By != review.ByProfile {
			return true
		}
	}
	return false
}

func (a *app) tellProfile(ruledOut, released []string) {
	if len(ruledOut) > 0 {
		a.talk(fmt.Sprintf("The workload's profile rules out %s, answered as not applicable: %s. To answer one all the same: g ID, then its status.",
			text.Count(len(ruledOut), "best practice"), strings.Join(ruledOut, ", ")))
	}
	if len(released) > 0 {
		a.talk("The profile no longer rules these out; they are unanswered again: " + strings.Join(released, ", ") + ".")
	}
}

// talk says a sentence that may be longer than a line.
func (a *app) talk(s string) {
	var p text.Page
	p.Wrapped("", "", s)
	fmt.Fprint(a.Out, p.String())
}

// findOrStart opens the review to go on with, or makes a new one.
func (a *app) findOrStart(o *reviewOptions, l *lens.Lens) (*review.File, error) {
	path := o.file
	if path == "" {
		found, err := filepath.Glob("*.review.yaml")
		if err != nil {
			return nil, err
		}
		switch len(found) {
		case 0:
		case 1:
			path = found[0]
		default:
			return nil, fmt.Errorf("there are several reviews here; name one: %s", strings.Join(found, ", "))
		}
	}
	if path != "" {
		if _, err := os.Lstat(path); err == nil {
			return loadReview(path, l)
		} else if !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		if dir := filepath.Dir(path); !isDir(dir) {
			return nil, fmt.Errorf("%s: there is no folder %s", path, dir)
		}
	}
	if o.readOnly {
		return nil, errors.New("there is no review here to look at")
	}
	fmt.Fprintln(a.Out, "There is no review here yet; this begins one.")
	return a.init(path, nil, review.Scope{}, true)
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
