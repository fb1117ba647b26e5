// Package frameworks holds the frameworks that a review is held against: a file
// for each law or standard, embedded. See LICENSES.md for whose words they are.
package frameworks

import "embed"

// Files holds <framework>.yaml.
//
//go:embed *.yaml
var Files embed.FS
