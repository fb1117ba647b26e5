//go:build unix

package main

import (
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
)

// Screen is the text on the screen, line by line, without colours and
// without blanks at the ends of lines.
func (t *terminal) Screen() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text()
}

func (t *terminal) text() string {
	var b strings.Builder
	for y := range t.screen.Height() {
		var line strings.Builder
		for x := range t.screen.Width() {
			if c := t.screen.CellAt(x, y); c != nil && c.Width > 0 {
				line.WriteString(c.Content)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// Cells is a copy of the screen with its colours, row by row.
func (t *terminal) Cells() [][]uv.Cell {
	t.mu.Lock()
	defer t.mu.Unlock()
	rows := make([][]uv.Cell, t.screen.Height())
	for y := range rows {
		for x := range t.screen.Width() {
			c := uv.EmptyCell
			if at := t.screen.CellAt(x, y); at != nil {
				c = *at
			}
			rows[y] = append(rows[y], c)
		}
	}
	return rows
}

// AltScreen reports whether the program has taken the whole screen.
func (t *terminal) AltScreen() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.screen.IsAltScreen()
}

// Raw is every byte that the program wrote.
func (t *terminal) Raw() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]byte(nil), t.raw...)
}

// errEnded is returned by Wait where the program ended first.
var errEnded = errors.New("the program has ended")

// Wait waits until the screen is as wanted. The error shows the screen.
func (t *terminal) Wait(wanted func(screen string) bool) error {
	timeout := time.NewTimer(patience)
	defer timeout.Stop()
	for {
		t.mu.Lock()
		screen, change := t.text(), t.change
		t.mu.Unlock()
		if wanted(screen) {
			return nil
		}
		select {
		case <-change:
		case <-t.done:
			if wanted(t.Screen()) {
				return nil
			}
			return fmt.Errorf("%w; the screen was:\n%s", errEnded, t.Screen())
		case <-timeout.C:
			return fmt.Errorf("waited for %s; the screen is:\n%s", patience, t.Screen())
		}
	}
}

// Settle waits until nothing has been written for a while. It is for pictures
// and for writing goldens, never for comparing with them.
func (t *terminal) Settle(quiet time.Duration) {
	for {
		t.mu.Lock()
		change := t.change
		t.mu.Unlock()
		select {
		case <-change:
		case <-time.After(quiet):
			return
		}
	}
}

// Exit waits for the end of the program and returns its exit code.
func (t *terminal) Exit() (int, error) {
	select {
	case <-t.done:
	case <-time.After(patience):
		return 0, fmt.Errorf("the program has not ended after %s; the screen is:\n%s", patience, t.Screen())
	}
	var exit *exec.ExitError
	if errors.As(t.err, &exit) {
		return exit.ExitCode(), nil
	}
	return 0, t.err
}

// Kill ends the program at once, as kill -9 does, and waits for its end.
func (t *terminal) Kill() {
	_ = t.cmd.Process.Kill()
	<-t.done
}

// HangUp closes the terminal, as closing its window does.
func (t *terminal) HangUp() error { return t.tty.Close() }

// Close ends the program if it still runs, and frees the terminal.
func (t *terminal) Close() {
	_ = t.cmd.Process.Kill()
	_ = t.tty.Close() // ends the reading as well
	<-t.done
	if replies, ok := t.screen.InputPipe().(io.Closer); ok {
		_ = replies.Close()
	}
}
