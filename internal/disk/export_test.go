package disk

// Intercept routes all system calls of the package through f until restore is called.
func Intercept(f func(name string, data *[]byte, do func() error) error) (restore func()) {
	before := call
	call = f
	return func() { call = before }
}

// ShellQuoteOnWindows is ShellQuote on Windows.
func ShellQuoteOnWindows(path string) string { return shellQuoteOnWindows(path) }
