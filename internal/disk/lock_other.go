//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package disk

import "errors"

func (f osFile) TryLock() error { return errors.ErrUnsupported }

func noLocks(err error) bool { return errors.Is(err, errors.ErrUnsupported) }
