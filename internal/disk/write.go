package disk

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
)

// WriteAll writes several outputs as one: all of them are complete beside their
// targets before the first takes its place. Where an error is returned, the files
// are as they were, or the error names those that are not. What cannot be taken
// back (a pipe, /dev/stdout) is written after the temporary files and before the
// first rename.
func WriteAll(o Options, outs ...Output) (err error) {
	var targets []*target
	defer func() { finish(targets, err) }()
	for _, out := range outs {
		t, err := find(out)
		if err != nil {
			return err
		}
		targets = append(targets, t)
	}
	locks, err := lockAll(targets, o)
	defer func() {
		for _, l := range locks {
			l.release()
		}
	}()
	if err != nil {
		return err
	}
	return replace(targets, o)
}

// finish closes targets, and removes the folders that were made for them in vain.
func finish(targets []*target, err error) {
	for _, t := range targets {
		if err != nil {
			t.undo()
		}
		t.close()
	}
}

// lockAll locks the targets, in one order for every run, so that two never wait
// for each other. A file system without locks is no reason not to write an output.
func lockAll(targets []*target, o Options) (locks []*lock, err error) {
	sorted := slices.DeleteFunc(slices.Clone(targets), (*target).direct)
	slices.SortFunc(sorted, func(a, b *target) int { return cmp.Compare(a.real, b.real) })
	for i, t := range sorted {
		if i > 0 && sorted[i-1].real == t.real {
			return locks, fmt.Errorf("%s: two outputs go to this file; nothing was written", Shown(t.shown))
		}
		l, err := acquire(t.folder, stem(t.name), t.shown, o)
		if errors.Is(err, ErrNoLocks) {
			continue
		}
		if err != nil {
			return locks, err
		}
		if l != nil {
			locks = append(locks, l)
			sweep(t.folder, stem(t.name))
		}
		if err := t.look(); err != nil { // what stood there may have been replaced while this waited
			return locks, NotWritten(t.shown, err)
		}
	}
	return locks, nil
}

// replace writes targets, of which all that can be are locked.
func replace(targets []*target, o Options) (err error) {
	for _, t := range targets {
		if err := t.allowed(o); err != nil {
			return NotWritten(t.shown, err)
		}
	}
	r := run{o: o}
	defer func() {
		if err != nil {
			err = r.back(err)
		}
		r.clear()
	}()
	for _, t := range targets {
		if t.direct() {
			continue
		}
		temp, err := t.write(o)
		if err != nil {
			return NotWritten(t.shown, err)
		}
		r.steps = append(r.steps, &step{target: t, temp: temp})
	}
	for _, t := range targets {
		if t.direct() {
			if err := t.stream(); err != nil {
				return NotWritten(t.shown, err)
			}
		}
	}
	for _, s := range r.steps {
		if err := s.place(len(r.steps) > 1); err != nil {
			return NotWritten(s.shown, err)
		}
	}
	return nil
}

// allowed tells what a person should know before a file is replaced, or refuses.
func (t *target) allowed(o Options) error {
	switch {
	case t.was == nil:
		return nil
	case t.was.Mode()&0o200 == 0 && !o.Force:
		return fmt.Errorf("%w; to allow it: chmod u+w %s", ErrReadOnly, Quoted(t.shown))
	case t.was.Mode()&0o200 == 0:
		o.tell(fmt.Sprintf("%s: is read-only and is replaced all the same", Shown(t.shown)))
	}
	if n := names(t.was); n > 1 {
		o.tell(fmt.Sprintf("%s: has %d names (hard links); the others keep the old content", Shown(t.shown), n))
	}
	return nil
}

// stream writes to what exists and is no regular file.
func (t *target) stream() (err error) {
	f, err := t.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err = f.Write(t.Data); ended(err) {
		return ErrClosed
	}
	return err
}

func (t *target) open() (File, error) {
	if n, ok := descriptor(t.Path); ok {
		return system.Descriptor(n)
	}
	f, err := system.Open(t.Path, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && info.Mode().IsRegular() {
		err = refusal("was replaced while it was opened")
	} else if err == nil {
		err = writable(info)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}
