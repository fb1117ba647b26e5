package cli

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/spf13/cobra"
)

// Version is the version of the program if it is set with -ldflags -X. Otherwise it comes
// from the build information.
var Version string

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the versions of iotlens and of its lens",
		Args:  rangeArgs(0, 0, ""),
		RunE:  func(*cobra.Command, []string) error { return a.print(a.versions()) },
	}
}

// versions returns the output of iotlens version and iotlens --version.
func (a *app) versions() string {
	l := a.ownLens()
	return fmt.Sprintf("iotlens %s (%s, %s/%s)\n%s, version %s, revision %d (%s)\n",
		a.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH, l.Name, l.Version, l.Revision, lens.ShortDigest(l.Digest))
}

// programVersion returns the version of the running program.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return cmp.Or(Version, buildVersion(info))
}

// buildVersion returns the version of the module, which go build derives from the commit,
// with +dirty if files had changed; or "dev" if there is none, as with -buildvcs=false.
func buildVersion(info *debug.BuildInfo) string {
	if v := info.Main.Version; v != "(devel)" {
		return cmp.Or(v, "dev")
	}
	return "dev"
}
