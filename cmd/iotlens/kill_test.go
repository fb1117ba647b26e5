//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/require"
)

// How often the program is killed, and how many of it run at a time.
const (
	kills      = 500
	killsShort = 40
	atATime    = 8
)

// TestKilledAtAnyMoment answers question after question and kills the program, as
// kill -9 does, at a random moment. What the screen showed as saved must be in the
// file, and the file must load; the next session must find no lock in its way.
func TestKilledAtAnyMoment(t *testing.T) {
	runs := kills
	if testing.Short() {
		runs = killsShort
	}
	seed := uint64(time.Now().UnixNano())
	if s := os.Getenv("KILL_SEED"); s != "" {
		var err error
		seed, err = strconv.ParseUint(s, 10, 64)
		require.NoError(t, err)
	}
	t.Logf("seed %d; KILL_SEED=%d runs the same moments again", seed, seed)
	program := build(t)
	l := testlens.Lens()
	var acknowledged, midway atomic.Int64
	var wait sync.WaitGroup
	next := make(chan int)
	for range atATime {
		wait.Go(func() {
			for run := range next {
				shown, found, err := killed(t.TempDir(), program, l, rand.New(rand.NewPCG(seed, uint64(run))))
				if err != nil {
					t.Errorf("run %d: %v", run, err)
				}
				acknowledged.Add(int64(shown))
				if shown > 0 && shown < answersInARun || found > shown {
					midway.Add(1)
				}
			}
		})
	}
	for run := range runs {
		next <- run
	}
	close(next)
	wait.Wait()
	t.Logf("%d runs, %d answers acknowledged, %d runs killed in the middle", runs, acknowledged.Load(), midway.Load())
	// Else the moments were all before the first answer or all after the last
	// one, and nothing was tested.
	require.Greater(t, int(midway.Load()), runs/5)
}

// answersInARun is at most nine: their number on the screen is one character,
// which is there or not, however much of a frame was drawn.
const answersInARun = 9

var savedNow = regexp.MustCompile(`\b(\d) answers? saved`)

// killed runs one session. It returns how many answers the screen showed as being on
// disk, and how many there are.
func killed(dir, program string, l *lens.Lens, random *rand.Rand) (shown, found int, err error) {
	file := filepath.Join(dir, "plant.review.yaml")
	if err := os.WriteFile(file, []byte(plant), 0o644); err != nil {
		return 0, 0, err
	}
	cmd := exec.Command(program, "review", file, "--bank", testlens.Dir(), "--theme", "dark", "--by", "Ana", "--today", "2026-11-24")
	cmd.Env = []string{"HOME=" + dir, "TERM=xterm-256color"}
	term, err := startTerminal(cmd, 80, 24)
	if err != nil {
		return 0, 0, err
	}
	defer term.Close()
	if err := term.Wait(savedNow.MatchString); err != nil {
		return 0, 0, err
	}
	typist := rand.New(rand.NewPCG(random.Uint64(), 1))
	typed := make(chan struct{})
	go func() {
		defer close(typed)
		statuses := typist.Perm(4)
		for n := range answersInARun {
			// A person waits for the screen now and then, and sometimes types ahead.
			if term.Type(fmt.Sprintf("%d", []int{1, 2, 3, 5}[statuses[n%4]])+"<down>") != nil {
				return
			}
			if typist.IntN(3) > 0 {
				_ = term.Wait(func(screen string) bool { return onScreen(screen) > n })
			}
		}
	}()
	// Somewhere on the way, and then at any moment of a few saves.
	aim := random.IntN(answersInARun)
	if err := term.Wait(func(screen string) bool { return onScreen(screen) >= aim }); err != nil {
		return 0, 0, err
	}
	time.Sleep(time.Duration(random.Int64N(int64(25 * time.Millisecond))))
	shown = onScreen(term.Screen())
	term.Kill()
	<-typed
	shown = max(shown, onScreen(term.Screen())) // what was on its way to the terminal, the room sees, too
	f, err := review.Load(file, l)
	if err != nil {
		return shown, 0, fmt.Errorf("the file does not load: %w", err)
	}
	found = len(f.Review.Answers)
	switch left, _ := filepath.Glob(filepath.Join(dir, ".*.iotlens-tmp")); {
	case found < shown:
		return shown, found, fmt.Errorf("the screen showed %d answers as saved, the file has %d", shown, found)
	case len(left) > 1:
		return shown, found, fmt.Errorf("one kill left %d temporary files: %s", len(left), strings.Join(left, ", "))
	}
	f.Review.Workload.Name = "The next writer"
	if err := f.Save(); err != nil {
		return shown, found, fmt.Errorf("the next writer is kept out: %w", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*iotlens-*")); len(left) > 0 {
		return shown, found, fmt.Errorf("the next writer left %s", strings.Join(left, ", "))
	}
	return shown, found, nil
}

// onScreen is how many answers a screen shows as being on disk.
func onScreen(screen string) int {
	m := savedNow.FindStringSubmatch(screen)
	if m == nil {
		return 0
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return 0
	}
	return n
}

// build makes the program as it is released.
func build(t testing.TB) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "iotlens")
	cmd := exec.Command("go", "build", "-trimpath", "-o", program, ".")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	return program
}
