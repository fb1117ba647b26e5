//go:build unix

package tui

import (
	"os"

	"golang.org/x/sys/unix"
)

// canSuspend reports whether there is a shell to return to. Without one, as in a container
// or a terminal window that runs only iotlens, the system drops the signal that suspends the
// program, which would then wait for ever to be continued.
func canSuspend() bool {
	own, err := unix.Getsid(0)
	parents, parentErr := unix.Getsid(os.Getppid())
	return err == nil && parentErr == nil && own == parents
}
