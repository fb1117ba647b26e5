package disk

import (
	"errors"
	"os"
)

// Append adds to the end of a file that the environment named, such as the summary
// of a job at GitHub, and creates it where it does not exist.
func Append(path string, data []byte) error {
	f, err := system.Open(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY|nonblock, 0o666)
	if err != nil {
		return NotWritten(path, err)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = writable(info)
	}
	if err == nil {
		_, err = f.Write(data)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return NotWritten(path, err)
	}
	return nil
}

// Scratch writes a file that only this user can read into the folder for temporary
// files, for another program to change. remove takes it away again.
func Scratch(pattern string, data []byte) (path string, remove func(), err error) {
	f, err := os.CreateTemp("", pattern)
	if err != nil {
		return "", nil, NotWritten(os.TempDir(), err)
	}
	remove = func() { _ = os.Remove(f.Name()) }
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		remove()
		return "", nil, NotWritten(f.Name(), err)
	}
	return f.Name(), remove, nil
}
