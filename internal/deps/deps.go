//go:build deps

// Package deps holds the pinned versions until their packages are written.
package deps

import (
	_ "charm.land/bubbles/v2/textinput"
	_ "charm.land/bubbletea/v2"
	_ "charm.land/lipgloss/v2"
	_ "github.com/charmbracelet/colorprofile"
	_ "github.com/creack/pty"
	_ "github.com/hinshun/vt10x"
	_ "github.com/owenrumney/go-sarif/v3/pkg/report"
	_ "github.com/spf13/viper"
)
