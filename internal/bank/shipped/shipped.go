// Package shipped has the shipped bank as Go values, so that iotlens reads no YAML at start.
// A test checks that it equals the result of bank.Load for the embedded YAML, including the
// digest.
package shipped

import (
	"slices"
	"sync"

	"github.com/iotlens/iotlens/internal/lens"
)

// Lens returns the shipped lens, which is shared and must not be modified.
func Lens() *lens.Lens { return whole() }

// whole combines the generated files.
var whole = sync.OnceValue(func() *lens.Lens {
	l := bank
	l.Questions = slices.Concat(questions...)
	return &l
})
