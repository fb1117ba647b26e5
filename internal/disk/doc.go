// Package disk is the one door to the disk: it reads, locks and replaces files,
// and no other package of the program does (internal/imports_test.go).
//
// Reading: Read takes a regular file, a pipe or standard input, once and whole,
// up to a limit that holds however the file behaves. A folder, a device and a
// socket are refused by name and never opened in a way that can block.
//
// Writing: Write takes all outputs of a run at once. Each is written to a
// temporary file in the folder of its target and synced; only when all of them
// are complete are they renamed, one after the other. If a rename fails, those
// before it are taken back. So a file has its old content or the new one, at any
// moment and after a kill. What exists and is no regular file (/dev/stdout, a
// pipe) is written directly.
//
// Names: a path that a person gave (Output.Path alone) is followed through
// symbolic links, unless one leads out of the git repository that holds it. A
// name that the program chose (Output.Root) is never followed through a link,
// neither the file nor a folder above it.
//
// Locks: Update reads, changes and replaces a file under a lock that stands
// beside the real file, so that two names of one file have one lock. What a
// killed run left behind is removed by the next writer in the same folder.
//
// docs/security.md says what is promised on which file system.
package disk
