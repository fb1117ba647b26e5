package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// A Lock is a file that this process alone may write, until Close.
type Lock struct {
	o      Options
	target *target
	lock   *lock
	seen   fs.FileInfo // the file as it was read; nil: it wasn't
}

// Acquire locks a file that a person named, which need not exist. It waits for
// another writer as long as Options.Wait says, and returns a *LockedError then.
func Acquire(path string, o Options) (*Lock, error) {
	t, err := find(Output{Path: path})
	if err != nil {
		return nil, err
	}
	if t.direct() {
		return nil, NotWritten(t.shown, refusal("is not a regular file, so it cannot be changed in place"))
	}
	l := &Lock{o: o, target: t}
	if l.lock, err = acquire(t.folder, stem(t.name), t.shown, o); err != nil {
		t.close()
		return nil, err
	}
	if l.lock != nil {
		sweep(t.folder, stem(t.name))
	}
	if err := t.look(); err != nil {
		l.Close()
		return nil, NotWritten(t.shown, err)
	}
	return l, nil
}

// Read reads the locked file. The error is fs.ErrNotExist where there is none.
func (l *Lock) Read(limit int64) (Input, error) {
	t := l.target
	if err := t.look(); err != nil {
		return Input{}, notRead(t.shown, err)
	}
	if l.seen = t.was; t.was == nil {
		return Input{}, fmt.Errorf("%s: no such file%w", Shown(t.shown), silent{fs.ErrNotExist})
	}
	f, err := t.folder.Open(t.name, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return Input{}, notRead(t.shown, err)
	}
	opened, err := f.Stat()
	if err == nil && !os.SameFile(t.was, opened) {
		err = ErrChanged
	}
	var in Input
	if err == nil {
		in, err = readAll(f, limit)
	}
	_ = f.Close() // all was read
	if err != nil {
		return Input{}, notRead(t.shown, err)
	}
	return in, nil
}

// Mode is the permissions of the locked file; 0 where there is none.
func (l *Lock) Mode() fs.FileMode {
	if l.target.was == nil {
		return 0
	}
	return l.target.was.Mode().Perm()
}

// Write replaces the locked file, if no other program changed it since Read
// (ErrChanged). before are outputs that belong to it and take their places first:
// all of them or none.
func (l *Lock) Write(data []byte, before ...Output) (err error) {
	var targets []*target
	defer func() { finish(targets, err) }()
	for _, out := range before {
		t, err := find(out)
		if err != nil {
			return err
		}
		targets = append(targets, t)
	}
	locks, err := lockAll(targets, l.o)
	defer func() {
		for _, held := range locks {
			held.release()
		}
	}()
	if err != nil {
		return err
	}
	if err := l.target.look(); err != nil {
		return NotWritten(l.target.shown, err)
	}
	if changed(l.seen, l.target.was) {
		return NotWritten(l.target.shown, ErrChanged)
	}
	own := *l.target
	own.Data, own.New = data, own.was == nil
	l.seen = nil
	return replace(append(targets, &own), l.o)
}

// changed tells whether a file is not the one that was read.
func changed(seen, now fs.FileInfo) bool {
	if seen == nil {
		return false
	}
	return now == nil || !os.SameFile(seen, now) || seen.Size() != now.Size() || !seen.ModTime().Equal(now.ModTime())
}

// Close lets other writers in again.
func (l *Lock) Close() {
	l.lock.release()
	l.target.close()
}

// Update reads a file, lets change make new content of it and replaces it, all
// under its lock, so that of two updates at once none is lost. Where change
// returns an error or what is there already, nothing is written. limit is that of
// Read. A file that does not exist comes as nil.
func Update(path string, limit int64, o Options, change func(now Input) ([]byte, error)) error {
	l, err := Acquire(path, o)
	if err != nil {
		return err
	}
	defer l.Close()
	now, err := l.Read(limit)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	data, err := change(now)
	if err != nil {
		return err
	}
	if data = now.Like(data); l.target.was != nil && bytes.Equal(data, now.Raw()) {
		return nil
	}
	return l.Write(data)
}
