package dataset

import (
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/parquet"
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// A reviewRow has what the rows of all tables share: a review.
type reviewRow struct {
	*portfolio.Row
	day       string               // as of which it was assessed
	questions map[int]scoring.Risk // risk of each question, by place
	waivers   map[string]string    // day on which each waiver expires, by best practice
}

// An answerRow is a best practice of a review.
type answerRow struct {
	reviewRow
	answer   *portfolio.Answer
	practice *lens.Practice
	question *lens.Question
	place    int // of the question
}

// A provisionRow is a provision of a framework that a review is held against.
type provisionRow struct {
	reviewRow
	framework *framework.Framework
	provision *framework.Provision
	applies   framework.Applies
	state     framework.State
}

// column returns a column.
func column[T any](name string, k parquet.Kind, about string, of func(T) parquet.Value) parquet.Column[T] {
	return parquet.Column[T]{Name: name, Kind: k, Comment: about, Value: of}
}

// sharedColumns returns the first columns of every table, which identify the review.
func sharedColumns() []parquet.Column[reviewRow] {
	list := []parquet.Column[reviewRow]{
		column("workload", parquet.KindText, "name of the workload", func(r reviewRow) parquet.Value { return parquet.Text(r.Workload) }),
		column("file", parquet.KindText, "the review file, as it was given", func(r reviewRow) parquet.Value { return parquet.Text(r.File) }),
		column("digest", parquet.KindText, "SHA-256 of the file, in hex", func(r reviewRow) parquet.Value { return parquet.Text(r.Digest) }),
		column("assessed_on", parquet.KindDay, "day as of which it was assessed, in UTC; the same as the partition `day`", func(r reviewRow) parquet.Value { return parquet.Day(r.day) }),
		column("lens_id", parquet.KindText, "lens that assessed it; the same as the partition `lens`", func(r reviewRow) parquet.Value { return parquet.Text(r.Lens.ID) }),
		column("lens_version", parquet.KindText, "its version", func(r reviewRow) parquet.Value { return parquet.Text(r.Lens.Version) }),
		column("lens_revision", parquet.KindCount, "its revision", func(r reviewRow) parquet.Value { return parquet.Count(r.Lens.Revision) }),
		column("review_owner", parquet.KindText, "owner of the review", func(r reviewRow) parquet.Value { return parquet.Text(r.Owner) }),
		column("outcome", parquet.KindText, "of a gate with its default policy: passed, failed or incomplete", func(r reviewRow) parquet.Value { return parquet.Text(r.Outcome.String()) }),
		column("verdict", parquet.KindText, "of the report, such as High risk", func(r reviewRow) parquet.Value { return parquet.Text(r.Verdict.Words) }),
	}
	for _, f := range review.ProfileFields() {
		list = append(list, factColumn(f))
	}
	return list
}

// factColumn returns the column of a fact of the profile.
func factColumn(f review.WorkloadField) parquet.Column[reviewRow] {
	about := "fact of the profile"
	first := func(r reviewRow) string { return strings.Join(r.factValues(f.Flag), "") }
	name := strings.ReplaceAll(f.Flag, "-", "_")
	switch {
	case f.IsList():
		return column(name, parquet.KindList, about, func(r reviewRow) parquet.Value { return parquet.List(r.factValues(f.Flag)) })
	case f.IsBool():
		return column(name, parquet.KindFlag, about, func(r reviewRow) parquet.Value {
			if s := first(r); s != "" {
				return parquet.Flag(s == "yes")
			}
			return parquet.Value{}
		})
	case f.IsDate():
		return column(name, parquet.KindDay, about, func(r reviewRow) parquet.Value { return parquet.Day(first(r)) })
	case f.IsInt():
		return column(name, parquet.KindCount, about, func(r reviewRow) parquet.Value {
			if n, err := strconv.Atoi(first(r)); err == nil {
				return parquet.Count(n)
			}
			return parquet.Value{}
		})
	}
	return column(name, parquet.KindText, about, func(r reviewRow) parquet.Value { return parquet.Text(first(r)) })
}

// factValues returns the values of a fact.
func (r reviewRow) factValues(flag string) []string {
	for _, f := range r.Facts {
		if f.Name == flag {
			return f.Values
		}
	}
	return nil
}

// reviewColumns returns the columns of the table of reviews.
func reviewColumns() []parquet.Column[reviewRow] {
	at := func(risk scoring.Risk) func(reviewRow) parquet.Value {
		return func(r reviewRow) parquet.Value {
			n := 0
			for _, of := range r.Questions {
				if of.Risk == risk {
					n++
				}
			}
			return parquet.Count(n)
		}
	}
	return append(sharedColumns(),
		column("score", parquet.KindNumber, "of the best practices of the lens itself, in per cent; none where nothing was assessed", func(r reviewRow) parquet.Value { return parquet.Number(r.LensTally.Score()) }),
		column("coverage", parquet.KindNumber, "share of them that was answered, in per cent", func(r reviewRow) parquet.Value { return parquet.Number(r.LensTally.Coverage()) }),
		column("high_risk", parquet.KindCount, "questions at high risk", at(scoring.RiskHigh)),
		column("medium_risk", parquet.KindCount, "questions at medium risk", at(scoring.RiskMedium)),
		column("asked_version", parquet.KindText, "version of the lens that the review answers", func(r reviewRow) parquet.Value { return parquet.Text(r.AskedVersion) }),
		column("asked_revision", parquet.KindCount, "revision of the lens with which it was last asked", func(r reviewRow) parquet.Value { return parquet.Count(r.AskedRevision) }),
		column("answered_on", parquet.KindDay, "day of its newest answer", func(r reviewRow) parquet.Value { return parquet.Day(r.Answered) }),
	)
}

// fromReviewColumn turns a column of reviews into a column of rows of another type; to returns
// the review of a row.
func fromReviewColumn[T any](c parquet.Column[reviewRow], to func(T) reviewRow) parquet.Column[T] {
	return column(c.Name, c.Kind, c.Comment, func(row T) parquet.Value { return c.Value(to(row)) })
}

// answerColumns returns the columns of the table of answers.
func answerColumns() []parquet.Column[answerRow] {
	var list []parquet.Column[answerRow]
	for _, c := range sharedColumns() {
		list = append(list, fromReviewColumn(c, func(r answerRow) reviewRow { return r.reviewRow }))
	}
	return append(list,
		column("question", parquet.KindText, "id of the question", func(r answerRow) parquet.Value { return parquet.Text(r.question.ID) }),
		column("question_risk", parquet.KindText, "risk of the question: HIGH, MEDIUM, NONE, UNANSWERED, UNDETERMINED or NOT_APPLICABLE", func(r answerRow) parquet.Value { return parquet.Text(r.questions[r.place]) }),
		column("practice", parquet.KindText, "id of the best practice", func(r answerRow) parquet.Value { return parquet.Text(r.practice.ID) }),
		column("title", parquet.KindText, "its title", func(r answerRow) parquet.Value { return parquet.Text(strings.TrimSpace(r.practice.Title)) }),
		column("pillar", parquet.KindText, "id of its pillar", func(r answerRow) parquet.Value { return parquet.Text(r.practice.Pillar) }),
		column("layers", parquet.KindList, "ids of its layers", func(r answerRow) parquet.Value { return parquet.List(r.practice.Layers) }),
		column("severity", parquet.KindText, "high, medium or low: as published, or ours where AWS publishes none", func(r answerRow) parquet.Value { return parquet.Text(r.answer.Severity) }),
		column("own_severity", parquet.KindText, "ours, where it differs; it ranks", func(r answerRow) parquet.Value { return parquet.Text(r.practice.OwnSeverity.Level) }),
		column("status", parquet.KindText, "as it counts: implemented, partially_implemented, not_implemented, not_applicable, cannot_determine or unanswered", func(r answerRow) parquet.Value {
			if r.answer.Status == review.Unanswered {
				return parquet.Text("unanswered")
			}
			return parquet.Text(r.answer.Status)
		}),
		column("given_status", parquet.KindText, "the status in the review, where it counts as another", func(r answerRow) parquet.Value { return parquet.Text(r.answer.ReviewStatus) }),
		column("extent", parquet.KindText, "how much of the fleet a partially implemented practice covers", func(r answerRow) parquet.Value { return parquet.Text(r.answer.Extent) }),
		column("finding", parquet.KindFlag, "it was assessed and is not in place", func(r answerRow) parquet.Value { return parquet.Flag(r.answer.Finding) }),
		column("waived", parquet.KindFlag, "a waiver covers the finding on the day", func(r answerRow) parquet.Value { return parquet.Flag(r.answer.Waived) }),
		column("waived_until", parquet.KindDay, "first day on which its waiver does not hold, past or to come", func(r answerRow) parquet.Value { return parquet.Day(r.waivers[r.practice.ID]) }),
		column("priority", parquet.KindNumber, "of a finding, 0 to 100", func(r answerRow) parquet.Value { return parquet.Number(r.answer.Priority, r.answer.Finding) }),
		column("horizon", parquet.KindText, "of a finding that is not waived: now, next or later", func(r answerRow) parquet.Value { return parquet.Text(r.answer.Horizon) }),
		column("owner", parquet.KindText, "who closes the gap", func(r answerRow) parquet.Value {
			return parquet.Text(strings.Join(strings.Fields(r.answer.Owner), " "))
		}),
		column("due", parquet.KindDay, "by when the owner closes it", func(r answerRow) parquet.Value { return parquet.Day(r.answer.Due) }),
		column("overdue", parquet.KindFlag, "it is a finding that is not waived, and due before the day", func(r answerRow) parquet.Value { return parquet.Flag(r.answer.Overdue(r.day)) }),
		column("deadline", parquet.KindDay, "day on which the gap takes effect, whoever closes it", func(r answerRow) parquet.Value { return parquet.Day(r.answer.Deadline) }),
		column("answered_by", parquet.KindText, "who gave the answer; profile where the profile of the workload did", func(r answerRow) parquet.Value { return parquet.Text(r.answer.By) }),
		column("answered_on", parquet.KindDay, "when", func(r answerRow) parquet.Value { return parquet.Day(r.answer.At) }),
	)
}

// provisionColumns returns the columns of the table of provisions.
func provisionColumns() []parquet.Column[provisionRow] {
	var list []parquet.Column[provisionRow]
	for _, c := range sharedColumns() {
		list = append(list, fromReviewColumn(c, func(r provisionRow) reviewRow { return r.reviewRow }))
	}
	return append(list,
		column("framework", parquet.KindText, "id of the framework", func(r provisionRow) parquet.Value { return parquet.Text(r.framework.ID) }),
		column("framework_version", parquet.KindText, "its version", func(r provisionRow) parquet.Value { return parquet.Text(r.framework.Version) }),
		column("applies", parquet.KindText, "whether the framework applies to the workload: yes, no or unknown", func(r provisionRow) parquet.Value { return parquet.Text(r.applies) }),
		column("provision", parquet.KindText, "id of the provision", func(r provisionRow) parquet.Value { return parquet.Text(r.provision.ID) }),
		column("provision_status", parquet.KindText, "its status in the framework, such as M", func(r provisionRow) parquet.Value { return parquet.Text(r.provision.Status) }),
		column("provision_title", parquet.KindText, "what it asks", func(r provisionRow) parquet.Value { return parquet.Text(strings.TrimSpace(r.provision.Title)) }),
		column("state", parquet.KindText, "what the answers make of it: "+strings.Join(framework.State("").Values(), ", "), func(r provisionRow) parquet.Value { return parquet.Text(r.state) }),
	)
}
