package disk

import (
	"os"

	"golang.org/x/sys/windows"
)

// tryLock locks the first byte of a file, or returns errBusy if it is locked. On Windows a
// lock also prevents reading, so the holder is stored after that byte.
func tryLock(f *os.File) error {
	conn, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var locked error
	if err := conn.Control(func(fd uintptr) {
		const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
		locked = windows.LockFileEx(windows.Handle(fd), flags, 0, 1, 0, &windows.Overlapped{})
	}); err != nil {
		return err
	}
	if isErrno(locked, windows.ERROR_LOCK_VIOLATION, windows.ERROR_IO_PENDING) {
		return errBusy
	}
	return locked
}

func isLockUnsupported(err error) bool {
	return isErrno(err, windows.ERROR_NOT_SUPPORTED, windows.ERROR_CALL_NOT_IMPLEMENTED, windows.ERROR_INVALID_FUNCTION)
}
