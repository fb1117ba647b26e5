package bank

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestQuestionsThatYesOrNoAnswers(t *testing.T) {
	for sentence, want := range map[string]string{
		"Is the log kept?":                                      "is",
		"Don't you rotate keys?":                                "don't",
		"And has anybody tried?":                                "has",
		"If the link fails, does the device go on?":             "does",
		"When the link fails, does the device go on?":           "does",
		"In the last drill, was a device lost?":                 "was",
		"Of the last ten updates: did one fail?":                "did",
		"What fails first, and is it spare?":                    "",
		"When did you last rotate, and did anything fail?":      "",
		"By when is the last device updated?":                   "",
		"Where does the key come from?":                         "",
		"On whose desk does the alarm arrive?":                  "",
		"If the link fails, how long does the device go on?":    "",
		"Show the log of the last drill.":                       "",
		"Do it again.":                                          "",
		"How many devices are there, or is the number a guess?": "",
	} {
		assert.Equal(t, want, yesNoVerb(sentence), sentence)
	}
}
