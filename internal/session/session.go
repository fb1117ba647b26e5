// Package session remembers, outside the review file, where a session of a review
// stopped, so that the next one goes on there. It is a convenience: errors are
// ignored, and a broken file counts as none.
package session

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/interview"
)

// A Store is a folder of places. The zero value remembers nothing.
type Store struct{ dir string }

// In is the store in a folder, which is made when it is needed.
func In(dir string) Store { return Store{dir} }

// User is the store in the user's cache folder.
func User() Store {
	dir, err := os.UserCacheDir()
	if err != nil {
		return Store{}
	}
	return In(filepath.Join(dir, "iotlens", "places"))
}

// Folder is a folder in the store; false where nothing is remembered.
func (s Store) Folder(name string) (string, bool) {
	return filepath.Join(s.dir, name), s.dir != ""
}

// A record is what a file of the store holds.
type record struct {
	Version int             `json:"version"`
	Review  string          `json:"review"` // absolute path
	Place   interview.Place `json:"place"`
}

const version = 1

// largest is how large a record may be, in bytes; it has a few hundred.
const largest = 1 << 16

// Get returns where the last session of a review file stopped; false where that
// is not known.
func (s Store) Get(review string) (interview.Place, bool) {
	path, file, ok := s.path(review)
	if !ok {
		return interview.Place{}, false
	}
	data, err := disk.Read(filepath.Join(s.dir, path), largest)
	var r record
	if err != nil || json.Unmarshal(data, &r) != nil || r.Version != version || r.Review != file {
		return interview.Place{}, false
	}
	return r.Place, true
}

// Put remembers where a session of a review file is.
func (s Store) Put(review string, p interview.Place) {
	path, file, ok := s.path(review)
	if !ok {
		return
	}
	if data, err := json.Marshal(record{Version: version, Review: file, Place: p}); err == nil {
		_ = disk.Write(disk.Options{Wait: time.Second}, disk.Output{Root: s.dir, Path: path, Data: data, Mode: 0o600})
	}
}

// path is where in the store the place of a review is kept, and the review's
// absolute path.
func (s Store) path(review string) (path, file string, ok bool) {
	if s.dir == "" {
		return "", "", false
	}
	file = disk.RealPath(review)
	sum := sha256.Sum256([]byte(file))
	return hex.EncodeToString(sum[:12]) + ".json", file, true
}

// A Keeper remembers the places of one review, and writes only what is new.
type Keeper struct {
	store  Store
	review string
	last   interview.Place
	kept   bool
}

// Keeper makes a keeper of a review file.
func (s Store) Keeper(review string) *Keeper { return &Keeper{store: s, review: review} }

// Keep remembers where a session is; call it after every move.
func (k *Keeper) Keep(p interview.Place) {
	if k.kept && k.last.Equal(p) {
		return
	}
	k.last, k.kept = p, true
	k.store.Put(k.review, p)
}
