package cli

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"math"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/trend"
)

// A portfolioRun makes the rows of reviews, on all cores.
type portfolioRun struct {
	*app
	o        *portfolioOptions
	lenses   []portfolioLens
	cache    *rowCache
	progress *progress
	name     func(file string) string // gives the name in the report

	templates int      // number of review templates, which are skipped
	folders   sync.Map // folder name to bool: whether it has a folder of milestones
}

func (a *app) newPortfolioRun(o *portfolioOptions, lenses []portfolioLens, files []candidate) *portfolioRun {
	return &portfolioRun{app: a, o: o, lenses: lenses, cache: a.openRowCache(o, lenses), progress: a.newProgress("reviews"), name: reportNames(files)}
}

// An assessedFile is the result of a file: a row, problems, both if a milestone cannot be
// read, or neither if the file is skipped.
type assessedFile struct {
	row      *portfolio.Row
	template bool // it is a review template
	unread   []unreadFile
}

// lookahead is how many files per worker are read ahead of the one that is yielded.
const lookahead = 8

// rows yields the rows of files, in their order, and the files that cannot be read. Only a
// few rows are held at a time: a row is valid until the next one.
func (r *portfolioRun) rows(files []candidate) iter.Seq2[*portfolio.Row, []unreadFile] {
	return func(yield func(*portfolio.Row, []unreadFile) bool) {
		workers := max(1, min(runtime.GOMAXPROCS(0), len(files)))
		results := make(chan chan assessedFile, lookahead*workers)
		jobs := make(chan func(*portfolioWorker), lookahead*workers)
		stop := make(chan struct{})
		defer close(stop)
		go func() {
			defer close(results)
			defer close(jobs)
			for _, f := range files {
				result := make(chan assessedFile, 1)
				select {
				case results <- result:
				case <-stop:
					return
				}
				jobs <- func(w *portfolioWorker) { result <- w.read(f) }
			}
		}()
		for range workers {
			go func() {
				w := r.worker()
				for job := range jobs {
					job(w)
				}
			}()
		}
		done := 0
		for result := range results {
			out := <-result
			if done%gcEvery == 0 {
				relaxGC()
			}
			done++
			r.progress.show(done, len(files))
			if (out.row != nil || len(out.unread) > 0) && !yield(out.row, out.unread) {
				return
			}
			if out.row != nil {
				out.row.Release()
			}
			if out.template {
				r.templates++
			}
		}
	}
}

// Reading reviews makes much garbage and keeps little memory. So garbage is collected when
// the heap has targetHeap bytes, or twice what is in use. heapLimit is the soft memory limit
// that makes the collector work harder.
const (
	targetHeap = 140 << 20
	heapLimit  = 165 << 20
	gcEvery    = 256 // rows
)

// relaxGC sets the next collection by the memory that is in use now.
func relaxGC() {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	live := max(sample[0].Value.Uint64(), 4<<20)
	limit := int64(math.MaxInt64)
	if live < targetHeap/2 {
		limit = heapLimit
	}
	debug.SetMemoryLimit(limit)
	debug.SetGCPercent(int(max(100, min(2000, 100*(targetHeap-min(live, targetHeap))/live))))
}

// tightenGC is for the time when the result is written: it is large, and little is garbage.
func tightenGC() {
	debug.SetMemoryLimit(heapLimit)
	debug.SetGCPercent(25)
}

// A portfolioWorker makes rows, one at a time.
type portfolioWorker struct {
	*portfolioRun
	assessors map[*lens.Lens]*scoring.Assessor
}

func (r *portfolioRun) worker() *portfolioWorker {
	return &portfolioWorker{portfolioRun: r, assessors: map[*lens.Lens]*scoring.Assessor{}}
}

// assessor returns the assessor of a lens. Its assessment is valid until the next one.
func (w *portfolioWorker) assessor(l *lens.Lens) *scoring.Assessor {
	known := w.assessors[l]
	if known == nil {
		known = scoring.NewAssessor(l)
		known.Reuse = true
		w.assessors[l] = known
	}
	return known
}

// read makes the row of a file, or takes it from the cache.
func (w *portfolioWorker) read(c candidate) assessedFile {
	data, err := readFile(c.file)
	if err != nil {
		return assessedFile{unread: []unreadFile{{c.file, err}}}
	}
	milestones, unread := w.milestones(c.file)
	sum := sha256.Sum256(data)
	key := w.cache.key(sum, milestones)
	row := w.cache.get(key, w.today())
	if row == nil {
		var keep bool
		row, keep, err = w.assess(c, data, milestones, &unread)
		if err != nil || row == nil {
			if err != nil && !errors.Is(err, errTemplate) {
				unread = append(unread, unreadFile{c.file, err})
			}
			return assessedFile{unread: unread, template: errors.Is(err, errTemplate)}
		}
		if keep && len(unread) == 0 {
			w.cache.put(key, row)
		}
	}
	row.File, row.Digest = w.name(c.file), hex.EncodeToString(sum[:])
	return assessedFile{row: row, unread: unread}
}

// A milestoneFile is a file in the folder of the milestones of a review.
type milestoneFile struct {
	path string
	data []byte
}

// milestones reads the files of the milestones of a review.
func (w *portfolioWorker) milestones(file string) (out []milestoneFile, unread []unreadFile) {
	dir := review.MilestonesDir(file)
	above := filepath.Dir(dir)
	has, known := w.folders.Load(above)
	if !known {
		has = disk.IsFolder(above)
		w.folders.Store(above, has)
	}
	if has == false || !disk.IsFolder(dir) {
		return nil, nil
	}
	paths, err := disk.List(dir, ".yaml", false)
	if err != nil {
		return nil, []unreadFile{{dir, err}}
	}
	for _, path := range paths {
		data, err := readFile(path)
		if err != nil {
			unread = append(unread, unreadFile{path, err})
			continue
		}
		out = append(out, milestoneFile{path, data})
	}
	return out, unread
}

// errTemplate says that a file is a review template, which is not a workload.
var errTemplate = errors.New("is a review template")

// assess makes the row of a review with its milestones. The row is nil if the file is
// skipped. keep says whether the row may be cached: it depends on its key only.
func (w *portfolioWorker) assess(c candidate, data []byte, milestones []milestoneFile, unread *[]unreadFile) (row *portfolio.Row, keep bool, err error) {
	var held portfolioLens
	answers := "" // id of the lens
	r, _, problems := review.ParseAnyLens(c.file, data, func(r *review.Review) *lens.Lens {
		answers, held = r.Lens, lensForReview(w.lenses, r.Lens, r.LensVersion, r.LensDigest)
		return held.Lens
	})
	if err := problems.Err(); err != nil {
		if !c.named && notAReview(c.file, data) {
			return nil, false, nil
		}
		if wrong := checkKind(c.file, data, filekind.Detect(data), filekind.Review); wrong != nil {
			err = wrong
		} else if answers != "" && answers != held.ID {
			err = fmt.Errorf("%s: the review is for the lens %q, which this run does not have; add its bank with --also-bank DIR", disk.DisplayPath(c.file), answers)
		}
		return nil, false, err
	}
	switch {
	case r.IsTemplate():
		return nil, false, errTemplate
	case r.Milestone.Name == "":
	case !c.named:
		return nil, false, nil
	default:
		return nil, false, fmt.Errorf("%s: this is a milestone; give its review, which is shown with its milestones", disk.DisplayPath(c.file))
	}
	l, today := held.Lens, w.today()
	facts := review.FactsOf(l, r.Workload.Profile)
	a := w.assessor(l).Assess(r, scoring.Options{
		Mode: w.o.scoring, Today: today, Brief: !w.o.needsPlan, Facts: &facts, AcceptedGaps: gate.Default().AcceptedGaps(r, facts.NewlyAsked(r, r.AskedRevision())),
	})
	for _, f := range held.frameworks {
		a.Frameworks = append(a.Frameworks, a.StandingAgainst(f, l))
	}
	badge, outcome := view.ConclusionBadge(a)
	row = portfolio.RowOf(l, r, a, outcome, portfolio.Badge{Mark: badge.Symbol, Words: badge.Words})
	keep = true
	if len(milestones) > 0 {
		now := trend.StateOf(trend.StateNow, today, "", a, 0) // before the assessor reuses the assessment
		row.Milestones, keep = w.states(l, now, milestones, unread)
	}
	return row, keep, nil
}

// states assesses the milestones of a review, earliest first. They may be cached unless one
// of them has no day of its own and is assessed as of today.
func (w *portfolioWorker) states(l *lens.Lens, now trend.State, milestones []milestoneFile, unread *[]unreadFile) (out []portfolio.Milestone, keep bool) {
	states := []trend.State{now}
	keep = true
	for _, m := range milestones {
		r, dropped, problems := review.ParseEarlier(m.path, m.data, l)
		err := problems.Err()
		if err == nil && r.Milestone.Name == "" {
			err = fmt.Errorf("%s: is not a milestone: it has no milestone name", disk.DisplayPath(m.path))
		}
		if err != nil {
			*unread = append(*unread, unreadFile{m.path, err})
			continue
		}
		day := cmp.Or(review.DayOf(r.Milestone.At), dayOfName(m.path), review.DayOf(r.AsOf()))
		if day == "" {
			day, keep = w.today(), false
		}
		a := w.assessor(l).Assess(r, scoring.Options{Mode: w.o.scoring, Today: day, Brief: true})
		states = append(states, trend.StateOf(r.Milestone.Name, cmp.Or(r.Milestone.At, day), m.path, a, len(dropped)))
	}
	for _, s := range trend.NewSeries("", "", "", "", states).States {
		if s.Name == trend.StateNow && s.File == "" {
			continue
		}
		out = append(out, portfolio.Milestone{
			Name: s.Name, Day: s.Day(), Score: s.Score, Coverage: s.Coverage, High: s.High, Medium: s.Medium, Open: s.Open, NotComparable: s.NotComparable,
		})
	}
	return out, keep
}
