package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/spreadsheet"
	"github.com/iotlens/iotlens/internal/workbook"
)

// importTable imports answers from a table or a workbook that was edited in a spreadsheet.
func importTable(_ *app, in importInput) (imported, error) {
	if len(in.files) > 1 {
		return imported{}, errors.New("only one table can be imported at a time: two could contradict each other")
	}
	file := in.files[0]
	if is := workbook.Is(file.data); in.from == "csv" && is || in.from == "xlsx" && !is {
		return imported{}, fmt.Errorf("%s: the format is not that of --from %s; leave out --from to detect it", disk.DisplayPath(file.name), in.from)
	}
	taken, problems := spreadsheet.ReadChanges(file.name, file.data, in.lens, in.review, in.by, in.timestamp)
	if len(problems) > 0 {
		return imported{}, problems
	}
	out := imported{changes: taken.Changes, same: taken.Unchanged}
	if len(taken.IgnoredColumns) > 0 {
		out.remarks = append(out.remarks, "Ignored columns: "+strings.Join(taken.IgnoredColumns, ", ")+".")
	}
	return out, nil
}
