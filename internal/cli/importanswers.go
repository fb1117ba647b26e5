package cli

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/wa/answers"
)

// byWATool is who answered where --by names nobody.
const byWATool = "WA Tool"

// untickedValues lists what a choice can mean that isn't ticked.
func untickedValues() []string {
	return []string{string(review.NotImplemented), string(review.CannotDetermine), "unanswered"}
}

// waAnswersSource takes answers from the AWS Well-Architected Tool.
func waAnswersSource() importSource {
	return importSource{
		name:  waAnswers,
		about: "what aws wellarchitected list-answers and get-answer print; a folder of it, too",
		suits: func(file string, data []byte) bool {
			_, err := answers.Read(file, data)
			return err == nil || errors.Is(err, answers.ErrMorePages)
		},
		read: (*app).readWAAnswers,
	}
}

func (a *app) readWAAnswers(in importInput) (imported, error) {
	if err := oneOf("--unticked", in.unticked, untickedValues()); err != nil {
		return imported{}, err
	}
	given, more, err := readGiven(in.files)
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
	options := answers.TakeOptions{Unticked: review.Status(in.unticked), By: cmp.Or(in.by, byWATool), At: in.at}
	if in.unticked == "unanswered" {
		options.Unticked = review.Unanswered
	}
	taken := answers.Take(in.review, matches, options)
	out := imported{changes: taken.Changes, same: taken.Same, remarks: more}
	out.remarks = append(out.remarks, matchRemarks(in.lens, matches, unmatched)...)
	for _, r := range taken.Remarks {
		out.remarks = append(out.remarks, sentenceOf(r))
	}
	out.remarks = append(out.remarks, riskRemarks(matches, taken)...)
	return out, nil
}

// readGiven reads the answers of all files, and says where some are missing.
func readGiven(files []importFile) ([]answers.Given, []string, error) {
	var all []answers.Given
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
		remarks = append(remarks, "The list of answers goes on: it ends with a NextToken, and no page that follows is here.")
	}
	if err := errors.Join(errs...); err != nil {
		return nil, nil, err
	}
	all, err := answers.Joined(all)
	if len(all) > 0 && !slices.ContainsFunc(all, func(g answers.Given) bool { return g.Notable }) {
		remarks = append(remarks, "list-answers prints no notes; get-answer does, one question at a time.")
	}
	return all, remarks, err
}

// matchRemarks says what found no place, and what did by its id alone.
func matchRemarks(l *lens.Lens, matches []answers.Match, unmatched []answers.MapUnmatched) []string {
	var out []string
	for _, u := range unmatched {
		s := "Not in the lens here: " + u.Question
		if u.Choice != "" {
			s += ", " + u.Choice
		}
		if u.Title != "" {
			s += fmt.Sprintf(" (%q)", u.Title)
		}
		if near, ok := answers.Nearest(l, u); ok {
			s += "; perhaps " + near
		}
		out = append(out, s+".")
	}
	if len(unmatched) > 0 {
		out = append(out, "What has no place here was not taken. --write-map FILE writes a map of the ids to edit, --map FILE takes it.")
	}
	var reworded []string
	for _, m := range matches {
		reworded = append(reworded, m.Reworded...)
	}
	if len(reworded) > 0 {
		slices.Sort(reworded)
		out = append(out, "Taken by the id, with another title there: "+strings.Join(reworded, ", ")+".")
	}
	return out
}

// riskRemarks compares the risks that the WA Tool showed with those that AWS's
// rules give here to the answers taken.
func riskRemarks(matches []answers.Match, taken answers.Taken) []string {
	var out []string
	for _, m := range matches {
		shown := scoring.Risk(m.Given.Risk)
		if shown == "" || !m.Given.Applicable || slices.Contains(taken.Kept, m.Question.ID) || len(m.Choices) < len(m.Question.Practices) {
			continue
		}
		if here := scoring.AWSRisk(m.Question, taken.Review.Answers); here != shown {
			out = append(out, fmt.Sprintf("%s is %s there, and %s here by the letter of the rules: the lens there has other rules or practices.", m.Question.ID, shown, here))
		}
	}
	return out
}

func sentenceOf(r answers.Remark) string { return strings.Join(r.IDs, ", ") + ": " + r.Text + "." }

// writeMap writes a map file, where there is none yet: people edit them.
func (a *app) writeMap(path string, m *answers.Map) error {
	_, err := os.Lstat(path)
	if err == nil {
		return fmt.Errorf("%s: is there already; give --write-map a new name", path)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := disk.Write(path, answers.EncodeMap(m)); err != nil {
		return err
	}
	fmt.Fprintf(a.Err, "wrote %s\n", path)
	return nil
}
