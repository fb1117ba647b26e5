//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package disk

import (
	"errors"
	"os"
)

func tryLock(*os.File) error { return errors.ErrUnsupported }

func isLockUnsupported(err error) bool { return errors.Is(err, errors.ErrUnsupported) }
