// Package brand reads brand files: YAML files with a logo, names, a classification and an
// accent colour for reports.
//
// The file is not trusted. It is read strictly. The logo is decoded within limits and encoded
// again, so that only the picture gets into a report. A colour that is not readable on the
// background is an error.
package brand

import (
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// A File is the content of a brand file.
type File struct {
	Customer       string `yaml:"customer" json:"customer,omitempty" jsonschema:"for whom the report is; at most 100 characters"`
	Author         string `yaml:"author" json:"author,omitempty" jsonschema:"who made it: a person, a team or a firm; at most 100 characters"`
	Contact        string `yaml:"contact" json:"contact,omitempty" jsonschema:"where a reader asks: mail, phone or address; at most 200 characters"`
	Classification string `yaml:"classification" json:"classification,omitempty" jsonschema:"how the report may be passed on, shown on every page: Confidential; at most 40 characters"`
	Logo           string `yaml:"logo" json:"logo,omitempty" jsonschema:"path of a PNG or JPEG from this file, at most 1 MB and 2000 by 2000 pixels"`
	Accent         string `yaml:"accent" json:"accent,omitempty" jsonschema:"colour of titles and links, as #rrggbb; dark enough to be read on white"`
}

// A Brand is a brand file as reports use it. The zero value shows nothing.
type Brand struct {
	Customer, Author, Contact, Classification string

	Logo   *Logo   // nil for none
	Accent *Accent // nil for the colour of iotlens
}

// Read reads a brand file and its logo. The error has all problems.
func Read(path string) (*Brand, error) {
	data, err := yamlfile.Read(path)
	if err != nil {
		return nil, err
	}
	b, problems := Parse(path, data, func(logo string) ([]byte, error) { return disk.Read(logo, maxLogoBytes) })
	return b, problems.Err()
}

// Parse parses the content of a brand file named name. It calls read for the logo.
func Parse(name string, data []byte, read func(path string) ([]byte, error)) (*Brand, yamlfile.Problems) {
	var f File
	doc, problems := yamlfile.Decode(name, data, &f)
	if !doc.Parsed() {
		return nil, problems
	}
	doc.VisitEmptyKeys(func(key string, line int) {
		problems.Add(name, line, "%s has no value; set it, or remove the key", key)
	})
	b := &Brand{}
	for _, field := range []struct {
		key, value string
		most       int
		into       *string
	}{
		{"customer", f.Customer, 100, &b.Customer},
		{"author", f.Author, 100, &b.Author},
		{"contact", f.Contact, 200, &b.Contact},
		{"classification", f.Classification, 40, &b.Classification},
	} {
		value := strings.Join(strings.Fields(field.value), " ")
		if n := utf8.RuneCountInString(value); n > field.most {
			problems.Add(name, doc.Line(field.key), "%s has %d characters; the maximum is %d", field.key, n, field.most)
		}
		*field.into = value
	}
	if f.Accent != "" {
		accent, err := parseAccent(f.Accent)
		if err != nil {
			problems.Add(name, doc.Line("accent"), "%v", err)
		}
		b.Accent = accent
	}
	if f.Logo != "" {
		b.Logo = readLogo(name, f.Logo, doc.Line("logo"), read, &problems)
	}
	if f == (File{}) && len(problems) == 0 {
		problems.Add(name, 0, "sets nothing; a brand file has customer, author, contact, classification, logo or accent")
	}
	problems.Sort()
	if len(problems) > 0 {
		return nil, problems
	}
	return b, nil
}

// readLogo reads the logo of a brand file. A relative path starts at the brand file.
func readLogo(name, path string, line int, read func(string) ([]byte, error), problems *yamlfile.Problems) *Logo {
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(name), filepath.FromSlash(path))
	}
	data, err := read(path)
	if err == nil {
		var logo *Logo
		if logo, err = decodeLogo(data); err == nil {
			return logo
		}
		problems.Add(name, line, "logo: %s: %v", disk.DisplayPath(path), err)
		return nil
	}
	problems.Add(name, line, "logo: %v", err)
	return nil
}

// Parties returns customer, author and contact as "For ...", "By ..." and the contact;
// missing ones are left out. b may be nil.
func (b *Brand) Parties() []string {
	if b == nil {
		return nil
	}
	var out []string
	for _, p := range []struct{ lead, value string }{{"For ", b.Customer}, {"By ", b.Author}, {"", b.Contact}} {
		if p.value != "" {
			out = append(out, p.lead+p.value)
		}
	}
	return out
}

// ClassificationText returns the classification; empty for none. b may be nil.
func (b *Brand) ClassificationText() string {
	if b == nil {
		return ""
	}
	return b.Classification
}

// LogoAltText returns the alternative text of the logo.
func (b *Brand) LogoAltText() string {
	if b.Author != "" {
		return "Logo of " + b.Author
	}
	return "Logo"
}
