package report

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// indent is where the text of a finding begins.
const indent = pdfLeft + 9

func (d *pdfDoc) findings(a *scoring.Assessment) {
	d.page()
	d.heading("Findings", itoa(len(a.Findings)))
	if len(a.Findings) == 0 {
		d.block(pdfLeft, pdfWide, "", body, ink, "None. Everything that was assessed is in place.")
	}
	for i := range a.Findings {
		d.finding(a, i)
	}
}

func (d *pdfDoc) finding(a *scoring.Assessment, i int) {
	f := a.Findings[i]
	const wide = pdfRight - indent
	const title = wide - 26
	head := d.height(title, "B", 10, f.Title) + step(small) + 6
	d.need(head + d.height(wide, "", body, f.Guide.Why) + 12)
	d.line(pdfLeft, pdfRight, hairline)
	d.y += 2.6
	d.Bookmark(d.one(strconv.Itoa(i+1)+". "+f.ID+" "+f.Title), 1, d.y)
	top := d.y
	d.font("B", 10)
	d.ink(muted)
	d.atRight(indent-3, top, 10, itoa(i+1))
	d.ink(ink)
	d.atRight(pdfRight, top, 10, itoa(f.Priority))
	d.font("", label)
	d.ink(muted)
	d.atRight(pdfRight-7, top+0.6, label, "priority")
	d.bar(pdfRight-20, top+5, 20, f.Priority)
	d.block(indent, title, "B", 10, ink, f.Title)
	d.y += 0.8
	end := d.chip(levelClass(f.Severity), string(f.Severity)+" severity", indent, d.y)
	d.font("", small)
	d.ink(muted)
	words := strings.Join([]string{f.ID, f.Status.Words(), f.Effort.String() + " effort", string(f.Quadrant), when(f)}, " · ")
	d.fit(end+2.5, d.y+0.5, small, pdfRight-end-2.5, words)
	d.y += 5.6
	overdue := ""
	if f.Due != "" && f.Due < a.Today && !f.Waived {
		overdue = " (overdue)"
	}
	d.block(indent, wide, "", small, muted, strings.Join(append([]string{f.PillarName}, f.LayerNames...), ", ")+". Owner: "+or(f.Owner, "nobody yet")+". Due: "+or(f.Due, "no date")+overdue+".")
	d.y++
	d.said(indent, wide, "Why it ranks here", sentence(strings.Join(f.Because, "; "))+".")
	d.said(indent, wide, "What can happen", f.Guide.Why)
	if f.Waiver != nil {
		d.said(indent, wide, "Waiver", sentence(waiverState(*f.Waiver))+". "+waiverWords(*f.Waiver))
	}
	d.said(indent, wide, "What was said", d.shorter(f.Note))
	d.said(indent, wide, "What was shown", strings.Join(f.Evidence, "; "))
	first := f.Guide.FirstStep()
	if first != "" && f.Fix != "" {
		first += " It takes " + card.FixWords(f.Fix) + "."
	}
	d.said(indent, wide, "Do first", first)
	d.y += 3
}

// said writes a label and its text; nothing for an empty text.
func (d *pdfDoc) said(x, width float64, name, s string) {
	if strings.TrimSpace(s) == "" {
		return
	}
	const side = 27.0
	d.need(2 * step(body))
	d.font("", small)
	d.ink(muted)
	d.at(x, d.y+0.3, small, name)
	d.block(x+side, width-side, "", body, ink, s)
	d.y++
}

// shorter leaves the end of a very long text to the review file, and says so.
func (d *pdfDoc) shorter(s string) string {
	if len(s) <= fold+fold/4 {
		return s
	}
	at := fold
	for !utf8.RuneStart(s[at]) {
		at--
	}
	return s[:at] + " … (" + thousands(utf8.RuneCountInString(s[at:])) + " more characters stand in the review file)"
}

// scenarios lists the steps of each scenario with their state.
func (d *pdfDoc) scenarios(a *scoring.Assessment) {
	if len(a.Scenarios) == 0 {
		return
	}
	d.heading("Scenarios, step by step", "")
	for _, sc := range a.Scenarios {
		d.need(24)
		d.block(pdfLeft, pdfWide, "B", body, ink, sc.Name)
		d.y += 0.8
		for i, st := range sc.Steps {
			d.step(i, st)
		}
		d.y += 3
	}
}

func (d *pdfDoc) step(i int, st scoring.Step) {
	class := stepSigns[st.State].class
	state := string(st.State)
	ids := st.Unassessed
	if st.State == scoring.StepAtRisk {
		class = string(st.Worst)
		state += ", gravest " + string(st.Worst)
		ids = st.Findings
	}
	d.need(8)
	d.font("", body)
	d.ink(muted)
	d.atRight(pdfLeft+5, d.y, body, itoa(i+1))
	d.sign(signClass(stepSigns[st.State].sign, class), pdfLeft+7.5, d.y+3, 2, tones[class].front)
	top := d.y
	d.font("", small)
	d.ink(tones[class].front)
	d.at(pdfLeft+84, top+0.2, small, state)
	d.block(pdfLeft+120, pdfWide-120, "", label, muted, strings.Join(ids, ", "))
	bottom := d.y
	if bottom < top {
		return // the ids went on to another page
	}
	d.y = top
	d.block(pdfLeft+11.5, 70, "", body, ink, st.Title)
	d.y = max(bottom, d.y) + 0.6
}

func (d *pdfDoc) waivers(a *scoring.Assessment) {
	if len(a.Waivers) == 0 {
		return
	}
	d.heading("Waivers", itoa(len(a.Waivers)))
	for _, w := range a.Waivers {
		look := waiverSigns[w.State]
		d.need(20)
		end := d.chip(look.class, look.words, pdfLeft, d.y)
		d.font("", small)
		d.ink(muted)
		d.fit(end+2.5, d.y+0.5, small, pdfRight-end-2.5, w.Practice+" · "+waiverState(w))
		d.y += 5.6
		d.block(pdfLeft, pdfWide, "B", body, ink, w.Title)
		d.block(pdfLeft, pdfWide, "", body, ink, d.shorter(waiverWords(w)))
		d.y += 3
	}
}

func (d *pdfDoc) parked(a *scoring.Assessment) {
	if len(a.Parked) == 0 {
		return
	}
	d.heading("Parked topics", itoa(len(a.Parked)))
	for _, t := range a.Parked {
		d.block(pdfLeft, pdfWide, "", body, ink, d.shorter(topicText(t.Topic, t.Practice, t.Owner)))
		d.y += 1.2
	}
}

func (d *pdfDoc) open(a *scoring.Assessment) {
	d.heading("Not assessed", itoa(len(a.Unassessed)))
	if len(a.Unassessed) == 0 {
		d.block(pdfLeft, pdfWide, "", body, ink, "Everything in scope was answered.")
	}
	for _, u := range a.Unassessed {
		d.listed(u, "")
	}
	if a.OutOfScope > 0 {
		d.y++
		d.block(pdfLeft, pdfWide, "", body, ink, "The scope of the review leaves out "+text.Count(a.OutOfScope, "best practice")+".")
	}
}

func (d *pdfDoc) excluded(a *scoring.Assessment) {
	d.heading("Not applicable", itoa(len(a.Excluded)))
	if len(a.Excluded) == 0 {
		d.block(pdfLeft, pdfWide, "", body, ink, "None.")
	}
	for _, e := range a.Excluded {
		by := ""
		if e.By != "" && e.By != review.ByProfile {
			by = " (" + e.By + ")"
		}
		d.listed(e, d.shorter(e.Reason)+by)
	}
}

// listed is one line or two about a best practice: sign, id, title, and why.
func (d *pdfDoc) listed(p *scoring.Practice, why string) {
	const side = 30.0
	d.need(2*step(small) + 1)
	class := levelClass(lens.Low)
	if p.Severity != "" {
		class = levelClass(p.Severity)
	}
	d.sign(class, pdfLeft, d.y+2.6, 1.8, tones[class].front)
	d.font("", small)
	d.ink(muted)
	d.fit(pdfLeft+4, d.y, small, side-5, p.ID)
	d.block(pdfLeft+side, pdfWide-side, "", small, ink, p.Title)
	if why != "" {
		d.block(pdfLeft+side, pdfWide-side, "", small, muted, why)
	}
	d.y += 0.9
}

func (d *pdfDoc) method(a *scoring.Assessment) {
	d.heading("Method", "")
	for i, s := range methodSentences(a) {
		d.need(2 * step(body))
		d.font("", body)
		d.ink(muted)
		d.atRight(pdfLeft+5, d.y, body, itoa(i+1))
		d.block(pdfLeft+8, pdfWide-8, "", body, ink, s)
		d.y += 0.8
	}
	d.y += 2
	for _, f := range about(a) {
		d.said(pdfLeft, pdfWide, f.value, f.words)
	}
	if d.missing > 0 {
		d.said(pdfLeft, pdfWide, "Characters", "This PDF has glyphs for Latin, Greek and Cyrillic scripts. "+
			text.CountOf(d.missing, "character of another script or a symbol is", "characters of other scripts or symbols are")+
			" shown by code point, as in [U+4E2D]; the HTML report shows them.")
	}
}
