//go:build !unix

package tui

// canSuspend reports whether there is a shell to return to.
func canSuspend() bool { return false }
