package scoring

import "github.com/iotlens/iotlens/internal/review"

// An AuditRecord has what an auditor needs beside the answers: the file that was assessed and
// the policies that apply to it.
type AuditRecord struct {
	Digest     string            // SHA-256 of the review file, in hex; empty if it is not known
	Source     []byte            // the review file, byte for byte; nil if it is not kept. It must not be changed
	Policies   []PolicyFile      // that a gate applies to the review, the outermost first
	CustomKeys map[string]string // custom keys outside of answers, which begin with "x-"
}

// A PolicyFile is a policy file with its digest.
type PolicyFile struct {
	File   string `json:"file"`
	Digest string `json:"digest" jsonschema:"SHA-256, in hex"`
}

// An IgnoredAnswer is an answer or a waiver that is not counted, as its best practice is out of
// scope or no longer asked.
type IgnoredAnswer struct {
	Practice string         `json:"practice"`
	Title    string         `json:"title,omitempty"`
	Why      IgnoredReason  `json:"why"`
	Answer   review.Answer  `json:"answer,omitzero"`
	Waiver   *review.Waiver `json:"waiver,omitempty"`
}

// IgnoredReason is why an answer is not counted.
type IgnoredReason string

// The reasons.
const (
	IgnoredOutOfScope    IgnoredReason = "out of scope"
	IgnoredNoLongerAsked IgnoredReason = "no longer asked"
)

// Values lists the reasons.
func (IgnoredReason) Values() []string {
	return []string{string(IgnoredOutOfScope), string(IgnoredNoLongerAsked)}
}
