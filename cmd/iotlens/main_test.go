package main

import (
	"cmp"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/cli"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"iotlens": func() {
			world := cli.System()
			if dir := os.Getenv(testLens); dir != "" {
				world.Lens = loaded(dir)
			}
			if now, err := time.Parse(time.RFC3339, os.Getenv(testNow)); err == nil {
				world.Now = now.Local
			}
			world.Version = "v1.2.3" // scripts print the same wherever they run
			os.Exit(int(cli.Main(os.Args[1:], world)))
		},
	})
}

// testLens is the variable of the environment that names the folder of the lens
// that iotlens has instead of the shipped one. Where it is empty, iotlens is as
// its users have it.
const testLens = "TESTLENS"

func loaded(dir string) *lens.Lens {
	l, problems := bank.Load(bank.Dir(dir))
	if err := problems.Err(); err != nil {
		panic(err)
	}
	return l
}

// testNow names, in the environment, the time that it is for the program under test.
// Without it the clock of the machine counts.
const testNow = "TESTNOW"

// instant is the time in all scripts: no test depends on the day or the hour. At this
// hour it is the next day in Tokyo.
const instant = "2026-11-24T16:00:00Z"

// TestScripts runs the stories in testdata/script with the real program, on the
// test lens but for smoke.txtar.
func TestScripts(t *testing.T) {
	data, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "../../testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(e *testscript.Env) error {
			e.Setenv(testNow, cmp.Or(os.Getenv(testNow), instant))
			e.Setenv(testLens, testlens.Dir())
			e.Setenv("REVIEWS", filepath.Join(testlens.Dir(), "reviews"))
			e.Setenv("SAMPLES", filepath.Join(data, "reviews")) // of the shipped lens
			e.Setenv("DOCS", filepath.Join(data, "..", "docs"))
			e.Setenv("LENSES", filepath.Join(data, "lenses"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"codeblocks": codeblocks,
			"exits":      exits,
			"large":      large,
			"lines":      lines,
			"hold":       hold,
			"lock":       lock,
			"samejson":   samejson,
		},
	})
}

// codeblocks PAGE LANGUAGE FOLDER writes the code blocks of a page that are in a
// language into a folder: 1.sh, 2.sh and so on.
func codeblocks(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: codeblocks PAGE LANGUAGE FOLDER")
	}
	page, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(os.MkdirAll(ts.MkAbs(args[2]), 0o755))
	for i, rest := range strings.Split(string(page), "\n```"+args[1]+"\n")[1:] {
		block, _, closed := strings.Cut(rest, "\n```\n")
		if !closed {
			ts.Fatalf("%s: code block %d has no end", args[0], i+1)
		}
		name := filepath.Join(ts.MkAbs(args[2]), strconv.Itoa(i+1)+"."+args[1])
		ts.Check(os.WriteFile(name, []byte(block+"\n"), 0o644))
	}
}

// exits CODE PROGRAM ARG... runs a program, which must end with just this code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARG...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, not %d", got, want)
	}
}

// large FILE MEGABYTES makes a large file.
func large(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(f.Truncate(int64(n) << 20))
	ts.Check(f.Close())
}

// hold FILE NAME has NAME have a review open until the script ends, as another
// iotlens would.
func hold(ts *testscript.TestScript, _ bool, args []string) {
	other, note := disk.NoteOpen(ts.MkAbs(args[0]), disk.Holder{Name: args[1], Since: "2026-11-24 10:00"})
	if other != nil {
		ts.Fatalf("%s is open already: %s", args[0], other)
	}
	ts.Defer(note.Close)
}

// lock FILE NAME has NAME write in the folder of a file until the script ends.
func lock(ts *testscript.TestScript, _ bool, args []string) {
	holder := disk.Options{Holder: disk.Holder{Name: args[1]}}
	locked, ended := make(chan bool), make(chan bool)
	go func() {
		_ = disk.Update(ts.MkAbs(args[0]), 1<<20, holder, func([]byte) ([]byte, []disk.Output, error) {
			locked <- true
			<-ended
			return nil, nil, nil
		})
		ended <- true
	}()
	<-locked
	ts.Defer(func() {
		ended <- true
		<-ended
	})
}

// lines FILE N wants a file to have N lines.
func lines(ts *testscript.TestScript, _ bool, args []string) {
	text := strings.TrimSuffix(ts.ReadFile(args[0]), "\n")
	if got := strconv.Itoa(1 + strings.Count(text, "\n")); got != args[1] {
		ts.Fatalf("%s has %s lines, not %s", args[0], got, args[1])
	}
}
