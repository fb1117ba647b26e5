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
		Args:  args(0, 0, ""),
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
	if Version != "" {
		return Version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return unknownVersion
	}
	return buildVersion(info)
}

const unknownVersion = "dev"

// buildVersion is the version of a build: that of its module, as of go install
// MODULE@VERSION, or else the commit that it was built from, with -dirty where
// files had changed.
func buildVersion(info *debug.BuildInfo) string {
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	revision := settings["vcs.revision"]
	revision = revision[:min(len(revision), 12)]
	if revision != "" && settings["vcs.modified"] == "true" {
		revision += "-dirty"
	}
	return cmp.Or(revision, unknownVersion)
}
