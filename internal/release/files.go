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

// completions adds the completion scripts of all shells under the names that the shells expect.
func completions(files map[string][]byte) error {
	for shell, file := range map[string]string{"bash": "iotlens.bash", "zsh": "_iotlens", "fish": "iotlens.fish", "powershell": "iotlens.ps1"} {
		var out, errs bytes.Buffer
		if code := cli.Main([]string{"completion", shell}, cli.IO{Out: &out, Err: &errs}); code != cli.Done {
			return fmt.Errorf("completion %s: %s", shell, errs.String())
		}
		files["completions/"+file] = out.Bytes()
	}
	return nil
}

// debianFiles adds the files that Debian's policy requires in /usr/share/doc: copyright and
// notices, and the changelog of the package, which refers to that of the program.
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

// gzipped compresses data like gzip -9n: without name and time, so that the same data gives
// the same bytes.
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

// debianVersion converts a version so that pre-releases sort before their release.
func debianVersion(version string) string { return strings.Replace(version, "-", "~", 1) }
