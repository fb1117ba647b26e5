package scoring

import "github.com/iotlens/iotlens/internal/review"

// Record is what an auditor asks for beside the answers: the file that was assessed and
// what else decided.
type Record struct {
	Digest   string            // SHA-256 of the review file, in hex; empty where it is not known
	Source   string            // the review file, byte for byte; empty where it is not kept
	Policies []PolicyFile      // that a gate on the review goes by, the outermost first
	Own      map[string]string // keys of people's own outside of answers, which begin with "x-"
}

// A PolicyFile is a file of settings of a gate.
type PolicyFile struct {
	File   string `json:"file"`
	Digest string `json:"digest" jsonschema:"SHA-256, in hex"`
}

// An Other is an answer, or a waiver, that counts for nothing, as it is to what is not
// asked or not in scope.
type Other struct {
	Practice string         `json:"practice"`
	Title    string         `json:"title,omitempty"`
	Why      WhyOther       `json:"why"`
	Answer   review.Answer  `json:"answer,omitzero"`
	Waiver   *review.Waiver `json:"waiver,omitempty"`
}

// WhyOther is why an answer counts for nothing.
type WhyOther string

// The reasons.
const (
	LeftOut       WhyOther = "out of scope"
	NoLongerAsked WhyOther = "no longer asked"
)

// Values lists the reasons.
func (WhyOther) Values() []string { return []string{string(LeftOut), string(NoLongerAsked)} }
