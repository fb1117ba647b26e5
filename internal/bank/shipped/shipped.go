// Package shipped is the bank of the program as ready values: what
// bank.Load makes of the embedded YAML, compiled in so that no start reads
// YAML. A test proves that the two are equal.
package shipped

import "github.com/iotlens/iotlens/internal/lens"

// Lens returns the shipped lens. It is shared: nobody may change it.
func Lens() *lens.Lens { return &bank }
