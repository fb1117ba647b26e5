package tui

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/dates"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// errNoName is returned by Describe and Form.Run if the workload still has no name.
var errNoName = errors.New("the input ended before the workload had a name; nothing was written; set --name")

const describeIntro = "Enter keeps what is in brackets, or leaves it open for later. < goes back, ? explains, - removes an answer, . leaves the rest as it is."

// Describe asks line by line for the open fields of a workload, and repeats a prompt after
// an invalid answer. It calls onChange after each answer. today is YYYY-MM-DD.
func Describe(in *bufio.Reader, out io.Writer, l *lens.Lens, w *review.Workload, today string, onChange func()) error {
	d := describer{Line: Line{Session: &Session{Lens: l}, In: in, Out: out}, workload: w, today: today}
	d.message("Describe the workload. %s", describeIntro)
	fields := slices.DeleteFunc(review.WorkloadFields(), func(f review.WorkloadField) bool { return !f.Relevant(l) })
	back := false
	for i := 0; i < len(fields); i++ {
		if !back && len(fields[i].Values(w)) > 0 {
			continue
		}
		step := d.askField(fields[i])
		onChange()
		switch {
		case step == stepEnd && w.Name == "":
			return errNoName
		case step == stepEnd:
			return nil
		case step == stepBack:
			i = max(i-2, -1)
		}
		back = step == stepBack
	}
	return nil
}

type describer struct {
	Line
	workload *review.Workload
	today    string
}

// A describeStep says how to go on after a prompt.
type describeStep int

const (
	stepNext describeStep = iota
	stepBack
	stepEnd
)

// askField asks for one field until the answer is valid or the input ends.
func (d *describer) askField(f review.WorkloadField) describeStep {
	d.showOptions(f)
	for {
		line, err := d.ask(fieldPrompt(f, *d.workload, true) + "> ")
		if err != nil {
			return stepEnd
		}
		named := d.workload.Name != ""
		switch {
		case line == "<":
			return stepBack
		case line == "." && named:
			return stepEnd
		case line == "" && (named || !f.Required()):
			return stepNext
		case line == "?":
			d.explain(f)
			continue
		case line == "" || line == ".":
			line = noneWord // the error then says why it is needed
		}
		if err = setFromInput(f, d.Lens, d.workload, line, d.today); err == nil {
			return stepNext
		}
		d.printWrapped("  ", err.Error())
	}
}

// fieldPrompt is the prompt for a field, with its current value if sofar.
func fieldPrompt(f review.WorkloadField, w review.Workload, sofar bool) string {
	prompt := f.Prompt
	switch {
	case f.IsList():
		prompt += " (numbers or words, with commas)"
	case f.IsBool():
		prompt += " (yes, no)"
	case f.IsDate():
		prompt += " (31 Jan 2027, +3m, end of Q2)"
	}
	if now := f.Text(w); sofar && now != "" {
		prompt += " [" + text.Clean(now, false) + "]"
	}
	return prompt
}

// setFromInput sets a field to what was typed; a hyphen clears it.
func setFromInput(f review.WorkloadField, l *lens.Lens, w *review.Workload, typed, today string) error {
	values := []string{typed}
	switch {
	case typed == noneWord:
		values = nil
	case f.IsDate() && typed != review.Unknown:
		day, err := dates.Parse(typed, today)
		if err != nil {
			return err
		}
		values[0] = day
	case f.IsList():
		values = splitList(typed)
		if strings.EqualFold(typed, "all") && len(f.Terms(l)) > 0 {
			values = lens.TermIDs(f.Terms(l))
		}
	}
	return f.Set(l, w, values)
}

// splitList splits a list as people type it: 1,3 or 1 - 4 or mcu and mpu.
func splitList(typed string) []string {
	for _, dash := range []string{" - ", " – ", "–", " to "} {
		typed = strings.ReplaceAll(typed, dash, "-")
	}
	values := strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(",; ", r) })
	return slices.DeleteFunc(values, func(v string) bool { return v == "and" || v == "&" })
}

// termText is a value of a field with its name and its meaning.
func termText(t lens.Term) string {
	words := t.ID
	if t.Name != "" && !strings.EqualFold(t.Name, t.ID) {
		words += ", " + t.Name
	}
	return words + ": " + t.Description
}

// showOptions prints the values of a field, a line each.
func (d *describer) showOptions(f review.WorkloadField) {
	for i, t := range f.Terms(d.Lens) {
		d.printf("  %s", text.Truncate(fmt.Sprintf("%2d %s", i+1, text.Clean(termText(t), false)), lineWidth-2))
	}
}

// explain prints what a field is for and what its values mean.
func (d *describer) explain(f review.WorkloadField) {
	d.printWrapped("  ", f.Help+".")
	for i, t := range f.Terms(d.Lens) {
		d.printWrapped("  ", fmt.Sprintf("%d %s", i+1, termText(t)))
	}
}
