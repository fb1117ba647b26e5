package disk

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// A Holder is who has a lock. Others are told.
type Holder struct {
	Name  string `json:"name,omitempty"`  // of a person; may be unknown
	Since string `json:"since,omitempty"` // as people read it
	Host  string `json:"host,omitempty"`  // the computer; set by this package
	PID   int    `json:"pid,omitempty"`   // the process there; set by this package
}

// String is one line of printable text, as anybody can write a lock file. It may
// be empty.
func (h Holder) String() string {
	s := h.Name
	if h.Since != "" {
		s = strings.TrimSpace(s + " since " + h.Since)
	}
	if h.PID > 0 {
		s = strings.TrimSpace(fmt.Sprintf("%s (process %d on %s)", s, h.PID, h.Host))
	}
	return text.Log(text.Clean(s, false))
}

// The record of the holder begins behind the first byte, which is the one that
// the lock of Windows covers, and has a fixed length, so that nothing of an older
// one is left.
const (
	recordAt   = 1
	recordSize = 1024
)

// write writes the record into a lock file that this process has locked. That it
// can't be written is no reason not to work.
func (h Holder) write(f File) {
	h.PID = os.Getpid()
	h.Host, _ = os.Hostname()
	data, err := json.Marshal(h)
	if err != nil || len(data) > recordSize-1 {
		return
	}
	_, _ = f.WriteAt(fmt.Appendf(nil, "%-*s\n", recordSize-1, data), recordAt)
}

// holder reads who has a lock; nothing where that can't be told.
func holder(f File) Holder {
	var h Holder
	data, err := io.ReadAll(io.NewSectionReader(f, recordAt, recordSize))
	if err != nil || json.Unmarshal(data, &h) != nil {
		return Holder{}
	}
	return h
}
