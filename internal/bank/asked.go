package bank

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/lens"
)

// longestAsk is the most words of a question that a room understands when it is read
// aloud once.
const longestAsk = 20

// asked checks what is said and shown of a question: its topic, its plain form, that
// of some segments, what is asked after it, and why it is core.
func (c *checker) asked(q *lens.Question, s source) {
	switch n := len(strings.Fields(q.Topic)); {
	case n == 0:
		c.report(s.doc, []any{"topic"}, "topic is missing or empty")
	case n < 2 || n > 4:
		c.report(s.doc, []any{"topic"}, "topic has %s; lists have room for two to four", counted(n, "word"))
	}
	if q.Ask == q.Title {
		c.report(s.doc, []any{"ask"}, "ask is missing or empty")
	} else {
		c.spoken(s, q.Ask, "ask")
	}
	var segments []string
	for i, w := range q.Asks {
		c.spoken(s, w.Ask, "asks", i, "ask")
		for j, id := range w.Segments {
			if slices.Contains(segments, id) {
				c.report(s.doc, []any{"asks", i, "segments", j}, "segment %q has another wording above", id)
			}
		}
		segments = append(segments, w.Segments...)
	}
	c.count(s, 1, 0, "asks.*.segments")
	c.required(s, "follow_ups.*")
	s.each("follow_ups.*", c.open(s))
	c.core(q.Core, s)
}

// longestCore is the longest reason for a core question, in characters: two lines of a
// list on a terminal.
const longestCore = 120

// core checks why no workshop should skip a question: one clause, for a list.
func (c *checker) core(core lens.Core, s source) {
	at := []any{"core"}
	switch why := strings.TrimSpace(core.Why); {
	case core == lens.Core{}:
	case why == "":
		c.report(s.doc, at, "core has no why: say why no workshop should skip the question")
	case utf8.RuneCountInString(why) > longestCore || len(sentences(why)) > 1 || strings.HasSuffix(why, "."):
		c.report(s.doc, append(at, "why"), "why must be one clause of at most %d characters, without a full stop; lists show it", longestCore)
	}
}

// spoken checks a sentence that is read aloud.
func (c *checker) spoken(s source, ask string, at ...any) {
	switch words := len(strings.Fields(ask)); {
	case !strings.HasSuffix(strings.TrimSpace(ask), "?"):
		c.report(s.doc, at, "ask must be a question, ending in a question mark")
	case len(sentences(ask)) > 1:
		c.report(s.doc, at, "ask has %s; it is read aloud as one, and what else there is to ask goes into follow_ups", counted(len(sentences(ask)), "sentence"))
	case words > longestAsk:
		c.report(s.doc, at, "ask has %d words; a room takes in at most %d, and what else there is to ask goes into follow_ups", words, longestAsk)
	default:
		c.open(s)(ask, at)
	}
}

// open is a visit that checks that a question can't be answered by yes or no.
func (c *checker) open(s source) func(text any, at []any) {
	return func(text any, at []any) {
		for _, sentence := range sentences(text.(string)) {
			if verb := closed(sentence); verb != "" {
				c.report(s.doc, at, "%s can be answered by yes or no (%q); begin with what, which, who, how, when or where", last(at), verb)
			}
		}
	}
}

var (
	auxiliaries = strings.Fields("is are am was were do does did has have had can could will would shall should may might must " +
		"isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't can't couldn't won't wouldn't shouldn't mustn't")
	interrogatives = strings.Fields("what which who whose whom how why")
	leads          = strings.Fields("and or but so then to in on at by from for with within without under until since of after before over into against through")
)

// closed returns the word that makes a question one of yes or no: the auxiliary verb
// at its beginning, or that of a later clause where no clause asks for more. It is
// empty for any other sentence.
func closed(sentence string) string {
	if !strings.HasSuffix(sentence, "?") {
		return ""
	}
	verb := ""
	clauses := strings.FieldsFunc(strings.ToLower(sentence), func(r rune) bool { return strings.ContainsRune(",:;()", r) })
	for i, clause := range clauses {
		words := strings.FieldsFunc(clause, func(r rune) bool { return strings.ContainsRune(" \t\n?\"", r) })
		for len(words) > 1 && slices.Contains(leads, words[0]) {
			words = words[1:]
		}
		switch {
		case len(words) == 0:
		case slices.Contains(interrogatives, words[0]),
			(words[0] == "when" || words[0] == "where") && len(words) > 1 && slices.Contains(auxiliaries, words[1]):
			return ""
		case slices.Contains(auxiliaries, words[0]) && i == 0:
			return words[0]
		case slices.Contains(auxiliaries, words[0]) && verb == "":
			verb = words[0]
		}
	}
	return verb
}
