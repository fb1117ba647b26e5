//go:build deps

// Package deps holds the pinned versions until their packages are written.
package deps

import (
	_ "github.com/spf13/viper"
)
