// Package review reads, checks, merges and writes review files: what a team answered about one
// workload.
//
// A review is a YAML file in the git repository of the workload. It is the record of the
// workshop, the input of the gate and evidence for an audit. It is read strictly and written
// completely or not at all, and a save changes only the lines whose content changed: comments,
// blank lines and extension keys, which begin with "x-", stay as they are.
package review

import "github.com/iotlens/iotlens/internal/lens"

// Schema is the version of the review file that this program writes and the
// newest that it reads.
const Schema = 1

// A Review is the content of a review file.
type Review struct {
	Schema            int                  `yaml:"schema" json:"schema" jsonschema:"version of the layout of this file"`
	Lens              string               `yaml:"lens" json:"lens" jsonschema:"id of the lens, aws-iot"`
	LensVersion       string               `yaml:"lens_version" json:"lens_version" jsonschema:"version of the lens that was answered"`
	LensRevision      int                  `yaml:"lens_revision,omitempty" json:"lens_revision,omitempty" jsonschema:"revision of the lens with which iotlens review last asked; none is the first"`
	LensDigest        string               `yaml:"lens_digest,omitempty" json:"lens_digest,omitempty" jsonschema:"first 12 hex digits of the digest of that revision"`
	Milestone         Milestone            `yaml:"milestone,omitempty" json:"milestone,omitempty" jsonschema:"only in a frozen copy: what iotlens milestone called it"`
	Template          Template             `yaml:"template,omitempty" json:"template,omitzero" jsonschema:"only in a review template: its name, who vouches for its answers, and until when"`
	Workload          Workload             `yaml:"workload" json:"workload" jsonschema:"what is reviewed"`
	Scope             Scope                `yaml:"scope,omitempty" json:"scope,omitempty" jsonschema:"what part of the lens is reviewed; nothing means all"`
	Answers           map[string]Answer    `yaml:"answers,omitempty" json:"answers,omitempty" jsonschema:"best practice id to answer; no entry is unanswered"`
	UnansweredDetails map[string]Answer    `yaml:"unanswered,omitempty" json:"unanswered,omitempty" jsonschema:"best practice id to the details recorded before it is answered; not counted"`
	Waivers           []Waiver             `yaml:"waivers,omitempty" json:"waivers,omitempty" jsonschema:"findings accepted for a time"`
	Parked            []Topic              `yaml:"parked,omitempty" json:"parked,omitempty" jsonschema:"topics set aside in the workshop"`
	Notes             Notes                `yaml:"notes,omitempty" json:"notes,omitzero" jsonschema:"on the lens and its pillars"`
	WA                WATool               `yaml:"wa,omitempty" json:"wa,omitzero" jsonschema:"the review of the WA Tool whose answers were imported"`
	WithoutPlace      []AnswerWithoutPlace `yaml:"without_place,omitempty" json:"without_place,omitempty" jsonschema:"answers to what the lens no longer asks, kept by iotlens upgrade; not counted"`
}

// AskedRevision returns the revision of the lens that was last asked in this review; 1 if
// the file has none.
func (r *Review) AskedRevision() int { return max(r.LensRevision, 1) }

// RecordRevision records the revision of the lens that a session asks. It never decreases,
// and does not change if the review answers another version of the lens.
func (r *Review) RecordRevision(l *lens.Lens) {
	if r.LensVersion == l.Version && l.Revision >= r.AskedRevision() {
		r.LensRevision, r.LensDigest = l.Revision, lens.ShortDigest(l.Digest)
	}
}

// A Milestone marks a file as a frozen copy of a review, which never changes again.
type Milestone struct {
	Name string `yaml:"name" json:"name" jsonschema:"its name"`
	At   string `yaml:"at,omitempty" json:"at,omitempty" jsonschema:"when, YYYY-MM-DD or RFC 3339 in UTC"`
	By   string `yaml:"by,omitempty" json:"by,omitempty" jsonschema:"who took it"`
}

// A Workload is what is reviewed. The fields up to PillarPriorities and their limits are
// those of a workload in the AWS Well-Architected Tool.
type Workload struct {
	Name                string      `yaml:"name" json:"name" jsonschema:"3 to 100 characters"`
	Description         string      `yaml:"description,omitempty" json:"description,omitempty" jsonschema:"3 to 250 characters"`
	Environment         Environment `yaml:"environment,omitempty" json:"environment,omitempty" jsonschema:"PRODUCTION or PREPRODUCTION"`
	ReviewOwner         string      `yaml:"review_owner,omitempty" json:"review_owner,omitempty" jsonschema:"3 to 255 characters"`
	AWSRegions          []string    `yaml:"aws_regions,omitempty" json:"aws_regions,omitempty" jsonschema:"AWS Regions, at most 50"`
	NonAWSRegions       []string    `yaml:"non_aws_regions,omitempty" json:"non_aws_regions,omitempty" jsonschema:"places outside of AWS, at most 5 of 3 to 25 characters"`
	AccountIDs          []string    `yaml:"account_ids,omitempty" json:"account_ids,omitempty" jsonschema:"AWS account ids of 12 digits, at most 100; quote them"`
	ArchitecturalDesign string      `yaml:"architectural_design,omitempty" json:"architectural_design,omitempty" jsonschema:"link to the architecture"`
	IndustryType        string      `yaml:"industry_type,omitempty" json:"industry_type,omitempty" jsonschema:"industry type of the WA Tool's list, at most 100 characters"`
	Industry            string      `yaml:"industry,omitempty" json:"industry,omitempty" jsonschema:"at most 100 characters"`
	Notes               string      `yaml:"notes,omitempty" json:"notes,omitempty" jsonschema:"on the workload, at most 2084 characters"`
	PillarPriorities    []string    `yaml:"pillar_priorities,omitempty" json:"pillar_priorities,omitempty" jsonschema:"pillars, the most important first"`
	Profile             Profile     `yaml:"profile,omitempty" json:"profile,omitempty" jsonschema:"what decides which best practices apply and how much a gap weighs"`
}

// Environment is the environment of a workload.
type Environment string

// Values lists the environments that the WA Tool has.
func (Environment) Values() []string { return []string{"PRODUCTION", "PREPRODUCTION"} }

// A Profile has the facts about a workload that decide which best practices apply and how
// much a gap weighs. An empty field has no effect.
type Profile struct {
	Segment          string   `yaml:"segment,omitempty" json:"segment,omitempty" jsonschema:"consumer, industrial, ..."`
	DeviceClasses    []string `yaml:"device_classes,omitempty" json:"device_classes,omitempty" jsonschema:"mcu, mpu, inference"`
	Protocols        []string `yaml:"protocols,omitempty" json:"protocols,omitempty" jsonschema:"mqtt, https, lorawan, ..."`
	Power            []string `yaml:"power,omitempty" json:"power,omitempty" jsonschema:"mains, battery, harvesting"`
	Connectivity     []string `yaml:"connectivity,omitempty" json:"connectivity,omitempty" jsonschema:"wired, wifi, cellular, ..."`
	FleetSize        int      `yaml:"fleet_size,omitempty" json:"fleet_size,omitempty" jsonschema:"devices in the field, or planned"`
	Stage            string   `yaml:"stage,omitempty" json:"stage,omitempty" jsonschema:"design, pilot, production, retiring"`
	ServiceLife      int      `yaml:"service_life_years,omitempty" json:"service_life_years,omitempty" jsonschema:"years for which a device is meant to run"`
	FieldUpdatable   *bool    `yaml:"field_updatable,omitempty" json:"field_updatable,omitempty" jsonschema:"firmware can be updated over the air"`
	SafetyCritical   *bool    `yaml:"safety_critical,omitempty" json:"safety_critical,omitempty" jsonschema:"a failure can hurt people"`
	PersonalData     *bool    `yaml:"personal_data,omitempty" json:"personal_data,omitempty" jsonschema:"data of identifiable people is handled"`
	Actuates         *bool    `yaml:"actuates,omitempty" json:"actuates,omitempty" jsonschema:"a command moves, opens, heats or switches something"`
	PublicAccess     *bool    `yaml:"public_access,omitempty" json:"public_access,omitempty" jsonschema:"strangers can touch the devices unobserved"`
	Unattended       *bool    `yaml:"unattended,omitempty" json:"unattended,omitempty" jsonschema:"a device that hangs stays so until somebody travels there"`
	IntermittentLink *bool    `yaml:"intermittent_link,omitempty" json:"intermittent_link,omitempty" jsonschema:"devices are offline for hours or days in normal use"`
	Moves            *bool    `yaml:"moves,omitempty" json:"moves,omitempty" jsonschema:"devices change their place"`
	Scenarios        []string `yaml:"scenarios,omitempty" json:"scenarios,omitempty" jsonschema:"scenarios that the workload uses"`
	Markets          []string `yaml:"markets,omitempty" json:"markets,omitempty" jsonschema:"where the product is sold: eu, uk, us, other, or none"`
	Radio            *bool    `yaml:"radio,omitempty" json:"radio,omitempty" jsonschema:"the product has a radio"`
	ProductClass     string   `yaml:"product_class,omitempty" json:"product_class,omitempty" jsonschema:"class of the EU's Cyber Resilience Act: default, important-i, important-ii, critical, or excluded"`
	Audience         []string `yaml:"audience,omitempty" json:"audience,omitempty" jsonschema:"who buys or uses the product: consumer, business, industrial, public"`
	FirstMarket      string   `yaml:"first_market,omitempty" json:"first_market,omitempty" jsonschema:"day on which the first unit of the product is placed on a market, YYYY-MM-DD"`
}

// A Scope limits a review to a part of the lens. A best practice is in scope if every list
// that is not empty has one of its ids.
type Scope struct {
	Pillars   []string `yaml:"pillars,omitempty" json:"pillars,omitempty" jsonschema:"pillars in scope"`
	Layers    []string `yaml:"layers,omitempty" json:"layers,omitempty" jsonschema:"architecture layers in scope"`
	Scenarios []string `yaml:"scenarios,omitempty" json:"scenarios,omitempty" jsonschema:"scenarios in scope"`
	Questions []string `yaml:"questions,omitempty" json:"questions,omitempty" jsonschema:"questions in scope"`
}

// An Answer is the status of one best practice in the workload, with its details. History
// has the answers that it replaced, without histories of their own. A new field must be
// added to answerFields as well.
type Answer struct {
	Status       Status   `yaml:"status,omitempty" json:"status" jsonschema:"implemented, partially_implemented, not_implemented, not_applicable, cannot_determine"`
	Reason       string   `yaml:"reason,omitempty" json:"reason,omitempty" jsonschema:"why it does not apply; required with not_applicable"`
	Extent       string   `yaml:"extent,omitempty" json:"extent,omitempty" jsonschema:"how much of the fleet is covered: few, half, most, or a percentage such as 35%; only with partially_implemented"`
	Note         string   `yaml:"note,omitempty" json:"note,omitempty" jsonschema:"note of the team"`
	Evidence     []string `yaml:"evidence,omitempty" json:"evidence,omitempty" jsonschema:"what was shown: a link, a path, a record"`
	Owner        string   `yaml:"owner,omitempty" json:"owner,omitempty" jsonschema:"who closes the gap"`
	Due          string   `yaml:"due,omitempty" json:"due,omitempty" jsonschema:"by when, YYYY-MM-DD"`
	Deadline     string   `yaml:"deadline,omitempty" json:"deadline,omitempty" jsonschema:"the day on which the gap takes effect, whoever closes it: a certificate expires, a law applies, a service ends; YYYY-MM-DD"`
	By           string   `yaml:"by,omitempty" json:"by,omitempty" jsonschema:"who gave the answer; profile where the workload's profile did"`
	At           string   `yaml:"at,omitempty" json:"at,omitempty" jsonschema:"when, YYYY-MM-DD or RFC 3339 in UTC"`
	Template     string   `yaml:"template,omitempty" json:"template,omitempty" jsonschema:"name of the review template that it was copied from, until somebody confirms it"`
	VouchedBy    string   `yaml:"vouched_by,omitempty" json:"vouched_by,omitempty" jsonschema:"who vouches for it in that template"`
	VouchedUntil string   `yaml:"vouched_until,omitempty" json:"vouched_until,omitempty" jsonschema:"the last day on which they do, YYYY-MM-DD"`
	History      []Answer `yaml:"history,omitempty" json:"history,omitempty" jsonschema:"the answers that it replaced since the last milestone, oldest first"`
}

// Status is the status of a best practice.
type Status string

// The statuses. No answer at all is Unanswered; it is never written.
const (
	Implemented          Status = "implemented"
	PartiallyImplemented Status = "partially_implemented"
	NotImplemented       Status = "not_implemented"
	NotApplicable        Status = "not_applicable"
	CannotDetermine      Status = "cannot_determine"
	Unanswered           Status = ""
)

// Statuses lists the statuses that a file can have, in the order in which they are offered
// to people.
func Statuses() []Status {
	return []Status{Implemented, PartiallyImplemented, NotImplemented, NotApplicable, CannotDetermine}
}

// Values lists the statuses that a file can have.
func (Status) Values() []string { return lens.Strings(Statuses()...) }

// Words returns the status as text for people.
func (s Status) Words() string {
	switch s {
	case Implemented:
		return "implemented"
	case PartiallyImplemented:
		return "partially implemented"
	case NotImplemented:
		return "not implemented"
	case NotApplicable:
		return "not applicable"
	case CannotDetermine:
		return "don't know"
	}
	return "unanswered"
}

// ByProfile is the value of Answer.By if the answer follows from the profile of the
// workload.
const ByProfile = "profile"

// A Waiver accepts a finding for a time.
type Waiver struct {
	Practice string `yaml:"practice" json:"practice" jsonschema:"best practice id"`
	Owner    string `yaml:"owner" json:"owner" jsonschema:"who carries the risk"`
	Approver string `yaml:"approver" json:"approver" jsonschema:"who accepted it"`
	Reason   string `yaml:"reason" json:"reason" jsonschema:"why it is accepted"`
	Control  string `yaml:"control,omitempty" json:"control,omitempty" jsonschema:"the compensating control"`
	Expires  string `yaml:"expires" json:"expires" jsonschema:"the first day on which it no longer holds, YYYY-MM-DD"`
	By       string `yaml:"by,omitempty" json:"by,omitempty" jsonschema:"who wrote it down"`
	At       string `yaml:"at,omitempty" json:"at,omitempty" jsonschema:"when, YYYY-MM-DD or RFC 3339 in UTC"`
}

// A Topic was parked in the workshop: set aside, to be taken up later.
type Topic struct {
	Topic    string `yaml:"topic" json:"topic" jsonschema:"what it is about"`
	Practice string `yaml:"practice,omitempty" json:"practice,omitempty" jsonschema:"best practice at which it came up"`
	Owner    string `yaml:"owner,omitempty" json:"owner,omitempty" jsonschema:"who takes it up"`
	By       string `yaml:"by,omitempty" json:"by,omitempty" jsonschema:"who parked it"`
	At       string `yaml:"at,omitempty" json:"at,omitempty" jsonschema:"when, YYYY-MM-DD or RFC 3339 in UTC"`
}

// An AnswerWithoutPlace is the answer or waiver of a best practice that the current version
// of the lens does not have. Upgrades keep it.
type AnswerWithoutPlace struct {
	Practice    string `yaml:"practice" json:"practice" jsonschema:"its id then"`
	Title       string `yaml:"title,omitempty" json:"title,omitempty" jsonschema:"its title then, where it was known"`
	Lens        string `yaml:"lens" json:"lens" jsonschema:"id of the lens that asked it"`
	LensVersion string `yaml:"lens_version" json:"lens_version" jsonschema:"version of that lens"`
	Answer      Answer `yaml:"answer,omitempty" json:"answer,omitzero" jsonschema:"the answer, with its history"`
	Waiver      Waiver `yaml:"waiver,omitempty" json:"waiver,omitzero" jsonschema:"its waiver"`
}
