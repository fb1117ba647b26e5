package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/spf13/cobra"
)

type importOptions struct {
	file    string
	sources []string // the files to take answers from
	from    string   // name of the source; empty: told by the files
	by      string
	dryRun  bool
	yes     bool
	waOptions
}

// waOptions are those of answers from the WA Tool.
type waOptions struct {
	mapFile, writeMap string
	unticked          string
}

// An importSource is where answers can come from: one file and one line in
// importSources.
type importSource struct {
	name, about string
	suits       func(file string, data []byte) bool // tells whether a file is one of these
	read        func(a *app, in importInput) (imported, error)
}

// importInput is what a source reads from.
type importInput struct {
	lens   *lens.Lens
	review *review.Review // not to be changed
	files  []importFile
	by, at string // of changed answers
	waOptions
}

type importFile struct {
	name string
	data []byte
}

// imported is what a source would do to a review.
type imported struct {
	changes []review.Change
	same    int      // best practices of which both say the same
	remarks []string // what a person should know besides
}

func importSources() []importSource {
	return []importSource{
		csvSource(),
		waAnswersSource(),
	}
}

func (a *app) importCommand() *cobra.Command {
	o := &importOptions{}
	var about, names []string
	for _, s := range importSources() {
		about = append(about, fmt.Sprintf("  %-12s %s", s.name, s.about))
		names = append(names, s.name)
	}
	c := &cobra.Command{
		Use:   "import FILE SOURCE...",
		Short: "Take answers from a table or another tool into a review",
		Long: `Take answers into a review from a file that people edited or another tool wrote.
It shows what changes and asks before it changes anything; without a terminal it
wants --yes. Where anything in the source doesn't fit, all of it is told and the
review stays as it is. An answer that is replaced stays in the history of the new
one; one that is taken back leaves the file with its history, so take a milestone
before if you want to keep it.

Sources:
` + strings.Join(about, "\n") + `

In the WA Tool a choice is ticked, not ticked or not applicable. Where the notes
of an export say more, that is taken. Otherwise a choice that isn't ticked in an
answered question is not_implemented, as the tool itself counts it, or what
--unticked says. An answer here that fits the state there and says more is kept.
Questions and choices are matched by id, then by title, and by --map before both.`,
		Example: `  iotlens report plant.review.yaml -f csv=table.csv
  iotlens import plant.review.yaml table.csv --dry-run
  iotlens import plant.review.yaml table.csv --by Ana --yes
  aws wellarchitected list-answers --workload-id ID --lens-alias ARN > answers.json
  iotlens import plant.review.yaml answers.json --from wa-answers --write-map map.yaml`,
		Args: args(2, 100, "FILE SOURCE..."),
		RunE: func(_ *cobra.Command, args []string) error {
			o.file, o.sources = args[0], args[1:]
			return a.interruptible(func() error { return a.importAnswers(o) })
		},
	}
	f := c.Flags()
	f.StringVar(&o.from, "from", "", "what the source is: "+strings.Join(names, ", ")+" (default: told by the file)")
	f.StringVar(&o.by, "by", "", "who answers; written beside each changed answer")
	f.BoolVar(&o.dryRun, "dry-run", false, "show what would change, and change nothing")
	f.BoolVar(&o.yes, "yes", false, "change without asking")
	f.StringVar(&o.mapFile, "map", "", "of wa-answers: a file that says which ids of the WA Tool are which of ours")
	f.StringVar(&o.writeMap, "write-map", "", "of wa-answers: write such a file from what was matched and what wasn't")
	f.StringVar(&o.unticked, "unticked", string(review.NotImplemented), "of wa-answers: what a choice means that isn't ticked: "+strings.Join(untickedValues(), ", "))
	complete(c, "from", names)
	complete(c, "unticked", untickedValues())
	return c
}

func (a *app) importAnswers(o *importOptions) error {
	if o.dryRun && o.yes {
		return errors.New("--dry-run changes nothing and --yes does: give one of them")
	}
	in := importInput{by: o.by, at: a.stamp(), waOptions: o.waOptions}
	paths, err := sourceFiles(o.sources)
	if err != nil {
		return err
	}
	for _, path := range paths {
		data, err := readFile(path)
		if err != nil {
			return err
		}
		in.files = append(in.files, importFile{path, data})
	}
	source, err := o.source(in.files)
	if err != nil {
		return err
	}
	if source.name != waAnswers && (o.mapFile != "" || o.writeMap != "") {
		return fmt.Errorf("--map and --write-map go with %s, not with %s", waAnswers, source.name)
	}
	l, f, err := a.open(o.file)
	if err != nil {
		return err
	}
	if !o.dryRun {
		if err := a.hold(f); err != nil {
			return err
		}
		defer a.release()
	}
	in.lens, in.review = l, f.Review
	found, err := source.read(a, in)
	if err != nil {
		return err
	}
	if err := a.printImported(o.file, found); err != nil || len(found.changes) == 0 || o.dryRun {
		return err
	}
	if !o.yes {
		if !a.Terminal {
			return errors.New("nothing was changed: there is no terminal to ask on. Give --yes to take the changes, or --dry-run to only see them")
		}
		if !a.confirm(fmt.Sprintf("Take %s into %s?", text.Count(len(found.changes), "change"), o.file)) {
			fmt.Fprintln(a.Err, "nothing was changed")
			return nil
		}
	}
	f.Review.Take(found.changes)
	if err := f.Save(); err != nil {
		return err
	}
	fmt.Fprintf(a.Err, "%s: took %s\n", o.file, text.Count(len(found.changes), "change"))
	return nil
}

// sourceFiles lists the files to read: of a folder those that end in .json.
func sourceFiles(sources []string) ([]string, error) {
	var out []string
	for _, path := range sources {
		entries, err := os.ReadDir(path)
		if err != nil {
			out = append(out, path) // no folder; reading the file says what is wrong with it
			continue
		}
		found := 0
		for _, e := range entries {
			if !e.IsDir() && strings.EqualFold(filepath.Ext(e.Name()), ".json") {
				out = append(out, filepath.Join(path, e.Name()))
				found++
			}
		}
		if found == 0 {
			return nil, fmt.Errorf("%s: the folder has no .json files", path)
		}
	}
	return out, nil
}

// source finds the source that files are of.
func (o *importOptions) source(files []importFile) (importSource, error) {
	var names []string
	for _, s := range importSources() {
		names = append(names, s.name)
		if o.from == s.name {
			return s, nil
		}
	}
	if o.from != "" {
		return importSource{}, oneOf("--from", o.from, names)
	}
	for _, s := range importSources() {
		if !slices.ContainsFunc(files, func(f importFile) bool { return !s.suits(f.name, f.data) }) {
			return s, nil
		}
	}
	for _, f := range files {
		if is := mistaken(f.data); is != "" {
			return importSource{}, fmt.Errorf("%s: is no source of answers (known: %s) but %s", f.name, strings.Join(names, ", "), is)
		}
	}
	return importSource{}, fmt.Errorf("%s: can't be told what this is; say it with --from: %s", files[0].name, strings.Join(names, ", "))
}

// confirm asks a person.
func (a *app) confirm(question string) bool {
	fmt.Fprintf(a.Err, "%s [y/N] ", question)
	line, _ := a.reader().ReadString('\n')
	line = strings.ToLower(strings.TrimSpace(line))
	return line == "y" || line == "yes"
}

// printImported shows what would change, field by field.
func (a *app) printImported(file string, found imported) error {
	p := &text.Page{}
	p.Line("%s: %s, %d the same", text.Clean(file, false), text.Count(len(found.changes), "change"), found.same)
	for _, c := range found.changes {
		p.Line("")
		p.Wrapped("  "+c.Practice+"  ", "    ", strings.TrimSpace(c.Title))
		if c.Because != "" {
			p.Wrapped("    ", "    ", "("+c.Because+")")
		}
		for _, f := range c.Was.Differs(c.Is) {
			p.Wrapped(fmt.Sprintf("    %-9s ", f.Key), "              ", brief(f.Text(c.Was))+" -> "+brief(f.Text(c.Is)))
		}
	}
	if len(found.remarks) > 0 {
		p.Line("")
	}
	for _, r := range found.remarks {
		p.Wrapped("  ", "    ", r)
	}
	_, err := fmt.Fprint(a.Out, p.String())
	return err
}

// brief is a text as a list of changes shows it.
func brief(s string) string {
	const most = 160
	switch r := []rune(s); {
	case strings.TrimSpace(s) == "":
		return "nothing"
	case len(r) > most:
		return string(r[:most]) + "..."
	}
	return s
}
