package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/tui"
	"github.com/spf13/cobra"
)

type reviewOptions struct {
	file   string
	filter interview.Filter
	only   string
	by     string
}

func (a *app) reviewCommand() *cobra.Command {
	o := &reviewOptions{}
	c := &cobra.Command{
		Use:   "review [FILE]",
		Short: "Walk through the review, question by question",
		Long: `Walk through the review, question by question. Starts a review if there is none,
and goes on where the last session stopped. Every answer is saved at once.

Without FILE it takes the one *.review.yaml of this folder. It works on any
terminal, over a pipe and with a screen reader.`,
		Example: `  iotlens review
  iotlens review plant.review.yaml --pillar security --by Ana
  iotlens review --only findings`,
		Args: args(0, 1, "[FILE]"),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				o.file = args[0]
			}
			return a.interruptible(func() error { return a.review(o) })
		},
	}
	scopeFlags(c, &o.filter.Scope, "to walk through (repeatable, or with commas; default: all)")
	c.Flags().StringVar(&o.only, "only", "", "walk only through these: "+strings.Join(interview.Only("").Values(), ", "))
	c.Flags().StringVar(&o.by, "by", "", "who answers; written beside each answer")
	complete(c, "only", interview.Only("").Values())
	return c
}

func (a *app) review(o *reviewOptions) error {
	l, err := a.lens()
	if err != nil {
		return err
	}
	errs := []error{checkScope(l, o.filter.Scope)}
	if o.only != "" {
		errs = append(errs, oneOf("--only", o.only, interview.Only("").Values()))
		o.filter.Only = interview.Only(o.only)
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	in := a.reader()
	a.In = in // the prompts and the interview read from one buffer
	f, err := a.findOrStart(o.file, l)
	if err != nil {
		return err
	}
	if err := a.hold(f); err != nil {
		return err
	}
	defer a.release()
	ruledOut, released := interview.ApplyProfile(l, f.Review, a.stamp())
	if err := f.Save(); err != nil {
		return err
	}
	a.tellProfile(ruledOut, released)
	walk := interview.New(l, f.Review, o.filter)
	if p := walk.Progress(); p.Stops == 0 {
		fmt.Fprintln(a.Out, "There is nothing to walk through: no best practice matches, or all of them are answered.")
		return nil
	} else if stop, ok := walk.Current(); ok && p.Answered == p.Stops {
		fmt.Fprintf(a.Out, "All %d are answered; this goes through them again. Enter keeps an answer.\n", p.Stops)
	} else if ok && resumed(f.Review) {
		fmt.Fprintf(a.Out, "Going on at %s: %d of %d are answered.\n", stop.Practice.ID, p.Answered, p.Stops)
	}
	line := &tui.Line{In: in, Out: a.Out, Lens: l, Where: f.Path, Save: f.Save, Now: a.stamp, By: o.by}
	return line.Run(walk)
}

// resumed tells whether a person has answered before.
func resumed(r *review.Review) bool {
	for _, a := range r.Answers {
		if a.By != review.ByProfile {
			return true
		}
	}
	return false
}

func (a *app) tellProfile(ruledOut, released []string) {
	var p text.Page
	if len(ruledOut) > 0 {
		p.Wrapped("", "", fmt.Sprintf("The workload's profile rules out %d best practices; they are answered not applicable: %s. To answer one all the same: g ID, then its status.",
			len(ruledOut), strings.Join(ruledOut, ", ")))
	}
	if len(released) > 0 {
		p.Wrapped("", "", "The profile no longer rules these out; they are unanswered again: "+strings.Join(released, ", ")+".")
	}
	fmt.Fprint(a.Out, p.String())
}

// findOrStart opens the review to go on with, or makes a new one.
func (a *app) findOrStart(path string, l *lens.Lens) (*review.File, error) {
	if path == "" {
		found, err := filepath.Glob("*.review.yaml")
		if err != nil {
			return nil, err
		}
		switch len(found) {
		case 0:
		case 1:
			path = found[0]
		default:
			return nil, fmt.Errorf("there are several reviews here; name one: %s", strings.Join(found, ", "))
		}
	}
	if path != "" {
		if _, err := os.Lstat(path); err == nil {
			return review.Load(path, l)
		} else if !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		if dir := filepath.Dir(path); !isDir(dir) {
			return nil, fmt.Errorf("%s: there is no folder %s", path, dir)
		}
	}
	fmt.Fprintln(a.Out, "There is no review here yet; this begins one.")
	return a.init(path, nil, review.Scope{}, true)
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
