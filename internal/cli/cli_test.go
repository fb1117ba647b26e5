package cli

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// A name in the table that the command doesn't have would leave that command
// out where it is called for.
func TestCommandsGoByTheirNames(t *testing.T) {
	a := &app{}
	for _, c := range a.commands() {
		assert.Equal(t, c.name, c.make().Name())
		assert.Len(t, a.root(c.name).Commands(), 1, "%s comes alone", c.name)
	}
	assert.Len(t, a.root("").Commands(), len(a.commands()))
	assert.Len(t, a.root("--bank").Commands(), len(a.commands()))
}
