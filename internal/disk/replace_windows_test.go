package disk

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/sys/windows"
)

// A file that another program has open briefly is replaced once it is closed; other errors
// are not retried.
func TestReplacingRetriesOnWindows(t *testing.T) {
	for err, want := range map[error]int{windows.ERROR_SHARING_VIOLATION: 3, windows.ERROR_ACCESS_DENIED: 3, windows.ERROR_DISK_FULL: 1} {
		calls := 0
		got := retry(func() error {
			if calls++; calls < 3 {
				return err
			}
			return nil
		})
		assert.Equal(t, want, calls, err)
		assert.Equal(t, want == 1, got != nil)
	}
	calls := 0
	err := retry(func() error { calls++; return windows.ERROR_SHARING_VIOLATION })
	assert.True(t, errors.Is(err, windows.ERROR_SHARING_VIOLATION))
	assert.Equal(t, 9, calls)
}

// Output to a device or an alternate stream of a file would be lost.
func TestNamesReservedOnWindows(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"con", "CON.csv", "aux.json", "com1", "lpt9.md", "report.html:x"} {
		err := Write(Options{}, Output{Path: filepath.Join(dir, name), Data: []byte("x")})
		assert.ErrorContains(t, err, "is a name that Windows reserves for devices and streams", name)
	}
	assert.NoError(t, Write(Options{}, Output{Path: "NUL", Data: []byte("x")}), "like /dev/null")
}
