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

// NewStore is the store in a folder, which is made when it is needed.
func NewStore(dir string) Store { return Store{dir} }

// UserStore is the store in the user's cache folder.
func UserStore() Store {
	dir, err := os.UserCacheDir()
	if err != nil {
		return Store{}
	}
	return NewStore(filepath.Join(dir, "iotlens", "places"))
}

// Folder is a folder in the store; false where nothing is remembered.
func (s Store) Folder(name string) (string, bool) {
	return filepath.Join(s.dir, name), s.dir != ""
}

// A storedRecord is what a file of the store holds.
type storedRecord struct {
	Version     int                   `json:"version"`
	Review      string                `json:"review"` // absolute path
	ResumePoint interview.ResumePoint `json:"place"`
}

const version = 1

// maxRecordSize is how large a record may be, in bytes; it has a few hundred.
const maxRecordSize = 1 << 16

// Get returns where the last session of a review file stopped; false where that
// is not known.
func (s Store) Get(review string) (interview.ResumePoint, bool) {
	path, file, ok := s.location(review)
	if !ok {
		return interview.ResumePoint{}, false
	}
	data, err := disk.Read(filepath.Join(s.dir, path), maxRecordSize)
	var r storedRecord
	if err != nil || json.Unmarshal(data, &r) != nil || r.Version != version || r.Review != file {
		return interview.ResumePoint{}, false
	}
	return r.ResumePoint, true
}

// Put remembers where a session of a review file is.
func (s Store) Put(review string, p interview.ResumePoint) {
	path, file, ok := s.location(review)
	if !ok {
		return
	}
	if data, err := json.Marshal(storedRecord{Version: version, Review: file, ResumePoint: p}); err == nil {
		_ = disk.Write(disk.Options{Wait: time.Second}, disk.Output{Root: s.dir, Path: path, Data: data, Mode: 0o600})
	}
}

// location is where in the store the place of a review is kept, and the review's
// absolute path.
func (s Store) location(review string) (path, file string, ok bool) {
	if s.dir == "" {
		return "", "", false
	}
	file = disk.RealPath(review)
	sum := sha256.Sum256([]byte(file))
	return hex.EncodeToString(sum[:12]) + ".json", file, true
}

// A Recorder remembers the places of one review, and writes only what is new.
type Recorder struct {
	store    Store
	review   string
	last     interview.ResumePoint
	recorded bool
}

// Recorder makes a keeper of a review file.
func (s Store) Recorder(review string) *Recorder { return &Recorder{store: s, review: review} }

// Record remembers where a session is; call it after every move.
func (k *Recorder) Record(p interview.ResumePoint) {
	if k.recorded && k.last.Equal(p) {
		return
	}
	k.last, k.recorded = p, true
	k.store.Put(k.review, p)
}
