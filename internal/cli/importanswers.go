package cli

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/wa/answers"
)

// byWATool is who answered if --by is not set.
const byWATool = "WA Tool"

// unselectedValues lists the values of --unselected.
func unselectedValues() []string {
	return []string{string(review.NotImplemented), string(review.CannotDetermine), "unanswered"}
}

// importWAAnswers imports answers from the AWS Well-Architected Tool.
func (a *app) importWAAnswers(in importInput) (imported, error) {
	if err := errors.Join(checkOneOf("--unselected", in.unselected, unselectedValues()), checkAllow(in.allow)); err != nil {
		return imported{}, err
	}
	given, state, more, err := readWAFiles(in.files)
	if err != nil {
		return imported{}, err
	}
	from, err := answers.CheckOrigin(given, state, in.review.WA, in.allow)
	if err != nil {
		return imported{}, err
	}
	var m *answers.Map
	if in.mapFile != "" {
		if m, err = answers.LoadMap(in.mapFile, in.lens); err != nil {
			return imported{}, err
		}
	}
	matches, unmatched := answers.MatchAll(in.lens, given, m)
	if in.writeMap != "" {
		if err := a.writeMap(in.writeMap, answers.NewMap(in.lens, matches, unmatched, m)); err != nil {
			return imported{}, err
		}
	}
	options := answers.ImportOptions{Unselected: review.Status(in.unselected), By: cmp.Or(in.by, byWATool), At: in.timestamp}
	if in.unselected == "unanswered" {
		options.Unselected = review.Unanswered
	}
	taken := answers.Import(in.review, matches, options)
	remarks := slices.Concat(more, matchRemarks(in.lens, matches, unmatched), view.Map(taken.Remarks, remarkSentence), riskRemarks(matches, taken))
	out := imported{changes: taken.Changes, same: taken.Same, remarks: remarks}
	record := in.review.WA.AfterImport(from, answers.ImportRecord(taken.Review, matches))
	out.properties = state.Apply(in.lens, taken.Review) // a copy of the review after the import
	out.recordChanged = !reflect.DeepEqual(record, in.review.WA)
	out.applyExtra = func(r *review.Review) {
		state.Apply(in.lens, r)
		r.WA = record
	}
	return out, nil
}

// checkAllow checks the values of --allow.
func checkAllow(list []string) error {
	var errs []error
	for _, name := range list {
		errs = append(errs, checkOneOf("--allow", name, answers.Exceptions()))
	}
	return errors.Join(errs...)
}

// readWAFiles reads files of the WA Tool: answers, and the state of the workload.
func readWAFiles(files []importFile) (given []answers.ToolAnswer, state answers.State, remarks []string, err error) {
	var of []importFile
	var errs []error
	for _, f := range files {
		if filekind.Detect(f.data) == filekind.WAState {
			errs = append(errs, state.Read(f.name, f.data))
			continue
		}
		of = append(of, f)
	}
	given, remarks, err = readAnswerFiles(of)
	return given, state, remarks, errors.Join(append(errs, err)...)
}

// readAnswerFiles reads the answers of all files, and returns remarks on missing ones.
func readAnswerFiles(files []importFile) ([]answers.ToolAnswer, []string, error) {
	var all []answers.ToolAnswer
	var remarks []string
	var errs []error
	more := 0
	for _, f := range files {
		given, err := answers.Read(f.name, f.data)
		switch {
		case errors.Is(err, answers.ErrMorePages):
			more++
		case err != nil:
			errs = append(errs, err)
		}
		all = append(all, given...)
	}
	if more > 0 && more == len(files) {
		remarks = append(remarks, "The list of answers is incomplete: it ends with a NextToken, and the next page is missing.")
	}
	if err := errors.Join(errs...); err != nil {
		return nil, nil, err
	}
	all, err := answers.Merge(all)
	if len(all) > 0 && !slices.ContainsFunc(all, func(g answers.ToolAnswer) bool { return g.HasNotes }) {
		remarks = append(remarks, "The output of list-answers has no notes; that of get-answer has them, one question at a time.")
	}
	return all, remarks, err
}

// matchRemarks lists what was not matched, and what was matched by its id only.
func matchRemarks(l *lens.Lens, matches []answers.Match, unmatched []answers.MapUnmatched) []string {
	var out []string
	for _, u := range unmatched {
		s := "Not in the lens: " + u.Question
		if u.Choice != "" {
			s += ", " + u.Choice
		}
		if u.Title != "" {
			s += fmt.Sprintf(" (%q)", u.Title)
		}
		end := "."
		if near, ok := answers.Nearest(l, u); ok {
			end = ", did you mean " + near + "?"
		}
		out = append(out, s+end)
	}
	if len(unmatched) > 0 {
		out = append(out, "Answers that are not in the lens were not imported. --write-map FILE writes a map of the ids to edit, --map FILE reads it.")
	}
	var reworded []string
	for _, m := range matches {
		reworded = append(reworded, m.Reworded...)
	}
	if len(reworded) > 0 {
		slices.Sort(reworded)
		out = append(out, "Matched by id, with a different title in the WA Tool: "+strings.Join(reworded, ", ")+".")
	}
	return out
}

// riskRemarks lists questions whose risk in the WA Tool differs from the risk that AWS's
// rules give to the imported answers.
func riskRemarks(matches []answers.Match, taken answers.ImportResult) []string {
	var out []string
	for _, m := range matches {
		shown := scoring.Risk(m.Answer.Risk)
		if shown == "" || !m.Answer.Applicable || slices.Contains(taken.Kept, m.Question.ID) || len(m.Choices) < len(m.Question.Practices) {
			continue
		}
		if here := scoring.AWSRisk(m.Question, taken.Review.Answers); here != shown && here != scoring.RiskUndetermined {
			out = append(out, fmt.Sprintf("%s is %s in the WA Tool, but %s by the rules of the lens: the lens in the WA Tool has other rules or practices.", m.Question.ID, shown, here))
		}
	}
	return out
}

func remarkSentence(r answers.Remark) string { return strings.Join(r.IDs, ", ") + ": " + r.Text + "." }

// writeMap writes a new map file. It does not replace an existing one, which may have been
// edited.
func (a *app) writeMap(path string, m *answers.Map) error {
	err := disk.Write(a.writeOptions(), disk.Output{Path: path, Data: answers.EncodeMap(m), New: true})
	if errors.Is(err, disk.ErrExists) {
		err = fmt.Errorf("%w; choose a new name for --write-map", err)
	}
	if err == nil {
		fmt.Fprintf(a.Err, "wrote %s\n", disk.DisplayPath(path))
	}
	return err
}
