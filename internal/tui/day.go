package tui

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/dates"
	"github.com/iotlens/iotlens/internal/review"
)

// today is the day of an answer given now, YYYY-MM-DD.
func (s *Session) today() string {
	_, at := s.Walk.Stamp()
	return review.DayOf(at)
}

// parseDay parses a date in any form of package dates. A date in the past is an error the
// first time; entered again for the same best practice, it is accepted, as is the current
// value.
func (s *Session) parseDay(d detail, typed, current string) (string, error) {
	today := s.today()
	day, err := dates.Parse(typed, today)
	if err != nil {
		return "", fmt.Errorf("%s: %w", d.Key, err)
	}
	entered := s.practiceID() + " " + d.Key + " " + day
	if day == current || !dates.Past(day, today) || s.pastDateAsked == entered {
		s.pastDateAsked = ""
		return day, nil
	}
	s.pastDateAsked = entered
	return "", fmt.Errorf("%s: %s is in the past (%s). The same again keeps it; did you mean %s?", d.Key, day, dates.Describe(day, today), dates.NextOccurrence(day, today))
}

// dayText is a day with its weekday and distance: 2027-01-31 (Sunday, in 63 days).
func (s *Session) dayText(day string) string {
	return fmt.Sprintf("%s (%s)", day, dates.Describe(day, s.today()))
}

// dayHint is the date that typed text is taken for, or examples if it is not a date yet.
func (s *Session) dayHint(typed string) string {
	if day, err := dates.Parse(typed, s.today()); err == nil {
		return "= " + s.dayText(day)
	}
	return "such as " + strings.TrimPrefix(dates.Examples, "2027-01-31, ")
}
