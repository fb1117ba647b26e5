package review_test

import (
	"reflect"
	"testing"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every key of a profile is in the table once, and values are displayed as they are
// entered.
func TestProfileFieldsAreComplete(t *testing.T) {
	record := reflect.TypeFor[review.Profile]()
	require.Len(t, review.ProfileFields(), record.NumField())
	for i := range record.NumField() {
		var w review.Workload
		v := reflect.ValueOf(&w.Profile).Elem().Field(i)
		switch v.Kind() {
		case reflect.Slice:
			v.Set(reflect.ValueOf([]string{"x", "y"}))
		case reflect.Pointer:
			v.Set(reflect.ValueOf(new(false)))
		case reflect.Int:
			v.SetInt(7)
		default:
			v.SetString("x")
		}
		var found []review.WorkloadField
		for _, f := range review.ProfileFields() {
			if len(f.Values(&w)) > 0 {
				found = append(found, f)
			}
		}
		require.Len(t, found, 1, record.Field(i).Name)
		assert.NotEmpty(t, found[0].Text(w))
		assert.NotEmpty(t, found[0].Prompt)
		require.NoError(t, found[0].Set(testlens.Lens(), &w, []string{review.Unknown}))
		assert.Empty(t, found[0].Values(&w), "it can be left open again")
		assert.True(t, reflect.ValueOf(w.Profile).Field(i).IsZero())
	}
}

func TestWorkloadFieldSet(t *testing.T) {
	l := testlens.Lens()
	field := func(flag string) review.WorkloadField {
		for _, f := range review.WorkloadFields() {
			if f.Flag == flag {
				return f
			}
		}
		t.Fatal(flag)
		return review.WorkloadField{}
	}
	for _, c := range []struct {
		flag    string
		typed   []string
		want    string
		refused string
	}{
		{flag: "device-class", typed: []string{"1-2"}, want: "mcu, mpu"},
		{flag: "device-class", typed: []string{"MPU", "1-3"}, want: "mpu, mcu, inference"},
		{flag: "device-class", typed: []string{"3-2"}, refused: "3-2 is not on the list of 1 to 3"},
		{flag: "device-class", typed: []string{"0"}, refused: "0 is not on the list of 1 to 3"},
		{flag: "device-class", typed: []string{"mcus"}, refused: `unknown device class "mcus", did you mean "mcu"?`},
		{flag: "segment", typed: []string{"1-2"}, refused: "takes one value, not 2"},
		{flag: "connectivity", typed: []string{"short-range"}, want: "short-range"},
		{flag: "fleet-size", typed: []string{"1,200"}, want: "1200"},
		{flag: "fleet-size", typed: []string{"-3"}, refused: `must be a number such as 12000, not "-3"`},
		{flag: "moves", typed: []string{"No"}, want: "no"},
		{flag: "moves", typed: []string{"maybe"}, refused: `must be yes or no, not "maybe"`},
		{flag: "name", typed: []string{"ab"}, refused: "2 characters; use 3 to 100"},
		{flag: "name", refused: "a review needs a name of 3 to 100 characters"},
	} {
		var w review.Workload
		f := field(c.flag)
		err := f.Set(l, &w, c.typed)
		if c.refused != "" {
			assert.EqualError(t, err, c.refused)
			assert.Equal(t, review.Workload{}, w)
			continue
		}
		require.NoError(t, err, c.flag)
		assert.Equal(t, c.want, f.Text(w))
	}
}
