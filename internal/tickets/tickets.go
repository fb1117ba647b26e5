// Package tickets exports the open findings of a review to a tracker (Jira, GitHub, GitLab or
// Azure DevOps) and imports the states of the tickets.
//
// Each ticket has an id made from the workload and the best practice. It is part of the text
// of the ticket, so that every tracker keeps it, and identifies the ticket in later exports
// and imports. The state of a ticket is stored as a line in the note of the answer (see
// State.NoteLine), from which an export reads the key of the ticket to update.
//
// Each tracker has a file; Targets lists them. The package does no input or output itself.
package tickets

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
)

// A Target is a tracker.
type Target struct {
	Name      string // of --to and --from
	WriteHelp string // help text on the written format
	ReadHelp  string // help text on the read format
	Tracker   string // name in the line of a note
	Type      string // default type of tickets; empty if the tracker has no types

	Write func(io.Writer, []Ticket) error
	Read  func(name string, data []byte) ([]State, error)
}

// Targets lists the trackers.
func Targets() []Target {
	return []Target{
		{Name: "jira-csv", Tracker: "jira", Type: "Task", WriteHelp: "CSV for Jira's importer", ReadHelp: "CSV that Jira exports (all fields)", Write: writeJira, Read: readJira},
		{Name: "github-issues", Tracker: "github", WriteHelp: "JSON for the REST API of GitHub, by gh", ReadHelp: "JSON of gh issue list or of the REST API", Write: writeGitHub, Read: readGitHub},
		{Name: "gitlab-issues", Tracker: "gitlab", WriteHelp: "JSON for the REST API of GitLab, by glab", ReadHelp: "JSON of the REST API, or the CSV that GitLab exports", Write: writeGitLab, Read: readGitLab},
		{Name: "azure-csv", Tracker: "azure", Type: "Issue", WriteHelp: "CSV for the importer of Azure Boards", ReadHelp: "CSV that a query of Azure Boards exports", Write: writeAzure, Read: readAzure},
	}
}

// Names lists the names of the targets.
func Names() []string { return view.Map(Targets(), func(t Target) string { return t.Name }) }

// FindTarget returns the target with a name. The error lists the names.
func FindTarget(name string) (Target, error) {
	for _, t := range Targets() {
		if t.Name == name {
			return t, nil
		}
	}
	return Target{}, errors.New(suggest.Unknown("target", name, Names()))
}

// A Ticket is an open finding to export. Its texts are unescaped; each target escapes them.
type Ticket struct {
	ID       string // stable; see ID
	Key      string // of the ticket in the tracker, if the review has it
	Type     string
	Title    string
	Rank     int // 1 (most urgent) to 4
	Assignee string
	Account  bool // the assignee is an account of the tracker, not only a name
	Due      string
	Labels   []string
	Body     Body
}

// Options select what is exported.
type Options struct {
	Target     Target
	Horizons   []scoring.Horizon // none: all
	Severities []lens.Level      // none: all
	Accounts   map[string]string // account in the tracker, by owner
	Link       string            // of the published HTML report; may be empty
	Type       string            // of the tickets; empty: Target.Type
	Only       Filter
}

// Filter selects findings by whether they have a ticket.
type Filter string

// The filters.
const (
	AllFindings Filter = ""
	OnlyNew     Filter = "new"   // findings without a ticket in the review
	OnlyKnown   Filter = "known" // findings with one
)

// FromAssessment returns the tickets for the open findings of an assessment, by priority. A
// finding with a valid waiver is not open.
func FromAssessment(a *scoring.Assessment, o Options) []Ticket {
	var out []Ticket
	for _, f := range view.OpenFindings(a) {
		key := keyFromNote(f.Note, o.Target)
		switch {
		case len(o.Horizons) > 0 && !slices.Contains(o.Horizons, f.Horizon),
			len(o.Severities) > 0 && !slices.Contains(o.Severities, f.Severity),
			o.Only == OnlyNew && key != "", o.Only == OnlyKnown && key == "":
			continue
		}
		t := Ticket{
			ID: ID(a.Workload.Name, f.ID), Key: key, Type: view.OrDefault(o.Type, o.Target.Type), Title: f.ID + ": " + f.Title, Rank: rank(f),
			Assignee: strings.Join(strings.Fields(f.Owner), " "), Due: f.Due,
			Labels: labels(f), Body: body(a, f, o),
		}
		if account := o.Accounts[t.Assignee]; account != "" {
			t.Assignee, t.Account = account, true
		} else if strings.HasPrefix(t.Assignee, "@") || strings.Contains(t.Assignee, "@") && !strings.Contains(t.Assignee, " ") {
			t.Account = true
		}
		out = append(out, t)
	}
	return out
}

// ID returns the ticket id of a best practice in a workload. It is stable, and differs between
// workloads.
func ID(workload, practice string) string {
	digest := sha256.Sum256([]byte(strings.Join(strings.Fields(workload), " ")))
	return "iotlens-" + hex.EncodeToString(digest[:4]) + "-" + practice
}

var idPattern = text.Pattern(`iotlens-[0-9a-f]{8}-[A-Za-z0-9_.-]*[A-Za-z0-9_]`)

// lastID returns the last ticket id in a text, or empty. Earlier ones may be part of the text
// that people wrote.
func lastID(text string) string {
	all := idPattern().FindAllString(text, -1)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1]
}

// rank returns Ticket.Rank of a finding by its horizon and severity.
func rank(f scoring.Finding) int {
	high := f.Severity == lens.High
	switch {
	case f.Horizon == scoring.Now && high:
		return 1
	case f.Horizon == scoring.Now, f.Horizon == scoring.Next && high:
		return 2
	case f.Horizon == scoring.Next, high:
		return 3
	}
	return 4
}

// labels returns labels of letters, digits and hyphens, which all trackers accept.
func labels(f scoring.Finding) []string {
	out := []string{"iotlens"}
	for _, l := range [][2]string{{"severity", string(f.Severity)}, {"horizon", string(f.Horizon)}, {"pillar", f.Pillar}} {
		if s := slug(l[1]); s != "" {
			out = append(out, l[0]+"-"+s)
		}
	}
	return out
}

func slug(s string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(s)), "-")
}

// OwnersWithoutAccount lists the assignees of tickets that are not accounts of the tracker.
func OwnersWithoutAccount(list []Ticket) []string {
	var out []string
	for _, t := range list {
		if t.Assignee != "" && !t.Account && !slices.Contains(out, t.Assignee) {
			out = append(out, t.Assignee)
		}
	}
	slices.Sort(out)
	return out
}

// Obsolete describes the tickets in a review whose findings are no longer open, one sentence
// each.
func Obsolete(a *scoring.Assessment, t Target) []string {
	open := map[string]bool{}
	for _, f := range view.OpenFindings(a) {
		open[f.ID] = true
	}
	waived := map[string]bool{}
	for _, w := range a.Waivers {
		waived[w.Practice] = w.Active()
	}
	var out []string
	for i := range a.Practices {
		p := &a.Practices[i]
		key := keyFromNote(p.Note, t)
		switch {
		case key == "" || open[p.ID]:
		case waived[p.ID]:
			out = append(out, fmt.Sprintf("%s: %s is waived in the review", key, p.ID))
		case p.Status != review.Unanswered:
			out = append(out, fmt.Sprintf("%s: %s is %s in the review", key, p.ID, p.Words()))
		}
	}
	return out
}
