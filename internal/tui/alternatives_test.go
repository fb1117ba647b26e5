package tui

import (
	"bufio"
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// golden compares a screen with a golden file. UPDATE_GOLDEN=1 writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	lines := strings.Split(got, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	got, file := strings.Join(lines, "\n")+"\n", "testdata/"+name+".golden"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), got, "%s; if the change is meant: UPDATE_GOLDEN=1", file)
}

func unanswered(l *lens.Lens) *review.Review {
	return &review.Review{Schema: 1, Lens: l.ID, LensVersion: l.Version, Workload: review.Workload{Name: "North house"}}
}

// given returns the statuses of a review by best practice.
func given(r *review.Review) map[string]string {
	out := map[string]string{}
	for id, a := range r.Answers {
		out[id] = string(a.Status)
	}
	return out
}

func TestAlternativesOnTheScreen(t *testing.T) {
	l := lensOf(t, "alternatives")
	b := benchOf(l, unanswered(l))
	b.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	golden(t, "alternatives", b.screen())

	// One is enough: a number picks it, and a note belongs to it.
	b.press("3", "n", "h", "i", "enter")
	golden(t, "alternatives-picked", b.screen())
	assert.Equal(t, map[string]string{"standby-ch3": "implemented"}, given(b.m.review))
	assert.Equal(t, "hi", b.m.review.Answers["standby-ch3"].Note)
	b.press("9")
	assert.Contains(t, b.screen(), "standby has the alternatives 1 to 4.")
	b.press("down", "space")
	assert.Equal(t, map[string]string{"standby-ch3": "not_implemented", "standby-ch4": "implemented"}, given(b.m.review))
	b.press("u", "u", "u")
	assert.Empty(t, b.m.review.Answers)

	// None, don't know and does not apply answer all of them.
	b.press("0")
	assert.Equal(t, strings.Repeat("not_implemented ", 4), all(b.m.review))
	b.press("x")
	assert.Equal(t, strings.Repeat("cannot_determine ", 4), all(b.m.review))
	b.press("-", "n", "o", "enter")
	assert.Equal(t, strings.Repeat("not_applicable ", 4), all(b.m.review))
	b.press("up", "~")
	assert.Equal(t, review.PartiallyImplemented, b.m.review.Answers["standby-ch1"].Status)

	// If two are needed, a number picks another one, or unpicks it.
	b.press("right", "1", "4")
	golden(t, "alternatives-several", b.screen())
	links := func() (out []string) {
		for _, id := range l.PracticeIDs() {
			if strings.HasPrefix(id, "links-") && b.m.review.Answers[id].Status == review.Implemented {
				out = append(out, id)
			}
		}
		return out
	}
	assert.Equal(t, []string{"links-fibre", "links-phone"}, links())
	b.press("1")
	assert.Equal(t, []string{"links-phone"}, links())
	b.press("enter")
	s, _ := b.m.Walk.Current()
	assert.Equal(t, "links-ids", s.Practice.ID)
	b.press("6")
	assert.Contains(t, b.screen(), "This is asked by itself; 1 to 5 answer it.")

	// A negative is true or not true.
	b.press("right", "down", "1")
	golden(t, "negative", b.screen())
}

// all returns the statuses of the alternatives of the first question.
func all(r *review.Review) string {
	out := ""
	for _, id := range []string{"standby-ch1", "standby-ch2", "standby-ch3", "standby-ch4"} {
		out += string(r.Answers[id].Status) + " "
	}
	return out
}

func TestAlternativesLineByLine(t *testing.T) {
	l := lensOf(t, "alternatives")
	for _, c := range []struct {
		lines string
		want  map[string]string
	}{
		{"3", map[string]string{"standby-ch3": "implemented"}},
		{"1,3", map[string]string{"standby-ch1": "implemented", "standby-ch3": "implemented"}},
		{"3\nb\n4", map[string]string{"standby-ch3": "not_implemented", "standby-ch4": "implemented"}},
		{"h 2 half of it", map[string]string{"standby-ch1": "not_implemented", "standby-ch2": "partially_implemented", "standby-ch3": "not_implemented", "standby-ch4": "not_implemented"}},
		{"s\n1,4", map[string]string{"links-fibre": "implemented", "links-phone": "implemented"}},
		{"s\n1", map[string]string{"links-fibre": "implemented", "links-radio": "not_implemented", "links-mesh": "not_implemented", "links-phone": "not_implemented"}},
		{"y\n5\n1,9\n1,x", map[string]string{}},
		{"3\nu", map[string]string{}},
	} {
		r := unanswered(l)
		b := benchOf(l, r)
		var out strings.Builder
		line := &Line{Session: b.m.Session, In: bufio.NewReader(strings.NewReader(c.lines + "\n")), Out: &out}
		require.NoError(t, line.Run())
		assert.Equal(t, c.want, given(b.onDisk), c.lines)
	}
}
