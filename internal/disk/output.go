package disk

import (
	"io/fs"
	"time"
)

// An Output is one file to write.
type Output struct {
	// Path is the file. Where Below is empty, a person gave it: a symbolic link is
	// followed, and what exists and is no regular file is written directly.
	Path string
	// Below is the folder that holds a file whose name the program chose, which
	// Path gives from there. Folders in Path are made; no link in it is followed.
	Below string
	Data  []byte
	New   bool // refuse what exists (ErrExists)
	// Mode is that of a new file, before umask; 0 is 0666. Folders that are made
	// for it are as open as it is. A file that exists keeps mode and owner.
	Mode fs.FileMode
}

// Options are how a run writes.
type Options struct {
	Tell   func(string)  // takes what a person should know besides, a sentence without a full stop; nil: nobody
	Force  bool          // replace a read-only file
	Wait   time.Duration // how long to wait for a lock that somebody else has
	Holder Holder        // how others are told who has the lock
	NoLock bool          // for a file system without locks; then only one iotlens may write, and nothing is swept
}

func (o Options) tell(s string) {
	if o.Tell != nil {
		o.Tell(s)
	}
}

// Write replaces a file with new content, whole or not at all.
func Write(path string, data []byte) error {
	return WriteAll(Options{NoLock: true}, Output{Path: path, Data: data})
}

// New writes a read-only file, and refuses to where something exists. Missing
// folders are made.
func New(path string, data []byte) error {
	below, name := existing(path)
	return WriteAll(Options{NoLock: true}, Output{Below: below, Path: name, Data: data, New: true, Mode: 0o444})
}
