package cli

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/policy"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

// settle makes the policy of a gate: of two settings of one key, a flag goes
// before the environment, the environment before the policy file, the file
// before the default. What is said of a key nowhere else stays unsaid.
func (a *app) settle(o *gateOptions, l *lens.Lens, flags *pflag.FlagSet) (policy.Policy, error) {
	file, err := o.fromFile(l, cmp.Or(o.config, a.env("IOTLENS_CONFIG")))
	if err != nil {
		return policy.Policy{}, err
	}
	keys := policy.Keys(l)
	variables, err := fromEnvironment(keys, a.Env)
	if err != nil {
		return policy.Policy{}, err
	}
	set, err := o.fromSet(keys, flags)
	if err != nil {
		return policy.Policy{}, err
	}

	// Viper decides who wins; where each was said is kept beside it. Its keys are
	// flat here, as ids have their own points of view on separators. The variables
	// are those of this run, which is why they are merged in and not looked up.
	v := viper.NewWithOptions(viper.KeyDelimiter("\x00"))
	from := map[string]string{}
	said := func(s policy.Setting) { from[s.Key] = s.From }
	for _, s := range policy.Defaults() {
		v.SetDefault(s.Key, s.Value)
		said(s)
	}
	for _, source := range [][]policy.Setting{file, variables} {
		config := map[string]any{}
		for _, s := range source {
			config[s.Key] = s.Value
			said(s)
		}
		if err := v.MergeConfigMap(config); err != nil {
			return policy.Policy{}, err
		}
	}
	for _, key := range keys {
		f := flags.Lookup(flagName(key))
		if f == nil || !f.Changed {
			continue
		}
		if err := v.BindPFlag(key, f); err != nil {
			return policy.Policy{}, err
		}
		from[key] = "--" + f.Name
	}
	for _, s := range set {
		v.Set(s.Key, s.Value)
		said(s)
	}
	var settled []policy.Setting
	for key, place := range from {
		settled = append(settled, policy.Setting{Key: key, Value: v.GetString(key), From: place})
	}
	return policy.Make(settled, l)
}

// flagName is the flag of a key, where the whole has one: min-score of min_score.
func flagName(key string) string { return strings.ReplaceAll(key, "_", "-") }

// fromFile reads the policy file: that of --config or IOTLENS_CONFIG, or else
// the one beside the review, or else the one in the working folder. "none" is no
// file.
func (o *gateOptions) fromFile(l *lens.Lens, path string) ([]policy.Setting, error) {
	if path == "" {
		for _, dir := range []string{filepath.Dir(o.file), "."} {
			if err := misnamed(dir); err != nil {
				return nil, err
			}
			candidate := filepath.Join(dir, policy.FileName)
			if _, err := os.Lstat(candidate); err == nil {
				path = candidate
				break
			}
		}
	}
	if path == "" || path == "none" {
		return nil, nil
	}
	o.policyFile = path
	return policy.Read(path, l)
}

// misnamed refuses a policy that would be passed over in silence for its name.
func misnamed(dir string) error {
	path := filepath.Join(dir, strings.TrimSuffix(policy.FileName, "yaml")+"yml")
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s: a policy file is named %s; rename it, or give it with --config", path, policy.FileName)
	}
	return nil
}

// fromEnvironment lists the settings of IOTLENS_ variables. One that is near
// enough to be a slip of the pen is refused: a gate must not pass for a typo.
// An empty variable says nothing.
func fromEnvironment(keys, environment []string) ([]policy.Setting, error) {
	given := map[string]string{}
	for _, pair := range environment {
		name, value, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "IOTLENS_") && value != "" {
			given[name] = value
		}
	}
	if len(given) == 0 {
		return nil, nil
	}
	var out []policy.Setting
	known := []string{"IOTLENS_CONFIG"}
	for _, key := range keys {
		name := policy.Variable(key)
		known = append(known, name)
		if value, ok := given[name]; ok {
			out = append(out, policy.Setting{Key: key, Value: value, From: name})
		}
	}
	var errs []error
	for name := range given {
		if slices.Contains(known, name) {
			continue
		}
		if near := suggest.DidYouMean(name, known); near != "" {
			errs = append(errs, fmt.Errorf("%s: unknown variable%s", name, near))
		}
	}
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return out, errors.Join(errs...)
}

// fromSet lists the settings of --set KEY=VALUE.
func (o *gateOptions) fromSet(keys []string, flags *pflag.FlagSet) ([]policy.Setting, error) {
	var out []policy.Setting
	var errs []error
	seen := map[string]bool{}
	for _, given := range o.set {
		key, value, ok := strings.Cut(given, "=")
		f := flags.Lookup(flagName(key))
		switch {
		case !ok:
			errs = append(errs, fmt.Errorf("--set %s: must be KEY=VALUE, such as pillars.security.min_score=80", given))
			continue
		case !slices.Contains(keys, key):
			more := suggest.DidYouMean(key, keys)
			if more == "" {
				more = "; keys are fail_on, min_score and so on, and pillars.ID, layers.ID and practices.ID before them, with the ids of the lens"
			}
			errs = append(errs, fmt.Errorf("--set %s: unknown key%s", given, more))
			continue
		case seen[key]:
			errs = append(errs, fmt.Errorf("--set %s: %s is set twice", given, key))
		case f != nil && f.Changed:
			errs = append(errs, fmt.Errorf("--set %s: --%s says it already", given, f.Name))
		}
		seen[key] = true
		out = append(out, policy.Setting{Key: key, Value: value, From: "--set " + key})
	}
	return out, errors.Join(errs...)
}
