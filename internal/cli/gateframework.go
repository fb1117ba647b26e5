package cli

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/gitref"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
)

// holdRequired holds an assessment against the frameworks that a policy requires. Without
// a requirement no framework is decoded, but files of people's own are checked.
func (a *app) holdRequired(assessment *scoring.Assessment, l *lens.Lens, p settledPolicy, review string) error {
	if len(p.Require)+len(p.Framework) == 0 {
		return nil
	}
	known := a.knownFrameworks(l)
	var errs []error
	for _, file := range p.Framework {
		f, err := a.frameworkAt(file, l, review)
		if err == nil {
			err = ownID(file, f, known)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", p.From["framework"], err))
			continue
		}
		known = append(known, framework.With([]*framework.Framework{f}, l)[0])
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	var required []*framework.Framework
	for _, r := range p.Require {
		f, err := framework.CheckRequirement(r, known)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: require: %w", p.From["require"], err))
			continue
		}
		if _, twice := framework.Find(required, f.ID); !twice {
			required = append(required, f)
			assessment.Frameworks = append(assessment.Frameworks, assessment.Hold(f, l))
		}
	}
	return errors.Join(errs...)
}

// frameworkAt reads a framework from a file, which may be in a commit.
func (a *app) frameworkAt(file string, l *lens.Lens, review string) (*framework.Framework, error) {
	ref, at, inGit := gitref.Split(file)
	if !inGit {
		return framework.Load(file, l)
	}
	commit, err := gitref.Open(filepath.Dir(review), ref)
	if err != nil {
		return nil, err
	}
	data, err := commit.Read(at, largest)
	if err != nil {
		return nil, err
	}
	f, problems := framework.Decode(file, data, l)
	return f, problems.Err()
}
