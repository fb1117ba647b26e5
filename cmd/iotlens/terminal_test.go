//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/containerd/console"
	"golang.org/x/sys/unix"
)

// patience is how long a wait lasts before it is given up. It bounds a test
// that fails; one that passes never waits for it.
const patience = 30 * time.Second

// A terminal is a program in a pseudo-terminal with an emulated screen behind it:
// for tests that read the screen as a person does, and for the pictures in the
// documentation.
//
// Nothing in it sleeps for a fixed time. A caller waits for what the screen
// shows, or for the program to end.
type terminal struct {
	cmd *exec.Cmd
	tty *os.File

	mu     sync.Mutex
	screen *vt.Emulator
	raw    []byte
	change chan struct{} // closed and replaced whenever the screen changes

	done chan struct{} // closed when the program has ended and all it wrote is on the screen
	err  error         // of the end
}

// startTerminal runs a program in a terminal of a size in columns and rows. Its
// environment is given in full; TERM is set to xterm-256color where it has none.
func startTerminal(cmd *exec.Cmd, cols, rows int) (*terminal, error) {
	if cmd.Env == nil {
		cmd.Env = []string{}
	}
	if !strings.Contains("\n"+strings.Join(cmd.Env, "\n"), "\nTERM=") {
		cmd.Env = append(cmd.Env, "TERM=xterm-256color")
	}
	tty, err := startOnTerminal(cmd, cols, rows)
	if err != nil {
		return nil, err
	}
	t := &terminal{cmd: cmd, tty: tty, screen: vt.NewEmulator(cols, rows), change: make(chan struct{}), done: make(chan struct{})}
	go t.answer()
	go t.watch()
	return t, nil
}

// startOnTerminal starts a program on a new pseudo-terminal, and returns the terminal's side
// of it.
func startOnTerminal(cmd *exec.Cmd, cols, rows int) (*os.File, error) {
	terminal, name, err := console.NewPty()
	if err != nil {
		return nil, err
	}
	defer func() { _ = terminal.Close() }()
	program, err := os.OpenFile(name, os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, err
	}
	defer func() { _ = program.Close() }()
	if err := terminal.Resize(console.WinSize{Width: uint16(cols), Height: uint16(rows)}); err != nil { //nolint:gosec // sizes of windows
		return nil, err
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = program, program, program
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	// The library's file blocks, so it cannot be closed while it is read.
	fd, err := unix.FcntlInt(terminal.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	if err := unix.SetNonblock(fd, true); err != nil {
		return nil, err
	}
	tty := os.NewFile(uintptr(fd), terminal.Name())
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, tty.Close())
	}
	return tty, nil
}

// answer sends what the terminal replies to questions, as a real one does. It
// keeps reading after the program has ended: the emulator would wait for it.
func (t *terminal) answer() {
	buf := make([]byte, 4<<10)
	for {
		n, err := t.screen.Read(buf)
		if err != nil {
			return
		}
		_, _ = t.tty.Write(buf[:n])
	}
}

func (t *terminal) watch() {
	buf := make([]byte, 64<<10)
	for {
		n, err := t.tty.Read(buf)
		if n > 0 {
			t.mu.Lock()
			t.raw = append(t.raw, buf[:n]...)
			_, _ = t.screen.Write(buf[:n])
			t.changed()
			t.mu.Unlock()
		}
		if err != nil {
			break
		}
	}
	t.err = t.cmd.Wait()
	t.mu.Lock()
	defer t.mu.Unlock()
	close(t.done)
	t.changed()
}

func (t *terminal) changed() {
	close(t.change)
	t.change = make(chan struct{})
}

// Type sends keys as the terminal sends them: letters as they are, others by
// their name in angle brackets, as in "n" and "<enter>". See terminalKeys.
func (t *terminal) Type(keys string) error {
	for name, code := range terminalKeys() {
		keys = strings.ReplaceAll(keys, "<"+name+">", code)
	}
	_, err := t.tty.WriteString(keys)
	return err
}

// terminalKeys lists the names of keys that Type knows, with what a terminal sends.
func terminalKeys() map[string]string {
	return map[string]string{
		"enter": "\r", "esc": "\x1b", "tab": "\t", "space": " ", "backspace": "\x7f",
		"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
		"home": "\x1b[H", "end": "\x1b[F", "pgup": "\x1b[5~", "pgdown": "\x1b[6~",
		"shift+tab": "\x1b[Z", "ctrl+c": "\x03", "ctrl+e": "\x05", "ctrl+u": "\x15", "ctrl+v": "\x16", "ctrl+z": "\x1a",
	}
}

// Click presses and releases the left button at a cell, counted from 0.
func (t *terminal) Click(x, y int) error {
	return t.Type(fmt.Sprintf("\x1b[<0;%d;%dM\x1b[<0;%d;%dm", x+1, y+1, x+1, y+1))
}

// Wheel turns the wheel by one notch at a cell.
func (t *terminal) Wheel(x, y int, down bool) error {
	button := 64
	if down {
		button = 65
	}
	return t.Type(fmt.Sprintf("\x1b[<%d;%d;%dM", button, x+1, y+1))
}

// Resize changes the size of the window.
func (t *terminal) Resize(cols, rows int) error {
	t.mu.Lock()
	t.screen.Resize(cols, rows)
	t.mu.Unlock()
	conn, err := t.tty.SyscallConn()
	if err != nil {
		return err
	}
	var set error
	err = conn.Control(func(fd uintptr) {
		set = unix.IoctlSetWinsize(int(fd), unix.TIOCSWINSZ, &unix.Winsize{Col: uint16(cols), Row: uint16(rows)}) //nolint:gosec // sizes of windows
	})
	return errors.Join(err, set)
}

// Signal sends the program a signal.
func (t *terminal) Signal(s os.Signal) error { return t.cmd.Process.Signal(s) }

// Pid is the process id of the program.
func (t *terminal) Pid() int { return t.cmd.Process.Pid }
