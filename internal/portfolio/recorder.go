package portfolio

// A Recorder writes rows as they are read, for a format that says more than a portfolio
// holds in memory. Rows come one at a time, in the order of their files. A row and its lists
// are not kept: what is needed later is copied.
type Recorder interface {
	Record(*Row) error
	// Close ends the output: it is complete then, or there is an error. Without it
	// nothing that is left behind is read as an output.
	Close() error
}
