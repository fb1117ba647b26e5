package cli

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/policy"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/spf13/viper"
)

// A source is one place that settings come from, such as the environment. Viper
// holds the values, each as a flat key, since ids have dots and cases of their own.
type source struct {
	*viper.Viper
	from map[string]string // where each of its settings was made, by key
}

func newSource(settings policy.Settings) source {
	s := source{viper.NewWithOptions(viper.KeyDelimiter("\x00")), map[string]string{}}
	for key, setting := range settings {
		s.Set(key, setting.Value)
		s.from[key] = setting.From
	}
	return s
}

// settle makes the policy of a gate. Of two settings of one key a flag wins over the
// environment, the environment over the policy file, the file over the default: the
// first source that has the key gives its value and where it was made.
func (a *app) settle(o *gateOptions, l *lens.Lens) (policy.Policy, error) {
	file, err := o.fromFile(l, cmp.Or(o.config, a.env("IOTLENS_CONFIG")))
	if err != nil {
		return policy.Policy{}, err
	}
	keys := policy.Keys(l)
	variables, err := fromEnvironment(keys, a.Env)
	if err != nil {
		return policy.Policy{}, err
	}
	flags, err := o.fromFlags(keys)
	if err != nil {
		return policy.Policy{}, err
	}
	settled := policy.Settings{}
	for _, s := range []source{newSource(flags), newSource(variables), newSource(file), newSource(policy.Defaults())} {
		for key, from := range s.from {
			if _, ok := settled[key]; !ok {
				settled[key] = policy.Setting{Value: s.Get(key), From: from}
			}
		}
	}
	return policy.Make(settled, l)
}

// fromFile reads the policy file: that of --config or IOTLENS_CONFIG, or else
// the one beside the review, or else the one in the working folder. "none" is no
// file.
func (o *gateOptions) fromFile(l *lens.Lens, path string) (policy.Settings, error) {
	if path == "" {
		for _, dir := range []string{filepath.Dir(o.file), "."} {
			if err := misnamed(dir); err != nil {
				return nil, err
			}
			if candidate := filepath.Join(dir, policy.FileName); disk.Exists(candidate) {
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

// misnamed refuses a policy file whose name iotlens does not look for.
func misnamed(dir string) error {
	path := filepath.Join(dir, strings.TrimSuffix(policy.FileName, "yaml")+"yml")
	if disk.Exists(path) {
		return fmt.Errorf("%s: a policy file is named %s; rename it, or give it with --config", disk.Shown(path), policy.FileName)
	}
	return nil
}

// fromEnvironment lists the settings of IOTLENS_ variables. A variable that is
// nearly the name of one is refused: a gate must not pass because of a typo. An
// empty variable is as good as none.
func fromEnvironment(keys, environment []string) (policy.Settings, error) {
	given := map[string]string{}
	for _, pair := range environment {
		name, value, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "IOTLENS_") && name != "IOTLENS_CONFIG" && value != "" {
			given[name] = value
		}
	}
	if len(given) == 0 {
		return nil, nil
	}
	out := policy.Settings{}
	known := []string{"IOTLENS_CONFIG"}
	for _, key := range keys {
		name := policy.Variable(key)
		known = append(known, name)
		if value, ok := given[name]; ok {
			out[key] = policy.Setting{Value: policy.Text(value), From: name}
			delete(given, name)
		}
	}
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if near := suggest.DidYouMean(name, known); near != "" {
			errs = append(errs, fmt.Errorf("%s: unknown variable%s", name, near))
		}
	}
	return out, errors.Join(errs...)
}

// fromFlags lists the settings of the flags that were given, --set KEY=VALUE
// included.
func (o *gateOptions) fromFlags(keys []string) (policy.Settings, error) {
	out := policy.Settings{}
	for key, text := range o.flags {
		out[key] = policy.Setting{Value: policy.Text(text), From: flagOf(key)}
	}
	var errs []error
	for _, given := range o.set {
		key, value, ok := strings.Cut(given, "=")
		before, twice := out[key]
		switch {
		case !ok:
			errs = append(errs, fmt.Errorf("--set %s: must be KEY=VALUE, such as pillars.security.min_score=80", given))
		case !slices.Contains(keys, key):
			more := suggest.DidYouMean(key, keys)
			if more == "" {
				more = "; keys are fail_on, min_score and so on, and pillars.ID, layers.ID and practices.ID before them, with the ids of the lens"
			}
			errs = append(errs, fmt.Errorf("--set %s: unknown key%s", given, more))
		case twice:
			errs = append(errs, fmt.Errorf("--set %s: %s is already set by %s", given, key, before.From))
		default:
			out[key] = policy.Setting{Value: policy.Text(value), From: "--set " + key}
		}
	}
	return out, errors.Join(errs...)
}

// flagOf is the flag of a setting of the whole: --min-score of min_score.
func flagOf(key string) string { return "--" + strings.ReplaceAll(key, "_", "-") }
