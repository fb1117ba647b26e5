package cli

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEveryCommandHasAHeading(t *testing.T) {
	root := (&app{}).rootCommand("")
	assert.NotEmpty(t, root.Commands())
	for _, c := range root.Commands() {
		assert.True(t, root.ContainsGroup(c.GroupID), c.Name())
	}
}

func TestOnlyTheCalledCommandIsBuilt(t *testing.T) {
	for _, c := range (&app{}).commands() {
		made := (&app{}).rootCommand(c.name).Commands()
		require.Len(t, made, 1)
		assert.Equal(t, c.name, made[0].Name())
	}
}
