package cli

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/spf13/cobra"
)

func (a *app) profileCommand() *cobra.Command {
	changes, dryRun, p := workloadFlags{}, false, promptOptions{}
	c := &cobra.Command{
		Use:   "profile FILE",
		Short: "Show, complete or correct the profile of a workload",
		Long: `Show, complete or correct the profile of a workload. Without flags, it shows the
profile and, on a terminal, prompts for the open facts. It prints what changes: which
best practices the profile now rules out, sets aside, or no longer excludes.

An open fact rules out nothing and raises no priority. The value unknown makes a fact
open again. An answer that a person gave is kept, whatever the profile says.`,
		Example: `  iotlens profile plant.review.yaml
  iotlens profile plant.review.yaml --stage production --moves no --connectivity wifi,cellular
  iotlens profile plant.review.yaml --fleet-size unknown --dry-run`,
		Args: rangeArgs(1, 1, "FILE"),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.interruptible(func() error { return a.profile(args[0], changes, dryRun, p) })
		},
	}
	changes.add(c, shipped.Lens())
	p.addFlags(c)
	c.Flags().BoolVar(&dryRun, "dry-run", false, "show what would change without changing it")
	return c
}

func (a *app) profile(path string, changes workloadFlags, dryRun bool, p promptOptions) error {
	l, f, err := a.openLensAndReview(path)
	if err != nil {
		return err
	}
	r := f.Review
	before := r.Workload
	if err := changes.apply(l, &r.Workload, a.today()); err != nil {
		return err
	}
	prompt := a.StdinTTY && !changes.changed() && !dryRun && r.Milestone.Name == ""
	if !changes.changed() {
		if err := a.print(profilePage(l, r)); err != nil {
			return err
		}
	}
	if prompt {
		a.setInterruptNote(func() string { return "nothing was changed\n" })
		if err := a.promptWorkload(p, l, &r.Workload, func() { a.setInterruptNote(a.unsavedProfile(path, before, r.Workload)) }); err != nil {
			return err
		}
	}
	changed := workloadChanges(before, r.Workload)
	if len(changed) == 0 {
		if changes.changed() || prompt {
			fmt.Fprintf(a.Err, "%s: nothing changes\n", disk.DisplayPath(path))
		}
		return nil
	}
	var page text.Page
	page.Line("%s:", disk.DisplayPath(path))
	for _, c := range changed {
		page.Wrapped("  ", "    ", c)
	}
	ruling := interview.ApplyProfile(l, r, before.Profile, a.timestamp())
	writeRulings(&page, "ruled out, not applicable by the profile", ruling.RuledOut)
	writeRulings(&page, "set aside, asked on demand", ruling.SetAside)
	writeRulings(&page, "asked from now on", ruling.AskedAgain)
	if err := a.print(page.String()); err != nil || dryRun {
		return err
	}
	a.setInterruptNote(nil)
	if err := f.Save(); err != nil {
		return err
	}
	fmt.Fprintf(a.Err, "wrote %s\n", disk.DisplayPath(path))
	return nil
}

// unsavedProfile returns the text for an interrupt: the command that sets the answers so far.
func (a *app) unsavedProfile(path string, before, now review.Workload) func() string {
	command := "iotlens profile " + a.fileArgs(path)
	for _, f := range review.WorkloadFields() {
		if was, is := f.Text(before), f.Text(now); was != is {
			command += " --" + f.Flag + " " + disk.ShellQuote(strings.Join(f.Values(&now), ","))
		}
	}
	return func() string { return "nothing was changed; to set the answers so far:\n  " + command + "\n" }
}

// workloadChanges lists the fields of a workload that changed.
func workloadChanges(before, now review.Workload) []string {
	var out []string
	for _, f := range review.WorkloadFields() {
		if was, is := f.Text(before), f.Text(now); was != is {
			out = append(out, fmt.Sprintf("%-17s %s -> %s", f.Flag, shortValue(was), shortValue(is)))
		}
	}
	return out
}

// profilePage lists the fields of a workload, and the best practices that its profile rules
// out and sets aside.
func profilePage(l *lens.Lens, r *review.Review) string {
	var p text.Page
	for _, f := range review.WorkloadFields() {
		if f.Relevant(l) || len(f.Values(&r.Workload)) > 0 {
			value := f.Text(r.Workload)
			if value == "" {
				value = "(open)"
			}
			p.Wrapped(fmt.Sprintf("%-17s ", f.Flag), strings.Repeat(" ", 18), value)
		}
	}
	w := interview.New(l, r, interview.Filter{})
	writeRulings(&p, "ruled out, not applicable by the profile", w.RuledOut())
	writeRulings(&p, "set aside, asked on demand", w.SetAside())
	return p.String()
}

// writeRulings lists the best practices that a profile rules out or sets aside. For a part
// that is not asked at all, it gives only the reason and the number of best practices.
func writeRulings(p *text.Page, what string, list []interview.AffectedPractice) {
	if single := interview.WithoutParts(list); len(single) > 0 {
		p.Line("")
		p.Line("%s, %s:", text.Count(len(single), "best practice"), what)
		for _, r := range single {
			p.Wrapped("  "+r.Practice.ID+"  ", "    ", r.Practice.Title)
			if r.Reason != "" {
				p.Wrapped("    ", "    ", r.Reason)
			}
		}
	}
	n := map[string]int{} // number of best practices of a part, by reason
	var reasons []string
	for _, r := range list {
		if r.Part != "" && n[r.Reason] == 0 {
			reasons = append(reasons, r.Reason)
		}
		if r.Part != "" {
			n[r.Reason]++
		}
	}
	for _, reason := range reasons {
		p.Line("")
		p.Wrapped("", "  ", fmt.Sprintf("%s (%s).", strings.TrimSuffix(reason, "."), text.Count(n[reason], "best practice")))
	}
}
