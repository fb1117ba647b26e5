// Package questions is the second half of the lens bank: a file for each
// question, in a folder for each pillar and, below layers, for each
// architecture layer. See README.md for how a question is written.
package questions

import "embed"

// Files holds <pillar>/<QUESTION>.yaml and layers/<layer>/<QUESTION>.yaml.
//
//go:embed */*.yaml layers/*/*.yaml
var Files embed.FS
