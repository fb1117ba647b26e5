// Package pillars is the first half of the lens bank: lens.yaml and a file for
// each pillar, embedded. See questions/README.md for how a bank is written.
package pillars

import "embed"

// Files holds lens.yaml and <pillar>.yaml.
//
//go:embed *.yaml
var Files embed.FS
