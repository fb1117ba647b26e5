package cli

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/tickets"
	"github.com/spf13/cobra"
)

// ticketOptions select and complete the tickets of an export.
type ticketOptions struct {
	horizons, severities []string
	accounts             []string // NAME=ACCOUNT
	link                 string
	kind                 string // of the tickets: Task, Issue, Bug
	only                 string
}

// ticketFlags are the flags of ticketOptions.
var ticketFlags = []string{"horizon", "severity", "assignee", "report-url", "type", "only"}

func (o *ticketOptions) flags(c *cobra.Command) {
	f := c.Flags()
	listFlag(c, &o.horizons, "horizon", "with tickets: only findings of these parts of the plan", scoring.Horizon("").Values())
	listFlag(c, &o.severities, "severity", "with tickets: only findings of these severities", severityValues())
	f.StringArrayVar(&o.accounts, "assignee", nil, "with tickets: account of an owner in the tracker, as NAME=ACCOUNT (repeatable)")
	f.StringVar(&o.link, "report-url", "", "with tickets: URL of the published HTML report; each ticket links to its finding in it")
	f.StringVar(&o.kind, "type", "", "with "+strings.Join(typedTargets(), " and ")+": type of the tickets (default: that of the importer of the tracker)")
	f.StringVar(&o.only, "only", "", "with tickets: only findings without a ticket in the review (new), or only those with one (known)")
	completeFlag(c, "only", ticketOnlyValues())
}

// typedTargets lists the trackers whose tickets have a type.
func typedTargets() []string {
	var out []string
	for _, t := range tickets.Targets() {
		if t.Type != "" {
			out = append(out, t.Name)
		}
	}
	return out
}

func severityValues() []string { return lens.Strings(lens.High, lens.Medium, lens.Low) }

func ticketOnlyValues() []string { return []string{string(tickets.OnlyNew), string(tickets.OnlyKnown)} }

// options checks the flags and returns the options of an export to a target.
func (o *ticketOptions) options(t tickets.Target) (tickets.Options, error) {
	out := tickets.Options{Target: t, Accounts: map[string]string{}, Link: o.link, Type: strings.TrimSpace(o.kind), Only: tickets.Filter(o.only)}
	var errs []error
	for _, h := range o.horizons {
		errs = append(errs, checkOneOf("--horizon", h, scoring.Horizon("").Values()))
		out.Horizons = append(out.Horizons, scoring.Horizon(h))
	}
	for _, s := range o.severities {
		errs = append(errs, checkOneOf("--severity", s, severityValues()))
		out.Severities = append(out.Severities, lens.Level(s))
	}
	for _, a := range o.accounts {
		name, account, ok := strings.Cut(a, "=")
		name, account = strings.Join(strings.Fields(name), " "), strings.TrimSpace(account)
		if !ok || name == "" || account == "" {
			errs = append(errs, fmt.Errorf(`--assignee %q must be NAME=ACCOUNT, as in --assignee "Ana Ruiz=ana@example.com"`, a))
		}
		out.Accounts[name] = account
	}
	if o.only != "" {
		errs = append(errs, checkOneOf("--only", o.only, ticketOnlyValues()))
	}
	if o.link != "" && !strings.HasPrefix(o.link, "https://") && !strings.HasPrefix(o.link, "http://") {
		errs = append(errs, fmt.Errorf("--report-url %q must begin with https:// or http://", o.link))
	}
	if o.kind != "" && t.Type == "" {
		errs = append(errs, fmt.Errorf("--type can only be used with %s, not with %s", strings.Join(typedTargets(), " and "), t.Name))
	}
	return out, errors.Join(errs...)
}

// exportTickets writes the open findings of a review as tickets.
func (a *app) exportTickets(file string, t tickets.Target, o *exportOptions) error {
	options, err := o.tickets.options(t)
	if err != nil {
		return err
	}
	if disk.SameFile(file, o.output) {
		return overwritesInput(file)
	}
	if disk.IsFolder(o.output) {
		return fmt.Errorf("%s: is a folder; set -o to a file for the tickets", disk.DisplayPath(o.output))
	}
	assessment, _, err := a.assess(file, "")
	if err != nil {
		return err
	}
	list := tickets.FromAssessment(assessment, options)
	var data bytes.Buffer
	if err := t.Write(&data, list); err != nil {
		return err
	}
	if err := a.writeOutput(o.output, data.Bytes(), ": "+text.Count(len(list), "ticket")); err != nil {
		return err
	}
	a.printTicketNotes(file, assessment, t, list)
	return nil
}

// printTicketNotes prints what the user has to do about the exported tickets.
func (a *app) printTicketNotes(file string, assessment *scoring.Assessment, t tickets.Target, list []tickets.Ticket) {
	known := 0
	for _, ticket := range list {
		if ticket.Key != "" {
			known++
		}
	}
	p := &text.Page{}
	if n := len(list) - known; n > 0 {
		p.Wrapped("", "  ", fmt.Sprintf("%s no ticket in the review yet. If you exported before, import the tickets of the tracker first, otherwise it creates duplicates: iotlens import %s --from %s TICKETS",
			text.Plural(n, "finding has", "findings have"), a.fileArgs(file), t.Name))
	}
	if people := tickets.OwnersWithoutAccount(list); len(people) > 0 {
		p.Wrapped("", "  ", `Owners that do not look like accounts of the tracker: `+strings.Join(people, ", ")+`. Map them with --assignee "NAME=ACCOUNT".`)
	}
	if gone := tickets.Obsolete(assessment, t); len(gone) > 0 {
		p.Wrapped("", "  ", "Not written, because their findings are no longer open: "+strings.Join(gone, "; ")+".")
	}
	fmt.Fprint(a.Err, p.String())
}

// ticketSources lists the trackers as sources of an import.
func ticketSources() []importSource {
	return view.Map(tickets.Targets(), func(t tickets.Target) importSource {
		return importSource{name: t.Name, about: "tickets: " + t.ReadHelp, read: func(a *app, in importInput) (imported, error) {
			return a.importTickets(in, t)
		}}
	})
}

// importTickets imports the keys, states and assignees of tickets.
func (a *app) importTickets(in importInput, t tickets.Target) (imported, error) {
	var states []tickets.State
	var errs []error
	for _, f := range in.files {
		found, err := t.Read(f.name, f.data)
		states, errs = append(states, found...), append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return imported{}, err
	}
	taken := tickets.Import(in.lens, in.review, t, states)
	out := imported{changes: taken.Changes, same: taken.Same, apply: tickets.Apply}
	for _, s := range taken.Closed {
		out.remarks = append(out.remarks, a.closedTicketHint(in, s))
	}
	if len(taken.Foreign) > 0 {
		out.remarks = append(out.remarks, "Tickets of another workload, or without an answer in the review: "+strings.Join(view.Map(taken.Foreign, func(s tickets.State) string { return s.Key + " (" + s.ID + ")" }), ", ")+".")
	}
	if len(taken.Repeated) > 0 {
		out.remarks = append(out.remarks, "Several tickets have the same id; the first open one was used: "+strings.Join(taken.Repeated, ", ")+".")
	}
	if taken.WithoutID > 0 {
		out.remarks = append(out.remarks, text.Plural(taken.WithoutID, "ticket was", "tickets were")+" skipped: no iotlens id, or no key.")
	}
	return out, nil
}

// closedTicketHint suggests a command for a closed ticket; importing it changes no status.
func (a *app) closedTicketHint(in importInput, s tickets.State) string {
	practice := s.Practice(in.review.Workload.Name)
	p, _ := in.lens.Practice(practice)
	answer := in.review.Answers[p.ID]
	if s.Dropped {
		return fmt.Sprintf("%s is %s, but %s is %s in the review. If the risk is accepted: iotlens waive %s %s --owner NAME --approver NAME --reason WHY --expires YYYY-MM-DD",
			s.Key, s.State, p.ID, answer.Status.Words(), a.fileArgs(in.file), p.ID)
	}
	return fmt.Sprintf("%s is %s, but %s is %s in the review. Once somebody has verified that it is in place: iotlens answer %s %s implemented --by NAME --evidence WHAT",
		s.Key, s.State, p.ID, answer.Status.Words(), a.fileArgs(in.file), p.ID)
}
