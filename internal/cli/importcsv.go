package cli

import (
	"errors"
	"strings"

	"github.com/iotlens/iotlens/internal/spreadsheet"
)

// readCSV takes answers from a table that people edited in a spreadsheet.
func readCSV(_ *app, in importInput) (imported, error) {
	if len(in.files) > 1 {
		return imported{}, errors.New("only one table can be imported at a time: two could contradict each other")
	}
	file := in.files[0]
	taken, problems := spreadsheet.Take(file.name, file.data, in.lens, in.review, in.by, in.at)
	if len(problems) > 0 {
		return imported{}, problems
	}
	out := imported{changes: taken.Changes, same: taken.Same}
	if len(taken.Foreign) > 0 {
		out.remarks = append(out.remarks, "Ignored columns: "+strings.Join(taken.Foreign, ", ")+".")
	}
	return out, nil
}
