// Package cli is the command line: flags and configuration in, exit code out.
//
// A command has four parts: options, constructor, run, print. The constructor names
// flags and arguments and hands their values over; a command of a few lines runs in
// it. No method of app takes a value of Cobra. Errors become exit codes in one place,
// Main. It is the only package that imports Cobra.
package cli

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/dates"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/session"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/tui"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"
)

// Exit is an exit code of iotlens.
type Exit int

// The exit codes.
const (
	Done           Exit = 0 // done; the gate passed
	GateFailed     Exit = 1
	LintFailed     Exit = 1
	MergeConflicts Exit = 1 // as diff3 and git merge-file say
	NotRun         Exit = 2 // usage, invalid input, input or output that failed
	Incomplete     Exit = 3 // the review is not complete enough to judge
	Interrupted    Exit = 130
)

// IO is what a run has of the world.
type IO struct {
	In        io.Reader
	Out, Err  io.Writer
	StdinTTY  bool // a person is at the input
	StdoutTTY bool // a person looks at the output
	StderrTTY bool // a person looks at the errors as they come
	Now       func() time.Time
	Version   string        // of the program; reports and verdicts name it
	Arg0      string        // how the program was started, as the shell has it; empty: by its name
	Env       []string      // NAME=value, as os.Environ gives it
	Sessions  session.Store // where sessions stopped
	Lens      *lens.Lens    // used without --bank; nil is the shipped lens
}

// env returns a variable of the environment; empty where it isn't set.
func (w IO) env(name string) string {
	for i := len(w.Env) - 1; i >= 0; i-- {
		if value, ok := strings.CutPrefix(w.Env[i], name+"="); ok {
			return value
		}
	}
	return ""
}

// System is the world of a real run.
func System() IO {
	return IO{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		StdinTTY: term.IsTerminal(int(os.Stdin.Fd())), StdoutTTY: term.IsTerminal(int(os.Stdout.Fd())),
		StderrTTY: term.IsTerminal(int(os.Stderr.Fd())),
		Now:       time.Now, Version: programVersion(), Arg0: os.Args[0], Env: os.Environ(), Sessions: session.UserStore(),
	}
}

// exitError ends a run with a code; its text, if any, was shown already.
type exitError struct{ code Exit }

func (e exitError) Error() string { return fmt.Sprintf("exit %d", e.code) }

// Main runs iotlens and returns its exit code.
func Main(args []string, world IO) Exit {
	// Most runs are over before there is much garbage: it is collected from 16 MB on,
	// or 4 times what is in use.
	debug.SetGCPercent(400)
	root := (&app{IO: world}).rootCommand(firstArg(args))
	root.SetArgs(args)
	root.SetOut(world.Out)
	root.SetErr(world.Err)
	err := root.Execute()
	var exit exitError
	switch {
	case err == nil:
		return Done
	case errors.As(err, &exit):
		return exit.code
	case errors.Is(err, disk.ErrClosed):
		return NotRun // nobody reads what was written, nor a message on it
	}
	fmt.Fprintln(world.Err, text.EscapeLog(text.Clean("iotlens: "+strings.TrimSpace(err.Error()), true)))
	return NotRun
}

// interruptible runs a talk with a person, which an interrupt ends with its own
// exit code. Every answer is on disk by then; what was said and isn't an answer yet
// is shown. Other commands leave interrupts to the system.
func (a *app) interruptible(talk func() error) error {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	done := make(chan error, 1)
	go func() { done <- talk() }()
	for {
		select {
		case err := <-done:
			return err
		case s := <-signals:
			if form := a.form.Load(); form != nil && form.Interrupt() {
				return <-done
			}
			unsaved := a.interruptText()
			if screen := a.screen.Load(); screen != nil {
				if s == os.Interrupt && screen.Editing() {
					continue // it is for the editor
				}
				if screen.Interrupt() {
					return <-done // it saves what is under way and gives the terminal back
				}
				unsaved = screen.Unsaved()
			}
			defer disk.BlockWrites()() // a write that is under way ends first
			a.leaveReview()
			fmt.Fprintf(a.Err, "\ninterrupted\n%s", unsaved)
			return exitError{Interrupted}
		}
	}
}

// setInterruptNote sets what an interrupt says from here on.
func (a *app) setInterruptNote(say func() string) { a.interruptNote.Store(&say) }

// interruptText is what an interrupt says now.
func (a *app) interruptText() string {
	if say := a.interruptNote.Load(); say != nil && *say != nil {
		return (*say)()
	}
	return ""
}

// app is what the commands share.
type app struct {
	IO
	bank    string // --bank
	dayFlag string // --today; empty: this day

	lockWait time.Duration // --wait
	noLock   bool          // --no-lock

	mu           sync.Mutex
	warnings     []string // the warnings of this run
	holdWarnings bool     // warnings wait for the end of the full screen

	closeNote     atomic.Pointer[func()]        // ends the note that this run has a review open
	interruptNote atomic.Pointer[func() string] // what an interrupt says of answers to prompts
	screen        atomic.Pointer[tui.Screen]    // of the review, once it has begun: it may go line by line
	form          atomic.Pointer[tui.Form]      // of a workload that is described on the full screen
}

// A command of iotlens is made when it is called, or shown.
type command struct {
	group, name string
	make        func() *cobra.Command
}

// commands lists the commands in the order of help.
func (a *app) commands() []command {
	return []command{
		{"Review:", "init", a.initCommand},
		{"Review:", "profile", a.profileCommand},
		{"Review:", "review", a.reviewCommand},
		{"Review:", "answer", a.answerCommand},
		{"Review:", "import", a.importCommand},
		{"Review:", "waive", a.waiveCommand},
		{"Review:", "milestone", a.milestoneCommand},
		{"Review:", "merge", a.mergeCommand},
		{"Review:", "upgrade", a.upgradeCommand},
		{"Review:", "runsheet", a.runsheetCommand},
		{"Review:", "recap", a.recapCommand},
		{"Report and gate:", "report", a.reportCommand},
		{"Report and gate:", "gate", a.gateCommand},
		{"Report and gate:", "diff", a.diffCommand},
		{"Report and gate:", "trend", a.trendCommand},
		{"Report and gate:", "portfolio", a.portfolioCommand},
		{"Report and gate:", "export", a.exportCommand},
		{"Report and gate:", "framework", a.frameworkCommand},
		{"Lenses and banks:", "explain", a.explainCommand},
		{"Lenses and banks:", "lens", a.lensCommand},
		{"Other:", "version", a.versionCommand},
	}
}

// rootCommand is the command line of the command that is called; of all commands where it is
// none of them: help, completion and mistakes need all.
func (a *app) rootCommand(called string) *cobra.Command {
	var version bool
	root := &cobra.Command{
		Use:   "iotlens",
		Short: "Review IoT workloads against the AWS Well-Architected IoT Lens, offline",
		Long: `iotlens walks a team through a review of an IoT workload against the AWS
Well-Architected IoT Lens, scores the answers, reports the risks by priority and
lets a pipeline stop on them. It works offline; a review is a YAML file that
belongs into the workload's own repository.`,
		Example: `  iotlens review                               # begin a review, or go on with the one here
  iotlens report plant.review.yaml -f markdown=report.md
  iotlens gate plant.review.yaml --fail-on high
  iotlens explain IOTSEC05-BP01`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          knownSubcommand,
		RunE: func(c *cobra.Command, _ []string) error {
			if version {
				return a.print(a.versions())
			}
			return c.Help()
		},
	}
	// A template of Cobra would do, and let the linker keep every method there is.
	root.Flags().BoolVar(&version, "version", false, "print the versions of iotlens and of its lens")
	root.PersistentFlags().StringVar(&a.bank, "bank", "", "folder with the folders pillars and questions, instead of the shipped lens")
	root.PersistentFlags().StringVar(&a.dayFlag, "today", "", "the day on which waivers are judged and answers are dated, as 2027-01-31 or +30d (default: today, UTC)")
	root.PersistentFlags().DurationVar(&a.lockWait, "wait", 10*time.Second, "how long to wait for another iotlens that writes in the same folder")
	root.PersistentFlags().BoolVar(&a.noLock, "no-lock", false, "write without a lock, on a file system that has none; only one iotlens may write then")
	root.PersistentPreRunE = func(c *cobra.Command, args []string) error {
		if a.dayFlag != "" {
			var err error
			if a.dayFlag, err = dates.Parse(a.dayFlag, a.Now().UTC().Format(time.DateOnly)); err != nil {
				return fmt.Errorf("--today: %w", err)
			}
		}
		c.Flags().Visit(func(f *pflag.Flag) { args = append(args, f.Value.String()) })
		if len(slices.DeleteFunc(slices.Clone(args), notStdin)) > 1 {
			return errors.New("standard input (-) can be read for one file only")
		}
		return nil
	}
	commands := a.commands()
	for _, c := range commands {
		if !root.ContainsGroup(c.group) {
			root.AddGroup(&cobra.Group{ID: c.group, Title: c.group})
		}
	}
	if i := slices.IndexFunc(commands, func(c command) bool { return c.name == called }); i >= 0 {
		commands = commands[i : i+1]
	}
	for _, of := range commands {
		c := of.make()
		c.GroupID = of.group
		root.AddCommand(c)
	}
	root.SetCompletionCommandGroupID("Other:")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return fmt.Errorf("%w\nSee: %s --help", err, c.CommandPath())
	})
	root.SetHelpCommand(&cobra.Command{Use: "no-help", Hidden: true, GroupID: "Other:"}) // without a group, help would have a heading for it
	return root
}

// lens returns the lens of --bank, or else that of the program.
func (a *app) lens() (*lens.Lens, error) {
	if a.bank != "" {
		return loadBank(a.bank)
	}
	return a.ownLens(), nil
}

// ownLens is the lens of the program, whatever --bank says.
func (a *app) ownLens() *lens.Lens {
	if a.Lens != nil {
		return a.Lens
	}
	return shipped.Lens()
}

// withReview makes the run function of a command on the review that its first argument
// names: it loads the lens and the review.
func (a *app) withReview(run func(l *lens.Lens, f *review.File, args []string) error) func(*cobra.Command, []string) error {
	return func(_ *cobra.Command, args []string) error {
		l, f, err := a.openLensAndReview(args[0])
		if err != nil {
			return err
		}
		return run(l, f, args)
	}
}

// withLens makes the run function of a command on the lens.
func (a *app) withLens(run func(l *lens.Lens, args []string) error) func(*cobra.Command, []string) error {
	return func(_ *cobra.Command, args []string) error {
		l, err := a.lens()
		if err != nil {
			return err
		}
		return run(l, args)
	}
}

// firstArg is the first argument; empty where there is none.
func firstArg(args []string) string {
	return strings.Join(args[:min(len(args), 1)], "")
}

// fileArgs is a file with the flags that a further command on it needs.
func (a *app) fileArgs(file string) string {
	if a.bank == "" {
		return disk.ShellQuote(file)
	}
	return disk.ShellQuote(file) + " --bank " + disk.ShellQuote(a.bank)
}

func notStdin(arg string) bool { return arg != disk.Stdin && arg != "/dev/stdin" }

// print writes what a command is called for to standard output.
func (a *app) print(s string) error {
	_, err := io.WriteString(a.Out, s)
	return err
}

// input is the input, line by line.
func (a *app) input() *bufio.Reader { return bufio.NewReader(a.In) }

// enumFlag adds a flag of one of the known values, which its help and completion
// list.
func enumFlag(c *cobra.Command, into *string, name, short, value, about string, known []string) {
	c.Flags().StringVarP(into, name, short, value, about+": "+strings.Join(known, ", "))
	completeFlag(c, name, known)
}

// completeFlag has completion offer the values of a flag.
func completeFlag(c *cobra.Command, flag string, values []string) {
	_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// writeOutput writes data to a file, and names it with what is in it; to standard output
// where no file is named.
func (a *app) writeOutput(path string, data []byte, what string) error {
	if path == "" {
		return a.print(string(data))
	}
	if err := a.writeFile(path, data); err != nil {
		return err
	}
	fmt.Fprintf(a.Err, "wrote %s%s\n", disk.DisplayPath(path), what)
	return nil
}

// checkOneOf refuses a value that is not on a list.
func checkOneOf(what, value string, known []string) error {
	if slices.Contains(known, value) {
		return nil
	}
	return errors.New(suggest.Unknown(what, value, known))
}

// knownSubcommand refuses a word that is no command.
func knownSubcommand(c *cobra.Command, given []string) error {
	if len(given) == 0 {
		return nil
	}
	var names []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return checkOneOf("command", given[0], names)
}

// rangeArgs refuses a wrong number of arguments and says what they are.
func rangeArgs(least, most int, usage string) cobra.PositionalArgs {
	return func(c *cobra.Command, given []string) error {
		if len(given) < least || len(given) > most {
			return fmt.Errorf("usage: %s %s\nSee: %s --help", c.CommandPath(), usage, c.CommandPath())
		}
		return nil
	}
}

// today is the day as of which waivers are judged: in UTC, so that a review comes to
// the same on every machine.
func (a *app) today() string {
	return cmp.Or(a.dayFlag, a.Now().UTC().Format(time.DateOnly))
}

// timestamp is the time of an answer; the day, where --today gives one.
func (a *app) timestamp() string {
	return cmp.Or(a.dayFlag, a.Now().UTC().Format("2006-01-02T15:04:05Z"))
}
