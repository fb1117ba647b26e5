package framework

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/iotlens/iotlens/frameworks"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// shippedOrder is the order in which frameworks are listed: laws, then standards. Any other comes
// after them by id.
var shippedOrder = []string{"cra", "psti", "en303645", "nist8425", "nist8259a", "nist8259b", "iec62443-4-2"}

// Shipped returns the frameworks that iotlens ships. They are decoded at the first call and
// shared, so they must not be changed. A test checks that they are valid.
func Shipped() []*Framework { return shipped() }

var shipped = sync.OnceValue(func() []*Framework {
	list, problems := decodeAll("", frameworks.Files)
	if err := problems.Err(); err != nil {
		panic("framework: " + err.Error()) // embedded, and checked by a test
	}
	return list
})

// Find returns the framework with an id, in upper or lower case.
func Find(list []*Framework, id string) (*Framework, bool) {
	i := slices.IndexFunc(list, func(f *Framework) bool { return strings.EqualFold(f.ID, id) })
	if i < 0 {
		return nil, false
	}
	return list[i], true
}

// IDs lists the ids of frameworks.
func IDs(list []*Framework) []string {
	ids := make([]string, len(list))
	for i, f := range list {
		ids[i] = f.ID
	}
	return ids
}

// Load reads a framework from a file and checks it against a lens. If there are problems, the
// framework is nil.
func Load(file string, l *lens.Lens) (*Framework, error) {
	data, err := yamlfile.Read(file)
	if err != nil {
		return nil, err
	}
	f, problems := Decode(file, data, l)
	return f, problems.Err()
}

// Decode decodes the content of a file and checks it against a lens. If there are problems, the
// framework is nil.
func Decode(file string, data []byte, l *lens.Lens) (*Framework, yamlfile.Problems) {
	c, problems := decode(file, data)
	if c.doc.Parsed() {
		problems = problems.AddChecked(c.check(l))
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return c.framework, nil
}

// Parse decodes the content of a file and does not check it against a lens. Use it for a
// framework that was written for another version of the lens.
func Parse(file string, data []byte) (*Framework, yamlfile.Problems) {
	c, problems := decode(file, data)
	return c.framework, problems
}

// LoadDir reads the frameworks in a folder and checks them against a lens. name is the folder as
// problems name it. A folder that does not exist has no frameworks.
func LoadDir(name string, root fs.FS, l *lens.Lens) ([]*Framework, yamlfile.Problems) {
	var list []*Framework
	problems := eachYAML(name, root, func(file string, data []byte) yamlfile.Problems {
		f, problems := Decode(file, data, l)
		if f != nil {
			if name := strings.TrimSuffix(path.Base(file), ".yaml"); f.ID != name {
				problems.Add(file, 1, "the id is %q, but the file is named %s.yaml", f.ID, name)
			}
			list = append(list, f)
		}
		return problems
	})
	sortFrameworks(list)
	return list, problems
}

// AddLensAnswers returns frameworks with the provisions that the best practices of a lens list
// under meets added as full answers. Frameworks and provisions that do not exist are ignored.
func AddLensAnswers(list []*Framework, l *lens.Lens) []*Framework {
	out := slices.Clone(list)
	for _, p := range l.All() {
		for i, f := range out {
			ids := p.Meets[f.ID]
			if len(ids) == 0 {
				continue
			}
			added := *f
			added.Provisions = slices.Clone(f.Provisions)
			for j := range added.Provisions {
				q := &added.Provisions[j]
				if !slices.Contains(ids, q.ID) || slices.Contains(q.Fully, p.ID) {
					continue
				}
				q.Fully = append(slices.Clone(q.Fully), p.ID)
				q.Partly = slices.DeleteFunc(slices.Clone(q.Partly), func(part PartialAnswer) bool { return part.Practice == p.ID })
				q.Supports = slices.DeleteFunc(slices.Clone(q.Supports), func(id string) bool { return id == p.ID })
				q.Outside = ""
			}
			out[i] = &added
		}
	}
	return out
}

// decodeAll parses the files of a folder; see Parse.
func decodeAll(dir string, root fs.FS) ([]*Framework, yamlfile.Problems) {
	var list []*Framework
	problems := eachYAML(dir, root, func(file string, data []byte) yamlfile.Problems {
		f, problems := Parse(file, data)
		list = append(list, f)
		return problems
	})
	sortFrameworks(list)
	return list, problems
}

// eachYAML visits the YAML files of a folder in the order of their names.
func eachYAML(dir string, root fs.FS, visit func(file string, data []byte) yamlfile.Problems) (problems yamlfile.Problems) {
	entries, _ := fs.ReadDir(root, ".") // a folder that does not exist has no files
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ".yaml" {
			continue
		}
		file := path.Join(dir, e.Name())
		data, err := fs.ReadFile(root, e.Name())
		if err != nil {
			problems.Add(file, 0, "cannot be read: %v", err)
			continue
		}
		problems = append(problems, visit(file, data)...)
	}
	return problems
}

// decode decodes a file strictly. If there are problems, the framework is incomplete.
func decode(file string, data []byte) (*checker, yamlfile.Problems) {
	f := &Framework{}
	doc, problems := yamlfile.Decode(file, data, f)
	f.Short = cmp.Or(f.Short, f.Title)
	return &checker{framework: f, doc: doc}, problems
}

// sortFrameworks sorts frameworks in the order in which they are listed.
func sortFrameworks(list []*Framework) {
	place := func(f *Framework) int {
		if i := slices.Index(shippedOrder, f.ID); i >= 0 {
			return i
		}
		return len(shippedOrder)
	}
	slices.SortStableFunc(list, func(x, y *Framework) int {
		return cmp.Or(place(x)-place(y), strings.Compare(x.ID, y.ID))
	})
}
