package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// writeSBOM writes the software bill of materials of a release as CycloneDX JSON: the
// modules that are linked on any platform, and what each needs. version is that of
// the release without its v, toolchain that of Go (go1.26.8).
func writeSBOM(w io.Writer, modules []linkedModule, version, toolchain string, at time.Time) error {
	bom := cdx.NewBOM()
	self := component(linkedModule{Path: modulePath, Version: "v" + version, Platforms: platforms})
	self.Type, self.Name, self.Description, self.Licenses = cdx.ComponentTypeApplication, "iotlens", description, spdx("MIT")
	self.ExternalReferences = &[]cdx.ExternalReference{{Type: cdx.ERTypeVCS, URL: home}}
	library := "stdlib"
	goVersion := strings.TrimPrefix(toolchain, "go")
	standard := cdx.Component{
		BOMRef: purl(library, goVersion), PackageURL: purl(library, goVersion), Type: cdx.ComponentTypeLibrary, Name: library, Version: goVersion,
		Description: "The Go runtime and standard library", Scope: cdx.ScopeRequired, Licenses: spdx("BSD-3-Clause"),
	}
	components, refs := []cdx.Component{standard}, map[string]string{}
	for _, m := range modules {
		c := component(m)
		components, refs[m.Path] = append(components, c), c.BOMRef
	}
	all := []string{standard.BOMRef}
	dependencies := []cdx.Dependency{{Ref: standard.BOMRef}}
	for _, m := range modules {
		all = append(all, refs[m.Path])
		needs := []string{standard.BOMRef}
		for _, n := range m.Needs {
			needs = append(needs, refs[n])
		}
		dependencies = append(dependencies, cdx.Dependency{Ref: refs[m.Path], Dependencies: &needs})
	}
	dependencies = append([]cdx.Dependency{{Ref: self.BOMRef, Dependencies: &all}}, dependencies...)
	bom.Metadata = &cdx.Metadata{
		Timestamp: at.UTC().Format(time.RFC3339), Component: &self, Lifecycles: &[]cdx.Lifecycle{{Phase: cdx.LifecyclePhaseBuild}},
		Supplier: &cdx.OrganizationalEntity{Name: maintainers, URL: &[]string{home}},
	}
	bom.Components, bom.Dependencies = &components, &dependencies

	// The same content has the same serial number.
	var content strings.Builder
	if err := cdx.NewBOMEncoder(&content, cdx.BOMFileFormatJSON).EncodeVersion(bom, cdx.SpecVersion1_6); err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(content.String()))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80 // version 8, RFC 9562
	bom.SerialNumber = fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
	return cdx.NewBOMEncoder(w, cdx.BOMFileFormatJSON).SetPretty(true).SetEscapeHTML(false).EncodeVersion(bom, cdx.SpecVersion1_6)
}

func component(m linkedModule) cdx.Component {
	c := cdx.Component{
		BOMRef: purl(m.Path, m.Version), PackageURL: purl(m.Path, m.Version), Type: cdx.ComponentTypeLibrary, Name: m.Path, Version: m.Version,
		Scope: cdx.ScopeRequired, Licenses: spdx(m.licences()...),
	}
	if len(m.Platforms) < len(platforms) {
		c.Properties = &[]cdx.Property{{Name: "iotlens:platforms", Value: strings.Join(m.Platforms, " ")}}
	}
	return c
}

// purl is the package URL of a module; a plus in a version is encoded there.
func purl(path, version string) string {
	return "pkg:golang/" + path + "@" + strings.ReplaceAll(version, "+", "%2B")
}

func spdx(ids ...string) *cdx.Licenses {
	var out cdx.Licenses
	for _, id := range ids {
		out = append(out, cdx.LicenseChoice{License: &cdx.License{ID: id}})
	}
	return &out
}
