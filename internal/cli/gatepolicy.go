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

// settle makes the policy of a gate, and names the policy file. Of two settings of one
// key a flag wins over the environment, the environment over the policy file, the file
// over the default.
func (a *app) settle(o *gateOptions, l *lens.Lens, review string) (policy.Policy, string, error) {
	path, err := policyFile(review, cmp.Or(o.config, a.env("IOTLENS_CONFIG")))
	if err != nil {
		return policy.Policy{}, "", err
	}
	var file policy.Settings
	if path != "" {
		if file, err = policy.Read(path, l); err != nil {
			return policy.Policy{}, "", err
		}
	}
	keys := policy.Keys(l)
	variables, err := fromEnvironment(keys, a.Env)
	if err != nil {
		return policy.Policy{}, "", err
	}
	flags, err := o.fromFlags(keys)
	if err != nil {
		return policy.Policy{}, "", err
	}
	v := viper.NewWithOptions(viper.KeyDelimiter("\x00")) // keys are flat: ids have dots of their own
	for _, source := range []policy.Settings{policy.Defaults(l), file, variables, flags} {
		for key, setting := range source {
			v.Set(key, setting)
		}
	}
	settled := policy.Settings{}
	for _, key := range keys { // Viper itself folds their case
		if setting, ok := v.Get(key).(policy.Setting); ok {
			settled[key] = setting
		}
	}
	p, err := policy.Make(settled, l)
	return p, path, err
}

// policyFile finds the policy file: that of --config or IOTLENS_CONFIG, or else the one
// beside the review, or else the one in the working folder. Empty, as of "none", is no
// file.
func policyFile(review, given string) (string, error) {
	if given == "none" {
		return "", nil
	}
	if given != "" {
		return given, nil
	}
	for _, dir := range []string{filepath.Dir(review), "."} {
		path := filepath.Join(dir, policy.FileName)
		if wrong := strings.TrimSuffix(path, "yaml") + "yml"; disk.Exists(wrong) {
			return "", fmt.Errorf("%s: a policy file is named %s; rename it, or give it with --config", disk.Shown(wrong), policy.FileName)
		}
		if disk.Exists(path) {
			return path, nil
		}
	}
	return "", nil
}

// fromEnvironment lists the settings of IOTLENS_ variables. A variable that is
// nearly the name of one is refused: a gate must not pass because of a typo. An
// empty variable is as good as none.
func fromEnvironment(keys, environment []string) (policy.Settings, error) {
	keyOf := map[string]string{"IOTLENS_CONFIG": ""}
	for _, key := range keys {
		keyOf[policy.Variable(key)] = key
	}
	known := slices.Sorted(maps.Keys(keyOf))
	out := policy.Settings{}
	var errs []error
	for _, pair := range environment {
		name, value, _ := strings.Cut(pair, "=")
		key, ok := keyOf[name]
		switch {
		case value == "" || !strings.HasPrefix(name, "IOTLENS_"):
		case key != "":
			out[key] = policy.Setting{Value: policy.Text(value), From: name}
		case !ok && suggest.DidYouMean(name, known) != "":
			errs = append(errs, fmt.Errorf("%s: unknown variable%s", name, suggest.DidYouMean(name, known)))
		}
	}
	return out, errors.Join(errs...)
}

// fromFlags lists the settings of the flags that were given, --set KEY=VALUE
// included.
func (o *gateOptions) fromFlags(keys []string) (policy.Settings, error) {
	out := policy.Settings{}
	for _, key := range policy.WholeKeys() {
		name := strings.ReplaceAll(key, "_", "-")
		if o.flags.Changed(name) {
			out[key] = policy.Setting{Value: policy.Text(o.flags.Lookup(name).Value.String()), From: "--" + name}
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
			more := cmp.Or(suggest.DidYouMean(key, keys), "; keys are fail_on, min_score and so on, and pillars.ID, layers.ID and practices.ID before them, with the ids of the lens")
			errs = append(errs, fmt.Errorf("--set %s: unknown key%s", given, more))
		case twice:
			errs = append(errs, fmt.Errorf("--set %s: %s is already set by %s", given, key, before.From))
		default:
			out[key] = policy.Setting{Value: policy.Text(value), From: "--set " + key}
		}
	}
	return out, errors.Join(errs...)
}
