package disk

import (
	"errors"
	"fmt"
	"io/fs"
)

// A step is one target on its way: its temporary file takes its place, and until
// all have, what was there is kept under another name.
type step struct {
	*target
	temp   string // its content; empty once it is renamed
	backup string // what was there; empty: nothing is kept
	placed bool
}

// A run is the steps of one call of WriteAll.
type run struct {
	o     Options
	steps []*step
}

// place gives the temporary file the name of the target.
func (s *step) place(several bool) error {
	if s.New {
		return s.placeNew()
	}
	if several && s.was != nil {
		backup := tempName(s.name)
		if s.folder.Link(s.name, backup) == nil { // not every file system can; back says so then
			s.backup = backup
		}
	}
	if err := s.folder.Rename(s.temp, s.name); err != nil {
		return err
	}
	s.temp, s.placed = "", true
	return nil
}

// placeNew does so where nothing may stand. A link, unlike a rename, never
// replaces anything; where the file system has none, the lock has to do.
func (s *step) placeNew() error {
	err := s.folder.Link(s.temp, s.name)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		if err = s.look(); err == nil {
			if err = s.folder.Rename(s.temp, s.name); err == nil {
				s.temp = ""
			}
		}
	}
	if errors.Is(err, fs.ErrExist) {
		return ErrExists
	}
	s.placed = err == nil
	return err
}

// back takes the steps back that were made, last first, and adds to the error what
// could not be.
func (r *run) back(err error) error {
	for i := len(r.steps) - 1; i >= 0; i-- {
		s := r.steps[i]
		if !s.placed {
			continue
		}
		var undone error
		switch {
		case s.backup != "":
			if undone = s.folder.Rename(s.backup, s.name); undone == nil {
				s.backup = ""
			}
		case s.was == nil:
			undone = s.folder.Remove(s.name)
		default:
			undone = errors.New("the file system keeps no second name for the old content")
		}
		if undone != nil {
			err = notUndone(err, s.shown, undone)
		}
	}
	return err
}

// notUndone adds to an error that a file was written before it and stays.
func notUndone(err error, path string, undone error) error {
	return fmt.Errorf("%w\n%s: was written all the same and could not be taken back: %w", err, Shown(path), reason(undone))
}

// clear removes what is left of the temporary files, and makes the renames last.
func (r *run) clear() {
	for _, s := range r.steps {
		for _, name := range []string{s.temp, s.backup} {
			if name != "" {
				s.discard(name, r.o)
			}
		}
		if s.placed {
			settle(s.folder, s.shown, r.o)
			for _, m := range s.made {
				settle(m.in, s.shown, r.o)
			}
		}
	}
}

// settle syncs a folder, so that a rename in it survives a power cut. The file is
// written, whatever comes of it.
func settle(folder Folder, shown string, o Options) {
	if err := folder.Sync(); err != nil && !cannotSync(err) {
		o.tell(fmt.Sprintf("%s: is written, but its folder could not be synced (%v): a power cut may bring the old content back", Shown(shown), reason(err)))
	}
}
