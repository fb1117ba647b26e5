package review

import (
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// ParseEarlier decodes and checks a review to compare with, which may have
// answered another version or revision of the lens. Answers to what this one does
// not ask are taken out of the review and returned beside it; they are never an
// error, as they would be in a review of this revision.
func ParseEarlier(name string, data []byte, l *lens.Lens) (*Review, map[string]Answer, yamlfile.Problems) {
	r := &Review{}
	doc, problems := yamlfile.Decode(name, data, r)
	if !doc.Parsed() || r.LensVersion == "" || r.Answered(l) || r.Schema > Schema {
		if r, _, problems = checked(r, doc, problems, l); len(problems) > 0 {
			return nil, nil, problems
		}
	} else {
		c := checker{doc: doc, lens: l, earlier: true}
		if problems = withoutEcho(problems, c.check(r, l)); len(problems) > 0 {
			return nil, nil, problems
		}
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

// Answered tells whether the review was last asked with just this lens, as far as
// it says.
func (r *Review) Answered(l *lens.Lens) bool {
	return r.LensVersion == l.Version && r.AskedRevision() == l.Revision &&
		(r.LensDigest == "" || r.LensDigest == lens.ShortDigest(l.Digest))
}
