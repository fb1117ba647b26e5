//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package disk

import (
	"os"
	"syscall"
)

// tryLock locks a file, or returns errBusy if it is locked.
func tryLock(f *os.File) error {
	conn, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var locked error
	if err := conn.Control(func(fd uintptr) { locked = syscall.Flock(int(fd), syscall.LOCK_EX|syscall.LOCK_NB) }); err != nil {
		return err
	}
	if isErrno(locked, syscall.EWOULDBLOCK) {
		return errBusy
	}
	return locked
}

// isLockUnsupported reports whether an error of tryLock means that the file system has no
// locks. NFS returns ENOLCK if no lock service runs.
func isLockUnsupported(err error) bool {
	return isErrno(err, syscall.ENOLCK, syscall.ENOTSUP, syscall.EOPNOTSUPP, syscall.ENOSYS)
}
