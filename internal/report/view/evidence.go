package view

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// EvidencePack returns the sections for an auditor: the files and versions behind the
// report, the participants, and every answer with its notes, evidence and history.
func EvidencePack(a *scoring.Assessment) []Section {
	return filter([]Section{Provenance(a), Participants(a), Ledger(a), NotCounted(a)}, func(s Section) bool { return !s.Empty() })
}

// Provenance lists the files behind a report with their digests, and the versions of lens
// and program.
func Provenance(a *scoring.Assessment) Section {
	out := Section{ID: "record", Title: "Record", Intro: "The files and versions behind this report. A digest is the SHA-256 of a file, as sha256sum prints it; the digest of the bank covers its content.", FullText: true}
	facts := []Text{
		{Label: "Workload", Text: a.Workload.Name},
		{Label: "Review owner", Text: a.Workload.ReviewOwner},
		{Label: "Review template", Text: a.Template.Words()},
		{Label: "Notes on the workload", Text: a.Workload.Notes},
		{Label: "As of", Text: a.Today},
		{Label: "Review file", Text: a.File},
		{Label: "Review digest", Text: a.Record.Digest},
		{Label: "Lens", Text: LensTitle(a)},
		{Label: "Bank digest", Text: a.LensDigest},
		{Label: "Last asked with", Text: lastAsked(a)},
		{Label: "iotlens", Text: a.Program},
	}
	for _, p := range a.Record.Policies {
		facts = append(facts, Text{Label: "Policy file", Text: p.File}, Text{Label: "Policy digest", Text: p.Digest})
	}
	if a.Record.Digest != "" && len(a.Record.Policies) == 0 {
		facts = append(facts, Text{Label: "Policy file", Text: "none; a gate goes by its defaults"})
	}
	facts = append(facts, Text{Label: "Note on the lens", Text: a.Notes.Lens})
	for _, id := range slices.Sorted(maps.Keys(a.Notes.Pillars)) {
		facts = append(facts, Text{Label: "Note on " + pillarName(a, id), Text: a.Notes.Pillars[id]})
	}
	out.Facts = nonBlank(append(facts, customKeys(a.Record.CustomKeys)...)...)
	return out
}

// lastAsked names the edition of the lens with which the review was last asked.
func lastAsked(a *scoring.Assessment) string {
	s := a.ReviewLensVersion
	if s == "" {
		return ""
	}
	s += fmt.Sprintf(", revision %d", max(a.ReviewLensRevision, 1))
	if a.ReviewLensDigest != "" {
		s += ", digest " + a.ReviewLensDigest
	}
	return s
}

func pillarName(a *scoring.Assessment, id string) string {
	for _, p := range a.Pillars {
		if p.ID == id {
			return p.Name
		}
	}
	return id
}

// customKeys returns the x- keys of a file, sorted by key.
func customKeys(own map[string]string) []Text {
	return Map(slices.Sorted(maps.Keys(own)), func(key string) Text { return Text{Label: key, Text: own[key]} })
}

// Participants lists everybody whom a review names, with the number of entries by kind and
// the first and last day.
func Participants(a *scoring.Assessment) Section {
	type person struct {
		answered, owns, other int
		first, last           string
	}
	people := map[string]*person{}
	entryOf := func(name string) *person {
		if known := people[name]; known != nil {
			return known
		}
		name = strings.Join(strings.Fields(name), " ")
		if name == "" || name == review.ByProfile {
			return &person{}
		}
		if people[name] == nil {
			people[name] = &person{}
		}
		return people[name]
	}
	addDay := func(p *person, at string) {
		if at = review.DayOf(at); at == "" {
			return
		}
		p.last = max(p.last, at)
		if p.first == "" || at < p.first {
			p.first = at
		}
	}
	addAnswer := func(answer review.Answer) {
		for _, entry := range append([]review.Answer{answer}, answer.History...) {
			p := entryOf(entry.By)
			p.answered++
			addDay(p, entry.At)
		}
		if answer.IsFinding() || answer.Owner != "" {
			entryOf(answer.Owner).owns++
		}
		for _, entry := range answer.History {
			entryOf(entry.Owner)
		}
	}
	for i := range a.Practices {
		addAnswer(a.Practices[i].Answer)
	}
	addWaiver := func(w review.Waiver) {
		for _, name := range []string{w.Owner, w.Approver} {
			entryOf(name).other++
		}
		if w.By != "" {
			p := entryOf(w.By)
			p.other++
			addDay(p, w.At)
		}
	}
	for _, w := range a.Waivers {
		addWaiver(w.Waiver)
	}
	for _, t := range a.Parked {
		entryOf(t.Owner).other++
		p := entryOf(t.By)
		p.other++
		addDay(p, t.At)
	}
	for _, o := range a.Ignored {
		addAnswer(o.Answer)
		if o.Waiver != nil {
			addWaiver(*o.Waiver)
		}
	}
	for _, n := range a.NoPlace {
		addAnswer(n.Answer)
		addWaiver(n.Waiver)
	}
	if len(people) == 0 {
		return Section{}
	}
	out := Section{
		ID: "participants", Title: "Participants", Count: fmt.Sprint(len(people)),
		Table: Table{Header: []string{"", "answers", "owns", "other", "first", "last"}},
		Note:  "Answers given, earlier ones included; answers owned; other entries are waivers and parked topics. First and last are the days of what they recorded.",
	}
	for _, name := range slices.Sorted(maps.Keys(people)) {
		p := people[name]
		out.Table.Rows = append(out.Table.Rows, []string{name, fmt.Sprint(p.answered), fmt.Sprint(p.owns), fmt.Sprint(p.other), OrDefault(p.first, "none"), OrDefault(p.last, "none")})
	}
	return out
}

// Ledger lists every best practice in scope, by pillar, with everything that the review
// records about it.
func Ledger(a *scoring.Assessment) Section {
	out := Section{
		ID: "ledger", Title: "Ledger", Count: text.Count(len(a.Practices), "best practice"), FullText: true,
		Intro: "Every best practice in scope: its answer, who gave it and when, note and evidence, earlier answers since the last milestone, and its waiver.",
	}
	waivers := map[string]*scoring.Waiver{}
	for i := range a.Waivers {
		waivers[a.Waivers[i].Practice] = &a.Waivers[i]
	}
	var all []*scoring.Practice
	for i := range a.Practices {
		all = append(all, &a.Practices[i])
	}
	out.addByPillar(a, all, func(p *scoring.Practice) Item {
		entry := ledgerTexts(p.Answer, p.CustomKeys)
		if w := waivers[p.ID]; w != nil {
			entry = append(entry, recordedWaiver(w.Waiver, sentence(WaiverStateText(*w))))
		}
		if p.ReviewStatus != "" {
			entry = append(entry, Text{Label: "Given as", Text: p.ReviewStatus.Words(), Short: true})
		}
		return Item{Badge: statusBadge(p), ID: p.ID, Title: p.Title, Texts: entry}
	})
	return out
}

// NotCounted lists the answers that do not count because the best practice is out of scope
// or no longer asked.
func NotCounted(a *scoring.Assessment) Section {
	out := Section{
		ID: "not-counted", Title: "Answers that do not count", Count: fmt.Sprint(len(a.Ignored)), FullText: true,
		Intro: "Answers and waivers for best practices that are out of scope or no longer asked.",
	}
	out.addGroup(Group{Items: Map(a.Ignored, func(o scoring.IgnoredAnswer) Item {
		entry := append([]Text{{Label: "Not counted", Text: string(o.Why), Short: true}, {Label: "Status", Text: o.Answer.Status.Words(), Short: true}}, ledgerTexts(o.Answer, nil)...)
		if o.Waiver != nil {
			entry = append(entry, recordedWaiver(*o.Waiver, "Expires on "+o.Waiver.Expires+"."))
		}
		return Item{ID: o.Practice, Title: o.Title, Texts: entry}
	})})
	if len(a.Ignored) == 0 {
		return Section{}
	}
	return out
}

// statusBadges has the badge of each status, without words.
var statusBadges = map[review.Status]Badge{
	review.Implemented:          {ToneGood, "✓", ""},
	review.PartiallyImplemented: {ToneMedium, "■", ""},
	review.NotImplemented:       {ToneHigh, "▲", ""},
	review.NotApplicable:        {ToneNeutral, "–", ""},
	review.CannotDetermine:      {ToneNeutral, "?", ""},
	review.Unanswered:           {ToneNeutral, "?", ""},
}

// statusBadge returns the badge of the status of a best practice.
func statusBadge(p *scoring.Practice) Badge {
	s := statusBadges[p.Status]
	s.Words = p.Words()
	return s
}

// ledgerTexts returns everything that an answer records except its status, earlier answers
// included.
func ledgerTexts(answer review.Answer, own map[string]string) []Text {
	out := []Text{
		{Label: LabelAnswered, Text: answeredBy(answer), Short: true},
		{Label: "Reason", Text: answer.Reason},
		{Label: "Extent", Text: answer.Extent, Short: true},
		{Label: LabelNote, Text: answer.Note},
		{Label: "Owner", Text: answer.Owner, Short: true},
		{Label: "Due", Text: answer.Due, Short: true},
		{Label: "Deadline", Text: answer.Deadline, Short: true},
		{Label: "Evidence", Text: strings.Join(answer.Evidence, "; "), Items: answer.Evidence, MayLink: true},
	}
	if earlier := answer.EarlierEvidence(); len(earlier) > 0 {
		out = append(out, Text{Label: labelEarlierEvidence, Text: strings.Join(earlier, "; "), Items: earlier, MayLink: true})
	}
	for _, earlier := range earlierAnswers(answer) {
		out = append(out, Text{Label: "Earlier answer", Text: earlier})
	}
	return nonBlank(append(out, customKeys(own)...)...)
}

// Labels of the texts of an answer.
const (
	LabelAnswered        = "Answered" // who answered and when
	LabelNote            = "Note"
	labelEarlierEvidence = "Evidence given for an earlier answer" // that the present answer lacks
)

// earlierAnswers returns the answers that an answer replaced, the latest first, each as a
// text.
func earlierAnswers(answer review.Answer) []string {
	var out []string
	for _, entry := range slices.Backward(answer.History) {
		out = append(out, earlierAnswer(entry))
	}
	return out
}

// earlierAnswer returns an answer that was replaced, as a text.
func earlierAnswer(answer review.Answer) string {
	parts := []string{answer.Status.Words()}
	if s := answeredBy(answer); s != "" {
		parts[0] += ", answered " + s
	}
	for _, f := range review.AnswerFields() {
		if f.Signature || f.Kind == review.KindStatus {
			continue
		}
		if values := f.Values(answer); len(values) > 0 {
			parts = append(parts, f.Key+": "+strings.Join(values, ", "))
		}
	}
	return strings.Join(parts, "; ")
}

// recordedWaiver returns a waiver with its terms and who recorded it, after a sentence on
// its state.
func recordedWaiver(w review.Waiver, state string) Text {
	s := state + " " + waiverTerms(scoring.Waiver{Waiver: w})
	if signature := strings.TrimSpace(w.By + " " + w.At); signature != "" {
		s += " Recorded " + signature + "."
	}
	return Text{Label: "Waiver", Text: s}
}

// otherRecords returns what a review records besides the best practices in scope, each as a
// text: notes on the workload, the lens and its pillars, and answers that do not count.
func otherRecords(a *scoring.Assessment) []string {
	var out []string
	add := func(label, value string) {
		if strings.TrimSpace(value) != "" {
			out = append(out, label+": "+value)
		}
	}
	add("note on the workload", a.Workload.Notes)
	add("note on the lens", a.Notes.Lens)
	for _, id := range slices.Sorted(maps.Keys(a.Notes.Pillars)) {
		add("note on "+id, a.Notes.Pillars[id])
	}
	addAnswer := func(id, title, why string, answer review.Answer, w *review.Waiver) {
		label := withNote(strings.TrimSpace(id+" "+title), why)
		for _, text := range append([]string{earlierAnswer(answer)}, earlierAnswers(answer)...) {
			add(label, text)
		}
		if w != nil && w.Reason != "" {
			add(label, "waiver: "+recordedWaiver(*w, "Expires on "+w.Expires+".").Text)
		}
	}
	for _, o := range a.Ignored {
		addAnswer(o.Practice, o.Title, string(o.Why), o.Answer, o.Waiver)
	}
	for _, n := range a.NoPlace {
		addAnswer(n.Practice, n.Title, "asked by "+n.Lens+" "+n.LensVersion, n.Answer, &n.Waiver)
	}
	return out
}
