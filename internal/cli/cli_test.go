package cli

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestEveryCommandHasAHeading(t *testing.T) {
	root := (&app{}).root()
	assert.NotEmpty(t, root.Commands())
	for _, c := range root.Commands() {
		assert.True(t, root.ContainsGroup(c.GroupID), c.Name())
	}
}
