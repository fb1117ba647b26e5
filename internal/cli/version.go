package cli

import (
	"fmt"
	"runtime"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the versions of iotlens and of its lens",
		Args:  args(0, 0, ""),
		RunE: func(*cobra.Command, []string) error {
			l := shipped.Lens()
			_, err := fmt.Fprintf(a.Out, "iotlens %s (%s, %s/%s)\n%s, version %s\n", Version, runtime.Version(), runtime.GOOS, runtime.GOARCH, l.Name, l.Version)
			return err
		},
	}
}
