package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// A Manual is the help of one command as plain values, for man pages and HTML pages.
type Manual struct {
	Path     []string // words of the command, "iotlens" first
	Group    string   // its heading in the help of iotlens, without the colon; empty for subcommands
	Short    string
	Long     string        // may be empty
	Usage    string        // empty if the command only has subcommands
	Example  string        // indented by two spaces; may be empty
	Flags    []Flag        // its own, sorted by name
	Exits    []ExitMeaning // for iotlens: the codes of all commands
	Commands []Manual      // subcommands, in the order of help
}

// A Flag is one flag of a command.
type Flag struct {
	Name      string
	Shorthand string // one letter, or empty
	Value     string // type of its value as help shows it; empty for a switch
	Usage     string
	Default   string // empty if there is none worth showing
}

// An ExitMeaning is an exit code and its meaning.
type ExitMeaning struct {
	Code    Exit
	Meaning string
}

// Manuals returns the manual of iotlens with the manuals of all its commands, and the flags
// that every command takes.
func Manuals() (root Manual, everywhere []Flag) {
	c := (&app{}).rootCommand("")
	c.InitDefaultCompletionCmd()
	return manual(c), flags(c.PersistentFlags())
}

func manual(c *cobra.Command) Manual {
	m := Manual{
		Path: strings.Fields(c.CommandPath()), Group: strings.TrimSuffix(c.GroupID, ":"),
		Short: c.Short, Long: strings.TrimSpace(c.Long), Example: strings.TrimRight(c.Example, " \n"), Flags: flags(c.LocalNonPersistentFlags()),
	}
	switch {
	case !c.HasParent():
		m.Exits = []ExitMeaning{
			{Done, "done; the gate passed"},
			{GateFailed, "the gate failed, lint has findings, or a merge left conflicts"},
			{NotRun, couldNotRun},
			{Incomplete, "the review is not complete enough to judge"},
			{Interrupted, "interrupted"},
		}
	case c.Runnable() && !c.HasSubCommands():
		m.Usage, m.Exits = c.UseLine(), exits(m.Path[1:])
	}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			m.Commands = append(m.Commands, manual(sub))
		}
	}
	heading := func(m Manual) int {
		return slices.IndexFunc(c.Groups(), func(g *cobra.Group) bool { return g.Title == m.Group+":" })
	}
	slices.SortStableFunc(m.Commands, func(x, y Manual) int { return heading(x) - heading(y) })
	return m
}

func flags(set *pflag.FlagSet) []Flag {
	var out []Flag
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		flag := Flag{Name: f.Name, Shorthand: f.Shorthand, Value: value, Usage: usage, Default: strings.Trim(f.DefValue, "[]")}
		if t := f.Value.Type(); t == "bool" || t == "int" && flag.Default == "0" {
			flag.Default = "" // not shown in the help
		}
		out = append(out, flag)
	})
	return out
}

const couldNotRun = "could not run: usage, invalid input, or a file that cannot be read or written"

// exits returns the exit codes of a command: the common ones, and those that it adds.
func exits(path []string) []ExitMeaning {
	out := []ExitMeaning{{Done, "done"}}
	switch strings.Join(path, " ") {
	case "gate":
		out = []ExitMeaning{{Done, "passed"}, {GateFailed, "failed"}}
	case "lens lint":
		out = []ExitMeaning{{Done, "no finding at the level of --fail-on or worse"}, {LintFailed, "findings"}}
	case "merge":
		out = append([]ExitMeaning{{Done, "merged"}}, ExitMeaning{MergeConflicts, "conflicts are left"})
	case "portfolio":
		return append(out, ExitMeaning{NotRun, "a file was left out or nothing could be read"})
	case "lens validate":
		return append(out, ExitMeaning{NotRun, "the bank has problems, or it could not run"})
	}
	out = append(out, ExitMeaning{NotRun, couldNotRun})
	switch path[0] {
	case "gate":
		out = append(out, ExitMeaning{Incomplete, "incomplete: the review does not say enough to judge"})
	case "init", "review", "profile", "import":
		out = append(out, ExitMeaning{Interrupted, "interrupted; everything answered before is saved"})
	case "merge":
		out = append(out, ExitMeaning{Interrupted, "interrupted; nothing is written"})
	}
	return out
}
