package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/wa/answers"
	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/iotlens/iotlens/internal/wa/openreview"
)

const aReview = "a review file of iotlens"

// mistaken says what a file is that could not be taken for what was wanted, and
// which command takes it. It is empty where nobody can tell.
func mistaken(data []byte) string {
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\uFEFF")))
	if bytes.HasPrefix(data, []byte("practice,")) || bytes.HasPrefix(data, []byte("practice;")) {
		return "a table of answers; iotlens import takes it into a review"
	}
	if len(data) == 0 || data[0] != '{' && data[0] != '[' {
		if bytes.HasPrefix(data, []byte("schema: ")) || bytes.Contains(data, []byte("\nschema: ")) {
			return aReview
		}
		return ""
	}
	switch {
	case lint.IsLens(data):
		return "a custom lens of the WA Tool; iotlens lens lint checks it, and iotlens lens import makes a bank of it, for --bank"
	case openreview.Is(data):
		return "a review in AWS's open schema; iotlens gate and iotlens diff read it"
	case bytes.Contains(data, []byte(`"schema_version"`)) && bytes.Contains(data, []byte(`"review_file"`)):
		return "a saved JSON report; iotlens report --from renders it, and iotlens diff compares it"
	}
	if _, err := answers.Read("", data); err == nil || errors.Is(err, answers.ErrMorePages) {
		return "answers of the WA Tool; iotlens import takes them into a review"
	}
	return ""
}

// loadReview loads a review. A file of another kind is told as such, and not as
// a review of which every line is wrong.
func loadReview(path string, l *lens.Lens) (*review.File, error) {
	f, err := review.Load(path, l)
	return f, orMistaken(path, err)
}

// orMistaken is the error of reading a review, or that the file is no review.
func orMistaken(path string, err error) error {
	if err == nil {
		return nil
	}
	data, unread := readFile(path)
	if unread != nil {
		return err
	}
	if is := mistaken(data); is != "" && is != aReview {
		return fmt.Errorf("%s: is no review file but %s", path, is)
	}
	return err
}

// orNoLens is the error of reading a custom lens, or that the file is none.
func orNoLens(path string, data []byte, err error) error {
	if lint.IsLens(data) {
		return err
	}
	if is := mistaken(data); is != "" {
		return fmt.Errorf("%s: is no custom lens but %s", shown(path), is)
	}
	return err
}

// noBank says what is wrong with a bank that is no folder; what is wrong in a
// folder is for its reader to say.
func noBank(dir string) error {
	const is = "a bank is a folder with the folders pillars and questions"
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("%s: no such folder; %s", dir, is)
	case err != nil:
		return notRead(dir, err)
	case info.IsDir():
		return nil
	}
	if data, err := readFile(dir); err == nil && lint.IsLens(data) {
		return fmt.Errorf("%s: is a custom lens of the WA Tool; make a bank of it first: iotlens lens import %s -o DIR", dir, dir)
	}
	return fmt.Errorf("%s: is a file; %s", dir, is)
}

// isBank tells whether a folder is a bank, sound or not.
func isBank(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "pillars", "lens.yaml"))
	return err == nil
}
