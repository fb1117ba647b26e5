package review

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// A WorkloadField describes one field of a workload or its profile. Flags, prompts, the
// page of the review and the comparison of profiles are made from these tables.
type WorkloadField struct {
	Flag   string // its name, as in its flag: fleet-size
	Prompt string // question in a dialog
	Help   string // what it is and affects, for the help of its flag

	key       string                       // in the review file
	terms     func(*lens.Lens) []lens.Term // the values that a lens defines; nil for any value
	relevant  func(*lens.Lens) bool        // see Relevant; nil if always, or for a boolean if the lens has the fact
	maxLength int                          // in characters; 0 for fields of the profile
	isDate    bool                         // see IsDate
}

var descriptionFields = []WorkloadField{
	{Flag: "name", key: "name", Prompt: "Name of the workload", Help: "name of the workload, 3 to 100 characters", maxLength: 100},
	{Flag: "description", key: "description", Prompt: "What does it do, in a sentence", Help: "what the workload does, 3 to 250 characters", maxLength: 250},
	{Flag: "owner", key: "review_owner", Prompt: "Who owns the review", Help: "who owns the review, 3 to 255 characters", maxLength: 255},
}

var profileFields = []WorkloadField{
	{Flag: "segment", key: "segment", Prompt: "Segment", Help: "market segment; decides what applies, and sets defaults for open facts", terms: func(l *lens.Lens) []lens.Term { return l.Segments }},
	{Flag: "stage", key: "stage", Prompt: "Stage of the product", Help: "stage of the product; decisions that close at the next milestone come first", terms: func(l *lens.Lens) []lens.Term { return l.Stages }},
	{Flag: "device-class", key: "device_classes", Prompt: "Device classes", Help: "class of the devices; decides which practices for Linux, microcontrollers and models apply", terms: func(l *lens.Lens) []lens.Term { return l.DeviceClasses }},
	{Flag: "protocol", key: "protocols", Prompt: "Protocols", Help: "protocol in use; decides which practices for MQTT, LoRaWAN and industrial protocols apply", terms: func(l *lens.Lens) []lens.Term { return l.Protocols }},
	{Flag: "power", key: "power", Prompt: "Power", Help: "source of power; energy weighs more without mains power", terms: func(l *lens.Lens) []lens.Term { return l.Power }},
	{Flag: "connectivity", key: "connectivity", Prompt: "Connectivity", Help: "type of connection; decides what is metered, shared or often offline", terms: func(l *lens.Lens) []lens.Term { return l.Connectivity }},
	{Flag: "fleet-size", key: "fleet_size", Prompt: "Devices in the field, or planned", Help: "number of devices in the field, or planned; faults weigh more in large fleets, quotas are not asked for small ones", relevant: anyFactCondition(func(c lens.Condition) bool { return c.FleetSize > 0 })},
	{Flag: "service-life", key: "service_life_years", Prompt: "Years for which a device is meant to run", Help: "years for which a device is meant to run; from ten years on, keys, parts and suppliers weigh more", relevant: anyFactCondition(func(c lens.Condition) bool { return c.ServiceLife > 0 })},
	{Flag: "field-updatable", key: "field_updatable", Prompt: "Can firmware be updated over the air", Help: "whether firmware can be updated over the air: yes or no; if not, closing a gap by an update takes a visit", relevant: hasOverTheAirFixes},
	{Flag: "safety-critical", key: "safety_critical", Prompt: "Can a failure hurt people", Help: "whether a failure can hurt people: yes or no; control over devices and availability weigh more"},
	{Flag: "personal-data", key: "personal_data", Prompt: "Is data of identifiable people handled", Help: "whether data of identifiable people is handled: yes or no; access, encryption, law and erasure weigh more"},
	{Flag: "actuates", key: "actuates", Prompt: "Does a command move, open, heat or switch something", Help: "whether a command moves, opens, heats or switches something: yes or no; who may send commands weighs more (default: by scenario)"},
	{Flag: "public-access", key: "public_access", Prompt: "Can strangers touch the devices unobserved", Help: "whether strangers can touch the devices unobserved: yes or no; keys, boot and ports weigh more (default: by segment)"},
	{Flag: "unattended", key: "unattended", Prompt: "Does a device that hangs stay so until somebody travels there", Help: "whether a device that hangs stays down until somebody travels there: yes or no; recovery weighs more (default: by segment)"},
	{Flag: "intermittent-link", key: "intermittent_link", Prompt: "Are devices offline for hours or days in normal use", Help: "whether devices are offline for hours or days in normal use: yes or no; buffers and clocks weigh more (default: by connectivity)"},
	{Flag: "moves", key: "moves", Prompt: "Do devices change their place", Help: "whether devices change their place: yes or no; if yes, location and roaming are asked (default: by segment)"},
	{Flag: "scenario", key: "scenarios", Prompt: "Scenarios that it uses", Help: "scenario that the workload uses; decides which practices on commands, edge and AI are asked", terms: scenarioTerms},
	{Flag: "market", key: "markets", Prompt: "Markets in which the product is sold", Help: "market in which the product is sold; decides whether the product questions are asked, and by which law", terms: func(l *lens.Lens) []lens.Term { return l.Markets }},
	{Flag: "radio", key: "radio", Prompt: "Does the product have a radio", Help: "whether the product has a radio: yes or no; if yes, onboarding by radio is asked (default: by connectivity and protocol)"},
	{Flag: "product-class", key: "product_class", Prompt: "Class in the Cyber Resilience Act", Help: "class of the product in the Cyber Resilience Act; decides who assesses it, and whether that act applies at all", terms: func(l *lens.Lens) []lens.Term { return l.ProductClasses }},
	{Flag: "audience", key: "audience", Prompt: "Who buys or uses it", Help: "who buys or uses the product; consumer law and consent are asked for consumers (default: by segment)", terms: func(l *lens.Lens) []lens.Term { return l.Audiences }},
	{Flag: "first-market", key: "first_market", Prompt: "Day on which the first unit is placed on a market", Help: "day on which the first unit is placed on a market, such as 2027-03-01; decides from when duties apply", isDate: true, relevant: func(l *lens.Lens) bool { return len(l.Markets) > 0 }},
}

// WorkloadFields lists the fields of a workload and its profile in the order in which they
// are asked. The caller must not change the list.
func WorkloadFields() []WorkloadField { return slices.Concat(descriptionFields, profileFields) }

// Unknown is what people enter to leave a field of the profile unset.
const Unknown = "unknown"

// ProfileFields lists the fields of the profile. The caller must not change the list.
func ProfileFields() []WorkloadField { return profileFields }

// UnsetProfileFields lists the fields of the profile that are unset and relevant for a
// lens.
func UnsetProfileFields(l *lens.Lens, w Workload) []WorkloadField {
	return slices.DeleteFunc(slices.Clone(profileFields), func(f WorkloadField) bool { return !f.Relevant(l) || len(f.Values(&w)) > 0 })
}

func scenarioTerms(l *lens.Lens) []lens.Term {
	var out []lens.Term
	for _, s := range l.Scenarios {
		out = append(out, lens.Term{ID: s.ID, Name: s.Name, Description: s.Description})
	}
	return out
}

// anyFactCondition returns a function that reports whether a fact of a lens has a condition
// with a property.
func anyFactCondition(kind func(lens.Condition) bool) func(*lens.Lens) bool {
	return func(l *lens.Lens) bool {
		return slices.ContainsFunc(l.Facts, func(f lens.Fact) bool { return slices.ContainsFunc(f.When, kind) })
	}
}

// hasOverTheAirFixes reports whether a lens has gaps that an over-the-air update can fix.
func hasOverTheAirFixes(l *lens.Lens) bool {
	for _, p := range l.All() {
		if p.Fix == lens.OverTheAir {
			return true
		}
	}
	return false
}

// Required reports whether every review needs the field.
func (f WorkloadField) Required() bool { return f.Flag == "name" }

// Relevant reports whether the field changes anything in a review of a lens.
func (f WorkloadField) Relevant(l *lens.Lens) bool {
	switch {
	case f.terms != nil:
		return len(f.terms(l)) > 0
	case f.relevant != nil:
		return f.relevant(l)
	}
	return !f.IsBool() || slices.Contains(lens.FactIDs(l.Facts), f.key)
}

// Terms lists the values that a lens defines; none if any value is valid.
func (f WorkloadField) Terms(l *lens.Lens) []lens.Term {
	if f.terms == nil {
		return nil
	}
	return f.terms(l)
}

// Name returns the name of the field for people: fleet size.
func (f WorkloadField) Name() string { return strings.ReplaceAll(f.Flag, "-", " ") }

// value returns the field of a workload or its profile: a string, []string, int or *bool.
func (f WorkloadField) value(w *Workload) reflect.Value {
	v := reflect.ValueOf(w).Elem()
	if f.maxLength == 0 {
		v = reflect.ValueOf(&w.Profile).Elem()
	}
	return v.FieldByIndex(yamlfile.FieldByKey(v.Type(), f.key).Index)
}

// IsDate reports whether the value is a day, YYYY-MM-DD.
func (f WorkloadField) IsDate() bool { return f.isDate }

// IsList reports whether the field has several values.
func (f WorkloadField) IsList() bool { return f.value(&Workload{}).Kind() == reflect.Slice }

// IsInt reports whether the value is a whole number.
func (f WorkloadField) IsInt() bool { return f.value(&Workload{}).Kind() == reflect.Int }

// IsBool reports whether the value is yes or no.
func (f WorkloadField) IsBool() bool { return f.value(&Workload{}).Kind() == reflect.Pointer }

// Values returns the values of the field, as people enter them; none if it is unset.
func (f WorkloadField) Values(w *Workload) []string {
	v := f.value(w)
	if v.IsZero() {
		return nil
	}
	switch v := v.Interface().(type) {
	case []string:
		return v
	case *bool:
		if *v {
			return []string{"yes"}
		}
		return []string{"no"}
	default:
		return []string{fmt.Sprint(v)}
	}
}

// Text returns the values in one line; empty if the field is unset.
func (f WorkloadField) Text(w Workload) string { return strings.Join(f.Values(&w), ", ") }

// Set parses values as people enter them and sets the field. No value, or Unknown for a
// field of the profile, unsets it. If the lens defines the values, numbers select them by
// position: 2, or 1-3 for the first three.
func (f WorkloadField) Set(l *lens.Lens, w *Workload, values []string) error {
	if len(values) == 0 || f.maxLength == 0 && values[0] == Unknown {
		if f.Required() {
			return errors.New("a review needs a name of 3 to 100 characters")
		}
		f.value(w).SetZero()
		return nil
	}
	if f.terms != nil {
		var err error
		if values, err = f.parseTerms(l, values); err != nil {
			return err
		}
	}
	v := values[0]
	switch at := f.value(w).Addr().Interface().(type) {
	case *[]string:
		*at = values
	case *string:
		if err := CheckDate(v, false); f.isDate && err != nil {
			return err
		}
		if n := utf8.RuneCountInString(v); f.maxLength > 0 && (n < 3 || n > f.maxLength) {
			return fmt.Errorf("%s; use 3 to %d", text.Count(n, "character"), f.maxLength)
		}
		*at = v
	case *int:
		n, err := strconv.Atoi(strings.NewReplacer(",", "", " ", "", "_", "").Replace(v))
		if err != nil || n < 0 {
			return fmt.Errorf("must be a number such as 12000, not %q", v)
		}
		*at = n
	case **bool:
		v = strings.ToLower(v)
		yes := slices.Contains([]string{"yes", "y", "true"}, v)
		if !yes && !slices.Contains([]string{"no", "n", "false"}, v) {
			return fmt.Errorf("must be yes or no, not %q", v)
		}
		*at = &yes
	}
	return nil
}

// parseTerms returns the terms of a lens that the values name, without duplicates.
func (f WorkloadField) parseTerms(l *lens.Lens, values []string) ([]string, error) {
	known := lens.TermIDs(f.terms(l))
	if len(known) == 0 {
		return nil, fmt.Errorf("the lens %s does not use it", l.ID)
	}
	var out []string
	for _, v := range values {
		v = strings.ToLower(strings.TrimSpace(v))
		ids := []string{v}
		first, last, isRange := strings.Cut(v, "-")
		if !isRange {
			last = first
		}
		from, err1 := strconv.Atoi(first)
		to, err2 := strconv.Atoi(last)
		switch {
		case err1 == nil && err2 == nil && from >= 1 && from <= to && to <= len(known):
			ids = known[from-1 : to]
		case err1 == nil && err2 == nil:
			return nil, fmt.Errorf("%s is not on the list of 1 to %d", v, len(known))
		case !slices.Contains(known, v):
			return nil, errors.New(suggest.Unknown(f.Name(), v, known))
		}
		for _, id := range ids {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	if !f.IsList() && len(out) > 1 {
		return nil, fmt.Errorf("takes one value, not %d", len(out))
	}
	return out, nil
}
