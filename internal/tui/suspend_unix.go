//go:build unix

package tui

import (
	"os"

	"golang.org/x/sys/unix"
)

// canSuspend reports whether there is a shell to go back to. Without one, as in a
// container or a window that runs iotlens alone, the system drops the signal that
// would stop the program, and it would wait for ever to be continued.
func canSuspend() bool {
	own, err := unix.Getsid(0)
	parents, parentErr := unix.Getsid(os.Getppid())
	return err == nil && parentErr == nil && own == parents
}
