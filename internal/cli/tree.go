package cli

import "github.com/spf13/cobra"

// Tree is the command line with all its commands, for what is generated from it:
// man pages and completions. version is what the pages name.
func Tree(version string) *cobra.Command {
	root := (&app{IO: IO{Version: version}}).root("")
	root.InitDefaultCompletionCmd()
	return root
}
