package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/tui"
	"github.com/spf13/cobra"
)

type initOptions struct {
	path        string // empty: made from the name of the workload
	description workloadFlags
	scope       review.Scope
	templates   []string // files to copy answers from
	promptOptions
}

// promptOptions are the options of interactive commands.
type promptOptions struct {
	plain bool
	theme string
	tty   io.Reader // the terminal; nil for app.In
}

func (p *promptOptions) addFlags(c *cobra.Command) {
	c.Flags().BoolVar(&p.plain, "plain", false, "prompt line by line instead of on the full screen")
	enumFlag(c, &p.theme, "theme", "", tui.ThemeAuto, "colours of the full screen", tui.Themes())
}

// promptWorkload asks for the properties of a workload, on the full screen or line by line.
// kept is called after each answer. An interrupt ends the run and prints interruptText.
func (a *app) promptWorkload(p promptOptions, l *lens.Lens, w *review.Workload, kept func()) error {
	if err := checkOneOf("--theme", cmp.Or(p.theme, tui.ThemeAuto), tui.Themes()); err != nil {
		return err
	}
	if a.lineByLine(p.plain) {
		return tui.Describe(a.input(), a.Out, l, w, a.today(), kept)
	}
	if p.tty == nil {
		p.tty = a.In
	}
	form := &tui.Form{Lens: l, Workload: w, OnChange: kept, Today: a.today(), Terminal: tui.Terminal{In: p.tty, Out: a.Out, Env: a.Env, Theme: cmp.Or(p.theme, tui.ThemeAuto)}}
	a.form.Store(form)
	defer a.form.Store(nil)
	err := form.Run()
	if errors.Is(err, tui.ErrInterrupted) {
		fmt.Fprintf(a.Err, "interrupted\n%s", a.interruptText())
		return exitError{Interrupted}
	}
	return err
}

func (a *app) initCommand() *cobra.Command {
	o := &initOptions{description: workloadFlags{}}
	c := &cobra.Command{
		Use:   "init [FILE]",
		Short: "Describe a workload and create its review file",
		Long: `Describe a workload and create its review file, with prompts on a terminal or with
flags. The profile decides which best practices are asked and how much a gap weighs.
All facts are optional, and an open fact rules out nothing; iotlens profile completes
and corrects them later. Without FILE, the file is named after the workload.

--template copies answers from a review template, for example from a platform team to
the teams that use the platform. Somebody vouches for them until a given day. A copied
answer is shown with its origin until somebody in the team confirms it by giving the
same answer (docs/templates.md). Answers that the scope leaves out or the profile rules
out are not copied, and neither are answers on which templates disagree.`,
		Example: `  iotlens init
  iotlens init plant.review.yaml --name "Plant telemetry" --segment industrial --stage production \
      --device-class mpu,mcu --protocol mqtt,opc-ua --fleet-size 1200 --field-updatable yes
  iotlens init plant.review.yaml --template platform.template.yaml --template security.template.yaml`,
		Args: rangeArgs(0, 1, "[FILE]"),
		RunE: func(_ *cobra.Command, args []string) error {
			o.path = firstArg(args)
			return a.interruptible(func() error { return a.init(o) })
		},
	}
	o.description.add(c, shipped.Lens())
	o.addFlags(c)
	c.Flags().StringArrayVar(&o.templates, "template", nil, "copy the answers of this review template (repeatable)")
	scopeFlags(c, &o.scope, "in scope of the review (repeatable, or with commas; default: all)")
	return c
}

// scopeFlags adds the flags of a scope, except those that the command already has, such
// as --scenario of init.
func scopeFlags(c *cobra.Command, s *review.Scope, help string) {
	for _, d := range review.Dimensions() {
		if !d.HasFlag || c.Flags().Lookup(d.Name) != nil {
			continue
		}
		listFlag(c, d.Field(s), d.Name, d.Name+" "+help, d.KnownIDs(shipped.Lens()))
	}
}

// checkScope returns an error for all ids of a scope that the lens does not have.
func checkScope(l *lens.Lens, s review.Scope) error {
	var errs []error
	for _, d := range review.Dimensions() {
		for _, id := range d.IDs(s) {
			errs = append(errs, checkOneOf(d.Name, id, d.KnownIDs(l)))
		}
	}
	return errors.Join(errs...)
}

func (a *app) init(o *initOptions) error {
	l, err := a.lens()
	if err != nil {
		return err
	}
	templates, err := a.readTemplates(o.templates, l) // before the first prompt
	if err != nil {
		return err
	}
	f, err := a.newReview(l, o, a.StdinTTY)
	if err != nil {
		return err
	}
	interview.ApplyProfile(l, f.Review, review.Profile{}, a.timestamp())
	copied := copyTemplates(l, f.Review, templates, a.timestamp())
	if err := f.Save(); err != nil {
		return err
	}
	w := interview.New(l, f.Review, interview.Filter{})
	if rules := rulingText(len(w.RuledOut()), len(interview.WithoutParts(w.SetAside()))); rules != "" {
		fmt.Fprintf(a.Err, "the profile %s; to list them: iotlens profile %s\n", rules, a.fileArgs(f.Path))
	}
	fmt.Fprintf(a.Err, "wrote %s\n%s", disk.DisplayPath(f.Path), copied)
	for _, sentence := range review.FactsOf(l, f.Review.Workload.Profile).UnaskedReasons() {
		fmt.Fprintf(a.Err, "%s To set it: iotlens profile %s\n", text.Clean(sentence, false), a.fileArgs(f.Path))
	}
	if open := review.UnsetProfileFields(l, f.Review.Workload); len(open) > 0 {
		fmt.Fprintf(a.Err, "The profile leaves %s open. To complete it, press P in the review, or run:\n  iotlens profile %s\n", text.Count(len(open), "fact"), a.fileArgs(f.Path))
	}
	if f.Review.CountUnconfirmed() > 0 {
		fmt.Fprintf(a.Err, "To confirm what was copied: iotlens review %s --only unconfirmed\n", a.fileArgs(f.Path))
	}
	fmt.Fprintf(a.Err, "Next: iotlens review %s\n", a.fileArgs(f.Path))
	return nil
}

// rulingText says how many best practices a profile rules out and sets aside, or returns ""
// if there are none.
func rulingText(out, aside int) string {
	switch {
	case out > 0 && aside > 0:
		return fmt.Sprintf("rules out %s and sets %d aside", text.Count(out, "best practice"), aside)
	case out > 0:
		return "rules out " + text.Count(out, "best practice")
	case aside > 0:
		return "sets aside " + text.Count(aside, "best practice")
	}
	return ""
}

// newReview creates a new review, with prompts if prompt is set. It does not write the file.
func (a *app) newReview(l *lens.Lens, o *initOptions, prompt bool) (*review.File, error) {
	r := &review.Review{Schema: review.Schema, Lens: l.ID, LensVersion: l.Version, Scope: o.scope}
	r.RecordRevision(l)
	if err := errors.Join(checkScope(l, o.scope), o.description.apply(l, &r.Workload, a.today())); err != nil {
		return nil, err
	}
	if disk.Exists(o.path) { // before the first prompt
		return nil, fmt.Errorf("%s: %w; to complete its profile: iotlens profile %s", disk.DisplayPath(o.path), disk.ErrExists, disk.ShellQuote(o.path))
	}
	create := func(r *review.Review) (*review.File, error) {
		f, err := review.Create(cmp.Or(o.path, text.FileName(r.Workload.Name, "workload")+reviewSuffix), r, l)
		if err != nil {
			return nil, err
		}
		f.Options = a.writeOptions()
		if _, known := a.Sessions.Get(f.Path); known { // of an earlier review of this name
			a.Sessions.Put(f.Path, interview.ResumePoint{})
		}
		return f, nil
	}
	switch {
	case prompt:
		kept := func() {
			given := r.Clone()
			a.setInterruptNote(func() string { return a.savePartial(create, given) })
		}
		if err := a.promptWorkload(o.promptOptions, l, &r.Workload, kept); err != nil {
			return nil, err
		}
		a.setInterruptNote(nil)
	case r.Workload.Name == "":
		return nil, errors.New("no terminal to prompt on; set --name")
	}
	return create(r)
}

// savePartial saves the properties of a workload that were given before an interrupt, and
// returns the text to print.
func (a *app) savePartial(create func(*review.Review) (*review.File, error), given *review.Review) string {
	if given.Workload.Name == "" {
		return ""
	}
	f, err := create(given)
	if err == nil {
		err = f.Save()
	}
	if err != nil {
		return err.Error() + "\n"
	}
	return fmt.Sprintf("wrote %s with the answers so far\nTo continue: iotlens profile %s\n", disk.DisplayPath(f.Path), a.fileArgs(f.Path))
}
