package tui

import (
	"errors"
	"os/exec"
	"runtime"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/text"
)

// editedMsg is the end of an editor.
type editedMsg struct {
	text string
	err  error
	done func(string) (tea.Cmd, error)
}

// edit gives a text to the user's editor: $VISUAL, else $EDITOR, else vi. As git
// does, it lets the shell read the setting, so that it may hold arguments.
func (m *model) edit(value string, done func(string) (tea.Cmd, error)) tea.Cmd {
	path, remove, err := disk.Scratch("iotlens-*.txt", []byte(value))
	if err != nil {
		m.tell("The editor could not be started: %v", err)
		return nil
	}
	m.editing.Store(true)
	return tea.ExecProcess(editor(m.editorName(), path), func(err error) tea.Msg {
		m.editing.Store(false)
		data, readErr := disk.Read(path, largestText)
		remove()
		return editedMsg{string(data), errors.Join(err, readErr), done}
	})
}

// largestText is how long a text may be that comes from an editor, in bytes. A file
// of the review takes less.
const largestText = 8 << 20

func (m *model) editorName() string {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		for _, e := range m.Env {
			if value, ok := strings.CutPrefix(e, name+"="); ok && strings.TrimSpace(value) != "" {
				return value
			}
		}
	}
	if runtime.GOOS == "windows" {
		return "notepad"
	}
	return "vi"
}

func editor(name, file string) *exec.Cmd {
	if runtime.GOOS == "windows" {
		words := strings.Fields(name)
		return exec.Command(words[0], append(words[1:], file)...)
	}
	// An interrupt is the editor's; the shell waits for it.
	return exec.Command("sh", "-c", "trap : INT; "+name+` "$@"`, name, file)
}

// edited takes the text over. A text that the review refuses is left as it was
// before the editor.
func (m *model) edited(msg editedMsg) tea.Cmd {
	if msg.err != nil {
		m.tell("The editor ended with an error, so the text was left as it was: %s", text.Clean(msg.err.Error(), false))
		return nil
	}
	m.prompt = nil
	cmd, err := msg.done(Clean(msg.text))
	if err != nil {
		m.tell("%v", err)
	}
	return cmd
}
