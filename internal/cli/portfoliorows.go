package cli

import "github.com/iotlens/iotlens/internal/portfolio"

// A rowFormat is a format of a portfolio that is written review by review, as the reviews
// are read: iotlens portfolio PATH -f NAME=PATH. It has no standard output.
type rowFormat struct {
	name  string
	about string // one phrase for help
	open  func(a *app, path string, o portfolio.Options) (portfolio.Recorder, error)
}

// rowFormats lists the formats that are written review by review.
func rowFormats() []rowFormat { return nil }
