package jsonfile

// Tolerated tells whether a mistake leaves no doubt what a file says, so that a reader
// may go on with a warning: a byte order mark, and a repeated key, of which every
// reader of JSON, AWS's included, takes the last.
func (c Class) Tolerated() bool { return c == ByteOrderMark || c == RepeatedKey }
