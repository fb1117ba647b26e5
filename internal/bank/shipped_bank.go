package bank

import (
	"github.com/iotlens/iotlens/frameworks"
	"github.com/iotlens/iotlens/pillars"
	"github.com/iotlens/iotlens/questions"
)

//go:generate go run ./compile shipped

// Shipped returns the embedded YAML of the shipped bank. Package shipped has the same bank as
// Go values.
func Shipped() Bank {
	return Bank{Pillars: pillars.Files, Questions: questions.Files, Frameworks: frameworks.Files}
}
