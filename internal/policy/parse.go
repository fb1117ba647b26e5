package policy

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/suggest"
)

// parse returns the value that a text means for a key, and what is wrong with it.
func parse(key, text string, l *lens.Lens) (any, []error) {
	switch last := key[strings.LastIndexByte(key, '.')+1:]; last {
	case "fail_on":
		known := FailOn("").Values()
		if key != last {
			known = Level("").Values()
		}
		return lens.Level(text), oneOf(last, text, known)
	case "at_least":
		return review.Status(text), oneOf(last, text, AtLeast("").Values())
	case "scoring":
		return scoring.Mode(text), oneOf(last, text, scoring.Mode("").Values())
	case "new_questions":
		return gate.NewQuestions(text), oneOf(last, text, gate.NewQuestions("").Values())
	case "unanswered", "unknown":
		return gate.MissingPolicy(text), oneOf(last, text, gate.MissingPolicy("").Values())
	case "min_score", "min_coverage":
		p, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil || !percentage(p) {
			return nil, []error{fmt.Errorf("%s is a percentage, 0 to 100, not %s", last, text)}
		}
		return p, nil
	case "hard", "soft":
		return practiceIDs(key, text, l)
	}
	return text, nil
}

func oneOf(key, text string, known []string) []error {
	if slices.Contains(known, text) {
		return nil
	}
	return []error{errors.New(suggest.Unknown(key, text, known))}
}

func percentage(p float64) bool { return p >= 0 && p <= 100 }

// practiceIDs parses a list of ids, separated by commas or blanks.
func practiceIDs(key, text string, l *lens.Lens) (ids []string, errs []error) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		p, ok := l.Practice(word)
		switch {
		case !ok:
			errs = append(errs, fmt.Errorf("unknown best practice %q in %s%s", word, key, suggest.DidYouMean(word, l.PracticeIDs())))
		case !slices.Contains(ids, p.ID):
			ids = append(ids, p.ID)
		}
	}
	return ids, errs
}
