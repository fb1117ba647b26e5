package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/dates"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/spf13/cobra"
)

// enumFlag adds a flag that takes one of the known values. Its help and completion list
// them; the run function checks the value with checkOneOf.
func enumFlag(c *cobra.Command, into *string, name, short, value, about string, known []string) {
	c.Flags().StringVarP(into, name, short, value, about+": "+strings.Join(known, ", "))
	completeFlag(c, name, known)
}

// listFlag adds a flag that takes several of the known values. Its help and completion
// list them.
func listFlag(c *cobra.Command, into *[]string, name, about string, known []string) {
	c.Flags().StringSliceVar(into, name, nil, about+": "+strings.Join(known, ", "))
	completeFlag(c, name, known)
}

// completeFlag makes completion offer values for a flag.
func completeFlag(c *cobra.Command, flag string, values []string) {
	_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// outputsFlag adds -f, which takes FORMAT or FORMAT=PATH; parseOutputs reads its values.
func outputsFlag(c *cobra.Command, into *[]string, formats []string) {
	c.Flags().StringArrayVarP(into, "format", "f", []string{"text"}, "FORMAT or FORMAT=PATH (repeatable): "+strings.Join(formats, ", "))
	completeFlag(c, "format", formats)
}

// formatsHelp lists formats with what each is for, for the help of a command.
func formatsHelp[T any](table report.Table[T]) string {
	var lines []string
	for _, f := range table {
		lines = append(lines, fmt.Sprintf("  %-10s %s", f.Name, f.About))
	}
	return strings.Join(lines, "\n")
}

// frameworkFlag adds a flag that takes frameworks, each by its id or as a file.
func frameworkFlag(c *cobra.Command, into *[]string, name, about string) {
	c.Flags().StringArrayVar(into, name, nil, about)
	_ = c.RegisterFlagCompletionFunc(name, completeFrameworkID)
}

func scoringFlag(c *cobra.Command, mode *scoring.Mode) {
	c.Flags().StringVar((*string)(mode), "scoring", "", "how to apply the risk rules: monotone (doing more never raises a risk) or aws (to the letter, as the WA Tool does) (default: set by the lens, otherwise monotone)")
	completeFlag(c, "scoring", scoring.Mode("").Values())
}

// checkScoring checks the value of --scoring. If it is empty, the lens decides.
func checkScoring(mode scoring.Mode) error {
	if mode == "" {
		return nil
	}
	return checkOneOf("scoring", string(mode), mode.Values())
}

// checkOneOf returns an error if a value is not one of the known ones.
func checkOneOf(what, value string, known []string) error {
	if slices.Contains(known, value) {
		return nil
	}
	return errors.New(suggest.Unknown(what, value, known))
}

// parseDay reads the value of a flag that takes a date, and returns it as YYYY-MM-DD.
func parseDay(flag, value, today string) (string, error) {
	day, err := dates.Parse(value, today)
	if err != nil {
		return "", fmt.Errorf("--%s: %w", flag, err)
	}
	return day, nil
}

// knownSubcommand returns an error for an argument that is not the name of a subcommand.
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

// rangeArgs returns an error with the usage if the number of arguments is wrong.
func rangeArgs(least, most int, usage string) cobra.PositionalArgs {
	return func(c *cobra.Command, given []string) error {
		if len(given) < least || len(given) > most {
			return fmt.Errorf("usage: %s %s\nSee: %s --help", c.CommandPath(), usage, c.CommandPath())
		}
		return nil
	}
}
