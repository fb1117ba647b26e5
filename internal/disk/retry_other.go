//go:build !windows

package disk

// retry is for Windows; elsewhere a file can be replaced while others have it open.
func retry(do func() error) error { return do() }
