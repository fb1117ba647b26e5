// Package portfolio sums many reviews: which workloads are at risk, which best practices
// fail most often, who has most to close and what is overdue.
//
// RowOf makes a Row of one review and its assessment; a Sum takes rows in any order, and
// keeps of each no more than a line and its place in the lists; its Portfolio is what every
// format writes. Reviews are grouped by the lens that assessed them, so that best practices
// of two lenses are never counted together. The package is pure: no files, no clock.
package portfolio

import (
	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
)

// Options are what a portfolio depends on beside the rows.
type Options struct {
	Program string   // version of the program; may be empty
	Today   string   // YYYY-MM-DD
	Stale   int      // days after which the last answer of a review is old
	Soon    int      // days within which a waiver ends soon
	Since   string   // YYYY-MM-DD: movement is since the last milestone up to that day; empty: since the last one
	CountBy string   // the fact of a workload by which reviews are counted as well: segment; may be empty
	Where   []string // conditions that a review must meet, as FIELD=VALUE; for the reader, they have been applied
	Sort    Order    // of the reviews, where a format lists them; the zero value is ByRisk
	Top     int      // how many entries of a list a format for people shows; 0: all
}

// A Portfolio is what every format says of many reviews. Lists are sorted: what needs
// attention first comes first.
type Portfolio struct {
	Options
	Reviews     []Review          // by file
	Unread      []UnreadFile      // files that are left out, by name
	FilteredOut int               // reviews that Where leaves out
	Templates   int               // review templates that were passed over: they are no workloads
	Outcomes    []Bucket          // failed, incomplete, passed
	Verdicts    []Bucket          // by the badge of the report, worst first
	Scores      []Bucket          // by score, in steps of 25, then those without one
	Facts       []Bucket          // by the values of the fact By, the most reviews first; none if there is no By
	Groups      []Group           // by lens
	Owners      []Owner           // of open findings, most due first
	Overdue     IDs               // reviews with overdue findings, most first
	Stale       IDs               // reviews whose last answer is old, or that have none, oldest first
	Waivers     []Waiver          // ended, and ending soon, by day
	Frameworks  []FrameworkTotals // those that were named
	Movement    Movement
}

// IDs are ids of reviews: their places in Portfolio.Reviews, counted from 1.
type IDs []ID

// An ID is small, as there are many: each review is in some two hundred lists.
type ID = int32

// A Bucket is the reviews that have something in common.
type Bucket struct {
	Name    string
	Reviews IDs
}

// A Review is one workload in a portfolio.
type Review struct {
	ID            ID     // its place, counted from 1
	File          string // as a report may name it
	Digest        string // SHA-256 of the file, in hex
	Workload      string
	Group         int     // of its lens: place in Portfolio.Groups, counted from 0
	AskedRevision int     // revision of the lens with which it was last asked
	Owner         string  // of the review; may be empty
	Facts         []*Fact // what is said of the workload: segment, stage, markets and so on
	Outcome       gate.Outcome
	Verdict       Badge
	Score         compare.Percent     // of the lens's own best practices
	Coverage      compare.Percent     // the same
	High          int                 // questions at high risk
	Medium        int                 // questions at medium risk
	HighSeverity  int                 // open findings of high severity
	Open          int                 // findings that no waiver covers
	Waived        int                 // findings that one covers
	Missing       int                 // best practices that are not answered
	Unknown       int                 // best practices that are answered with "don't know"
	Overdue       int                 // open findings whose due date is over
	Due           string              // the earliest of those dates; empty if none is over
	Answered      string              // day of the newest answer; empty if none has one
	Age           int                 // days since then
	Stale         bool                // that is too long ago, or there is no such day
	Pillars       []Share             // of those that it has in scope, in lens order
	Met           []FrameworkStanding // where it stands against the frameworks, in their order
	Movement      *ReviewMovement     // since a milestone; nil if there is none
}

// A Fact is what is said of a workload, as the flag of iotlens init names it.
type Fact struct {
	Name   string
	Values []string // as people type them
}

// A Badge is the badge of a report: its mark and its words.
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
	AskedEarlier                  IDs        // those that were last asked with an earlier revision or another version
	Practices                     []Practice // those that are open or unanswered somewhere, most often open first
	Questions                     []Question // those at high or medium risk somewhere, most often high first
	Pillars                       []Part     // weakest first; those that no review has in scope are left out
	Layers                        []Part     // the same
}

// A Practice is how often a best practice is open.
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

// A Question is how often a question is at risk.
type Question struct {
	ID, Topic string
	Pillar    string // id
	Layer     string // id; empty but in a layer bank
	High      IDs
	Medium    IDs
	Asked     int // reviews that have it in scope
}

// A Part is a pillar or a layer of all reviews of a group.
type Part struct {
	ID, Name string
	Score    compare.Percent // of all answers of all reviews together: of a pillar those of the lens itself, of a layer those of all banks
	Lowest   IDs             // the reviews with the lowest scores there, lowest first; ten at most
	High     IDs             // reviews with a question at high risk there
	Open     int             // open findings of all reviews
	Reviews  IDs             // that have it in scope
}

// An Owner is somebody with open findings.
type Owner struct {
	Name         string // empty: nobody
	Open         int    // findings
	HighSeverity int    // of those, of high severity
	Overdue      int    // of those, overdue
	Soon         int    // of those, due within Options.Soon days
	Next         string // the first due date that is not over; empty if there is none
	Reviews      IDs
}

// A Waiver is one that has ended or ends soon, and covers a finding.
type Waiver struct {
	Review   ID // id
	Practice string
	Title    string
	Owner    string
	Approver string
	Expires  string // YYYY-MM-DD, the first day on which it does not hold
	Days     int    // until then; zero and less: it has ended
}

// A FrameworkStanding is where one review stands against a framework.
type FrameworkStanding struct {
	ID         string // of the framework
	Applies    string // yes, no, unknown
	Met        int    // provisions
	Applicable int    // provisions that a review can answer and that apply
}

// An FrameworkTotals is where all reviews stand against a framework. Reviews to which it does not
// apply count in no provision.
type FrameworkTotals struct {
	ID, Short, Title, Version string
	Applies                   IDs // it applies, or the profile leaves that open
	DoesNotApply              IDs
	MetBy                     IDs         // reviews that meet every provision
	Provisions                []Provision // in the order of the document; those outside a review are left out
}

// A Provision is how often a provision of a framework is met.
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

// Gaps is how many reviews don't meet a provision.
func (p Provision) Gaps() int {
	return len(p.NotMet) + len(p.PartlyMet) + len(p.Unknown) + len(p.NotAnswered)
}

// A ReviewMovement is how a review changed since a milestone. What has changed is set where the
// numbers can be compared.
type ReviewMovement struct {
	Milestone                      // the earlier state
	MilestoneCount int             // milestones that the review has
	ScoreChange    compare.Percent // score now, less that then
	HighChange     int             // questions at high risk now, less those then
	OpenChange     int             // the same of open findings
	Better         bool            // fewer questions at high risk, or as many and a higher score
	Worse          bool            // the opposite
}

// Movement sorts the reviews that have a milestone by how they moved since. Reviews whose
// numbers can't be compared stand in Unlike alone.
type Movement struct {
	Better           IDs // fewer questions at high risk, or as many and a higher score
	Same             IDs
	Worse            IDs
	NotComparable    IDs // the numbers cannot be compared
	WithoutMilestone int // reviews without a milestone
	HighChange       int // questions at high risk now, less those then, of what can be compared
	OpenChange       int // the same of open findings
}

// An UnreadFile is a file that is left out, and why.
type UnreadFile struct {
	File     string
	Problems []string // each with its line, where it has one
}
