package framework

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/suggest"
)

// A Requirement is a framework that a review has to meet, or a part of one, as people
// write it: cra, cra:I(2)(c), en303645:M.
type Requirement string

// Framework is the id of the framework.
func (r Requirement) Framework() string {
	id, _, _ := strings.Cut(string(r), ":")
	return id
}

// Part is the id of a provision, or a status; empty for the whole framework.
func (r Requirement) Part() string {
	_, part, _ := strings.Cut(string(r), ":")
	return part
}

// Names reports whether the requirement names a provision by its id.
func (r Requirement) Names(p ProvisionStanding) bool { return r.Part() == p.Provision }

// Includes reports whether a provision of the framework of the requirement is required.
func (r Requirement) Includes(p ProvisionStanding) bool {
	return r.Part() == "" || r.Names(p) || p.Status != "" && r.Part() == p.Status
}

// CheckRequirement reports whether there is what a requirement names, and returns its
// framework.
func CheckRequirement(r Requirement, known []*Framework) (*Framework, error) {
	f, ok := Find(known, r.Framework())
	if !ok {
		return nil, fmt.Errorf("%s; iotlens framework list shows all, and --framework FILE adds one of your own", suggest.Unknown("framework", r.Framework(), IDs(known)))
	}
	if strings.HasSuffix(string(r), ":") {
		return nil, fmt.Errorf("%s: a provision must follow the colon, as in %s:%s", r, f.ID, f.Provisions[0].ID)
	}
	if r.Part() == "" || slices.Contains(append(f.ProvisionIDs(), f.statuses()...), r.Part()) {
		return f, nil
	}
	return nil, fmt.Errorf("%s; iotlens framework show %s lists them", suggest.Unknown("provision of "+f.ID, r.Part(), f.ProvisionIDs()), f.ID)
}

// statuses lists the statuses of the provisions.
func (f *Framework) statuses() []string {
	var out []string
	for _, p := range f.Provisions {
		if p.Status != "" && !slices.Contains(out, p.Status) {
			out = append(out, p.Status)
		}
	}
	return out
}
