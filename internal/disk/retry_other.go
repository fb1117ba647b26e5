//go:build !windows

package disk

// retry repeats calls on Windows only; elsewhere open files can be replaced.
func retry(do func() error) error { return do() }
