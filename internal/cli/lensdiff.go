package cli

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/spf13/cobra"
)

func (a *app) lensDiffCommand() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "diff OLD [NEW]",
		Short: "Show what changed between two versions of a lens, for people who have answers",
		Long: `Show what changed between two versions of a lens, for people who have answers:
questions and best practices that were added, dropped, renamed or reworded, severities,
and which answers now have another risk. For the risks, every possible answer to a
question is tried, with the rules to the letter; new choices count as not selected.

OLD and NEW are folders of banks, or custom lenses of the WA Tool. Without NEW, OLD is
compared with the lens of --bank, or with the shipped one.

Best practices are paired by id, then by title if it occurs only once, then by text if
their similarity is 0.6 or more; docs/custom-lenses.md explains the rule.`,
		Example: `  iotlens lens diff lens-v1.json lens-v2.json
  iotlens lens diff our-bank lens-v2.json -f json`,
		Args: rangeArgs(1, 2, "OLD [NEW] [-f text|json]"),
		RunE: func(_ *cobra.Command, args []string) error { return a.lensDiff(args[0], firstArg(args[1:]), format) },
	}
	formatFlag(c, &format)
	return c
}

func (a *app) lensDiff(older, newer, format string) error {
	if err := checkOneOf("format", format, lensFormats()); err != nil {
		return err
	}
	from, err := a.loadLensOrBank(older)
	if err != nil {
		return err
	}
	to, err := a.loadLensOrBank(newer)
	if err != nil {
		return err
	}
	d := compare.Lenses(from, to)
	if format == "json" {
		return jsonfile.Write(a.Out, struct {
			SchemaVersion int `json:"schema_version"`
			*compare.LensDiff
		}{1, d})
	}
	return a.print(lensDiffText(d))
}

func lensDiffText(d *compare.LensDiff) string {
	var p text.Page
	for _, side := range []struct {
		label string
		l     compare.LensSource
	}{{"old  ", d.Old}, {"new  ", d.New}} {
		p.Wrapped(side.label, "     ", fmt.Sprintf("%s, version %s, id %s: %s with %s", side.l.Name, side.l.Version, side.l.ID,
			text.Count(side.l.Questions, "question"), text.Count(side.l.Practices, "best practice")))
	}
	if !d.Related {
		p.Line("")
		p.Wrapped("", "", "These are two different lenses: their texts have almost nothing in common, so equal ids are a coincidence.")
		return p.String()
	}
	if len(d.Added)+len(d.Dropped)+len(d.Renamed)+len(d.Reworded)+len(d.RiskShifts) == 0 {
		p.Line("Nothing changed for people who have answers.")
	}
	wording := func(w compare.LensItemChange) { p.Wrapped("  "+w.ID+"  ", "      ", w.Was+w.Is) }
	writeSection(&p, "ADDED", d.Added, wording)
	writeSection(&p, "DROPPED", d.Dropped, wording)
	writeSection(&p, "RENAMED OR MOVED", d.Renamed, func(r compare.RenamedItem) {
		p.Wrapped("  "+r.Was+" -> "+r.ID+"  ", "      ", fmt.Sprintf("by %s: %s", r.By, r.Title))
	})
	writeSection(&p, "REWORDED OR RATED ANEW", d.Reworded, func(w compare.LensItemChange) {
		p.Wrapped("  "+w.ID+"  ", "      ", strings.Join(w.Changed, ", "))
		if w.Was != w.Is {
			p.Wrapped("      - ", "        ", w.Was)
			p.Wrapped("      + ", "        ", w.Is)
		}
	})
	writeSection(&p, "RESULTS THAT CHANGE, OVER ALL ANSWERS", d.RiskShifts, func(r compare.RiskShift) {
		p.Wrapped("  ", "      ", fmt.Sprintf("%s: %s from %s to %s, for example %s", r.Question,
			text.Plural(r.Answers, "answer goes", "answers go"), r.From, r.To, strings.Join(r.Example, " and ")))
	})
	return p.String()
}

// writeSection writes a title with a count, and all entries; nothing if there are none.
func writeSection[T any](p *text.Page, title string, list []T, write func(T)) {
	if len(list) > 0 {
		p.Section("%s (%d)", title, len(list))
	}
	for _, entry := range list {
		write(entry)
	}
}
