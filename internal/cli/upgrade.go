package cli

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/lensmatch"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/spf13/cobra"
)

type upgradeOptions struct {
	from, milestone, by string
	dryRun              bool
}

func (a *app) upgradeCommand() *cobra.Command {
	o := &upgradeOptions{}
	c := &cobra.Command{
		Use:   "upgrade FILE",
		Short: "Carry a review to a newer version of its lens",
		Long: `Carry a review over to a newer version of its lens: that of --bank, or the shipped one.
A milestone of the review is created first. Either both files are written or neither.

Answers keep their history, evidence, owners and dates. They move, together with
waivers, parked topics and the scope, to the best practices of the newer version that
ask the same. Answers that it no longer asks are kept in the review under without_place;
they are listed here and in reports, and are not counted.

--from is the version that the review answers: the folder of its bank, or its custom
lens. With --from, best practices are matched by id, title and text, as in iotlens lens
diff; without it, by id and by the successors that the newer version names.`,
		Example: `  iotlens upgrade pump.review.yaml --bank new-bank --from old-bank --dry-run
  iotlens upgrade pump.review.yaml --bank new-bank --from lens-v1.json
  iotlens upgrade plant.review.yaml                  # to the lens of a newer iotlens`,
		Args: rangeArgs(1, 1, "FILE [--bank NEW] [--from OLD] [--dry-run]"),
		RunE: func(_ *cobra.Command, args []string) error { return a.upgrade(args[0], o) },
	}
	f := c.Flags()
	f.StringVar(&o.from, "from", "", "version of the lens that the review answers: the folder of a bank, or a custom lens")
	f.StringVar(&o.milestone, "milestone", "", `name of the milestone (default: "Before" and the newer version)`)
	f.StringVar(&o.by, "by", "", "who creates the milestone; saved in it")
	f.BoolVar(&o.dryRun, "dry-run", false, "show what would change without changing it")
	return c
}

func (a *app) upgrade(path string, o *upgradeOptions) error {
	to, err := a.lens()
	if err != nil {
		return err
	}
	f, err := a.openReview(path, nil)
	if err != nil {
		return err
	}
	if _, err := a.openReview(path, to); err == nil && f.Review.UpToDate(to) {
		fmt.Fprintf(a.Err, "%s: already answers this version of the lens; nothing was changed\n", disk.DisplayPath(path))
		return nil
	}
	from, err := a.upgradeFrom(f.Review, o.from)
	if err != nil {
		return err
	}
	p := newPlaces(f.Review, from, to)
	was := f.Review.Clone()
	done := was.Upgrade(from, to, p.of())
	if o.from != "" && !p.match.Related() {
		return fmt.Errorf("--from: %s has almost nothing in common with %s %s; nothing was changed. Set it to the version that the review answers, or leave it out to compare only ids", disk.DisplayPath(o.from), to.Name, to.Version)
	}
	if other := f.Review.Lens != to.ID; other && (from != nil && !p.match.Related() || from == nil && done.Carried == 0 && len(f.Review.Answers) > 0) {
		return fmt.Errorf(`%s: answers the lens %q, with which the lens %q has almost nothing in common; nothing was changed.
Set --bank to the newer version of that lens and --from to the version that the review answers, or start a review of this lens: iotlens init %s`,
			disk.DisplayPath(path), f.Review.Lens, to.ID, a.fileArgs("new.review.yaml"))
	}
	if err := a.print(p.text(f.Review, was, done)); err != nil || o.dryRun {
		return err
	}
	m := review.Milestone{Name: cmp.Or(o.milestone, "Before "+to.Version), At: a.timestamp(), By: o.by}
	frozen, err := f.Upgrade(m, a.today(), to, func(r *review.Review) { done = r.Upgrade(from, to, p.of()) })
	if err != nil {
		return err
	}
	fmt.Fprintf(a.Err, "wrote %s: the review as it was\nwrote %s: %s carried to %s %s\n", disk.DisplayPath(frozen), disk.DisplayPath(path), text.Count(done.Carried, "answer"), to.Name, to.Version)
	if from == nil && len(done.WithoutPlace) > 0 {
		fmt.Fprintln(a.Err, "Without --from, only ids were compared. If an answer lost its place, restore the milestone and upgrade it with --from.")
	}
	fmt.Fprintf(a.Err, "Next: iotlens review %s\n", a.fileArgs(path))
	return nil
}

// upgradeFrom returns the lens that a review answers, or nil if it is not known.
func (a *app) upgradeFrom(r *review.Review, from string) (*lens.Lens, error) {
	switch own := a.ownLens(); {
	case from == "" && r.Lens == own.ID && r.LensVersion == own.Version:
		return own, nil
	case from == "":
		return nil, nil
	}
	l, err := a.loadLensOrBank(from)
	if err != nil {
		return nil, err
	}
	if disk.IsFolder(from) && l.ID != r.Lens {
		return nil, fmt.Errorf("--from: %s is the lens %q, but the review answers %q; set it to the version that the review answers", disk.DisplayPath(from), l.ID, r.Lens)
	}
	return l, nil
}

// upgradePlaces says which best practice of the newer lens each one of the older lens became.
type upgradePlaces struct {
	match    *lensmatch.Match
	from, to *lens.Lens // from is nil if the lens of the review is not known
}

func newPlaces(r *review.Review, from, to *lens.Lens) upgradePlaces {
	older := from
	if older == nil { // only the ids in the review are known
		older = &lens.Lens{ID: r.Lens}
		ids := map[string]bool{}
		for id := range r.Answers {
			ids[id] = true
		}
		for _, w := range r.Waivers {
			ids[w.Practice] = true
		}
		for _, t := range r.Parked {
			ids[t.Practice] = true
		}
		var q lens.Question
		for _, id := range slices.Sorted(maps.Keys(ids)) {
			q.Practices = append(q.Practices, lens.Practice{ID: id})
		}
		older.Questions = append(older.Questions, q)
		for _, id := range r.Scope.Questions {
			older.Questions = append(older.Questions, lens.Question{ID: id})
		}
	}
	return upgradePlaces{lensmatch.Lenses(older, to), from, to}
}

func (p upgradePlaces) of() review.IDMapping {
	of := func(id string) (string, bool) { place, ok := p.match.Places[id]; return place.ID, ok }
	return review.IDMapping{NewID: of, OldTitle: func(id string) string {
		if p.from == nil {
			return ""
		}
		practice, _ := p.from.Practice(id)
		if practice == nil {
			return ""
		}
		return practice.Title
	}}
}

// text describes what an upgrade changes in a review.
func (p upgradePlaces) text(was, now *review.Review, u review.UpgradeResult) string {
	var page text.Page
	page.Wrapped("", "", fmt.Sprintf("%s %s -> %s %s", was.Lens, was.LensVersion, p.to.ID, p.to.Version))
	page.Wrapped("", "", fmt.Sprintf("Answers: %d with a place, %d under another id, %d without a place.", u.Carried, len(u.Renamed), len(u.WithoutPlace)))
	line := func(s string) { page.Wrapped("  ", "      ", s) }
	var renamed, check, none []string
	for _, id := range slices.Sorted(maps.Keys(u.Renamed)) {
		place := p.match.Places[id]
		practice, _ := p.to.Practice(place.ID)
		renamed = append(renamed, fmt.Sprintf("%s -> %s  by %s: %s", id, place.ID, place.Method, practice.Title))
	}
	writeSection(&page, "UNDER ANOTHER ID", renamed, line)
	for _, id := range review.AnswerIDs(was) {
		if place, ok := p.match.Places[id]; ok && p.from != nil && !place.SameText() {
			practice, _ := p.to.Practice(place.ID)
			check = append(check, fmt.Sprintf("%s  was %q, is %q", place.ID, p.of().OldTitle(id), practice.Title))
		}
	}
	writeSection(&page, "TO CHECK: THE SAME ID FOR ANOTHER TEXT", check, line)
	for _, n := range u.WithoutPlace {
		words := n.Answer.Status.Words()
		if n.Waiver != (review.Waiver{}) {
			words += ", waived"
		}
		none = append(none, strings.TrimSuffix(fmt.Sprintf("%s  %s: %s", n.Practice, words, n.Title), ": "))
	}
	writeSection(&page, "ANSWERS WITHOUT A PLACE, KEPT UNDER without_place", none, line)
	writeSection(&page, "NOT IN THE NEWER VERSION", u.Dropped, line)
	for _, key := range u.Widened {
		page.Line("  The scope has none of its %s left, so all are in scope now.", key)
	}
	asked := 0
	for q, practice := range p.to.All() {
		if _, ok := now.Answers[practice.ID]; !ok && now.Scope.Includes(q, practice) {
			asked++
		}
	}
	page.Line("")
	page.Wrapped("", "", "Without an answer in the newer version: "+text.Count(asked, "best practice")+" in scope.")
	return page.String()
}
