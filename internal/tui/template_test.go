package tui

import (
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An answer from a template says so on each screen until the same key confirms it.
func TestAnswerFromTemplateIsConfirmed(t *testing.T) {
	r := plant()
	r.Answers = map[string]review.Answer{"LABOPS01-BP01": {
		Status: review.NotApplicable, Reason: "One team does both.", By: "Bo", At: "2026-11-01",
		Template: "Platform", VouchedBy: "The platform team", VouchedUntil: "2027-06-30",
	}}
	b := newBench(r)
	b.resize([2]int{80, 40})
	text := func() string { return strings.Join(strings.Fields(b.screen()), " ") }
	b.press("g")
	b.typed("labops01-bp01")
	b.press("enter")
	assert.Contains(t, text(), "4 confirms it")
	assert.Contains(t, text(), "not confirmed: from the template Platform")
	b.press("down")
	assert.Contains(t, text(), "not confirmed")
	b.press("v", "v")
	require.Equal(t, ModePresenter, b.m.mode)
	assert.Contains(t, text(), "not confirmed")
	assert.NotContains(t, text(), "The platform team")
	b.press("v", "up", "4", "enter")
	a := b.m.review.Answers["LABOPS01-BP01"]
	assert.False(t, a.Unconfirmed())
	assert.Equal(t, "One team does both.", a.Reason, "the reason is there to keep")
	require.Len(t, a.History, 1)
	assert.NotContains(t, text(), "not confirmed")
	assert.Contains(t, text(), "before: Bo 2026-11-01, from the template Platform")
	b.press("u")
	assert.Contains(t, text(), "not confirmed: from the template Platform")
}
