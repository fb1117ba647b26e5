package disk

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"strings"
)

// Beside NAME, a temporary file is .NAME.<16 hex digits>.iotlens-tmp, and the lock
// file .NAME.iotlens-lock: the file itself is replaced by every write.
const (
	tempSuffix = ".iotlens-tmp"
	lockSuffix = ".iotlens-lock"
	tempRandom = 16
	// The longest name that file systems take has 255 bytes.
	longestStem = 255 - len(".") - len(".") - tempRandom - len(tempSuffix)
)

// stem is the name of a file as its lock file and its temporary files have it: of
// a very long one the beginning and a hash.
func stem(name string) string {
	if len(name) <= longestStem {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	return strings.ToValidUTF8(name[:longestStem-17], "") + "-" + hex.EncodeToString(sum[:8])
}

func tempName(name string) string {
	return fmt.Sprintf(".%s.%0*x%s", stem(name), tempRandom, rand.Uint64(), tempSuffix)
}

// stemOf is the stem of which a file is a temporary one.
func stemOf(temp string) (stem string, ok bool) {
	s, ours := strings.CutSuffix(temp, tempSuffix)
	at := len(s) - tempRandom
	if !ours || at < 3 || s[0] != '.' || s[at-1] != '.' || strings.Trim(s[at:], "0123456789abcdef") != "" {
		return "", false
	}
	return s[1 : at-1], true
}

// write writes the data of a target to a new temporary file in its folder and
// returns its name. The file is synced, and has the mode and owner that the target
// is to have.
func (t *target) write(o Options) (temp string, err error) {
	temp = tempName(t.name)
	mode := t.mode()
	if t.was != nil {
		mode = 0o600 // until it belongs to whom it should
	}
	f, err := t.folder.Open(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return "", err
	}
	_, err = f.Write(t.Data)
	if err == nil && t.was != nil {
		err = keep(f, t.was, t.shown, o)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		t.discard(temp, o)
		return "", err
	}
	return temp, nil
}

func (t *target) discard(temp string, o Options) {
	if err := t.folder.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		o.tell(fmt.Sprintf("%s: the temporary file %s is left beside it: %v", Shown(t.shown), Shown(temp), reason(err)))
	}
}

// keep gives a file the owner and the mode of the one that it replaces. Where the
// group can't be kept, another one gets no more than everybody had.
func keep(f File, was fs.FileInfo, shown string, o Options) error {
	mode := was.Mode().Perm()
	if uid, gid, ok := owner(was); ok {
		now, err := f.Stat()
		if err != nil {
			return err
		}
		if u, g, _ := owner(now); u != uid || g != gid {
			if f.Chown(uid, gid) != nil {
				o.tell(fmt.Sprintf("%s: its owner could not be kept", Shown(shown)))
				if f.Chown(-1, gid) != nil {
					mode = mode&^0o070 | mode&0o007<<3
				}
			}
		}
	}
	return f.Chmod(mode)
}

// sweep removes what killed runs left behind in a folder: temporary files and
// folders, and lock files. locked is the stem that this run has locked; what
// belongs to another one is removed if nobody is writing that.
func sweep(folder Folder, locked string) {
	entries, err := folder.ReadDir()
	if err != nil {
		return
	}
	left := map[string][]string{} // by stem
	for _, e := range entries {
		if stem, ok := stemOf(e.Name()); ok && (e.Type().IsRegular() || e.IsDir()) {
			left[stem] = append(left[stem], e.Name())
		} else if stem, ok := strings.CutSuffix(e.Name(), lockSuffix); ok && e.Type().IsRegular() && len(stem) > 1 && stem[0] == '.' {
			left[stem[1:]] = append(left[stem[1:]], "")
		}
	}
	for stem, temps := range left {
		var l *lock
		if stem != locked {
			if l, err = acquire(folder, stem, "", Options{}); err != nil {
				continue
			}
		}
		for _, name := range temps {
			if name != "" {
				_ = folder.RemoveAll(name)
			}
		}
		l.release()
	}
}
