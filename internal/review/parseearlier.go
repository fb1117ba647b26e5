package review

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// ParseEarlier is Parse for a review to compare with, which may answer an earlier version
// or revision of the lens. Answers to best practices that the lens does not have are
// removed from the review and returned separately, without an error.
func ParseEarlier(name string, data []byte, l *lens.Lens) (*Review, map[string]Answer, yamlfile.Problems) {
	r := &Review{}
	doc, problems := yamlfile.Decode(name, data, r)
	if problems = appendCheck(problems, r, l, doc, r.LensVersion != "" && !r.askedWithLens(l)); len(problems) > 0 {
		return nil, nil, problems
	}
	dropped, known := map[string]Answer{}, l.PracticeIDs()
	for id, a := range r.Answers {
		if !slices.Contains(known, id) {
			dropped[id] = a
			delete(r.Answers, id)
		}
	}
	return r, dropped, nil
}

// askedWithLens reports whether the review was last asked with this version and revision of
// the lens, as far as the file records it.
func (r *Review) askedWithLens(l *lens.Lens) bool {
	return r.LensVersion == l.Version && r.AskedRevision() == l.Revision &&
		(r.LensDigest == "" || r.LensDigest == lens.ShortDigest(l.Digest))
}
