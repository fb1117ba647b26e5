package openreview

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// Write writes an assessment in the open review schema. Values that a review does not have
// are derived:
//
//   - the score of a pillar is 1 below 25 percent, 2 from 25, 3 from 50, 4 from 75, and 5 if
//     everything assessed is in place; a pillar without an assessed practice has no score,
//     unless no pillar has one (the recall note says so);
//   - the mode is full if the whole lens is in scope and answered, pillar-scoped if the scope
//     names pillars, and quick otherwise;
//   - the run id is derived from the content, so that the same review on the same day has the
//     same id;
//   - unanswered practices are not findings; the recall note counts them;
//   - a waived finding stays a gap; its evidence has the last day of the waiver.
//
// A best practice whose id does not have the form of a bp_id is identified by its title; one
// of a pillar that the schema does not have is left out.
func Write(w io.Writer, a *scoring.Assessment) error {
	doc := documentOf(a)
	content, err := json.Marshal(doc)
	if err != nil {
		return err
	}
	doc.RunID = fmt.Sprintf("iotlens-%x", sha256.Sum256(content))[:len("iotlens-")+16]
	return jsonfile.Write(w, doc)
}

func documentOf(a *scoring.Assessment) Document {
	doc := Document{
		SchemaVersion: SchemaVersion, Workload: a.Workload.Name, Date: a.Today, Mode: mode(a),
		SkillVersion: a.LensID + " " + a.LensVersion, Scores: map[string]int{},
	}
	scored := scores(a, doc.Scores)
	waived := map[string]*scoring.Waiver{}
	for _, f := range a.Findings {
		if f.Waived {
			waived[f.ID] = f.Waiver
		}
	}
	for i := range a.Practices {
		p := &a.Practices[i]
		if p.Status == review.Unanswered {
			continue
		}
		pillar, ok := Pillar(p.Pillar, p.PillarName)
		if !ok {
			continue
		}
		f := findingOf(a, p, pillar, waived[p.ID])
		if !slices.Contains(doc.Lens, f.Lens) {
			doc.Lens = append(doc.Lens, f.Lens)
		}
		doc.Findings = append(doc.Findings, f)
	}
	doc.RecallNote = recallNote(a, UnmappedAnswers(a))
	if !scored {
		doc.RecallNote += " Nothing has been assessed in any pillar: the scores of 1 are there only because the schema requires one."
	}
	return doc
}

// UnmappedAnswers counts the answers of pillars that the schema does not have.
func UnmappedAnswers(a *scoring.Assessment) int {
	known := map[string]bool{}
	for _, p := range a.Pillars {
		_, known[p.ID] = Pillar(p.ID, p.Name)
	}
	n := 0
	for i := range a.Practices {
		if p := &a.Practices[i]; !known[p.Pillar] && p.Status != review.Unanswered {
			n++
		}
	}
	return n
}

// scores sets the scores of the pillars and reports whether any practice was assessed.
func scores(a *scoring.Assessment, scores map[string]int) bool {
	var known []string
	for _, p := range a.Pillars {
		id, ok := Pillar(p.ID, p.Name)
		if !ok {
			continue
		}
		known = append(known, id)
		score, ok := p.Lens.Score()
		if !ok {
			score, ok = p.LayerBanks.Score()
		}
		if ok {
			scores[id] = maturity(score)
		}
	}
	if len(scores) > 0 {
		return true
	}
	if len(known) == 0 {
		known = Pillars()
	}
	for _, id := range known {
		scores[id] = 1
	}
	return false
}

// maturity converts a score in percent to 1 to 5.
func maturity(percent float64) int { return min(5, 1+int((percent+1e-9)/25)) }

func mode(a *scoring.Assessment) Mode {
	switch {
	case len(a.Scope.Pillars) > 0:
		return PillarScoped
	case a.OutOfScope+len(a.SetAside)+len(a.Unassessed) == 0:
		return Full
	}
	return Quick
}

// lensName returns the name of the lens of a practice, as AWS's skills name it.
func lensName(a *scoring.Assessment, p *scoring.Practice) string {
	switch {
	case p.FromLayer:
		return a.LensID + "-layers"
	case a.LensID == "aws-iot":
		return "iot"
	}
	return a.LensID
}

func findingOf(a *scoring.Assessment, p *scoring.Practice, pillar string, w *scoring.Waiver) Finding {
	f := Finding{
		ID: p.ID, Title: p.Title, Lens: lensName(a, p), Pillar: pillar, Status: string(p.Status),
	}
	if !IsID(p.ID) {
		f.ID, f.Title = "", p.ID+": "+p.Title
	}
	if p.IsFinding() {
		f.Severity, f.Effort, f.Recommendation = string(p.Severity), string(p.Effort), p.Guide.FirstStep()
	}
	var notes []string
	if w != nil {
		notes = append(notes, fmt.Sprintf("Waived until %s (owner %s): %s", w.Expires, w.Owner, w.Reason))
	}
	for _, s := range append([]string{p.Reason, p.Note}, p.Evidence...) {
		if s = strings.TrimSpace(s); s != "" {
			notes = append(notes, s)
		}
	}
	f.Evidence = &Evidence{Note: strings.Join(notes, "\n")}
	if p.Line > 0 {
		f.Evidence.File, f.Evidence.Line = a.File, p.Line
	}
	if *f.Evidence == (Evidence{}) {
		f.Evidence = nil
	}
	return f
}

func recallNote(a *scoring.Assessment, elsewhere int) string {
	answered := len(a.Practices) - len(a.Unassessed)
	unknown := a.Lens.Unknown + a.LayerBanks.Unknown
	s := fmt.Sprintf("The team's own answers, taken with iotlens: %d of %s in the scope of this review were answered, of which %d with \"don't know\". What is not listed was not assessed and does not count as passed.",
		answered, text.Count(len(a.Practices), "best practice"), unknown)
	if a.OutOfScope > 0 {
		s += fmt.Sprintf(" The scope leaves out %s.", text.Count(a.OutOfScope, "best practice"))
	}
	single := 0 // set aside individually, not with a whole part
	for _, aside := range a.SetAside {
		if aside.Part == "" {
			single++
		}
	}
	if single > 0 {
		s += fmt.Sprintf(" The profile of the workload sets aside %s.", text.Count(single, "best practice"))
	}
	for _, sentence := range a.NotAsked() {
		s += " " + sentence
	}
	if elsewhere > 0 {
		s += " " + text.Plural(elsewhere, "answer of pillars that the schema doesn't have is", "answers of pillars that the schema doesn't have are") + " left out."
	}
	return s
}
