// Package shipped is the bank of the program as ready values: what
// bank.Load makes of the embedded YAML, compiled in so that no start reads
// YAML. A test proves that the two are equal, the digest included.
package shipped

import (
	"slices"
	"sync"

	"github.com/iotlens/iotlens/internal/lens"
)

// Lens returns the shipped lens. It is shared: nobody may change it.
func Lens() *lens.Lens { return whole() }

// whole puts the lens together from its generated files.
var whole = sync.OnceValue(func() *lens.Lens {
	l := bank
	l.Questions = slices.Concat(questions...)
	return &l
})
