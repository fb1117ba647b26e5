// Package cli is the command line: flags and configuration in, exit code out.
//
// A command has four parts: options, constructor, run, print. The constructor declares
// flags and arguments and passes their values to the run function; a command of a few
// lines runs in the constructor. No run function takes a value of Cobra. Errors become
// exit codes in one place, Main. No other package imports Cobra.
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
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/session"
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
	MergeConflicts Exit = 1 // like diff3 and git merge-file
	NotRun         Exit = 2 // wrong usage, invalid input, or failed input or output
	Incomplete     Exit = 3 // the review is too incomplete to judge
	Interrupted    Exit = 130
)

// IO is the environment of a run. Tests replace parts of it.
type IO struct {
	In        io.Reader
	Out, Err  io.Writer
	StdinTTY  bool // standard input is a terminal
	StdoutTTY bool // standard output is a terminal
	StderrTTY bool // standard error is a terminal
	Now       func() time.Time
	Version   string        // of iotlens, for reports and verdicts
	Arg0      string        // os.Args[0]: how iotlens was started; may be empty
	Env       []string      // NAME=value, as os.Environ returns it
	Sessions  session.Store // remembers where each session stopped
	Lens      *lens.Lens    // used without --bank; nil is the shipped lens
}

// env returns the value of an environment variable, or "" if it is not set.
func (w IO) env(name string) string {
	for i := len(w.Env) - 1; i >= 0; i-- {
		if value, ok := strings.CutPrefix(w.Env[i], name+"="); ok {
			return value
		}
	}
	return ""
}

// System returns the IO of the real process.
func System() IO {
	return IO{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		StdinTTY: term.IsTerminal(int(os.Stdin.Fd())), StdoutTTY: term.IsTerminal(int(os.Stdout.Fd())),
		StderrTTY: term.IsTerminal(int(os.Stderr.Fd())),
		Now:       time.Now, Version: programVersion(), Arg0: os.Args[0], Env: os.Environ(), Sessions: session.UserStore(),
	}
}

// exitError ends a run with a code. Its message was already printed.
type exitError struct{ code Exit }

func (e exitError) Error() string { return fmt.Sprintf("exit %d", e.code) }

// Main runs iotlens and returns its exit code.
func Main(args []string, world IO) Exit {
	// Most runs end before garbage matters: collect it only when the heap has grown to
	// five times what is in use.
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

// interruptible runs an interactive command. An interrupt ends it with exit code 130:
// every answer is saved by then, and input that is not an answer yet is printed. Other
// commands leave interrupts to the operating system.
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

// setInterruptNote sets the function that makes the text for an interrupt; nil for none.
func (a *app) setInterruptNote(say func() string) { a.interruptNote.Store(&say) }

// interruptText returns the text for an interrupt that comes now.
func (a *app) interruptText() string {
	if say := a.interruptNote.Load(); say != nil && *say != nil {
		return (*say)()
	}
	return ""
}

// app is what all commands share: the environment and the global flags.
type app struct {
	IO
	bank    string // --bank
	dayFlag string // --today as YYYY-MM-DD; empty if not set

	lockWait time.Duration // --wait
	noLock   bool          // --no-lock

	mu           sync.Mutex
	warnings     []string // already printed, or held back
	holdWarnings bool     // until the full screen ends

	closeNote     atomic.Pointer[func()]        // removes the note that this run has a review open
	interruptNote atomic.Pointer[func() string] // text for an interrupt while prompting
	screen        atomic.Pointer[tui.Screen]    // of a review session; nil before it starts
	form          atomic.Pointer[tui.Form]      // full-screen form of a workload; nil if there is none
}

// A command is built only if it is called or listed in help.
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

// rootCommand builds the command line with the one command that is called, or with all
// commands if the name is not one of them: help, completion and error messages need all.
func (a *app) rootCommand(called string) *cobra.Command {
	var version bool
	root := &cobra.Command{
		Use:   "iotlens",
		Short: "Review IoT workloads against the AWS Well-Architected IoT Lens, offline",
		Long: `iotlens walks a team through a review of an IoT workload against the AWS
Well-Architected IoT Lens, scores the answers, reports the risks by priority and
can fail a pipeline because of them. It works offline. A review is a YAML file:
keep it in the repository of the workload.`,
		Example: `  iotlens review                               # start a review, or continue the one in this folder
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
	// Not root.Version: its template makes the linker keep all methods of the program.
	root.Flags().BoolVar(&version, "version", false, "print the versions of iotlens and of its lens")
	root.PersistentFlags().StringVar(&a.bank, "bank", "", "folder of a bank to use instead of the shipped lens; it has the subfolders pillars and questions")
	root.PersistentFlags().StringVar(&a.dayFlag, "today", "", "date to use as today for waivers and new answers, such as 2027-01-31 or +30d (default: today, UTC)")
	root.PersistentFlags().DurationVar(&a.lockWait, "wait", 10*time.Second, "how long to wait if another iotlens is writing in the same folder")
	root.PersistentFlags().BoolVar(&a.noLock, "no-lock", false, "write without a lock, for file systems without locks; only one iotlens may write at a time")
	root.PersistentPreRunE = func(c *cobra.Command, args []string) error {
		if a.dayFlag != "" {
			var err error
			if a.dayFlag, err = parseDay("today", a.dayFlag, a.Now().UTC().Format(time.DateOnly)); err != nil {
				return err
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
	root.SetHelpCommand(&cobra.Command{
		Use: "help [COMMAND]", Short: "Show the help of a command", GroupID: "Other:",
		RunE: func(_ *cobra.Command, words []string) error {
			c, unknown, err := root.Find(words)
			if err := errors.Join(err, knownSubcommand(c, unknown)); err != nil {
				return err
			}
			c.InitDefaultHelpFlag()
			return c.Help()
		},
	})
	return root
}

// lens returns the lens of --bank, or the lens of the program.
func (a *app) lens() (*lens.Lens, error) {
	if a.bank != "" {
		return loadBank(a.bank)
	}
	return a.ownLens(), nil
}

// ownLens returns the lens of the program, even if --bank is set.
func (a *app) ownLens() *lens.Lens {
	if a.Lens != nil {
		return a.Lens
	}
	return shipped.Lens()
}

// withReview returns the run function of a command whose first argument is a review file:
// it loads the lens and the review.
func (a *app) withReview(run func(l *lens.Lens, f *review.File, args []string) error) func(*cobra.Command, []string) error {
	return func(_ *cobra.Command, args []string) error {
		l, f, err := a.openLensAndReview(args[0])
		if err != nil {
			return err
		}
		return run(l, f, args)
	}
}

// withLens returns the run function of a command that works on the lens: it loads the lens.
func (a *app) withLens(run func(l *lens.Lens, args []string) error) func(*cobra.Command, []string) error {
	return func(_ *cobra.Command, args []string) error {
		l, err := a.lens()
		if err != nil {
			return err
		}
		return run(l, args)
	}
}

// firstArg returns the first argument, or "" if there is none.
func firstArg(args []string) string {
	return strings.Join(args[:min(len(args), 1)], "")
}

// fileArgs returns the arguments that name a file in a suggested command: its path, and
// --bank if this run has it.
func (a *app) fileArgs(file string) string {
	if a.bank == "" {
		return disk.ShellQuote(file)
	}
	return disk.ShellQuote(file) + " --bank " + disk.ShellQuote(a.bank)
}

func notStdin(arg string) bool { return arg != disk.Stdin && arg != "/dev/stdin" }

// print writes the result of a command to standard output.
func (a *app) print(s string) error {
	_, err := io.WriteString(a.Out, s)
	return err
}

// input returns a buffered reader of the input.
func (a *app) input() *bufio.Reader { return bufio.NewReader(a.In) }

// writeOutput writes data to a file and reports it on standard error as "wrote FILE" and
// what. Without a path it writes to standard output.
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

// today returns the current day in UTC as YYYY-MM-DD, so that a review has the same result
// on every machine; or the day of --today.
func (a *app) today() string {
	return cmp.Or(a.dayFlag, a.Now().UTC().Format(time.DateOnly))
}

// timestamp returns the time of a new answer in UTC; only the day if --today is set.
func (a *app) timestamp() string {
	return cmp.Or(a.dayFlag, a.Now().UTC().Format("2006-01-02T15:04:05Z"))
}
