package cli

import (
	"slices"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report/dataset"
)

// A rowFormat is a format of a portfolio that is written review by review, as the reviews
// are read: iotlens portfolio PATH -f NAME=PATH. It has no standard output.
type rowFormat struct {
	name  string
	about string // one phrase for help
	open  func(a *app, path string, o *portfolioOptions, lenses []portfolioLens) (portfolio.Recorder, error)
}

// rowFormats lists the formats that are written review by review.
func rowFormats() []rowFormat {
	return []rowFormat{
		{"parquet", "a folder of tables for DuckDB, Spark, Trino and Athena (docs/portfolio.md)", openDataset},
	}
}

// openDataset begins a dataset in a folder.
func openDataset(a *app, folder string, o *portfolioOptions, lenses []portfolioLens) (portfolio.Recorder, error) {
	return dataset.New(dataset.Options{
		Folder: folder, Day: o.Today, Shard: o.shard, Writing: a.writeOptions(),
		Frameworks: func(l *lens.Lens) []*framework.Framework {
			i := slices.IndexFunc(lenses, func(h portfolioLens) bool { return h.Lens == l })
			return lenses[i].frameworks
		},
	}), nil
}
