package review

import (
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// LoadEarlier is ParseEarlier of a file.
func LoadEarlier(path string, l *lens.Lens) (*Review, map[string]Answer, error) {
	data, err := yamlfile.Read(path)
	if err != nil {
		return nil, nil, err
	}
	r, dropped, problems := ParseEarlier(path, data, l)
	return r, dropped, problems.Err()
}

// ParseEarlier decodes and checks a review to compare with, which may have
// answered another version of the lens. Answers to what this version does not
// have are taken out of the review and returned beside it; they are never an
// error, as they would be in a review of this version.
func ParseEarlier(name string, data []byte, l *lens.Lens) (*Review, map[string]Answer, yamlfile.Problems) {
	r := &Review{}
	doc, problems := yamlfile.Decode(name, data, r)
	if !doc.Parsed() || r.LensVersion == "" || r.LensVersion == l.Version || r.Schema > Schema {
		r, _, problems := checked(r, doc, problems, l)
		return r, nil, problems
	}
	c := checker{doc: doc, earlier: true}
	if problems = withoutEcho(problems, c.check(r, l)); len(problems) > 0 {
		return nil, nil, problems
	}
	dropped := map[string]Answer{}
	known := map[string]bool{}
	for _, id := range l.PracticeIDs() {
		known[id] = true
	}
	for id, a := range r.Answers {
		if !known[id] {
			dropped[id] = a
			delete(r.Answers, id)
		}
	}
	return r, dropped, nil
}
