// Package disk reads, locks and replaces files. No other package of the program accesses
// the disk (internal/calls_test.go).
//
// Reading: Read reads a regular file, a pipe or standard input completely, up to a limit
// that does not rely on the reported file size. Folders, devices and sockets are refused;
// they are never opened in a way that can block.
//
// Writing: Write writes several outputs at once. Each is written to a temporary file in
// the folder of its target and synced; the files are renamed only after all of them are
// complete. If a rename fails, the previous ones are rolled back. At any moment, even
// after a kill, a file has either its old or its new content. Existing targets that are
// not regular files (/dev/stdout, a pipe) are written directly.
//
// Links: a path given by a person (Output.Path without Root) is followed through symbolic
// links, except for those that lead out of their git repository. Below Output.Root, the
// program chose the names, and no link is followed, neither a file nor a folder.
//
// Locks: Update reads, changes and replaces a file under a lock in the folder of the real
// file, so that two paths of one file share a lock. Leftovers of killed processes are
// removed by the next writer in the same folder.
//
// docs/security.md lists the guarantees by file system.
package disk
