package framework

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/suggest"
)

// A Requirement names a framework that a review must meet, or a part of one: cra,
// cra:I(2)(c) for a provision, en303645:M for the provisions with a status.
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

// Includes reports whether the requirement covers a provision of its framework.
func (r Requirement) Includes(p ProvisionStanding) bool {
	return r.Part() == "" || r.Names(p) || p.Status != "" && r.Part() == p.Status
}

// CheckRequirement returns the framework of a requirement, or an error if the framework or the
// part does not exist.
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

// statuses lists the statuses of the provisions, each once.
func (f *Framework) statuses() []string {
	var out []string
	for _, p := range f.Provisions {
		if p.Status != "" && !slices.Contains(out, p.Status) {
			out = append(out, p.Status)
		}
	}
	return out
}
