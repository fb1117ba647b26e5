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

// A reviewRow is a review in each table.
type reviewRow struct {
	*portfolio.Row
	day       string               // as of which it was assessed
	questions map[int]scoring.Risk // by place
	waivers   map[string]string    // day on which each ends, by best practice
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

// column makes a column.
func column[T any](name string, k parquet.Kind, about string, of func(T) parquet.Value) parquet.Column[T] {
	return parquet.Column[T]{Name: name, Kind: k, Comment: about, Value: of}
}

// Short names for the columns below.
type value = parquet.Value

const (
	ofText   = parquet.KindText
	ofDay    = parquet.KindDay
	ofCount  = parquet.KindCount
	ofNumber = parquet.KindNumber
	ofFlag   = parquet.KindFlag
	ofList   = parquet.KindList
)

// sharedColumns are the columns with which each table begins: what review a row is of.
func sharedColumns() []parquet.Column[reviewRow] {
	list := []parquet.Column[reviewRow]{
		column("workload", ofText, "name of the workload", func(r reviewRow) value { return parquet.Text(r.Workload) }),
		column("file", ofText, "the review file, as it was given", func(r reviewRow) value { return parquet.Text(r.File) }),
		column("digest", ofText, "SHA-256 of the file, in hex", func(r reviewRow) value { return parquet.Text(r.Digest) }),
		column("assessed_on", ofDay, "day as of which it was assessed, in UTC; the same as the partition `day`", func(r reviewRow) value { return parquet.Day(r.day) }),
		column("lens_id", ofText, "lens that assessed it; the same as the partition `lens`", func(r reviewRow) value { return parquet.Text(r.Lens.ID) }),
		column("lens_version", ofText, "its version", func(r reviewRow) value { return parquet.Text(r.Lens.Version) }),
		column("lens_revision", ofCount, "its revision", func(r reviewRow) value { return parquet.Count(r.Lens.Revision) }),
		column("review_owner", ofText, "owner of the review", func(r reviewRow) value { return parquet.Text(r.Owner) }),
		column("outcome", ofText, "of a gate with its default policy: passed, failed or incomplete", func(r reviewRow) value { return parquet.Text(r.Outcome.String()) }),
		column("verdict", ofText, "of the report, such as High risk", func(r reviewRow) value { return parquet.Text(r.Verdict.Words) }),
	}
	for _, f := range review.ProfileFields() {
		list = append(list, factColumn(f))
	}
	return list
}

// factColumn is the column of a fact of the profile.
func factColumn(f review.WorkloadField) parquet.Column[reviewRow] {
	about := "fact of the profile"
	first := func(r reviewRow) string { return strings.Join(r.factValues(f.Flag), "") }
	name := strings.ReplaceAll(f.Flag, "-", "_")
	switch {
	case f.IsList():
		return column(name, ofList, about, func(r reviewRow) value { return parquet.List(r.factValues(f.Flag)) })
	case f.IsBool():
		return column(name, ofFlag, about, func(r reviewRow) value {
			if s := first(r); s != "" {
				return parquet.Flag(s == "yes")
			}
			return value{}
		})
	case f.IsDate():
		return column(name, ofDay, about, func(r reviewRow) value { return parquet.Day(first(r)) })
	case f.IsInt():
		return column(name, ofCount, about, func(r reviewRow) value {
			if n, err := strconv.Atoi(first(r)); err == nil {
				return parquet.Count(n)
			}
			return value{}
		})
	}
	return column(name, ofText, about, func(r reviewRow) value { return parquet.Text(first(r)) })
}

// factValues lists the values of a fact.
func (r reviewRow) factValues(flag string) []string {
	for _, f := range r.Facts {
		if f.Name == flag {
			return f.Values
		}
	}
	return nil
}

// reviewColumns are the columns of the table of reviews.
func reviewColumns() []parquet.Column[reviewRow] {
	at := func(risk scoring.Risk) func(reviewRow) value {
		return func(r reviewRow) value {
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
		column("score", ofNumber, "of the best practices of the lens itself, in per cent; none where nothing was assessed", func(r reviewRow) value { return parquet.Number(r.LensTally.Score()) }),
		column("coverage", ofNumber, "share of them that was answered, in per cent", func(r reviewRow) value { return parquet.Number(r.LensTally.Coverage()) }),
		column("high_risk", ofCount, "questions at high risk", at(scoring.RiskHigh)),
		column("medium_risk", ofCount, "questions at medium risk", at(scoring.RiskMedium)),
		column("asked_version", ofText, "version of the lens that the review answers", func(r reviewRow) value { return parquet.Text(r.AskedVersion) }),
		column("asked_revision", ofCount, "revision of the lens with which it was last asked", func(r reviewRow) value { return parquet.Count(r.AskedRevision) }),
		column("answered_on", ofDay, "day of its newest answer", func(r reviewRow) value { return parquet.Day(r.Answered) }),
	)
}

// fromReviewColumn makes a column of reviews one of a table whose rows are more than a review.
func fromReviewColumn[T any](c parquet.Column[reviewRow], to func(T) reviewRow) parquet.Column[T] {
	return column(c.Name, c.Kind, c.Comment, func(row T) value { return c.Value(to(row)) })
}

// answerColumns are the columns of the table of answers.
func answerColumns() []parquet.Column[answerRow] {
	var list []parquet.Column[answerRow]
	for _, c := range sharedColumns() {
		list = append(list, fromReviewColumn(c, func(r answerRow) reviewRow { return r.reviewRow }))
	}
	return append(list,
		column("question", ofText, "id of the question", func(r answerRow) value { return parquet.Text(r.question.ID) }),
		column("question_risk", ofText, "risk of the question: HIGH, MEDIUM, NONE, UNANSWERED, UNDETERMINED or NOT_APPLICABLE", func(r answerRow) value { return parquet.Text(r.questions[r.place]) }),
		column("practice", ofText, "id of the best practice", func(r answerRow) value { return parquet.Text(r.practice.ID) }),
		column("title", ofText, "its title", func(r answerRow) value { return parquet.Text(strings.TrimSpace(r.practice.Title)) }),
		column("pillar", ofText, "id of its pillar", func(r answerRow) value { return parquet.Text(r.practice.Pillar) }),
		column("layers", ofList, "ids of its layers", func(r answerRow) value { return parquet.List(r.practice.Layers) }),
		column("severity", ofText, "high, medium or low: as published, or ours where AWS publishes none", func(r answerRow) value { return parquet.Text(r.answer.Severity) }),
		column("own_severity", ofText, "ours, where it differs; it ranks", func(r answerRow) value { return parquet.Text(r.practice.OwnSeverity.Level) }),
		column("status", ofText, "as it counts: implemented, partially_implemented, not_implemented, not_applicable, cannot_determine or unanswered", func(r answerRow) value {
			if r.answer.Status == review.Unanswered {
				return parquet.Text("unanswered")
			}
			return parquet.Text(r.answer.Status)
		}),
		column("given_status", ofText, "the status in the review, where it counts as another", func(r answerRow) value { return parquet.Text(r.answer.ReviewStatus) }),
		column("extent", ofText, "how much of the fleet a partially implemented practice covers", func(r answerRow) value { return parquet.Text(r.answer.Extent) }),
		column("finding", ofFlag, "it was assessed and is not in place", func(r answerRow) value { return parquet.Flag(r.answer.Finding) }),
		column("waived", ofFlag, "a waiver covers the finding on the day", func(r answerRow) value { return parquet.Flag(r.answer.Waived) }),
		column("waived_until", ofDay, "first day on which its waiver does not hold, past or to come", func(r answerRow) value { return parquet.Day(r.waivers[r.practice.ID]) }),
		column("priority", ofNumber, "of a finding, 0 to 100", func(r answerRow) value { return parquet.Number(r.answer.Priority, r.answer.Finding) }),
		column("horizon", ofText, "of a finding that is not waived: now, next or later", func(r answerRow) value { return parquet.Text(r.answer.Horizon) }),
		column("owner", ofText, "who closes the gap", func(r answerRow) value { return parquet.Text(strings.Join(strings.Fields(r.answer.Owner), " ")) }),
		column("due", ofDay, "by when the owner closes it", func(r answerRow) value { return parquet.Day(r.answer.Due) }),
		column("overdue", ofFlag, "it is a finding that is not waived, and due before the day", func(r answerRow) value { return parquet.Flag(r.answer.Overdue(r.day)) }),
		column("deadline", ofDay, "day on which the gap takes effect, whoever closes it", func(r answerRow) value { return parquet.Day(r.answer.Deadline) }),
		column("answered_by", ofText, "who gave the answer; profile where the profile of the workload did", func(r answerRow) value { return parquet.Text(r.answer.By) }),
		column("answered_on", ofDay, "when", func(r answerRow) value { return parquet.Day(r.answer.At) }),
	)
}

// provisionColumns are the columns of the table of provisions.
func provisionColumns() []parquet.Column[provisionRow] {
	var list []parquet.Column[provisionRow]
	for _, c := range sharedColumns() {
		list = append(list, fromReviewColumn(c, func(r provisionRow) reviewRow { return r.reviewRow }))
	}
	return append(list,
		column("framework", ofText, "id of the framework", func(r provisionRow) value { return parquet.Text(r.framework.ID) }),
		column("framework_version", ofText, "its version", func(r provisionRow) value { return parquet.Text(r.framework.Version) }),
		column("applies", ofText, "whether the framework applies to the workload: yes, no or unknown", func(r provisionRow) value { return parquet.Text(r.applies) }),
		column("provision", ofText, "id of the provision", func(r provisionRow) value { return parquet.Text(r.provision.ID) }),
		column("provision_status", ofText, "its status in the framework, such as M", func(r provisionRow) value { return parquet.Text(r.provision.Status) }),
		column("provision_title", ofText, "what it asks", func(r provisionRow) value { return parquet.Text(strings.TrimSpace(r.provision.Title)) }),
		column("state", ofText, "what the answers make of it: "+strings.Join(framework.State("").Values(), ", "), func(r provisionRow) value { return parquet.Text(r.state) }),
	)
}
