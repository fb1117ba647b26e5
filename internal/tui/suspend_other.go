//go:build !unix

package tui

// canSuspend tells whether there is a shell to go back to.
func canSuspend() bool { return false }
