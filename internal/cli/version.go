package cli

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/spf13/cobra"
)

// Version can be stamped when the program is built, with -ldflags -X. Otherwise
// the build's own information says it.
var Version string

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the versions of iotlens and of its lens",
		Args:  rangeArgs(0, 0, ""),
		RunE:  func(*cobra.Command, []string) error { return a.print(a.versions()) },
	}
}

// versions is what iotlens version and iotlens --version print.
func (a *app) versions() string {
	l := a.ownLens()
	return fmt.Sprintf("iotlens %s (%s, %s/%s)\n%s, version %s, revision %d (%s)\n",
		a.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH, l.Name, l.Version, l.Revision, lens.ShortDigest(l.Digest))
}

// programVersion is the version of the running program.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return cmp.Or(Version, buildVersion(info))
}

// buildVersion is the version of a build: that of its module, which go build makes
// of the commit, with +dirty where files had changed; dev where there is none, as with
// -buildvcs=false.
func buildVersion(info *debug.BuildInfo) string {
	if v := info.Main.Version; v != "(devel)" {
		return cmp.Or(v, "dev")
	}
	return "dev"
}
