package tickets

import (
	"regexp"
	"strings"
	"sync"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// A State is the state of a ticket in a tracker.
type State struct {
	ID       string // ticket id of iotlens; empty if the ticket has none
	Key      string
	URL      string // http or https; may be empty
	State    string // in the terms of the tracker
	Closed   bool
	Dropped  bool // closed, and nothing will be done
	Assignee string
}

// NoteLine returns the line about a ticket for the note of an answer:
// "Ticket PLANT-12 (jira): In Progress, assigned to Ana, https://...". The assignee is left
// out if it is the owner of the answer.
func (s State) NoteLine(t Target, owner string) string {
	line := "Ticket " + oneLine(s.Key) + " (" + t.Tracker + "): " + oneLine(s.State)
	if who := oneLine(s.Assignee); who != "" && !strings.EqualFold(who, owner) {
		line += ", assigned to " + who
	}
	if s.URL != "" {
		line += ", " + s.URL
	}
	return line
}

func oneLine(s string) string {
	return text.Shorten(strings.Join(strings.Fields(text.Clean(s, false)), " "), 200)
}

// keyPattern matches the keys of all trackers, such as PLANT-12 and 12.
const keyPattern = `[A-Z][A-Z0-9_]*-[0-9]+|[0-9]+`

var linePattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^Ticket (` + keyPattern + `) \((jira|github|gitlab|azure)\): `)
})

// keyFromNote returns the key of the ticket of a tracker in a note, or empty.
func keyFromNote(note string, t Target) string {
	for line := range strings.SplitSeq(note, "\n") {
		if m := linePattern().FindStringSubmatch(line); m != nil && m[2] == t.Tracker {
			return m[1]
		}
	}
	return ""
}

// isKey reports whether s is the key of a ticket.
func isKey(s string) bool {
	return linePattern().MatchString("Ticket " + s + " (jira): ")
}

// StripLines removes the lines about tickets from a note.
func StripLines(note string) string {
	var out []string
	for line := range strings.SplitSeq(note, "\n") {
		if !linePattern().MatchString(line) {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// replaceNoteLine replaces the line about a ticket of a tracker in a note, or appends it.
func replaceNoteLine(note, line string, t Target) string {
	var out []string
	placed := false
	for l := range strings.SplitSeq(strings.TrimRight(note, "\n"), "\n") {
		if m := linePattern().FindStringSubmatch(l); m != nil && m[2] == t.Tracker {
			if placed {
				continue
			}
			l, placed = line, true
		}
		out = append(out, l)
	}
	if !placed {
		out = append(out, line)
	}
	return strings.TrimLeft(strings.Join(out, "\n"), "\n")
}

// An ImportResult has the changes that tickets of a tracker make to a review.
type ImportResult struct {
	Changes   []review.Change // author and date of the answers are unchanged
	Same      int
	Closed    []State  // of findings that are still open in the review
	Foreign   []State  // of another workload, or of practices without an answer
	Repeated  []string // ids of several tickets; the first open one was imported
	WithoutID int      // number of tickets without an id of iotlens or a valid key
}

// Practice returns the best practice of a ticket; empty if the ticket belongs to another
// workload.
func (s State) Practice(workload string) string {
	practice, ok := strings.CutPrefix(s.ID, ID(workload, ""))
	if !ok {
		return ""
	}
	return practice
}
