package bank

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/lens"
)

// maxAskWords is the maximum number of words of a question that is read aloud.
const maxAskWords = 20

// checkWording checks the wording of a question: its topic, its plain wording, those for
// segments, its follow-ups, and the reason why it is core.
func (c *checker) checkWording(q *lens.Question, s source) {
	switch n := len(strings.Fields(q.Topic)); {
	case n == 0:
		c.report(s.doc, []any{"topic"}, "topic is missing or empty")
	case n < 2 || n > 4:
		c.report(s.doc, []any{"topic"}, "topic has %s; lists have room for two to four", countWords(n, "word"))
	}
	if q.Ask == q.Title {
		c.report(s.doc, []any{"ask"}, "ask is missing or empty")
	} else {
		c.checkAsk(s, q.Ask, "ask")
	}
	var segments []string
	for i, w := range q.Asks {
		c.checkAsk(s, w.Ask, "asks", i, "ask")
		for j, id := range w.Segments {
			if slices.Contains(segments, id) {
				c.report(s.doc, []any{"asks", i, "segments", j}, "segment %q has another wording above", id)
			}
		}
		segments = append(segments, w.Segments...)
	}
	c.checkLength(s, 1, 0, "asks.*.segments")
	c.requireText(s, "follow_ups.*")
	s.each("follow_ups.*", c.requireOpenQuestion(s))
	c.checkCore(q.Core, s)
}

// maxCoreLength is the maximum length of the reason for a core question, in characters: two
// lines of a list on a terminal.
const maxCoreLength = 120

// checkCore checks the reason why a question is core, which lists show.
func (c *checker) checkCore(core lens.Core, s source) {
	at := []any{"core"}
	switch why := strings.TrimSpace(core.Why); {
	case core == lens.Core{}:
	case why == "":
		c.report(s.doc, at, "core has no why: say why no workshop should skip the question")
	case utf8.RuneCountInString(why) > maxCoreLength || len(sentences(why)) > 1 || strings.HasSuffix(why, "."):
		c.report(s.doc, append(at, "why"), "why must be one clause of at most %d characters, without a full stop; lists show it", maxCoreLength)
	}
}

// checkAsk checks a sentence that is read aloud.
func (c *checker) checkAsk(s source, ask string, at ...any) {
	switch words := len(strings.Fields(ask)); {
	case !strings.HasSuffix(strings.TrimSpace(ask), "?"):
		c.report(s.doc, at, "ask must be a question, ending in a question mark")
	case len(sentences(ask)) > 1:
		c.report(s.doc, at, "ask has %s; it is read aloud as one, and what else there is to ask goes into follow_ups", countWords(len(sentences(ask)), "sentence"))
	case words > maxAskWords:
		c.report(s.doc, at, "ask has %d words; a room takes in at most %d, and what else there is to ask goes into follow_ups", words, maxAskWords)
	default:
		c.requireOpenQuestion(s)(ask, at)
	}
}

// requireOpenQuestion returns a visitor that reports questions that can be answered by yes or
// no.
func (c *checker) requireOpenQuestion(s source) func(text any, at []any) {
	return func(text any, at []any) {
		for _, sentence := range sentences(text.(string)) {
			if verb := yesNoVerb(sentence); verb != "" {
				c.report(s.doc, at, "%s can be answered by yes or no (%q); begin with what, which, who, how, when or where", keyName(at), verb)
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

// yesNoVerb returns the auxiliary verb that makes a sentence a yes/no question: the one at its
// beginning, or that of a later clause if no clause has an interrogative. It is empty for
// any other sentence.
func yesNoVerb(sentence string) string {
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
