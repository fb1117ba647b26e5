//go:build linux && (amd64 || arm64)

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/iotlens/iotlens/internal/report"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// sandboxed names, in the environment of this test binary, a program to be run without
// sockets: the kernel kills it at its first socket(2). That needs no privilege,
// neither ptrace nor a network namespace of its own, and works in containers.
const sandboxed = "TEST_SANDBOXED_PROGRAM"

// openASocket is the program that proves that the sandbox works.
const openASocket = "open a socket"

func init() {
	program := os.Getenv(sandboxed)
	if program == "" {
		return
	}
	runtime.LockOSThread() // the filter is the thread's, and exec takes it along
	err := denySockets()
	if err == nil && program == openASocket {
		_, err = unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
		fmt.Println("a socket was opened")
	} else if err == nil {
		_ = os.Unsetenv(sandboxed)
		err = syscall.Exec(program, append([]string{filepath.Base(program)}, os.Args[1:]...), os.Environ())
	}
	fmt.Fprintln(os.Stderr, "cannot run a program without sockets:", err)
	os.Exit(99)
}

// denySockets has the kernel kill this process where it asks for a socket or for an
// io_uring, which can open one. Source: seccomp(2).
func denySockets() error {
	arch := map[string]uint32{"amd64": unix.AUDIT_ARCH_X86_64, "arm64": unix.AUDIT_ARCH_AARCH64}[runtime.GOARCH]
	const number, architecture = 0, 4 // offsets in struct seccomp_data
	load := func(offset uint32) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: offset}
	}
	skipUnless := func(value uint32, equal, other uint8) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: value, Jt: equal, Jf: other}
	}
	end := func(action uint32) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: action}
	}
	filter := []unix.SockFilter{
		load(architecture),
		skipUnless(arch, 0, 3), // calls of another architecture have other numbers
		load(number),
		skipUnless(unix.SYS_SOCKET, 1, 0),
		skipUnless(unix.SYS_IO_URING_SETUP, 0, 1),
		end(unix.SECCOMP_RET_KILL_PROCESS),
		end(unix.SECCOMP_RET_ALLOW),
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("prctl(PR_SET_NO_NEW_PRIVS): %w", err)
	}
	program := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	if err := unix.Prctl(unix.PR_SET_SECCOMP, unix.SECCOMP_MODE_FILTER, uintptr(unsafe.Pointer(&program)), 0, 0); err != nil {
		return fmt.Errorf("prctl(PR_SET_SECCOMP), the kernel or the container has no seccomp filters: %w", err)
	}
	return nil
}

// runSandboxed runs a program without sockets and returns how it ended and all that it
// wrote.
func runSandboxed(t *testing.T, program, stdin string, args ...string) (*os.ProcessState, string) {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), sandboxed+"="+program)
	cmd.Stdin = strings.NewReader(stdin)
	out, _ := cmd.CombinedOutput()
	require.NotNil(t, cmd.ProcessState)
	require.NotEqual(t, 99, cmd.ProcessState.ExitCode(), string(out))
	return cmd.ProcessState, string(out)
}

// No command opens a socket, whatever the libraries link.
func TestNoCommandOpensASocket(t *testing.T) {
	t.Parallel()
	state, out := runSandboxed(t, openASocket, "")
	status, ok := state.Sys().(syscall.WaitStatus)
	require.True(t, ok)
	require.True(t, status.Signaled() && status.Signal() == syscall.SIGSYS, "the sandbox lets a socket through: %s %s", state, out)

	iotlens, err := exec.LookPath("iotlens")
	require.NoError(t, err)
	review := "../../testdata/reviews/smart-factory.review.yaml"
	copied := filepath.Join(t.TempDir(), "plant.review.yaml")
	data, err := os.ReadFile(review)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(copied, data, 0o644))
	lenses, err := filepath.Glob("../../testdata/lenses/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, lenses)
	dir := t.TempDir()

	type run struct {
		stdin string
		exit  int
		args  []string
	}
	runs := []run{
		{"", 0, []string{"version"}},
		{"", 0, []string{"--help"}},
		{"", 0, []string{"explain", "IOTSEC05-BP01"}},
		{"", 0, []string{"lens", "list"}},
		{"", 0, []string{"lens", "show", "IOTSEC05"}},
		{"", 0, []string{"lens", "search", "certificate"}},
		{"", 0, []string{"lens", "validate"}},
		{"", 0, []string{"lens", "export", "-o", filepath.Join(dir, "lens.json")}},
		{"", 0, []string{"lens", "lint", filepath.Join(dir, "lens.json")}},
		{"", 0, []string{"lens", "import", lenses[0], "-o", filepath.Join(dir, "bank")}},
		{"", 1, []string{"gate", review, "--today", "2026-11-24", "--explain"}},
		{"", 0, []string{"gate", review, "--today", "2026-11-24", "--baseline", copied, "-f", "json"}},
		{"", 0, []string{"diff", review, copied}},
		{"", 0, []string{"recap", review, "--today", "2026-11-24"}},
		{"", 0, []string{"runsheet", review}},
		{"", 0, []string{"export", review, "--to", "wa-answers", "-o", filepath.Join(dir, "answers")}},
		{"", 0, []string{"init", filepath.Join(dir, "new.review.yaml"), "--name", "Plant"}},
		{"", 0, []string{"answer", copied, "IOTSEC05-BP01", "implemented"}},
		{"1\n2\nq\n", 0, []string{"review", copied, "--plain"}},
		{"", 0, []string{"milestone", copied, "Today"}},
		{"", 0, []string{"trend", copied}},
		{"", 0, []string{"profile", copied, "--moves", "no"}},
		{"", 0, []string{"waive", copied, "IOTSEC01-BP01", "--owner", "Marta", "--approver", "Ben", "--reason", "spare", "--expires", "+30d"}},
		{"", 0, []string{"export", copied, "--to", "jira-csv"}},
		{"", 0, []string{"report", copied, "-f", "xlsx=" + filepath.Join(dir, "plant.xlsx")}},
		{"", 0, []string{"import", copied, filepath.Join(dir, "plant.xlsx"), "--yes"}},
		{"", 0, []string{"merge", review, review, copied, "-o", filepath.Join(dir, "merged.review.yaml")}},
		{"", 0, []string{"upgrade", copied}},
		{"", 0, []string{"completion", "bash"}},
	}
	for _, f := range report.Formats() {
		runs = append(runs, run{"", 0, []string{"report", review, "--today", "2026-11-24", "-f", f.Name}})
	}
	for _, r := range runs {
		state, out := runSandboxed(t, iotlens, r.stdin, r.args...)
		assert.Equal(t, r.exit, state.ExitCode(), "%v ended with %s (bad system call: it asked for a socket)\n%.600s", r.args, state, out)
	}
}
