// Package session stores where a session of a review stopped, outside the review file, so that
// the next one resumes there. This is a convenience: errors are ignored, and a broken file
// counts as missing.
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

// A Store is a folder with resume points. The zero value stores nothing.
type Store struct{ dir string }

// NewStore returns the store in a folder, which is created when needed.
func NewStore(dir string) Store { return Store{dir} }

// UserStore returns the store in the user's cache folder.
func UserStore() Store {
	dir, err := os.UserCacheDir()
	if err != nil {
		return Store{}
	}
	return NewStore(filepath.Join(dir, "iotlens", "places"))
}

// Folder returns the path of a folder in the store; false if the store stores nothing.
func (s Store) Folder(name string) (string, bool) {
	return filepath.Join(s.dir, name), s.dir != ""
}

// A storedRecord is the content of a file in the store.
type storedRecord struct {
	Version     int                   `json:"version"`
	Review      string                `json:"review"` // absolute path
	ResumePoint interview.ResumePoint `json:"place"`
}

const version = 1

// maxRecordSize limits the size of a record, in bytes. It usually has a few hundred.
const maxRecordSize = 1 << 16

// Get returns where the last session of a review file stopped; false if that is not known.
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

// Put stores where a session of a review file is.
func (s Store) Put(review string, p interview.ResumePoint) {
	path, file, ok := s.location(review)
	if !ok {
		return
	}
	if data, err := json.Marshal(storedRecord{Version: version, Review: file, ResumePoint: p}); err == nil {
		_ = disk.Write(disk.Options{Wait: time.Second}, disk.Output{Root: s.dir, Path: path, Data: data, Mode: 0o600})
	}
}

// location returns where in the store the resume point of a review file is, and the
// absolute path of the review.
func (s Store) location(review string) (path, file string, ok bool) {
	if s.dir == "" {
		return "", "", false
	}
	file = disk.RealPath(review)
	sum := sha256.Sum256([]byte(file))
	return hex.EncodeToString(sum[:12]) + ".json", file, true
}

// A Recorder stores the resume points of one review, if they changed.
type Recorder struct {
	store    Store
	review   string
	last     interview.ResumePoint
	recorded bool
}

// Recorder returns a recorder for a review file.
func (s Store) Recorder(review string) *Recorder { return &Recorder{store: s, review: review} }

// Record stores where a session is. Call it after every move.
func (r *Recorder) Record(p interview.ResumePoint) {
	if r.recorded && r.last.Equal(p) {
		return
	}
	r.last, r.recorded = p, true
	r.store.Put(r.review, p)
}
