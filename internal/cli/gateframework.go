package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/gitref"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
)

// holdAgainstRequired holds an assessment against the frameworks that a policy requires, and
// returns them. Files with own frameworks are checked even if nothing is required.
func (a *app) holdAgainstRequired(assessment *scoring.Assessment, l *lens.Lens, p effectivePolicy, review string) ([]*framework.Framework, error) {
	if len(p.Require)+len(p.Framework) == 0 {
		return nil, nil
	}
	known := a.knownFrameworks(l)
	var errs []error
	for _, file := range p.Framework {
		f, err := a.readFramework(file, l, review)
		if err == nil {
			err = checkUniqueID(file, f, known)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", p.Sources["framework"], err))
			continue
		}
		known = append(known, framework.AddLensAnswers([]*framework.Framework{f}, l)[0])
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	var required []*framework.Framework
	for _, r := range p.Require {
		f, err := framework.CheckRequirement(r, known)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: require: %w", p.Sources["require"], err))
			continue
		}
		if _, twice := framework.Find(required, f.ID); !twice {
			required = append(required, f)
			assessment.Frameworks = append(assessment.Frameworks, assessment.StandingAgainst(f, l))
		}
	}
	return required, errors.Join(errs...)
}

// editedFrameworks returns a relaxation for each required framework that was edited since
// the commit of the baseline. In that commit it is looked up by id in the files of its
// policy, in the files that are named now, and in the bank of this run.
func (a *app) editedFrameworks(required []*framework.Framework, b gateBaseline, l *lens.Lens, p effectivePolicy, review string) ([]compare.Relaxation, error) {
	if b.ref == "" || len(required) == 0 {
		return nil, nil
	}
	commit, err := gitref.Open(filepath.Dir(review), b.ref)
	if err != nil {
		return nil, err
	}
	var files []string // in the commit
	named, _ := b.policy["framework"].Value.([]string)
	for _, name := range named {
		_, file, _ := gitref.Split(name)
		files = append(files, file)
	}
	here := slices.Clone(p.Framework)
	if a.bank != "" {
		for _, f := range required {
			here = append(here, filepath.Join(a.bank, "frameworks", f.ID+".yaml"))
		}
	}
	for _, name := range here {
		if file, err := commit.Path(name); err == nil { // otherwise it is in no commit
			files = append(files, file)
		}
	}
	var out []compare.Relaxation
	for _, f := range required {
		was, name, err := earlierFramework(commit, files, f.ID)
		if err != nil {
			return nil, err
		}
		if was == nil {
			continue
		}
		if changed := framework.Changed(framework.AddLensAnswers([]*framework.Framework{was}, l)[0], f, p.Require); len(changed) > 0 {
			out = append(out, compare.Relaxation{Kind: compare.FrameworkEdited, Subject: f.ID, From: name, To: strings.Join(changed, ", ")})
		}
	}
	return out, nil
}

// earlierFramework finds the framework with an id in files of a commit, or else in the
// program, and returns it with the name of its file; nil if there was none.
func earlierFramework(c *gitref.Commit, files []string, id string) (*framework.Framework, string, error) {
	for _, file := range files {
		data, err := c.Read(file, maxFileSize)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, "", err
		}
		if f, _ := framework.Parse(c.Name(file), data); f.ID == id { // its problems do not matter here
			return f, c.Name(file), nil
		}
	}
	f, _ := framework.Find(framework.Shipped(), id)
	return f, "that of iotlens", nil
}

// readFramework reads a framework from a file or from a commit.
func (a *app) readFramework(file string, l *lens.Lens, review string) (*framework.Framework, error) {
	ref, at, inGit := gitref.Split(file)
	if !inGit {
		return framework.Load(file, l)
	}
	commit, err := gitref.Open(filepath.Dir(review), ref)
	if err != nil {
		return nil, err
	}
	data, err := commit.Read(at, maxFileSize)
	if err != nil {
		return nil, err
	}
	f, problems := framework.Decode(file, data, l)
	return f, problems.Err()
}
