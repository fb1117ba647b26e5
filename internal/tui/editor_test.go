package tui

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSplitWindowsCommand(t *testing.T) {
	for command, want := range map[string][]string{
		"notepad":     {"notepad"},
		"code --wait": {"code", "--wait"},
		`"C:\Program Files\Notepad++\notepad++.exe" -multiInst -nosession`: {`C:\Program Files\Notepad++\notepad++.exe`, "-multiInst", "-nosession"},
		`  "C:\My Tools\edit.exe"`: {`C:\My Tools\edit.exe`},
		`"unclosed`:                {`"unclosed`},
		`"" x`:                     {`""`, "x"},
	} {
		assert.Equal(t, want, splitWindowsCommand(command), command)
	}
}
