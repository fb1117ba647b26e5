package catalog

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/rules"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// structure checks what the rest of iotlens relies on:
//
//   - a file's path is its id: <pillar>.yaml, <pillar>/<QUESTION>.yaml,
//     layers/<layer>/<QUESTION>.yaml; folders are pillars or layers; nothing
//     lies about that no folder claims;
//   - ids have their form, no id is used twice, and those of a layer's bank
//     begin with the layer's prefix;
//   - every reference leads somewhere: pillars, areas, layers, scenarios,
//     lifecycle phases, profile words, services, related practices, the
//     practices of scenario steps; none is given twice;
//   - every question has a practice, a rule, and a default as its last rule;
//     conditions parse and name practices of their own question; everything
//     implemented gives no risk; in a layer bank, doing more never raises it;
//   - ids, titles, severity, effort, fix and layers are there;
//   - links are https;
//   - the weights lie between 0 and 1 and cover every stage and fix.
func (c *checker) structure() {
	if c.lens.ID == "" && c.lensDoc == nil {
		return
	}
	c.vocabulary()
	for i, p := range c.lens.Pillars {
		s := c.pillars[i]
		if p.ID != strings.TrimSuffix(s.path, ".yaml") {
			c.say(s.doc, []any{"id"}, "the id is %q, but the file is named %s", p.ID, s.path)
		}
		c.text(s.doc, p.Name, "name")
		seen := map[string]bool{}
		for j, a := range p.Areas {
			c.once(s.doc, seen, a.ID, "areas", j, "id")
		}
	}
	ids := map[string]string{} // id of question, practice or guidance item to where it stands
	claim := func(doc *yamlfile.Doc, id string, at ...any) {
		if first, ok := ids[id]; ok && id != "" {
			c.say(doc, at, "the id %s is used twice, first at %s", id, first)
			return
		}
		ids[id] = fmt.Sprintf("%s:%d", doc.File, doc.Line(at...))
	}
	for i := range c.lens.Questions {
		q, doc := &c.lens.Questions[i], c.questions[i].doc
		claim(doc, q.ID, "id")
		for j, p := range q.Practices {
			claim(doc, p.ID, "practices", j, "id")
			for k, h := range p.How {
				if h.Guidance == "" {
					continue
				}
				at := []any{"practices", j, "how", k, "guidance"}
				claim(doc, h.Guidance, at...)
				if !strings.HasPrefix(h.Guidance, p.ID+"-") {
					c.say(doc, at, "the guidance item %s is not one of %s", h.Guidance, p.ID)
				}
			}
		}
	}
	for i := range c.lens.Questions {
		c.question(&c.lens.Questions[i], c.questions[i])
	}
}

func (c *checker) vocabulary() {
	l, doc := &c.lens, c.lensDoc
	c.text(doc, l.ID, "id")
	c.text(doc, l.Name, "name")
	c.text(doc, l.Version, "version")
	if l.Source != "" {
		c.link(doc, l.Source, "source")
	}
	seen, prefixes := map[string]bool{}, map[string]bool{}
	for i, a := range l.Layers {
		c.once(doc, seen, a.ID, "layers", i, "id")
		c.once(doc, prefixes, a.Prefix, "layers", i, "prefix")
		c.text(doc, a.Name, "layers", i, "name")
	}
	for _, t := range []struct {
		key   string
		terms []lens.Term
	}{
		{"lifecycle", l.Lifecycle}, {"device_classes", l.DeviceClasses}, {"protocols", l.Protocols}, {"segments", l.Segments},
		{"power", l.Power}, {"connectivity", l.Connectivity}, {"stages", l.Stages},
	} {
		seen := map[string]bool{}
		for i, term := range t.terms {
			c.once(doc, seen, term.ID, t.key, i, "id")
			c.text(doc, term.Name, t.key, i, "name")
		}
	}
	seen = map[string]bool{}
	practices := l.PracticeIDs()
	for i, s := range l.Scenarios {
		c.once(doc, seen, s.ID, "scenarios", i, "id")
		c.text(doc, s.Name, "scenarios", i, "name")
		c.text(doc, string(s.Kind), "scenarios", i, "kind")
		for j, step := range s.Steps {
			c.text(doc, step.Title, "scenarios", i, "steps", j, "title")
			c.refs(doc, "best practice", step.Practices, practices, "scenarios", i, "steps", j, "practices")
		}
	}
	seen = map[string]bool{}
	for i, s := range l.Services {
		c.once(doc, seen, s.Name, "services", i, "name")
		c.text(doc, string(s.Status), "services", i, "status")
		if s.Status != lens.Available && s.Status != "" {
			c.text(doc, s.Date, "services", i, "date")
			c.text(doc, s.Successor, "services", i, "successor")
			c.text(doc, s.Source, "services", i, "source")
		}
		if s.Source != "" {
			c.link(doc, s.Source, "services", i, "source")
		}
	}
	for i, r := range l.Resources {
		c.link(doc, r.URL, "resources", i, "url")
	}
	c.weights()
}

func (c *checker) weights() {
	w, doc := c.lens.Weights, c.lensDoc
	share := func(v float64, at ...any) {
		if v <= 0 || v > 1 {
			c.say(doc, append([]any{"weights"}, at...), "%s must be above 0 and at most 1", at[len(at)-1])
		}
	}
	share(w.Severity.High, "severity", "high")
	share(w.Severity.Medium, "severity", "medium")
	share(w.Severity.Low, "severity", "low")
	share(w.Credit.Implemented, "credit", "implemented")
	share(w.Credit.PartiallyImplemented, "credit", "partially_implemented")
	share(w.Gap.NotImplemented, "gap", "not_implemented")
	share(w.Gap.CannotDetermine, "gap", "cannot_determine")
	share(w.Gap.PartiallyImplemented, "gap", "partially_implemented")
	share(w.Exposure.Base, "exposure", "base")
	for i, f := range w.Exposure.Factors {
		share(f.Add, "exposure", "factors", i, "add")
		c.text(doc, f.Because, "weights", "exposure", "factors", i, "because")
		c.refs(doc, "pillar", f.Pillars, c.lens.PillarIDs(), "weights", "exposure", "factors", i, "pillars")
		c.refs(doc, "layer", f.Layers, c.lens.LayerIDs(), "weights", "exposure", "factors", i, "layers")
		c.refs(doc, "power", f.Power, lens.TermIDs(c.lens.Power), "weights", "exposure", "factors", i, "power")
		c.refs(doc, "connectivity", f.Connectivity, lens.TermIDs(c.lens.Connectivity), "weights", "exposure", "factors", i, "connectivity")
	}
	have := map[string]bool{}
	for i, r := range w.Reversibility {
		share(r.Factor, "reversibility", i, "factor")
		c.text(doc, r.Because, "weights", "reversibility", i, "because")
		if r.Stage != "" {
			c.refs(doc, "stage", []string{r.Stage}, lens.TermIDs(c.lens.Stages), "weights", "reversibility", i, "stage")
		}
		have[r.Stage+"/"+string(r.Fix)] = true
	}
	for _, stage := range append([]string{""}, lens.TermIDs(c.lens.Stages)...) {
		for _, fix := range lens.Fix("").Values() {
			if !have[stage+"/"+fix] {
				c.say(doc, []any{"weights", "reversibility"}, "reversibility says nothing for stage %q and fix %s", stage, fix)
			}
		}
	}
	if w.Plan.Important < 1 || w.Plan.Urgent < w.Plan.Important || w.Plan.Urgent > 100 {
		c.say(doc, []any{"weights", "plan"}, "plan needs 1 <= important <= urgent <= 100")
	}
}

var (
	questionID = regexp.MustCompile(`^[A-Z][A-Z0-9]*[0-9]{2}$`)
	practiceNo = regexp.MustCompile(`^-BP[0-9]{2}$`)
)

func (c *checker) question(q *lens.Question, s source) {
	doc := s.doc
	file := strings.TrimSuffix(path.Base(s.path), ".yaml")
	switch {
	case q.ID != file:
		c.say(doc, []any{"id"}, "the id is %q, but the file is named %s.yaml", q.ID, file)
	case !questionID.MatchString(q.ID):
		c.say(doc, []any{"id"}, "the id %q is not letters and two digits, such as IOTSEC05", q.ID)
	case !q.AWS():
		prefix := ""
		for _, a := range c.lens.Layers {
			if a.ID == q.Layer {
				prefix = a.Prefix
			}
		}
		if strings.TrimRight(q.ID, "0123456789") != prefix {
			c.say(doc, []any{"id"}, "the id of a question of this layer begins with %s, not %q", prefix, q.ID)
		}
	}
	c.text(doc, q.Title, "title")
	if q.AWS() {
		var areas []string
		for _, p := range c.lens.Pillars {
			if p.ID == q.Pillar {
				for _, a := range p.Areas {
					areas = append(areas, a.ID)
				}
			}
		}
		c.refs(doc, "area", []string{q.Area}, areas, "area")
	}
	if len(q.Practices) == 0 {
		c.say(doc, []any{"practices"}, "%s has no best practice", q.ID)
	}
	for i := range q.Practices {
		c.practice(q, i, doc)
	}
	c.rules(q, doc)
}

func (c *checker) practice(q *lens.Question, i int, doc *yamlfile.Doc) {
	p := q.Practices[i]
	at := func(more ...any) []any { return append([]any{"practices", i}, more...) }
	if number, ok := strings.CutPrefix(p.ID, q.ID); !ok || !practiceNo.MatchString(number) {
		c.say(doc, at("id"), "the id %q is not that of a best practice of %s, such as %s-BP%02d", p.ID, q.ID, q.ID, i+1)
	}
	c.text(doc, p.Title, at("title")...)
	c.text(doc, string(p.Severity), at("severity")...)
	c.text(doc, string(p.Effort), at("effort")...)
	c.text(doc, string(p.Fix), at("fix")...)
	if len(p.Layers) == 0 {
		c.say(doc, at("layers"), "%s names no layer", p.ID)
	}
	if !q.AWS() {
		c.refs(doc, "pillar", []string{p.Pillar}, c.lens.PillarIDs(), at("pillar")...)
		var aws []string
		for _, q := range c.lens.Questions {
			if q.AWS() {
				for _, p := range q.Practices {
					aws = append(aws, p.ID)
				}
			}
		}
		c.refs(doc, "best practice", p.Relates, aws, at("relates")...)
	}
	c.refs(doc, "layer", p.Layers, c.lens.LayerIDs(), at("layers")...)
	c.refs(doc, "scenario", p.Scenarios, c.lens.ScenarioIDs(), at("scenarios")...)
	c.refs(doc, "lifecycle phase", p.Lifecycle, lens.TermIDs(c.lens.Lifecycle), at("lifecycle")...)
	a := p.AppliesTo
	c.refs(doc, "device class", a.DeviceClasses, lens.TermIDs(c.lens.DeviceClasses), at("applies_to", "device_classes")...)
	c.refs(doc, "protocol", a.Protocols, lens.TermIDs(c.lens.Protocols), at("applies_to", "protocols")...)
	c.refs(doc, "segment", a.Segments, lens.TermIDs(c.lens.Segments), at("applies_to", "segments")...)
	c.refs(doc, "power", a.Power, lens.TermIDs(c.lens.Power), at("applies_to", "power")...)
	c.refs(doc, "connectivity", a.Connectivity, lens.TermIDs(c.lens.Connectivity), at("applies_to", "connectivity")...)
	for j, r := range p.Resources {
		c.text(doc, r.Title, at("resources", j, "title")...)
		c.link(doc, r.URL, at("resources", j, "url")...)
	}
	var names []string
	for _, s := range c.lens.Services {
		names = append(names, s.Name)
	}
	c.refs(doc, "service", p.Services, names, at("services")...)
	for j, name := range p.Services {
		if s, ok := c.lens.Service(name); ok && s.Status != lens.Available {
			c.say(doc, at("services", j), "%s is %s since %s; name its successor: %s", name, s.Status, s.Date, s.Successor)
		}
	}
}

func (c *checker) rules(q *lens.Question, doc *yamlfile.Doc) {
	var ids []string
	for _, p := range q.Practices {
		ids = append(ids, p.ID)
	}
	sound := true
	var set []rules.Rule
	for i, r := range q.Rules {
		if r.Risk == "" {
			c.say(doc, []any{"rules", i}, "the rule has no risk")
			sound = false
			continue
		}
		rule, err := rules.ParseRule(r.When, string(r.Risk))
		if err != nil {
			c.say(doc, []any{"rules", i, "when"}, "the condition %q breaks at %v", r.When, err)
			sound = false
			continue
		}
		set = append(set, rule)
		if e := rule.When; e == nil {
			if i < len(q.Rules)-1 {
				c.say(doc, []any{"rules", i}, "default comes last: the rules below it are never reached")
				sound = false
			}
		} else {
			for _, id := range e.IDs() {
				if !slices.Contains(ids, id) {
					c.say(doc, []any{"rules", i, "when"}, "the rule names %s, which is not a best practice of %s%s", id, q.ID, suggest.DidYouMean(id, ids))
					sound = false
				}
			}
		}
	}
	if len(q.Rules) == 0 || strings.TrimSpace(q.Rules[len(q.Rules)-1].When) != rules.Default {
		c.say(doc, []any{"rules"}, "%s has no rule {when: default}, which must come last", q.ID)
		sound = false
	}
	if len(ids) > rules.MaxChoices {
		c.say(doc, []any{"practices"}, "%s has %d best practices; a question has at most %d", q.ID, len(ids), rules.MaxChoices)
		sound = false
	}
	if !sound || len(ids) == 0 {
		return
	}
	all := func(string) rules.State { return rules.Selected }
	if risk, _ := rules.Eval(set, all); risk != rules.None {
		c.say(doc, []any{"rules"}, "with everything implemented the risk is %s; it should be none", strings.ToLower(risk.String()))
	}
	if !q.AWS() {
		if id, ok := punished(set, ids); ok {
			c.say(doc, []any{"rules"}, "implementing %s can raise the risk", id)
		}
	}
}

// punished returns a best practice whose implementation raises the risk for
// some answers.
func punished(set []rules.Rule, ids []string) (string, bool) {
	risk := func(subset int) rules.Risk {
		r, _ := rules.Eval(set, func(id string) rules.State {
			if i := slices.Index(ids, id); i >= 0 && subset>>i&1 == 1 {
				return rules.Selected
			}
			return rules.NotSelected
		})
		return r
	}
	for subset := range 1 << len(ids) {
		for i, id := range ids {
			if subset>>i&1 == 0 && risk(subset|1<<i) > risk(subset) {
				return id, true
			}
		}
	}
	return "", false
}

func (c *checker) text(doc *yamlfile.Doc, s string, at ...any) {
	if strings.TrimSpace(s) == "" {
		c.say(doc, at, "%s is missing or empty", last(at))
	}
}

func (c *checker) link(doc *yamlfile.Doc, url string, at ...any) {
	if !strings.HasPrefix(url, "https://") || len(url) <= len("https://") || strings.ContainsAny(url, " \t\n\"<>") {
		c.say(doc, at, "the link %q is not an https address", url)
	}
}

// once notes an id that must be there and be the only one of its kind.
func (c *checker) once(doc *yamlfile.Doc, seen map[string]bool, id string, at ...any) {
	c.text(doc, id, at...)
	if seen[id] && id != "" {
		c.say(doc, at, "%q is here twice", id)
	}
	seen[id] = true
}

// refs checks that words are known, and given once.
func (c *checker) refs(doc *yamlfile.Doc, what string, words, known []string, at ...any) {
	for i, w := range words {
		here := at
		if doc.Line(append(slices.Clone(at), i)...) > 0 {
			here = append(slices.Clone(at), i)
		}
		switch {
		case w == "":
			c.say(doc, here, "%s is missing or empty", last(at))
		case !slices.Contains(known, w):
			more := suggest.DidYouMean(w, known)
			if more == "" && len(known) <= 12 {
				more = "; known: " + strings.Join(known, ", ")
			}
			c.say(doc, here, "unknown %s %q%s", what, w, more)
		case slices.Contains(words[:i], w):
			c.say(doc, here, "%s %q is given twice", what, w)
		}
	}
}

// last is the name of the key that a path ends in.
func last(at []any) string {
	for i := len(at) - 1; i >= 0; i-- {
		switch s := at[i].(type) {
		case string:
			return s
		case int:
			if i == len(at)-1 {
				if key, ok := at[i-1].(string); ok {
					return key + " " + strconv.Itoa(s+1)
				}
			}
		}
	}
	return "it"
}

// folders says which folders below dir are no pillar or layer.
func (c *checker) folders(dir string, known []string, what string) {
	entries, _ := fs.ReadDir(c.bank.Questions, dir)
	for _, e := range entries {
		if e.IsDir() && !slices.Contains(known, e.Name()) {
			c.problems.Add(c.name("questions", path.Join(dir, e.Name())), 0, "the folder is no %s of the lens%s", what, suggest.DidYouMean(e.Name(), known))
		}
	}
}

// strays says which YAML files of a folder nobody reads: all but the known
// ones, or, where the folder's own files are read, those that end in .yml.
func (c *checker) strays(root fs.FS, half, dir string, known []string) {
	entries, _ := fs.ReadDir(root, dir)
	for _, e := range entries {
		name, ext := strings.TrimSuffix(e.Name(), path.Ext(e.Name())), path.Ext(e.Name())
		shown := c.name(half, path.Join(dir, e.Name()))
		switch {
		case e.IsDir():
		case ext == ".yml":
			c.problems.Add(shown, 0, "files of a bank end in .yaml")
		case ext == ".yaml" && (known != nil || dir == ".") && !slices.Contains(known, name):
			c.problems.Add(shown, 0, "nothing refers to this file%s", suggest.DidYouMean(name, known))
		}
	}
}
