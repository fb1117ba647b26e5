package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/dates"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// A Form asks for the description of a workload on the full screen, one page a field. It
// accepts the same input as Describe.
type Form struct {
	Lens     *lens.Lens
	Workload *review.Workload // changed by the form
	OnChange func()           // called after each change
	Today    string           // YYYY-MM-DD

	Terminal
}

// Run shows the form from the first open field until the last one is answered or the user
// ends it. After Ctrl+C or Interrupt it returns ErrInterrupted; the workload has what was
// answered until then.
func (f *Form) Run() error {
	err := f.run(newFormModel(f))
	switch {
	case f.interrupted.Load():
		return ErrInterrupted
	case err != nil:
		return fmt.Errorf("the form: %w", err)
	case f.Workload.Name == "":
		return errNoName
	}
	return nil
}

// formModel is the state of a form.
type formModel struct {
	*Form
	display
	keyboard

	fields  []review.WorkloadField
	index   int // in fields
	input   input
	top     int // first visible line of the explanation
	message string
	cmd     tea.Cmd
}

func newFormModel(f *Form) *formModel {
	m := &formModel{
		Form: f, display: newDisplay(f.Theme),
		fields: slices.DeleteFunc(review.WorkloadFields(), func(w review.WorkloadField) bool { return !w.Relevant(f.Lens) && len(w.Values(f.Workload)) == 0 }),
	}
	open := slices.IndexFunc(m.fields, func(w review.WorkloadField) bool { return len(w.Values(f.Workload)) == 0 })
	m.goTo(max(open, 0))
	return m
}

// Init implements tea.Model.
func (m *formModel) Init() tea.Cmd {
	if m.Theme == ThemeAuto {
		return tea.RequestBackgroundColor
	}
	return nil
}

// Update implements tea.Model.
func (m *formModel) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.cmd = nil
	m.update(msg, m.Theme)
	switch msg := msg.(type) {
	case interruptMsg:
		m.cmd = tea.Quit
	case tea.PasteMsg:
		m.input.insert(msg.Content)
	case tea.KeyPressMsg:
		m.handleKey(m.toLatin(msg, true))
	}
	return m, m.cmd
}

func (m *formModel) handleKey(msg tea.KeyPressMsg) {
	m.message = ""
	switch msg.String() {
	case "ctrl+c":
		m.accept() // keep what was typed, if it is valid
		m.interrupted.Store(true)
		m.cmd = tea.Quit
	case "enter":
		m.enter()
	case "up", "shift+tab":
		m.stepField(-1)
	case "down":
		m.stepField(1)
	case "tab":
		if s := m.completion(); s != "" {
			m.input.replace(s)
		} else {
			m.stepField(1)
		}
	case "pgdown", "pgup":
		by := max(m.explanationHeight()-1, 1)
		if msg.String() == "pgup" {
			by = -by
		}
		m.top = min(max(m.top+by, 0), max(len(m.explanation())-m.explanationHeight(), 0))
	case "esc":
		m.finish()
	default:
		m.input.handleKey(msg)
	}
}

// enter runs what was typed: a command, as in Describe, or an answer.
func (m *formModel) enter() {
	switch cleanInput(m.input.Value()) {
	case "<":
		m.input.replace(m.answer())
		m.stepField(-1)
	case "?":
		m.input.replace(m.answer())
		m.message = "The page says what the field is for and what each value means."
	case ".":
		m.input.replace(m.answer())
		m.finish()
	default:
		if !m.accept() {
			return
		}
		if m.index+1 == len(m.fields) {
			m.finish()
			return
		}
		m.goTo(m.index + 1)
	}
}

// accept saves the answer that was typed; false if it is invalid.
func (m *formModel) accept() bool {
	typed := cleanInput(m.input.Value())
	if typed == "" {
		typed = noneWord
	}
	if typed == m.answer() {
		return true
	}
	was := m.answer()
	if err := setFromInput(m.field(), m.Lens, m.Workload, typed, m.Today); err != nil {
		m.message = err.Error()
		return false
	}
	if m.field().IsDate() && m.answer() != was {
		m.message = fmt.Sprintf("%s: %s (%s)", m.field().Flag, m.answer(), dates.Describe(m.answer(), m.Today))
	}
	m.OnChange()
	return true
}

// stepField accepts what was typed and goes to another field. It stays if that is invalid,
// but goes back from a required field that is empty.
func (m *formModel) stepField(by int) {
	empty := cleanInput(m.input.Value()) == "" && m.answer() == ""
	if to := m.index + by; to >= 0 && to < len(m.fields) && (empty && by < 0 || m.accept()) {
		m.goTo(to)
	}
}

func (m *formModel) goTo(at int) {
	m.index, m.top = at, 0
	m.input = newInput(m.answer(), false)
}

// finish ends the form, or goes to the name if the workload has none.
func (m *formModel) finish() {
	if !m.accept() {
		return
	}
	if m.Workload.Name != "" {
		m.cmd = tea.Quit
		return
	}
	m.goTo(slices.IndexFunc(m.fields, review.WorkloadField.Required))
	m.accept()
}

func (m *formModel) field() review.WorkloadField { return m.fields[m.index] }

// answer is the current value of the field.
func (m *formModel) answer() string { return m.field().Text(*m.Workload) }

// completion is what was typed, with its last word completed to a value of the field; empty
// if none fits.
func (m *formModel) completion() string {
	typed := m.input.Value()
	word := typed[strings.LastIndexAny(typed, ", ")+1:]
	var known []string
	for _, t := range m.field().Terms(m.Lens) {
		known = append(known, t.ID)
	}
	if m.field().IsBool() {
		known = []string{"yes", "no"}
	}
	for _, id := range known {
		if word != "" && len(id) > len(word) && hasPrefixFold(id, word) {
			return strings.TrimSuffix(typed, word) + id
		}
	}
	return ""
}
