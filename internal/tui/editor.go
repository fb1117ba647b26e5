package tui

import (
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/text"
)

// editorDoneMsg is sent when the user's editor ends.
type editorDoneMsg struct {
	text string
	err  error
	of   *prompt
}

// openEditor opens the text of a prompt in the user's editor: $VISUAL, else $EDITOR, else
// vi. Like git, it has the shell run the setting, which may have arguments.
func (m *model) openEditor(p *prompt, value string) {
	path, remove, err := disk.WriteTemp("iotlens-*.txt", []byte(value))
	if err != nil {
		m.report("The editor could not be started: %v", err)
		return
	}
	m.editing.Store(true)
	name, from := m.editorName()
	m.queue(tea.ExecProcess(editorCommand(name, path), func(err error) tea.Msg {
		m.editing.Store(false)
		err = editorError(name, from, err)
		data, readErr := disk.Read(path, maxEditorBytes)
		remove()
		return editorDoneMsg{text: string(data), err: errors.Join(err, readErr), of: p}
	}))
}

// maxEditorBytes limits the file that is read back from an editor, to more than a review
// file may have.
const maxEditorBytes = 8 << 20

// exitNotFound is the exit code of a shell that doesn't find the command.
const exitNotFound = 127

// editorError explains the error of an editor. If the editor doesn't exist, it says what to
// set.
func editorError(name, from string, err error) error {
	exit := (*exec.ExitError)(nil)
	missing := errors.Is(err, exec.ErrNotFound) || errors.As(err, &exit) && exit.ExitCode() == exitNotFound
	switch {
	case err == nil:
		return nil
	case !missing:
		return fmt.Errorf("the editor ended with an error: %w", err)
	}
	return fmt.Errorf("the editor %q (%s) was not found; set VISUAL or EDITOR to one that is installed, such as EDITOR=nano", name, from)
}

// editorName returns the command of the editor, and where it is set.
func (m *model) editorName() (name, from string) {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		for _, e := range m.Env {
			if value, ok := strings.CutPrefix(e, name+"="); ok && strings.TrimSpace(value) != "" {
				return value, "from " + name
			}
		}
	}
	if runtime.GOOS == "windows" {
		return "notepad", byDefault
	}
	return "vi", byDefault
}

const byDefault = "as neither VISUAL nor EDITOR is set"

func editorCommand(name, file string) *exec.Cmd {
	if runtime.GOOS == "windows" {
		words := splitWindowsCommand(name)
		return exec.Command(words[0], append(words[1:], file)...)
	}
	// The editor handles an interrupt; the shell must not end before it.
	return exec.Command("sh", "-c", "trap : INT; "+name+` "$@"`, name, file)
}

// splitWindowsCommand splits a command into words. The path of the program may be in
// quotes.
func splitWindowsCommand(command string) []string {
	if quoted, ok := strings.CutPrefix(strings.TrimSpace(command), `"`); ok {
		if program, rest, closed := strings.Cut(quoted, `"`); closed && program != "" {
			return append([]string{program}, strings.Fields(rest)...)
		}
	}
	return strings.Fields(command)
}

// handleEditorDone submits the text of the editor. If it is refused, it stays in the prompt.
func (m *model) handleEditorDone(msg editorDoneMsg) {
	if msg.err != nil {
		m.report("The text was left as it was: %s", text.Clean(msg.err.Error(), false))
		return
	}
	if err := m.submit(msg.of, cleanInput(msg.text)); err != nil {
		msg.of.input.replace(cleanInput(msg.text))
		m.report("%v", err)
		return
	}
	if m.prompt == msg.of {
		m.prompt = nil
	}
}
