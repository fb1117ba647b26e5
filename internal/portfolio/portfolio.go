// Package portfolio summarises many reviews: which workloads are at risk, which best practices
// fail most often, who has most findings to close and what is overdue.
//
// RowOf makes a Row of one review and its assessment. A Builder takes rows in any order and keeps
// only a Review of each, and its id in the lists. Build returns the Portfolio, which every format
// writes. Reviews are grouped by the lens that assessed them, so best practices of two lenses are
// never counted together. The package uses no files and no clock.
package portfolio

import (
	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
)

// Options are the inputs of a portfolio beside the rows.
type Options struct {
	Program string   // version of the program; may be empty
	Today   string   // YYYY-MM-DD
	Stale   int      // days after which the newest answer of a review is old
	Soon    int      // days within which a waiver expires soon and a finding is due soon
	Since   string   // YYYY-MM-DD: movement is since the last milestone up to that day; empty: since the last one
	CountBy string   // name of a workload fact by which reviews are counted, such as segment; may be empty
	Where   []string // conditions FIELD=VALUE that the reviews meet; only to show, the caller applies them
	Sort    Order    // of the reviews, where a format lists them; the zero value is ByRisk
	Top     int      // most entries of a list that a format for people shows; 0: all
}

// A Portfolio is the summary of many reviews. Its lists are sorted: what needs attention first
// comes first.
type Portfolio struct {
	Options
	Reviews     []Review          // by file
	Unread      []UnreadFile      // files that could not be read, by name
	FilteredOut int               // reviews that do not meet Where
	Templates   int               // review templates that were skipped: they are not workloads
	Outcomes    []Bucket          // failed, incomplete, passed
	Verdicts    []Bucket          // by the badge of the report, worst first
	Scores      []Bucket          // by score, in steps of 25, then those without one
	Facts       []Bucket          // by the values of the fact CountBy, most reviews first; none if CountBy is empty
	Groups      []Group           // by lens
	Owners      []Owner           // of open findings, most due first
	Overdue     IDs               // reviews with overdue findings, most first
	Stale       IDs               // reviews whose last answer is old, or that have none, oldest first
	Waivers     []Waiver          // expired or expiring soon, by day
	Frameworks  []FrameworkTotals // those that were named
	Movement    Movement
}

// IDs has ids of reviews.
type IDs []ID

// An ID is the number of a review in Portfolio.Reviews, from 1. It is 32 bits wide because each
// review is in about two hundred lists.
type ID = int32

// A Bucket is the reviews that have something in common.
type Bucket struct {
	Name    string
	Reviews IDs
}

// A Review is one workload in a portfolio.
type Review struct {
	ID            ID     // its number in Portfolio.Reviews, from 1
	File          string // path to show in reports
	Digest        string // SHA-256 of the file, in hex
	Workload      string
	Group         int     // index of its lens in Portfolio.Groups
	AskedRevision int     // revision of the lens with which it was last asked
	Owner         string  // of the review; may be empty
	Facts         []*Fact // of the workload: segment, stage, markets and so on
	Outcome       gate.Outcome
	Verdict       Badge
	Score         compare.Percent     // of the lens's own best practices
	Coverage      compare.Percent     // the same
	High          int                 // questions at high risk
	Medium        int                 // questions at medium risk
	HighSeverity  int                 // open findings of high severity
	Open          int                 // findings that no waiver covers
	Waived        int                 // findings that a waiver covers
	Missing       int                 // best practices that are not answered
	Unknown       int                 // best practices that are answered with "don't know"
	Overdue       int                 // open findings whose due date is over
	Due           string              // the earliest of those dates; empty if none is over
	Answered      string              // day of the newest answer; empty if none has one
	Age           int                 // days since then
	Stale         bool                // Age is above Options.Stale, or no answer has a day
	Pillars       []Share             // of those that it has in scope, in lens order
	Met           []FrameworkStanding // against each framework, in their order
	Movement      *ReviewMovement     // since a milestone; nil if there is none
}

// A Fact is a fact of a workload. Its name is that of the flag of iotlens init.
type Fact struct {
	Name   string
	Values []string // as people type them
}

// A Badge is the verdict of a report: a symbol and words.
type Badge struct{ Mark, Words string }

// A Share is the score of one review in a part of the lens.
type Share struct {
	ID    string
	Score compare.Percent // of the lens's own best practices
	High  int             // questions at high risk, of all banks
}

// A Group is the reviews that one lens assessed.
type Group struct {
	LensID, LensName, LensVersion string
	LensRevision                  int
	LensDigest                    string // SHA-256 of the bank, in hex
	Lens                          *lens.Lens
	Reviews                       IDs
	AskedEarlier                  IDs        // reviews that were last asked with an earlier revision or another version
	Practices                     []Practice // those that are open, waived or unanswered in a review, most often open first
	Questions                     []Question // those at high or medium risk in a review, most often high first
	Pillars                       []Part     // lowest score first; without those that no review has in scope
	Layers                        []Part     // the same
}

// A Practice is a best practice with the reviews in which it is open.
type Practice struct {
	ID, Title  string
	Question   string // id
	Pillar     string // id
	Severity   lens.Level
	Open       IDs // a finding that no waiver covers
	Waived     IDs // a finding that one covers
	Missing    IDs // in scope and not answered
	Unknown    IDs // answered with "don't know"; those are in Open or Waived as well
	Applicable int // reviews in which it is in scope and applies
}

// A Question is a question with the reviews in which it is at risk.
type Question struct {
	ID, Topic string
	Pillar    string // id
	Layer     string // id; only in a layer bank
	High      IDs
	Medium    IDs
	Asked     int // reviews that have it in scope
}

// A Part is a pillar or a layer of all reviews of a group.
type Part struct {
	ID, Name string
	Score    compare.Percent // of the answers of all reviews together; of a pillar those of the lens itself, of a layer those of all banks
	Lowest   IDs             // the reviews with the lowest scores there, lowest first; at most ten
	High     IDs             // reviews with a question at high risk there
	Open     int             // open findings of all reviews
	Reviews  IDs             // that have it in scope
}

// An Owner is a person with open findings.
type Owner struct {
	Name         string // empty for findings without an owner
	Open         int    // findings
	HighSeverity int    // of those, of high severity
	Overdue      int    // of those, overdue
	Soon         int    // of those, due within Options.Soon days
	Next         string // the first due date that is not over; empty if there is none
	Reviews      IDs
}

// A Waiver is a waiver of a finding that has expired or expires soon.
type Waiver struct {
	Review   ID // id
	Practice string
	Title    string
	Owner    string
	Approver string
	Expires  string // YYYY-MM-DD, the first day on which it does not hold
	Days     int    // until Expires; 0 or less: it has expired
}

// A FrameworkStanding is where one review stands against a framework.
type FrameworkStanding struct {
	ID         string // of the framework
	Applies    string // yes, no, unknown
	Met        int    // provisions
	Applicable int    // provisions that apply and that a review can answer
}

// An FrameworkTotals is where all reviews stand against a framework. Reviews to which it does not
// apply count in no provision.
type FrameworkTotals struct {
	ID, Short, Title, Version string
	Applies                   IDs // reviews to which it applies or may apply
	DoesNotApply              IDs
	MetBy                     IDs         // reviews that meet every provision
	Provisions                []Provision // in the order of the document; those outside a review are left out
}

// A Provision is a provision of a framework with the reviews in each state.
type Provision struct {
	ID, Title     string
	Status        string // as the framework gives it
	Met           int    // reviews
	NotMet        IDs
	PartlyMet     IDs
	Unknown       IDs // don't know
	NotAnswered   IDs
	NotApplicable int // reviews

	outside bool // no review can answer it
}

// Gaps is the number of reviews that do not meet a provision.
func (p Provision) Gaps() int {
	return len(p.NotMet) + len(p.PartlyMet) + len(p.Unknown) + len(p.NotAnswered)
}

// A ReviewMovement is how a review changed since a milestone. The changes are set if the numbers
// can be compared.
type ReviewMovement struct {
	Milestone                      // the earlier state
	MilestoneCount int             // number of milestones of the review
	ScoreChange    compare.Percent // score now minus score then
	HighChange     int             // questions at high risk now minus then
	OpenChange     int             // open findings now minus then
	Better         bool            // fewer questions at high risk, or as many and a higher score
	Worse          bool            // the opposite
}

// Movement groups the reviews by how they changed since a milestone. Reviews whose numbers cannot
// be compared are only in NotComparable.
type Movement struct {
	Better           IDs // fewer questions at high risk, or as many and a higher score
	Same             IDs
	Worse            IDs
	NotComparable    IDs // the numbers cannot be compared
	WithoutMilestone int // number of reviews without a milestone
	HighChange       int // questions at high risk now minus then, of all comparable reviews
	OpenChange       int // open findings now minus then
}

// An UnreadFile is a file that could not be read.
type UnreadFile struct {
	File     string
	Problems []string // each with its line, where it has one
}
