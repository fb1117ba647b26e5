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

// A Form describes a workload on the whole terminal, a page for each field. What is
// typed is what Describe understands line by line.
type Form struct {
	Lens     *lens.Lens
	Workload *review.Workload // is changed
	OnChange func()           // called after each field
	Today    string           // YYYY-MM-DD

	Terminal
}

// Run shows the form, beginning at the first field that is open, until the last one is
// answered or the user has had enough. Ctrl+C and Interrupt end it with ErrInterrupted;
// what was answered is in the workload then, too.
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
	index   int // of fields
	input   input
	top     int // the first line of the explanation that is seen
	message string
	cmd     tea.Cmd
}

func newFormModel(f *Form) *formModel {
	m := &formModel{
		Form: f, display: newDisplay(f.Theme),
		fields: slices.DeleteFunc(review.WorkloadFields(), func(w review.WorkloadField) bool { return !w.Relevant(f.Lens) && len(w.Values(*f.Workload)) == 0 }),
	}
	open := slices.IndexFunc(m.fields, func(w review.WorkloadField) bool { return len(w.Values(*f.Workload)) == 0 })
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
	m.display.update(msg, m.Theme)
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
		m.accept() // what is on the line, where it is an answer
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

// enter obeys a line as the prompts do.
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

// accept takes the answer on the line; false where it is none.
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

// stepField goes to another field with the answer on the line. What is no answer stays on
// the line, unless there is no answer at all.
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

// finish ends the form; without a name it goes there.
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

// answer is the answer to the field so far.
func (m *formModel) answer() string { return m.field().Text(*m.Workload) }

// completion is what is typed with its last word completed to a value of the field;
// empty where nothing fits.
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
