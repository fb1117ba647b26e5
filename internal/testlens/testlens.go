// Package testlens provides the test lens: small, frozen, and with one question of each kind.
// Its files are in testdata/lens. Tests of the program use it because the content of the
// shipped bank changes.
package testlens

import (
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// root is the root of the module.
var root = func() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..")
}()

// Dir returns the absolute path of the bank, for --bank.
func Dir() string { return filepath.Join(root, "testdata", "lens") }

// Lens returns the test lens. It is loaded once and shared; copy it before changing it.
func Lens() *lens.Lens { return load() }

var load = sync.OnceValue(func() *lens.Lens {
	l, problems := bank.Load(bank.Dir(Dir()))
	if err := problems.Err(); err != nil {
		panic(fmt.Sprintf("the test lens: %v", err))
	}
	return l
})

// Repeat returns a long lens with n copies of each question. The copies of LABSEC01 are
// LABSEC21, LABSEC41 and so on.
func Repeat(n int) *lens.Lens {
	l := *Lens()
	l.Questions = nil
	for _, q := range Lens().Questions {
		for i := range n {
			l.Questions = append(l.Questions, renumbered(q, 20*i))
		}
	}
	return &l
}

// renumbered returns a copy of a question whose number is increased, in its id and in all
// references to it.
func renumbered(q lens.Question, more int) lens.Question {
	stem := strings.TrimRight(q.ID, "0123456789")
	number, err := strconv.Atoi(strings.TrimPrefix(q.ID, stem))
	if err != nil {
		panic(err)
	}
	id := fmt.Sprintf("%s%02d", stem, number+more)
	again := func(s string) string { return strings.ReplaceAll(s, q.ID, id) }
	copied := q
	copied.ID, copied.None = id, again(q.None)
	copied.Practices, copied.Rules = slices.Clone(q.Practices), slices.Clone(q.Rules)
	for i, p := range copied.Practices {
		copied.Practices[i].ID, copied.Practices[i].Question = again(p.ID), id
	}
	for i, r := range copied.Rules {
		copied.Rules[i].When = again(r.When)
	}
	return copied
}

// The reviews of the test lens.
const (
	// Waterworks is in production on mains power and fully answered, with every
	// status, waivers that are active, expiring and unused, a history and a
	// parked topic.
	Waterworks = "waterworks"
	// Trackers is a pilot on batteries, half answered.
	Trackers = "trackers"
	// Thermostats is safety-critical, handles personal data, has a large fleet
	// that cannot be updated, an expired waiver, and a scope of two pillars.
	Thermostats = "thermostats"
)

// ReviewPath returns the absolute path of the file of a review.
func ReviewPath(name string) string {
	return filepath.Join(Dir(), "reviews", name+".review.yaml")
}

// Review reads a review. Each call returns a new value.
func Review(name string) *review.Review {
	f, err := review.Load(ReviewPath(name), Lens())
	if err != nil {
		panic(err)
	}
	return f.Review
}
