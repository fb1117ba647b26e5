package disk

// Intercept lets f make every call of the operating system until restore is called.
func Intercept(f func(name string, data *[]byte, do func() error) error) (restore func()) {
	before := call
	call = f
	return func() { call = before }
}

// ShellQuoteOnWindows is what ShellQuote is on Windows.
func ShellQuoteOnWindows(path string) string { return shellQuoteOnWindows(path) }
