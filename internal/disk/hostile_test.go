//go:build unix

package disk_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/cli"
	"github.com/iotlens/iotlens/internal/session"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// All commands run in a clone of a repository full of links. They write, create and remove
// nothing outside of it, and read no device.
func TestAHostileRepositoryChangesNothingOutside(t *testing.T) {
	for _, withLocks := range []bool{false, true} {
		root := fast(t)
		t.Chdir(root)
		start := commandFiles(t)
		for _, dir := range []string{"home/folder", "repo/.git", "repo/real", "cache"} {
			require.NoError(t, os.MkdirAll(dir, 0o755))
		}
		for _, path := range []string{"home/keys", "home/notes", "home/bank.yaml"} {
			write(t, path, "mine\n")
		}
		for path, data := range start {
			write(t, "repo/real/"+path, data)
		}
		write(t, "home/plant.review.yaml", start["plant.review.yaml"])
		write(t, "home/lens.json", start["faulty.json"])
		links := map[string]string{
			"plant.report.md": "../home/keys", "plant.report.json": "../home/new", "milestones": "../home",
			"out.md": "../home/keys", "new.md": "../home/new", "folder": "../home/folder", "home": "../home",
			"sheet.md": "../home/new", "map.yaml": "../home/new", "evil.review.yaml": "../home/plant.review.yaml",
			"evil.json": "../home/lens.json", "zero.review.yaml": "/dev/zero", "zero.json": "/dev/zero", "zero.csv": "/dev/zero",
			".plant.review.yaml.iotlens-session": "../home/keys", ".new.review.yaml.iotlens-session": "../home/new",
			".0123456789abcdef.iotlens-tmp": "../home", "bank/pillars/lens.yaml": "/dev/zero", "bank/questions": "../../home",
		}
		if withLocks {
			links[".iotlens-lock"] = "../home/notes"
			links["real/.iotlens-lock"] = "../../home/new"
		}
		require.NoError(t, os.MkdirAll("repo/bank/pillars", 0o755))
		for path, to := range links {
			require.NoError(t, os.Symlink(to, "repo/"+path))
		}
		write(t, "repo/plant.review.yaml", start["plant.review.yaml"])
		before := outside(t, root)
		t.Chdir("repo")
		for _, args := range []string{
			"answer plant.review.yaml LABSEC01-BP01 implemented",
			"answer evil.review.yaml LABSEC01-BP01 implemented",
			"answer home/plant.review.yaml LABSEC01-BP01 implemented",
			"answer zero.review.yaml LABSEC01-BP01 implemented",
			"waive evil.review.yaml LABSEC02-BP01 --owner Ana --approver Ben --reason later --expires 2027-01-01",
			"init new.review.yaml --name Plant", "init home/new.review.yaml --name Plant", "init sheet.md --name Plant",
			"import plant.review.yaml real/table.csv --yes", "import evil.review.yaml real/table.csv --yes",
			"import plant.review.yaml zero.csv --yes", "import plant.review.yaml real/answers.json --yes --write-map map.yaml",
			"milestone plant.review.yaml First", "milestone evil.review.yaml First", "milestone home/plant.review.yaml First",
			"review plant.review.yaml --plain", "review evil.review.yaml --plain", "review --plain --facilitator sheet.md",
			"review home/plant.review.yaml --plain", "review new.review.yaml --plain",
			"report plant.review.yaml -f markdown=out.md", "report plant.review.yaml -f markdown=new.md -f json=home/new",
			"report zero.review.yaml", "report --from zero.json", "report plant.review.yaml --bank bank",
			"export plant.review.yaml --to wa-answers -o folder", "export plant.review.yaml --to wa-answers -o home/more",
			"runsheet plant.review.yaml -o sheet.md", "runsheet plant.review.yaml -o out.md",
			"lens import real/lens.json -o folder", "lens import real/lens.json -o home/more", "lens import zero.json -o more",
			"lens lint evil.json --fix", "lens lint home --fix", "lens lint . --fix", "lens lint zero.json",
			"lens export -o out.md", "lens export -o new.md", "lens validate --bank bank", "lens list --bank bank",
			"gate zero.review.yaml", "gate plant.review.yaml --baseline zero.json", "gate plant.review.yaml --config zero.json",
			"diff zero.json plant.review.yaml", "diff plant.review.yaml zero.review.yaml", "recap zero.review.yaml",
		} {
			for _, input := range []string{"1\nreport\nq\n", "Plant\n\n\n\n\n"} {
				var out, errs bytes.Buffer
				cli.Main(strings.Fields(args), cli.IO{
					In: strings.NewReader(input), Out: &out, Err: &errs, Lens: testlens.Lens(), Sessions: session.NewStore(filepath.Join(root, "cache")),
					Now: func() time.Time { return time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC) },
				})
				require.Equal(t, before, outside(t, root), "iotlens %s\n%s", args, errs.String())
				if strings.Contains(args, "zero") {
					assert.NotContains(t, errs.String(), "limit", "a device is not read: %s", args)
					assert.Contains(t, errs.String(), "is a device, not a file", args)
				}
			}
		}
	}
}

// outside returns all files beside the repository, except the cache.
func outside(t *testing.T, root string) map[string]string {
	t.Helper()
	out := map[string]string{}
	require.NoError(t, filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		name, _ := filepath.Rel(root, path)
		switch {
		case err != nil:
			return err
		case name == "repo", name == "cache":
			return filepath.SkipDir
		case info.Mode().IsRegular():
			out[name] = info.Mode().String() + " " + content(t, path)
		default:
			out[name] = info.Mode().String()
		}
		return nil
	}))
	return out
}

// Terminal escapes and CI commands in a file name have no effect wherever it is shown.
func TestAFileNameHasNoEffect(t *testing.T) {
	t.Chdir(fast(t))
	start := commandFiles(t)
	const evil = "x\x1b]0;t\x07\n::error::gotcha\n##vso[task.complete]\u202e"
	names := map[string]string{}
	for path := range start {
		names[path] = evil + path
		write(t, evil+path, start[path])
	}
	for _, c := range append(commands(), []command{
		{args: "gate plant.review.yaml"},
		{args: "gate missing.yaml"},
		{args: "gate table.csv"},
		{args: "gate plant.review.yaml --baseline lens.json"},
		{args: "gate plant.review.yaml --baseline plant.review.yaml"},
		{args: "diff plant.review.yaml plant.review.yaml"},
		{args: "recap plant.review.yaml"},
		{args: "report plant.review.yaml"},
		{args: "report plant.review.yaml -f github"},
		{args: "report --from lens.json"},
		{args: "lens lint lens.json table.csv"},
		{args: "lens validate --bank lens.json"},
		{args: "lens validate --bank missing.yaml"},
		{args: "lens list --bank bank"},
		{args: "review plant.review.yaml --plain --bank bank"},
		{args: "init plant.review.yaml --name Plant"},
		{args: "answer plant.review.yaml LABSEC09-BP01 implemented"},
		{args: "import plant.review.yaml lens.json"},
	}...) {
		args := strings.Fields(c.args)
		for i, arg := range args {
			for path := range start {
				arg = strings.ReplaceAll(arg, path, "\x00"+path)
			}
			if arg == "bank" || arg == "answers" || arg == "missing.yaml" || arg == "map.yaml" || arg == "new.review.yaml" {
				arg = "\x00" + arg
			}
			args[i] = strings.ReplaceAll(arg, "\x00", evil)
		}
		var out, errs bytes.Buffer
		cli.Main(args, cli.IO{
			In: strings.NewReader(c.input), Out: &out, Err: &errs, Lens: testlens.Lens(),
			Now: func() time.Time { return time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC) },
		})
		for _, shown := range []string{out.String(), errs.String()} {
			assert.NotContains(t, shown, "\x1b", c.args)
			assert.NotContains(t, shown, "\x07", c.args)
			assert.NotContains(t, shown, "\u202e", c.args)
			for line := range strings.Lines(shown) {
				assert.False(t, strings.HasPrefix(line, "::error::gotcha"), "%s: %s", c.args, line)
				if c.args != "report plant.review.yaml -f github" { // which Azure does not read
					assert.NotContains(t, line, "##vso[", c.args)
				}
			}
		}
	}
}
