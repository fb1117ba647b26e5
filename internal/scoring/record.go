package scoring

import "github.com/iotlens/iotlens/internal/review"

// AuditRecord is what an auditor asks for beside the answers: the file that was assessed and
// what else decided.
type AuditRecord struct {
	Digest     string            // SHA-256 of the review file, in hex; empty if it is not known
	Source     string            // the review file, byte for byte; empty if it is not kept
	Policies   []PolicyFile      // that a gate on the review goes by, the outermost first
	CustomKeys map[string]string // keys of people's own outside of answers, which begin with "x-"
}

// A PolicyFile is a file of settings of a gate.
type PolicyFile struct {
	File   string `json:"file"`
	Digest string `json:"digest" jsonschema:"SHA-256, in hex"`
}

// An IgnoredAnswer is an answer, or a waiver, that counts for nothing, as it is to what is not
// asked or not in scope.
type IgnoredAnswer struct {
	Practice string         `json:"practice"`
	Title    string         `json:"title,omitempty"`
	Why      IgnoredReason  `json:"why"`
	Answer   review.Answer  `json:"answer,omitzero"`
	Waiver   *review.Waiver `json:"waiver,omitempty"`
}

// IgnoredReason is why an answer counts for nothing.
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
