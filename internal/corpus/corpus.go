// Package corpus provides published custom lenses to tests. They belong to others and are not
// in this repository: they are read from the folder in IOTLENS_CORPUS, or else from
// shared/corpus/custom-lenses beside the repository. Without it, tests that need it are
// skipped, and make test reports that.
package corpus

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// A File is one file of the corpus.
type File struct {
	Name string // without its folder
	Path string
	Data []byte
}

// Lenses returns the custom lenses of the corpus in the order of its manifest.
func Lenses(t testing.TB) []File {
	t.Helper()
	dir := folder(t)
	var list []struct {
		File string `json:"file"`
	}
	if err := json.Unmarshal(read(t, filepath.Join(dir, "MANIFEST.json")).Data, &list); err != nil {
		t.Fatalf("the list of the corpus: %v", err)
	}
	files := make([]File, len(list))
	for i, l := range list {
		files[i] = read(t, filepath.Join(dir, l.File))
	}
	if len(files) == 0 {
		t.Fatal("the corpus lists no file")
	}
	return files
}

// IoTLens returns AWS's own custom lens JSON of the IoT Lens, with ids, titles, links and
// rules only.
func IoTLens(t testing.TB) File {
	t.Helper()
	path := filepath.Join(folder(t), "../../lens/iot-lens.custom-lens.json")
	if _, err := os.Stat(path); err != nil {
		t.Skip("the custom-lens JSON of the IoT Lens was not found beside the corpus")
	}
	return read(t, path)
}

func folder(t testing.TB) string {
	t.Helper()
	dir, named := os.LookupEnv("IOTLENS_CORPUS")
	if !named {
		_, here, _, _ := runtime.Caller(0)
		dir = filepath.Join(filepath.Dir(here), "../../../shared/corpus/custom-lenses")
	}
	switch _, err := os.Stat(dir); {
	case err == nil:
	case named:
		t.Fatalf("IOTLENS_CORPUS: %v", err)
	default:
		t.Skip("the corpus of custom lenses was not found; IOTLENS_CORPUS names its folder")
	}
	return dir
}

func read(t testing.TB, path string) File {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return File{filepath.Base(path), path, data}
}
