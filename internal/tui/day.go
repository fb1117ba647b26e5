package tui

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/dates"
	"github.com/iotlens/iotlens/internal/review"
)

// today is the day of an answer that is given now.
func (s *Session) today() string {
	_, at := s.Walk.Stamp()
	return review.DayOf(at)
}

// parseDay reads a date as people say it. One in the past is asked back: the same again at
// the same best practice keeps it. before is what is there now, which is taken as it is.
func (s *Session) parseDay(d detail, said, before string) (string, error) {
	today := s.today()
	day, err := dates.Parse(said, today)
	if err != nil {
		return "", fmt.Errorf("%s: %w", d.Key, err)
	}
	asked := s.practiceID() + " " + d.Key + " " + day
	if day == before || !dates.Past(day, today) || s.pastDateAsked == asked {
		s.pastDateAsked = ""
		return day, nil
	}
	s.pastDateAsked = asked
	return "", fmt.Errorf("%s: %s is in the past (%s). The same again keeps it; did you mean %s?", d.Key, day, dates.Describe(day, today), dates.NextOccurrence(day, today))
}

// dayText is a day with what people need to check it: 2027-01-31 (Sunday, in 63 days).
func (s *Session) dayText(day string) string {
	return fmt.Sprintf("%s (%s)", day, dates.Describe(day, s.today()))
}

// dayHint is what a text that is being typed is taken for; examples, where it is no
// date yet.
func (s *Session) dayHint(typed string) string {
	if day, err := dates.Parse(typed, s.today()); err == nil {
		return "= " + s.dayText(day)
	}
	return "such as " + strings.TrimPrefix(dates.Examples, "2027-01-31, ")
}
