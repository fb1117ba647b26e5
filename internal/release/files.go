package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/iotlens/iotlens/internal/cli"
)

// completions adds the scripts of all shells, each under the name by which its shell
// looks for it.
func completions(files map[string][]byte) error {
	for shell, file := range map[string]string{"bash": "iotlens.bash", "zsh": "_iotlens", "fish": "iotlens.fish", "powershell": "iotlens.ps1"} {
		var out, said bytes.Buffer
		if code := cli.Main([]string{"completion", shell}, cli.IO{Out: &out, Err: &said}); code != cli.Done {
			return fmt.Errorf("completion %s: %s", shell, said.String())
		}
		files["completions/"+file] = out.Bytes()
	}
	return nil
}

// debianFiles adds what Debian's policy wants in /usr/share/doc: copyright, with the
// notices beside it, and the changes of the package, which are those of the program.
func debianFiles(root, version string, at time.Time, files map[string][]byte) error {
	licence, err := os.ReadFile(filepath.Join(root, "LICENSE"))
	if err != nil {
		return err
	}
	third, err := os.ReadFile(filepath.Join(root, noticesFile))
	if err != nil {
		return err
	}
	changes, err := os.ReadFile(filepath.Join(root, "CHANGELOG.md"))
	if err != nil {
		return err
	}
	files["deb/copyright"] = fmt.Appendf(nil, "iotlens comes from %s\n\n%s\nThe licences and notices of what is linked into it are in %s.gz in this folder.\n", home, licence, noticesFile)
	entry := fmt.Appendf(nil, "iotlens (%s) stable; urgency=medium\n\n  * Release of %s; CHANGELOG.md.gz says what changed.\n\n -- %s <%s>  %s\n",
		debianVersion(version), version, maintainers, address, at.Format(time.RFC1123Z))
	for name, data := range map[string][]byte{"changelog": entry, "CHANGELOG.md": changes, noticesFile: third} {
		if files["deb/"+name+".gz"], err = gzipped(data); err != nil {
			return err
		}
	}
	return nil
}

// compressed is a text as gzip -9n makes it: without name and time, so that the same
// text gives the same bytes.
func gzipped(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err = w.Write(data); err == nil {
		err = w.Close()
	}
	return b.Bytes(), err
}

// debianVersion is a version as packages have it: what comes before 1.0.0 in time
// sorts before it.
func debianVersion(version string) string { return strings.Replace(version, "-", "~", 1) }
