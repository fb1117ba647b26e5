package disk

import (
	"time"

	"golang.org/x/sys/windows"
)

// retry repeats a call that Windows refuses while another program has the file open, as
// virus scanners and indexers briefly do with new files. It gives up after about a second.
func retry(do func() error) error {
	for wait := 5 * time.Millisecond; ; wait *= 2 {
		err := do()
		if !isErrno(err, windows.ERROR_SHARING_VIOLATION, windows.ERROR_LOCK_VIOLATION, windows.ERROR_ACCESS_DENIED) || wait > 640*time.Millisecond {
			return err
		}
		time.Sleep(wait)
	}
}
