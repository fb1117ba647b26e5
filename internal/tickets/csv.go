package tickets

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/spreadsheet"
)

// writeCSV writes rows for an importer: UTF-8 without a byte order mark, commas, CRLF. Cells
// are made safe for spreadsheets, in which people open such files before the import.
func writeCSV(w io.Writer, heads []string, rows [][]string) error {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	lines := [][]string{heads}
	for _, row := range rows {
		line := make([]string, len(row))
		for i, cell := range row {
			line[i] = spreadsheet.SafeCell(cell)
		}
		lines = append(lines, line)
	}
	return c.WriteAll(lines)
}

// A csvRow is a row of an export of a tracker. Several columns may have the same name.
type csvRow struct {
	heads, cells []string
}

// readCSV reads the rows of an export of a tracker. Each element of needed has the possible
// names of a required column.
func readCSV(name string, data []byte, needed ...[]string) ([]csvRow, error) {
	lines, err := spreadsheet.ReadCSV(name, data)
	if err != nil {
		return nil, err
	}
	heads := lines[0]
	for _, names := range needed {
		if (csvRow{heads: heads, cells: heads}).get(names...) == "" {
			return nil, fmt.Errorf("%s: the required column %s is missing; export the tickets with it", disk.DisplayPath(name), strings.Join(names, " or "))
		}
	}
	var out []csvRow
	for _, cells := range lines[1:] {
		out = append(out, csvRow{heads, cells})
	}
	return out, nil
}

// get returns the first non-empty cell of the columns with one of the names, ignoring case.
func (r csvRow) get(names ...string) string {
	for _, name := range names {
		for i, h := range r.heads {
			if i < len(r.cells) && strings.EqualFold(strings.TrimSpace(h), name) && strings.TrimSpace(r.cells[i]) != "" {
				return strings.TrimSpace(r.cells[i])
			}
		}
	}
	return ""
}

// ticketID returns the ticket id in a row: from a cell or tag of its own, else from the
// description, else from any cell.
func (r csvRow) ticketID() string {
	for _, cell := range r.cells {
		for tag := range strings.SplitSeq(cell, ";") {
			if tag = strings.TrimSpace(tag); tag != "" && lastID(tag) == tag {
				return tag
			}
		}
	}
	if id := lastID(r.get("Description")); id != "" {
		return id
	}
	for _, cell := range r.cells {
		if id := lastID(cell); id != "" {
			return id
		}
	}
	return ""
}

// isClosedState reports whether a state means done or dropped in the default workflow of a
// tracker. Other workflows are recognised by status category or resolution.
func isClosedState(state string) bool {
	return slices.Contains([]string{"done", "closed", "resolved", "completed", "removed"}, strings.ToLower(state)) || isDroppedState(state)
}

// isDroppedState reports whether a state or resolution means that nothing will be done.
func isDroppedState(state string) bool {
	state = strings.NewReplacer("’", "'", "_", " ").Replace(strings.ToLower(state))
	return slices.Contains([]string{"won't do", "won't fix", "wontfix", "declined", "cancelled", "canceled", "removed", "duplicate", "not planned", "cannot reproduce", "rejected"}, state)
}

// webLink returns url if it is a valid http or https link, else empty.
func webLink(url string) string {
	if (strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")) && !strings.ContainsFunc(url, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return url
	}
	return ""
}
