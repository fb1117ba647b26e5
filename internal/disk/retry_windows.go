package disk

import (
	"time"

	"golang.org/x/sys/windows"
)

// retry repeats what Windows refuses while another program has a file open: a virus
// scanner and an indexer do so for a moment with each file that is new. It gives up after
// about a second.
func retry(do func() error) error {
	for wait := 5 * time.Millisecond; ; wait *= 2 {
		err := do()
		if !isErrno(err, windows.ERROR_SHARING_VIOLATION, windows.ERROR_LOCK_VIOLATION, windows.ERROR_ACCESS_DENIED) || wait > 640*time.Millisecond {
			return err
		}
		time.Sleep(wait)
	}
}
