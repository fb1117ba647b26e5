package customlens_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/wa/customlens"
	"github.com/stretchr/testify/assert"
)

func TestTitlesThatSayNoneOfThese(t *testing.T) {
	for _, title := range []string{
		"None", "None of these.", "NONE OF ABOVE", "None of the above", "None of above (add this if required)", "None of the these!",
		"None of the options apply", "Neither of these", "Nothing yet", "Nothing is in place", "No, none of these", "We do none of the above.",
		"Not in place", "Not implemented.", "Not yet reviewed", "Not measured", "Not available", "Not at all", "We don't do any of these", "We don’t do this [yet]",
	} {
		assert.True(t, customlens.IsNoneTitle(title), title)
	}
	for _, title := range []string{
		"", "No", "No.", "Yes", "No alarms configured.", "None required", "Not applicable", "Not sure", "Not needed", "I don't know", "Not used",
		"Nonetheless monitored", "Nothing is logged in plain text", "Not using API Gateway's API Key to AuthN/AuthZ request", "All of these", "In place", "Monitored",
	} {
		assert.False(t, customlens.IsNoneTitle(title), title)
	}
}

// A choice with a negated title is not None of these if the rules reward it.
func TestARewardedChoiceIsNotNone(t *testing.T) {
	question := func(id, title, condition string) (*customlens.Question, *customlens.Choice) {
		q := &customlens.Question{
			Choices: []customlens.Choice{
				{ID: customlens.NewText("shared"), Title: customlens.NewText("Shared with everyone")},
				{ID: customlens.NewText(id), Title: customlens.NewText(title)},
			},
			RiskRules: []customlens.RiskRule{
				{Condition: customlens.NewText(condition), Risk: customlens.NewText("NO_RISK")},
				{Condition: customlens.NewText("default"), Risk: customlens.NewText("HIGH_RISK")},
			},
		}
		return q, &q.Choices[1]
	}
	assert.False(t, customlens.SaysNone(question("other", "Not exposed", "other")))
	assert.True(t, customlens.SaysNone(question("other", "Not exposed", "!other")))
	assert.True(t, customlens.SaysNone(question("other", "None of these", "other")), "lint reports that it scores better")
	assert.True(t, customlens.SaysNone(question("Q1_none_of_these", "Deployments are not gated", "!other")))
	assert.True(t, customlens.SaysNone(question("noneofthese", "No alarms configured", "!other")))
	assert.False(t, customlens.SaysNone(question("nonessential", "No alarms configured", "!other")))

	names := func(q *customlens.Question, _ *customlens.Choice) (out []string) {
		q.Choices[0].Title = customlens.NewText("Yes, shared")
		for _, c := range customlens.UnwantedChoices(q) {
			out = append(out, c.ID.Value)
		}
		return out
	}
	assert.Equal(t, []string{"other"}, names(question("other", "No.", "shared")))
	assert.Equal(t, []string{"shared"}, names(question("other", "No.", "other")), "the better answer is No")
	assert.Equal(t, []string{"other"}, names(question("other", "No.", "shared && other")), "the rules reward neither alone")
	assert.Empty(t, names(question("other", "Notifications", "shared")))
}
