package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/tui"
	"github.com/spf13/cobra"
)

// A field of a workload's description: a flag of init, and a prompt.
type field struct {
	flag  string
	ask   string // the prompt
	help  string // of the flag
	known func(*lens.Lens) []lens.Term
	use   func(lens.ExposureFactor) bool // what the field is asked for, where that isn't its words
	many  bool
	set   func(*review.Workload, []string) error
}

// fields lists what is asked about a workload, in the order in which it is asked.
func fields() []field {
	word := func(at func(*review.Workload) *string) func(*review.Workload, []string) error {
		return func(w *review.Workload, v []string) error { *at(w) = v[0]; return nil }
	}
	sized := func(most int, at func(*review.Workload) *string) func(*review.Workload, []string) error {
		return func(w *review.Workload, v []string) error {
			if n := len([]rune(v[0])); n < 3 || n > most {
				return fmt.Errorf("%d characters; use 3 to %d", n, most)
			}
			*at(w) = v[0]
			return nil
		}
	}
	list := func(at func(*review.Workload) *[]string) func(*review.Workload, []string) error {
		return func(w *review.Workload, v []string) error { *at(w) = v; return nil }
	}
	yes := func(at func(*review.Workload, bool)) func(*review.Workload, []string) error {
		return func(w *review.Workload, v []string) error {
			switch strings.ToLower(v[0]) {
			case "yes", "y", "true":
				at(w, true)
			case "no", "n", "false":
				at(w, false)
			default:
				return fmt.Errorf("answer yes or no, not %q", v[0])
			}
			return nil
		}
	}
	return []field{
		{flag: "name", ask: "Name of the workload", help: "name of the workload, 3 to 100 characters", set: sized(100, func(w *review.Workload) *string { return &w.Name })},
		{flag: "description", ask: "What does it do, in a sentence", help: "what it does, 3 to 250 characters", set: sized(250, func(w *review.Workload) *string { return &w.Description })},
		{flag: "owner", ask: "Who owns the review", help: "who owns the review, 3 to 255 characters", set: sized(255, func(w *review.Workload) *string { return &w.ReviewOwner })},
		{flag: "segment", ask: "Segment", help: "market segment", known: func(l *lens.Lens) []lens.Term { return l.Segments }, set: word(func(w *review.Workload) *string { return &w.Profile.Segment })},
		{flag: "stage", ask: "Stage of the product", help: "stage of the product", known: func(l *lens.Lens) []lens.Term { return l.Stages }, set: word(func(w *review.Workload) *string { return &w.Profile.Stage })},
		{flag: "device-class", ask: "Device classes", help: "device class", many: true, known: func(l *lens.Lens) []lens.Term { return l.DeviceClasses }, set: list(func(w *review.Workload) *[]string { return &w.Profile.DeviceClasses })},
		{flag: "protocol", ask: "Protocols", help: "protocol", many: true, known: func(l *lens.Lens) []lens.Term { return l.Protocols }, set: list(func(w *review.Workload) *[]string { return &w.Profile.Protocols })},
		{flag: "power", ask: "Power", help: "source of power", many: true, known: func(l *lens.Lens) []lens.Term { return l.Power }, set: list(func(w *review.Workload) *[]string { return &w.Profile.Power })},
		{flag: "connectivity", ask: "Connectivity", help: "connectivity", many: true, known: func(l *lens.Lens) []lens.Term { return l.Connectivity }, set: list(func(w *review.Workload) *[]string { return &w.Profile.Connectivity })},
		{flag: "fleet-size", ask: "Devices in the field, or planned", help: "devices in the field, or planned", use: func(f lens.ExposureFactor) bool { return f.FleetSize > 0 }, set: func(w *review.Workload, v []string) error {
			n, err := strconv.Atoi(strings.NewReplacer(",", "", " ", "", "_", "").Replace(v[0]))
			if err != nil || n < 0 {
				return fmt.Errorf("a number of devices is needed, such as 12000, not %q", v[0])
			}
			w.Profile.FleetSize = n
			return nil
		}},
		{flag: "field-updatable", ask: "Can firmware be updated over the air (yes, no)", help: "firmware can be updated over the air: yes or no", set: yes(func(w *review.Workload, b bool) { w.Profile.FieldUpdatable = &b })},
		{flag: "safety-critical", ask: "Can a failure hurt people (yes, no)", help: "a failure can hurt people: yes or no", use: func(f lens.ExposureFactor) bool { return f.SafetyCritical }, set: yes(func(w *review.Workload, b bool) { w.Profile.SafetyCritical = b })},
		{flag: "personal-data", ask: "Is data of identifiable people handled (yes, no)", help: "data of identifiable people is handled: yes or no", use: func(f lens.ExposureFactor) bool { return f.PersonalData }, set: yes(func(w *review.Workload, b bool) { w.Profile.PersonalData = b })},
		{flag: "scenario", ask: "Scenarios that it uses", help: "scenario that the workload uses", many: true, known: func(l *lens.Lens) []lens.Term {
			var out []lens.Term
			for _, s := range l.Scenarios {
				out = append(out, lens.Term{ID: s.ID, Name: s.Name})
			}
			return out
		}, set: list(func(w *review.Workload) *[]string { return &w.Profile.Scenarios })},
	}
}

// matters tells whether a field makes a difference in a review of the lens: it
// has words for it, or weighs by it. Name, description and owner always do.
func (f field) matters(l *lens.Lens) bool {
	switch {
	case f.known != nil:
		return len(f.known(l)) > 0
	case f.use != nil:
		return slices.ContainsFunc(l.Weights.Exposure.Factors, f.use)
	case f.flag == "field-updatable":
		return slices.ContainsFunc(l.Questions, func(q lens.Question) bool {
			return slices.ContainsFunc(q.Practices, func(p lens.Practice) bool { return p.Fix == lens.OverTheAir })
		})
	}
	return true
}

// fieldFlags adds a flag for every field.
func fieldFlags(c *cobra.Command, l *lens.Lens, values map[string]*[]string) {
	for _, f := range fields() {
		v := new([]string)
		values[f.flag] = v
		help := f.help
		if f.known != nil {
			known := lens.TermIDs(f.known(l))
			help += ": " + strings.Join(known, ", ")
			complete(c, f.flag, known)
		}
		if f.many {
			help += " (repeatable, or with commas)"
			c.Flags().StringSliceVar(v, f.flag, nil, help)
		} else {
			c.Flags().StringArrayVar(v, f.flag, nil, help)
		}
	}
}

// put checks a value of a field and sets it.
func (f field) put(l *lens.Lens, w *review.Workload, values []string) error {
	if f.known != nil {
		known := lens.TermIDs(f.known(l))
		if len(known) == 0 {
			return fmt.Errorf("the lens %s doesn't ask for it", l.ID)
		}
		for i, v := range values {
			v = strings.ToLower(strings.TrimSpace(v))
			if n, err := strconv.Atoi(v); err == nil && n >= 1 && n <= len(known) {
				v = known[n-1]
			}
			if !slices.Contains(known, v) {
				return errors.New(suggest.Unknown(f.flag, v, known))
			}
			values[i] = v
		}
	}
	return f.set(w, values)
}

// describe prompts for every field of a workload that is not set yet. A blank
// answer leaves a field open; a wrong one is asked again.
func describe(in *bufio.Reader, out io.Writer, l *lens.Lens, w *review.Workload, set map[string]bool) error {
	fmt.Fprintln(out, "Describe the workload. Enter leaves a question open for later.")
	for _, f := range fields() {
		if set[f.flag] || !f.matters(l) {
			continue
		}
		prompt := f.ask
		if f.known != nil {
			var options []string
			for i, id := range lens.TermIDs(f.known(l)) {
				options = append(options, fmt.Sprintf("%d\u00a0%s", i+1, id))
			}
			for _, line := range text.Wrap(strings.Join(options, ", "), 76) {
				fmt.Fprintf(out, "  %s\n", line)
			}
			if f.many {
				prompt += " (numbers or words, with commas)"
			}
		}
		if err := ask(in, out, l, w, f, prompt); err != nil {
			return err
		}
	}
	return nil
}

func ask(in *bufio.Reader, out io.Writer, l *lens.Lens, w *review.Workload, f field, prompt string) error {
	for {
		fmt.Fprintf(out, "%s> ", prompt)
		line, err := in.ReadString('\n')
		line = tui.Clean(line)
		if line != "" {
			values := []string{line}
			if f.many {
				values = strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ' ' })
			}
			wrong := f.put(l, w, values)
			if wrong == nil {
				return nil
			}
			fmt.Fprintf(out, "  %v\n", wrong)
		} else if f.flag != "name" && err == nil {
			return nil
		}
		switch {
		case err != nil && f.flag == "name":
			return fmt.Errorf("the input ended before the workload had a name; nothing was written; set --name")
		case err != nil:
			return nil //nolint:nilerr // the rest stays open
		}
	}
}
