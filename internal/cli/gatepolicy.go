package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/gitref"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/policy"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

// An effectivePolicy is the policy by which a review is judged, and where it comes from.
type effectivePolicy struct {
	policy.Policy
	settings policy.Settings // of files and defaults only
	files    []string        // that were read, the outermost first
	loosened []string        // sentences on settings of inner files that were ignored because they are looser
}

// resolvePolicy returns the policy for a review. Flags override environment variables,
// which override policy files, which override the defaults. Among files, the stricter
// setting counts.
func (a *app) resolvePolicy(o *gateOptions, l *lens.Lens, review string) (effectivePolicy, error) {
	given := cmp.Or(o.config, a.env("IOTLENS_CONFIG"))
	if o.policyFrom != "" && given != "" {
		return effectivePolicy{}, errors.New("--policy-from reads the policy of the commit; it cannot be used together with --config or IOTLENS_CONFIG")
	}
	out := effectivePolicy{}
	files, err := policyFiles(review, given)
	if err == nil && o.policyFrom != "" {
		out, err = a.policyAtCommit(o.policyFrom, l, review)
	} else if err == nil {
		out, err = mergePolicyFiles(l, files, policy.Read)
	}
	if err != nil {
		return out, err
	}
	keys := policy.Keys(l)
	variables, err := fromEnvironment(keys, a.Env)
	if err != nil {
		return out, err
	}
	flags, err := o.fromFlags(keys)
	if err != nil {
		return out, err
	}
	v := viper.NewWithOptions(viper.KeyDelimiter("\x00")) // keys are flat, because ids contain dots
	for _, source := range []policy.Settings{policy.Defaults(l), out.settings, variables, flags} {
		for key, setting := range source {
			v.Set(key, setting)
		}
	}
	settled := policy.Settings{}
	for _, key := range keys { // AllKeys of Viper would change their case
		if setting, ok := v.Get(key).(policy.Setting); ok {
			settled[key] = setting
		}
	}
	out.Policy, err = policy.FromSettings(settled, l)
	return out, err
}

// mergePolicyFiles reads policy files, the outermost first. An inner file can only make
// settings stricter.
func mergePolicyFiles(l *lens.Lens, files []string, read func(string, *lens.Lens) (policy.Settings, error)) (effectivePolicy, error) {
	out := effectivePolicy{settings: policy.Defaults(l)}
	var errs []error
	for _, file := range files {
		settings, err := read(file, l)
		switch {
		case err != nil:
			errs = append(errs, err)
		case len(out.files) == 0:
			maps.Copy(out.settings, settings)
		default:
			var looser []string
			out.settings, looser = policy.Tighten(out.settings, settings, l)
			out.loosened = append(out.loosened, looser...)
		}
		out.files = append(out.files, file)
	}
	return out, errors.Join(errs...)
}

// policyAtCommit reads the policy files of a review as they are in a commit. Baselines and
// frameworks that they name are also read from that commit.
func (a *app) policyAtCommit(given string, l *lens.Lens, review string) (effectivePolicy, error) {
	ref, file, ok := gitref.Split(given)
	if !ok || ref == "" || file != "" {
		return effectivePolicy{}, fmt.Errorf("--policy-from %s: must be git:REF, such as git:origin/main", given)
	}
	commit, err := gitref.Open(filepath.Dir(review), ref)
	if err != nil {
		return effectivePolicy{}, err
	}
	at, err := commit.Path(review)
	if err != nil {
		return effectivePolicy{}, err
	}
	var files []string
	for dir := path.Dir(at); ; dir = path.Dir(dir) {
		files = append([]string{path.Join(dir, policy.FileName)}, files...)
		if dir == "." {
			break
		}
	}
	found := map[string][]byte{}
	files = slices.DeleteFunc(files, func(f string) bool {
		data, readErr := commit.Read(f, maxFileSize)
		if readErr != nil && !errors.Is(readErr, fs.ErrNotExist) {
			err = errors.Join(err, readErr)
		}
		found[f] = data
		return readErr != nil
	})
	if err != nil {
		return effectivePolicy{}, err
	}
	out, err := mergePolicyFiles(l, files, func(f string, l *lens.Lens) (policy.Settings, error) {
		settings, problems := policy.Parse(f, found[f], l)
		if err := problems.Err(); err != nil {
			return nil, fmt.Errorf("%s%s: %w", gitref.Prefix, ref, err)
		}
		for key, s := range settings {
			s.Source = commit.Name(s.Source)
			if base, _ := s.Value.(string); key == "baseline" && !strings.HasPrefix(base, gitref.Prefix) {
				s.Value = commit.Name(filepath.ToSlash(base))
			}
			if list, _ := s.Value.([]string); key == "framework" {
				s.Value = view.Map(list, func(file string) string { return commit.Name(filepath.ToSlash(file)) })
			}
			settings[key] = s
		}
		return settings, nil
	})
	for i, f := range out.files {
		out.files[i] = commit.Name(f)
	}
	return out, err
}

// policyFiles finds the policy files of a review: the file of --config or IOTLENS_CONFIG
// ("none" for no file); or those from the root of the repository, or from the working
// folder outside a repository, down to the folder of the review; or that of the working
// folder.
func policyFiles(review, given string) ([]string, error) {
	if given == "none" {
		return nil, nil
	}
	if given != "" {
		return []string{given}, nil
	}
	var dirs, files []string
	top := disk.RealPath(cmp.Or(disk.RepositoryRoot(filepath.Dir(review)), "."))
	for dir := filepath.Dir(review); ; dir = filepath.Join(dir, "..") {
		below, err := filepath.Rel(top, disk.RealPath(dir))
		if err != nil || !filepath.IsLocal(below) {
			break
		}
		dirs = append([]string{dir}, dirs...)
		if below == "." {
			break
		}
	}
	if len(dirs) == 0 {
		dirs = []string{filepath.Dir(review)}
	}
	find := func(dirs []string) error {
		for _, dir := range dirs {
			file := filepath.Join(dir, policy.FileName)
			if wrong := strings.TrimSuffix(file, "yaml") + "yml"; disk.Exists(wrong) {
				return fmt.Errorf("%s: a policy file must be named %s; rename it, or set --config to it", disk.DisplayPath(wrong), policy.FileName)
			}
			if disk.Exists(file) {
				files = append(files, file)
			}
		}
		return nil
	}
	err := find(dirs)
	if err == nil && len(files) == 0 && !slices.Contains(dirs, ".") {
		err = find([]string{"."})
	}
	return files, err
}

// fromEnvironment returns the settings of IOTLENS_ variables. A variable with a misspelt
// name is an error: a gate must not pass because of a typo. An empty variable is ignored.
func fromEnvironment(keys, environment []string) (policy.Settings, error) {
	environment = slices.DeleteFunc(slices.Clone(environment), func(pair string) bool { return !strings.HasPrefix(pair, "IOTLENS_") })
	if len(environment) == 0 {
		return nil, nil
	}
	keyOf := map[string]string{"IOTLENS_CONFIG": "", "IOTLENS_BRAND": "", "IOTLENS_FONT": ""}
	for _, key := range keys {
		keyOf[policy.EnvVar(key)] = key
	}
	known := slices.Sorted(maps.Keys(keyOf))
	out := policy.Settings{}
	var errs []error
	for _, pair := range environment {
		name, value, _ := strings.Cut(pair, "=")
		key, ok := keyOf[name]
		switch {
		case value == "":
		case key != "":
			out[key] = policy.Setting{Value: policy.RawText(value), Source: name}
		case !ok && suggest.DidYouMean(name, known) != "":
			errs = append(errs, fmt.Errorf("%s: unknown variable%s", name, suggest.DidYouMean(name, known)))
		}
	}
	return out, errors.Join(errs...)
}

// fromFlags returns the settings of the flags that were given, including --set KEY=VALUE.
func (o *gateOptions) fromFlags(keys []string) (policy.Settings, error) {
	out := policy.Settings{}
	for _, key := range policy.GlobalKeys() {
		name := strings.ReplaceAll(key, "_", "-")
		if o.flags.Changed(name) {
			given := o.flags.Lookup(name).Value.String()
			if list, repeatable := o.flags.Lookup(name).Value.(pflag.SliceValue); repeatable {
				given = strings.Join(list.GetSlice(), ",")
			}
			out[key] = policy.Setting{Value: policy.RawText(given), Source: "--" + name}
		}
	}
	var errs []error
	for _, given := range o.set {
		key, value, ok := strings.Cut(given, "=")
		before, twice := out[key]
		switch {
		case !ok:
			errs = append(errs, fmt.Errorf("--set %s: must be KEY=VALUE, such as pillars.security.min_score=80", given))
		case !slices.Contains(keys, key):
			more := cmp.Or(suggest.DidYouMean(key, keys), "; keys are fail_on, min_score and so on, also for a part of the lens: pillars.ID.KEY, layers.ID.KEY and practices.ID.KEY")
			errs = append(errs, fmt.Errorf("--set %s: unknown key%s", given, more))
		case twice:
			errs = append(errs, fmt.Errorf("--set %s: %s is already set by %s", given, key, before.Source))
		default:
			out[key] = policy.Setting{Value: policy.RawText(value), Source: "--set " + key}
		}
	}
	return out, errors.Join(errs...)
}
