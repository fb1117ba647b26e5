package bank

import (
	"github.com/iotlens/iotlens/frameworks"
	"github.com/iotlens/iotlens/pillars"
	"github.com/iotlens/iotlens/questions"
)

//go:generate go run ./compile shipped

// Shipped is the bank that is embedded in the program, as YAML. Package shipped
// has the same as ready values.
func Shipped() Bank {
	return Bank{Pillars: pillars.Files, Questions: questions.Files, Frameworks: frameworks.Files}
}
