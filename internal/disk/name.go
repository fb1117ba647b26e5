package disk

import (
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// Shown is a path as a message names it: what would drive a terminal, break the
// line or be read as a command by the log of a pipeline is made visible.
func Shown(path string) string { return text.Log(text.Clean(path, false)) }

// Quoted is a path as a suggested command names it, for a POSIX shell. A path
// that begins with a dash gets ./ before it. What Shown makes visible is no
// longer the name of the file, and harmless.
func Quoted(path string) string {
	path = Shown(path)
	if strings.HasPrefix(path, "-") {
		path = "./" + path
	}
	if path != "" && strings.IndexFunc(path, special) < 0 {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// special tells whether a character may mean something to a shell.
func special(r rune) bool {
	letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	return !letter && !strings.ContainsRune("._-/+,:@%=", r) && r < 0x80
}
