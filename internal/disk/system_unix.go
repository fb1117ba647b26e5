//go:build unix

package disk

import (
	"io/fs"
	"syscall"
)

// nonblock keeps the opening of a pipe or a device from waiting.
const nonblock = syscall.O_NONBLOCK

// owner returns the user and the group of a file, and how many names (hard links)
// it has.
func owner(info fs.FileInfo) (uid, gid, names int) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0, 1
	}
	return int(stat.Uid), int(stat.Gid), int(stat.Nlink)
}
