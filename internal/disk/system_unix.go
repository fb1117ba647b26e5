//go:build unix

package disk

import (
	"io/fs"
	"syscall"
)

// nonblock opens a pipe or a device without waiting.
const nonblock = syscall.O_NONBLOCK

// owner returns the user and the group of a file, and its number of hard links.
func owner(info fs.FileInfo) (uid, gid, names int) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0, 1
	}
	return int(stat.Uid), int(stat.Gid), int(stat.Nlink)
}
