package portfolio

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// RecordVersion is the version of the encoding. Raise it with every change of a Row.
const RecordVersion = 2

// errRecord is the error of Decode for damaged data.
var errRecord = errors.New("not a row of a portfolio")

// The values of enumerations, by their number in the encoding.
var (
	recordStatuses  = append([]review.Status{review.Unanswered}, review.Statuses()...)
	recordLevels    = []lens.Level{"", lens.Low, lens.Medium, lens.High, lens.Critical}
	recordHorizons  = append([]scoring.Horizon{""}, scoring.Horizons()...)
	recordRisks     = scoring.Risks()
	recordOutcomes  = []gate.Outcome{gate.Passed, gate.Incomplete, gate.Failed}
	recordApplies   = recordWords[framework.Applies](framework.Applies("").Values())
	recordProvision = []framework.State{
		framework.Met, framework.PartlyMet, framework.NotMet, framework.Unknown, framework.NotAnswered, framework.NotApplicable, framework.Outside,
	}
)

func recordWords[T ~string](words []string) []T {
	out := make([]T, len(words))
	for i, w := range words {
		out[i] = T(w)
	}
	return out
}

// Encode encodes a row compactly, without its file, digest and lens.
func (row *Row) Encode() []byte {
	c := &codec{writing: true, data: make([]byte, 0, 2048)}
	c.row(row)
	return c.data
}

// Decode decodes a row that Encode encoded. The lens and the frameworks must be those of the row;
// data that does not fit them is an error.
func Decode(data []byte, l *lens.Lens, frameworks []*framework.Framework) (*Row, error) {
	row := &Row{Lens: l, Answers: newAnswers(len(indexOf(l).practices))}
	c := &codec{data: data}
	c.row(row)
	x := indexOf(l)
	ok := c.err == nil && len(c.data) == 0 && len(row.Pillars) == len(l.Pillars) && len(row.Layers) == len(l.Layers) && len(row.Standings) == len(frameworks)
	for i := 0; ok && i < len(row.Answers); i++ {
		ok = row.Answers[i].Index < len(x.practices) && (i == 0 || row.Answers[i].Index > row.Answers[i-1].Index)
	}
	for i := 0; ok && i < len(row.Questions); i++ {
		ok = row.Questions[i].Index < len(l.Questions) && (i == 0 || row.Questions[i].Index > row.Questions[i-1].Index)
	}
	for i := 0; ok && i < len(frameworks); i++ {
		ok = len(row.Standings[i].States) == len(frameworks[i].Provisions)
	}
	if !ok {
		return nil, errRecord
	}
	return row, nil
}

// A codec visits the fields of a row in order, and encodes or decodes each. Both directions share
// the code, so they cannot differ.
type codec struct {
	writing bool
	data    []byte // what was encoded, or is still to be decoded
	err     error
	texts   []string // texts decoded so far: each is encoded once
	known   map[string]int
}

func (c *codec) row(r *Row) {
	c.text(&r.ValidFrom)
	c.text(&r.ValidUntil)
	c.text(&r.Workload)
	c.text(&r.Owner)
	list(c, &r.Facts, func(f *Fact) {
		c.text(&f.Name)
		list(c, &f.Values, c.text)
	})
	c.text(&r.AskedVersion)
	c.number(&r.AskedRevision)
	c.text(&r.Answered)
	word(c, &r.Outcome, recordOutcomes)
	c.text(&r.Verdict.Mark)
	c.text(&r.Verdict.Words)
	c.tally(&r.LensTally)
	c.tally(&r.BankTally)
	list(c, &r.Pillars, c.tally)
	list(c, &r.Layers, c.tally)
	list(c, &r.Questions, func(q *QuestionRisk) {
		c.number(&q.Index)
		word(c, &q.Risk, recordRisks)
	})
	list(c, &r.Answers, c.answer)
	list(c, &r.Waivers, func(w *review.Waiver) {
		for _, field := range []*string{&w.Practice, &w.Owner, &w.Approver, &w.Reason, &w.Control, &w.Expires, &w.By, &w.At} {
			c.text(field)
		}
	})
	list(c, &r.Standings, func(s *RowStanding) {
		word(c, &s.Applies, recordApplies)
		list(c, &s.States, func(state *framework.State) { word(c, state, recordProvision) })
	})
	list(c, &r.Milestones, func(m *Milestone) {
		c.text(&m.Name)
		c.text(&m.Day)
		c.percent(&m.Score)
		c.percent(&m.Coverage)
		c.number(&m.High)
		c.number(&m.Medium)
		c.number(&m.Open)
		list(c, &m.NotComparable, c.text)
	})
}

func (c *codec) answer(a *Answer) {
	c.number(&a.Index)
	word(c, &a.Status, recordStatuses)
	word(c, &a.Severity, recordLevels)
	c.flag(&a.Finding)
	if a.Finding {
		c.flag(&a.Waived)
		tenths := int(math.Round(a.Priority * 10))
		c.number(&tenths)
		a.Priority = float64(tenths) / 10
		word(c, &a.Horizon, recordHorizons)
	}
	c.text(&a.Owner)
	c.text(&a.Due)
	c.text(&a.At)
	c.text(&a.By)
	word(c, &a.ReviewStatus, recordStatuses)
	c.text(&a.Extent)
	c.text(&a.Deadline)
}

func (c *codec) tally(t *scoring.Tally) {
	for _, n := range []*int{&t.InScope, &t.NotApplicable, &t.Answered, &t.Unknown} {
		c.number(n)
	}
	c.float(&t.Earned)
	c.float(&t.Possible)
}

func (c *codec) percent(p *compare.Percent) {
	c.flag(&p.Known)
	if p.Known {
		c.float(&p.Value)
	}
}

func (c *codec) fail() { c.err, c.data = errRecord, nil }

// number codes a number, which must not be negative.
func (c *codec) number(n *int) {
	if c.writing {
		c.data = binary.AppendUvarint(c.data, uint64(*n))
		return
	}
	value, size := binary.Uvarint(c.data)
	if size <= 0 || value > math.MaxInt32 {
		c.fail()
		return
	}
	*n, c.data = int(value), c.data[size:]
}

func (c *codec) flag(b *bool) {
	n := 0
	if *b {
		n = 1
	}
	c.number(&n)
	if n > 1 {
		c.fail()
	}
	*b = n == 1
}

func (c *codec) float(f *float64) {
	if c.writing {
		c.data = binary.LittleEndian.AppendUint64(c.data, math.Float64bits(*f))
		return
	}
	if len(c.data) < 8 {
		c.fail()
		return
	}
	*f, c.data = math.Float64frombits(binary.LittleEndian.Uint64(c.data)), c.data[8:]
	if math.IsNaN(*f) || math.IsInf(*f, 0) || *f < 0 {
		c.fail()
	}
}

// text codes a text the first time, and its number after that.
func (c *codec) text(s *string) {
	if c.writing {
		place, known := c.known[*s]
		c.number(&place)
		if !known {
			if c.known == nil {
				c.known = map[string]int{}
			}
			c.known[*s] = len(c.known) + 1
			size := len(*s)
			c.number(&size)
			c.data = append(c.data, *s...)
		}
		return
	}
	place := 0
	if c.number(&place); place > 0 {
		if place > len(c.texts) {
			c.fail()
			return
		}
		*s = c.texts[place-1]
		return
	}
	size := 0
	if c.number(&size); c.err != nil || size > len(c.data) {
		c.fail()
		return
	}
	*s, c.data = string(c.data[:size]), c.data[size:]
	c.texts = append(c.texts, *s)
}

// word codes a value of a list by its index.
func word[T comparable](c *codec, w *T, list []T) {
	place := 0
	if c.writing {
		if place = slices.Index(list, *w); place < 0 {
			panic("portfolio: cannot encode a value that is not in the list") // a bug: the lists are complete
		}
	}
	c.number(&place)
	if place >= len(list) {
		c.fail()
		return
	}
	*w = list[place]
}

// list codes the length and the elements. An element has at least one byte, which bounds the
// length of damaged data.
func list[T any](c *codec, of *[]T, each func(*T)) {
	n := len(*of)
	c.number(&n)
	if !c.writing {
		if c.err != nil || n > len(c.data) {
			c.fail()
			return
		}
		switch {
		case n == 0:
			*of = nil
		case n <= cap(*of): // zeroed memory of a pool
			*of = (*of)[:n]
		default:
			*of = make([]T, n)
		}
	}
	for i := 0; i < n && c.err == nil; i++ {
		each(&(*of)[i])
	}
}
