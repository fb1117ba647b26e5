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
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/tui"
	"github.com/spf13/cobra"
)

// A field of a workload's description: a flag of init, and a prompt.
type field struct {
	flag, ask, help string // ask is the prompt; help is that of the flag
	at              func(*review.Workload) any
	most            int                       // characters; 0: any number
	known           func(*lens.Lens) []string // the values that the lens has; nil: any value
	matters         func(*lens.Lens) bool     // whether it makes a difference in a review of the lens; nil: it does
}

// fields lists what is asked about a workload, in the order in which it is asked.
func fields() []field {
	type w = review.Workload
	return []field{
		{flag: "name", ask: "Name of the workload", help: "name of the workload, 3 to 100 characters", most: 100, at: func(w *w) any { return &w.Name }},
		{flag: "description", ask: "What does it do, in a sentence", help: "what it does, 3 to 250 characters", most: 250, at: func(w *w) any { return &w.Description }},
		{flag: "owner", ask: "Who owns the review", help: "who owns the review, 3 to 255 characters", most: 255, at: func(w *w) any { return &w.ReviewOwner }},
		{flag: "segment", ask: "Segment", help: "market segment", known: terms(func(l *lens.Lens) []lens.Term { return l.Segments }), at: func(w *w) any { return &w.Profile.Segment }},
		{flag: "stage", ask: "Stage of the product", help: "stage of the product", known: terms(func(l *lens.Lens) []lens.Term { return l.Stages }), at: func(w *w) any { return &w.Profile.Stage }},
		{flag: "device-class", ask: "Device classes", help: "device class", known: terms(func(l *lens.Lens) []lens.Term { return l.DeviceClasses }), at: func(w *w) any { return &w.Profile.DeviceClasses }},
		{flag: "protocol", ask: "Protocols", help: "protocol", known: terms(func(l *lens.Lens) []lens.Term { return l.Protocols }), at: func(w *w) any { return &w.Profile.Protocols }},
		{flag: "power", ask: "Power", help: "source of power", known: terms(func(l *lens.Lens) []lens.Term { return l.Power }), at: func(w *w) any { return &w.Profile.Power }},
		{flag: "connectivity", ask: "Connectivity", help: "connectivity", known: terms(func(l *lens.Lens) []lens.Term { return l.Connectivity }), at: func(w *w) any { return &w.Profile.Connectivity }},
		{flag: "fleet-size", ask: "Devices in the field, or planned", help: "devices in the field, or planned", matters: weighs(func(c lens.Condition) bool { return c.FleetSize > 0 }), at: func(w *w) any { return &w.Profile.FleetSize }},
		{flag: "service-life", ask: "Years for which a device is meant to run", help: "years for which a device is meant to run", matters: weighs(func(c lens.Condition) bool { return c.ServiceLife > 0 }), at: func(w *w) any { return &w.Profile.ServiceLife }},
		{flag: "field-updatable", ask: "Can firmware be updated over the air (yes, no)", help: "firmware can be updated over the air: yes or no", matters: fixesOverTheAir, at: func(w *w) any { return &w.Profile.FieldUpdatable }},
		{flag: "safety-critical", ask: "Can a failure hurt people (yes, no)", help: "a failure can hurt people: yes or no", matters: fact("safety_critical"), at: func(w *w) any { return &w.Profile.SafetyCritical }},
		{flag: "personal-data", ask: "Is data of identifiable people handled (yes, no)", help: "data of identifiable people is handled: yes or no", matters: fact("personal_data"), at: func(w *w) any { return &w.Profile.PersonalData }},
		{flag: "actuates", ask: "Does a command move, open, heat or switch something (yes, no)", help: "a command moves, opens, heats or switches something: yes or no", matters: fact("actuates"), at: func(w *w) any { return &w.Profile.Actuates }},
		{flag: "public-access", ask: "Can strangers touch the devices unobserved (yes, no)", help: "strangers can touch the devices unobserved: yes or no", matters: fact("public_access"), at: func(w *w) any { return &w.Profile.PublicAccess }},
		{flag: "unattended", ask: "Does a device that hangs stay so until somebody travels there (yes, no)", help: "a device that hangs stays so until somebody travels there: yes or no", matters: fact("unattended"), at: func(w *w) any { return &w.Profile.Unattended }},
		{flag: "intermittent-link", ask: "Are devices offline for hours or days in normal use (yes, no)", help: "devices are offline for hours or days in normal use: yes or no", matters: fact("intermittent_link"), at: func(w *w) any { return &w.Profile.IntermittentLink }},
		{flag: "moves", ask: "Do devices change their place (yes, no)", help: "devices change their place: yes or no", matters: fact("moves"), at: func(w *w) any { return &w.Profile.Moves }},
		{flag: "scenario", ask: "Scenarios that it uses", help: "scenario that the workload uses", known: (*lens.Lens).ScenarioIDs, at: func(w *w) any { return &w.Profile.Scenarios }},
	}
}

func terms(of func(*lens.Lens) []lens.Term) func(*lens.Lens) []string {
	return func(l *lens.Lens) []string { return lens.TermIDs(of(l)) }
}

// fact reports whether a lens has a fact.
func fact(id string) func(*lens.Lens) bool {
	return func(l *lens.Lens) bool {
		return slices.ContainsFunc(l.Facts, func(f lens.Fact) bool { return f.ID == id })
	}
}

// weighs reports whether a fact of a lens has a condition of a kind.
func weighs(kind func(lens.Condition) bool) func(*lens.Lens) bool {
	return func(l *lens.Lens) bool {
		return slices.ContainsFunc(l.Facts, func(f lens.Fact) bool { return slices.ContainsFunc(f.When, kind) })
	}
}

// fixesOverTheAir reports whether a lens has gaps that an update can close.
func fixesOverTheAir(l *lens.Lens) bool {
	for _, p := range l.All() {
		if p.Fix == lens.OverTheAir {
			return true
		}
	}
	return false
}

// asked reports whether to prompt for a field.
func (f field) asked(l *lens.Lens) bool {
	if f.known != nil {
		return len(f.known(l)) > 0
	}
	return f.matters == nil || f.matters(l)
}

// many reports whether a field is a list.
func (f field) many() bool {
	_, list := f.at(&review.Workload{}).(*[]string)
	return list
}

// fieldFlags adds a flag for every field.
func fieldFlags(c *cobra.Command, l *lens.Lens, values map[string]*[]string) {
	for _, f := range fields() {
		v := new([]string)
		values[f.flag] = v
		help := f.help
		if f.known != nil {
			help += ": " + strings.Join(f.known(l), ", ")
			complete(c, f.flag, f.known(l))
		}
		if f.many() {
			c.Flags().StringSliceVar(v, f.flag, nil, help+" (repeatable, or with commas)")
		} else {
			c.Flags().StringArrayVar(v, f.flag, nil, help)
		}
	}
}

// put checks a value of a field and sets it.
func (f field) put(l *lens.Lens, w *review.Workload, values []string) error {
	if f.known != nil {
		known := f.known(l)
		if len(known) == 0 {
			return fmt.Errorf("the lens %s doesn't ask for it", l.ID)
		}
		for i, v := range values {
			v = strings.ToLower(strings.TrimSpace(v))
			if n, err := strconv.Atoi(v); err == nil && n >= 1 && n <= len(known) {
				v = known[n-1]
			}
			if err := oneOf(f.flag, v, known); err != nil {
				return err
			}
			values[i] = v
		}
	}
	v := values[0]
	switch at := f.at(w).(type) {
	case *[]string:
		*at = values
	case *string:
		if n := len([]rune(v)); f.most > 0 && (n < 3 || n > f.most) {
			return fmt.Errorf("%d characters; use 3 to %d", n, f.most)
		}
		*at = v
	case *int:
		n, err := strconv.Atoi(strings.NewReplacer(",", "", " ", "", "_", "").Replace(v))
		if err != nil || n < 0 {
			return fmt.Errorf("a number is needed, such as 12000, not %q", v)
		}
		*at = n
	case *bool:
		return yesOrNo(v, at)
	case **bool:
		*at = new(bool)
		return yesOrNo(v, *at)
	}
	return nil
}

func yesOrNo(s string, at *bool) error {
	s = strings.ToLower(s)
	*at = slices.Contains([]string{"yes", "y", "true"}, s)
	if !*at && !slices.Contains([]string{"no", "n", "false"}, s) {
		return fmt.Errorf("answer yes or no, not %q", s)
	}
	return nil
}

// describe prompts for every field of a workload that is not set yet. A blank
// answer leaves a field open; a wrong one is asked again.
func describe(in *bufio.Reader, out io.Writer, l *lens.Lens, w *review.Workload, set func(flag string) bool) error {
	fmt.Fprintln(out, "Describe the workload. Enter leaves a question open for later.")
	for _, f := range fields() {
		if set(f.flag) || !f.asked(l) {
			continue
		}
		if f.known != nil {
			var options []string
			for i, id := range f.known(l) {
				options = append(options, fmt.Sprintf("%d\u00a0%s", i+1, id))
			}
			for _, line := range text.Wrap(strings.Join(options, ", "), 76) {
				fmt.Fprintf(out, "  %s\n", line)
			}
		}
		if err := f.prompt(in, out, l, w); err != nil {
			return err
		}
	}
	return nil
}

func (f field) prompt(in *bufio.Reader, out io.Writer, l *lens.Lens, w *review.Workload) error {
	hint := ""
	if f.many() {
		hint = " (numbers or words, with commas)"
	}
	for {
		fmt.Fprintf(out, "%s%s> ", f.ask, hint)
		line, end := in.ReadString('\n')
		line = tui.Clean(line)
		if line == "" && f.flag != "name" {
			return nil
		}
		if line != "" {
			values := []string{line}
			if f.many() {
				values = strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ' ' })
			}
			wrong := f.put(l, w, values)
			if wrong == nil {
				return nil
			}
			fmt.Fprintf(out, "  %v\n", wrong)
		}
		if end == nil {
			continue
		}
		if f.flag == "name" {
			return errors.New("the input ended before the workload had a name; nothing was written; set --name")
		}
		return nil // the rest stays open
	}
}
