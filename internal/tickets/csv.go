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

// writeCSV writes rows for an importer: UTF-8 without a byte order mark, commas, CRLF. Every
// cell is one that no spreadsheet runs, as people look at such a file before they import
// it.
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

// A csvRow is a row of a file that a tracker exported. Columns may have one name.
type csvRow struct {
	heads, cells []string
}

// readCSV reads the rows of a file that a tracker exported. It has to have the columns that
// are needed, each under one of its names.
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

// get is the first cell that is not empty in columns of some names, in any case.
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

// id is the id of iotlens in a row: that which is a cell or a tag of its own, else that of
// the description, else that of any cell.
func (r csvRow) id() string {
	for _, cell := range r.cells {
		for tag := range strings.SplitSeq(cell, ";") {
			if tag = strings.TrimSpace(tag); tag != "" && idIn(tag) == tag {
				return tag
			}
		}
	}
	if id := idIn(r.get("Description")); id != "" {
		return id
	}
	for _, cell := range r.cells {
		if id := idIn(cell); id != "" {
			return id
		}
	}
	return ""
}

// closed knows the words for a ticket that is done or dropped, in the default workflows
// of the trackers. Others are recognised by the category of their status or the resolution.
func closed(state string) bool {
	return slices.Contains([]string{"done", "closed", "resolved", "completed", "removed"}, strings.ToLower(state)) || dropped(state)
}

// dropped knows those for a ticket for which nothing will be done.
func dropped(state string) bool {
	state = strings.NewReplacer("’", "'", "_", " ").Replace(strings.ToLower(state))
	return slices.Contains([]string{"won't do", "won't fix", "wontfix", "declined", "cancelled", "canceled", "removed", "duplicate", "not planned", "cannot reproduce", "rejected"}, state)
}

// web is a link that may stand in a note; empty where it is none.
func web(url string) string {
	if (strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")) && !strings.ContainsFunc(url, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return url
	}
	return ""
}
