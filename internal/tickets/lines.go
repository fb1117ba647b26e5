package tickets

import (
	"regexp"
	"strings"
	"sync"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// A State is what a tracker says of a ticket.
type State struct {
	ID       string // of iotlens; empty where the ticket has none
	Key      string
	URL      string // http or https; may be empty
	State    string // in the words of the tracker
	Closed   bool
	Dropped  bool // closed, and nothing will be done
	Assignee string
}

// NoteLine is what the note of an answer says of a ticket:
// "Ticket PLANT-12 (jira): In Progress, assigned to Ana, https://...". Whoever is the owner
// of the answer already is not named again.
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

// keyPattern is a key in any of the trackers: PLANT-12, 12.
const keyPattern = `[A-Z][A-Z0-9_]*-[0-9]+|[0-9]+`

var linePattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^Ticket (` + keyPattern + `) \((jira|github|gitlab|azure)\): `)
})

// keyIn is the key of the ticket that a note names in a tracker; empty where it names none.
func keyIn(note string, t Target) string {
	for line := range strings.SplitSeq(note, "\n") {
		if m := linePattern().FindStringSubmatch(line); m != nil && m[2] == t.Tracker {
			return m[1]
		}
	}
	return ""
}

// isKey tells whether something is the key of a ticket.
func isKey(s string) bool {
	return linePattern().MatchString("Ticket " + s + " (jira): ")
}

// StripLines is a note without its lines on tickets: what people said.
func StripLines(note string) string {
	var out []string
	for line := range strings.SplitSeq(note, "\n") {
		if !linePattern().MatchString(line) {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// withLine is a note with one line on a ticket in a tracker: it takes the place of the one
// before, or comes last.
func withLine(note, line string, t Target) string {
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

// An ImportResult is what the tickets of a tracker do to a review.
type ImportResult struct {
	Changes   []review.Change // who gave the answers, and when, stays
	Same      int
	Closed    []State  // of findings that the review still has
	Foreign   []State  // of another workload, or of what the review doesn't answer
	Repeated  []string // ids that several tickets have; the first open one was taken
	WithoutID int      // tickets without an id of iotlens
}

// Practice is the best practice of a ticket of a workload; empty where it is another
// workload's.
func (s State) Practice(workload string) string {
	practice, ok := strings.CutPrefix(s.ID, ID(workload, ""))
	if !ok {
		return ""
	}
	return practice
}
