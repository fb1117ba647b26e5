// Package dataset writes the rows of a portfolio as tables of Parquet files, for DuckDB,
// Spark, Trino and Athena.
//
// A folder has three tables: reviews, with a row for each review; answers, with a row for
// each best practice of each review; and provisions, with a row for each provision of a
// framework and review. Each table is partitioned by lens and day in the layout of Hive. A
// run writes one file into each partition. The name of the file depends on the reviews, so
// that several machines can write shards into the same folder, and a second run over the
// same reviews replaces the files of the first.
package dataset

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/parquet"
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/scoring"
)

// Options are the options of a dataset.
type Options struct {
	Folder     string
	Day        string                                    // YYYY-MM-DD, as of which the reviews were assessed
	Shard      string                                    // names the files of this run; empty for a name by the reviews
	Frameworks func(l *lens.Lens) []*framework.Framework // the frameworks of the rows of a lens, in their order
	Writing    disk.Options
}

// shardPattern matches the valid names of a shard, which have at most maxShardName characters.
const (
	shardPattern = `^[A-Za-z0-9][A-Za-z0-9._-]*$`
	maxShardName = 100
)

// CheckShard checks the name of a shard. An empty name is valid.
func CheckShard(name string) error {
	if name != "" && (len(name) > maxShardName || !regexp.MustCompile(shardPattern).MatchString(name)) {
		return fmt.Errorf("%q cannot name a file: use letters and digits, and . _ - after the first, at most %d in all", name, maxShardName)
	}
	return nil
}

// A Dataset takes the rows of a portfolio as they are read, in the order of their files. A
// row and its lists are not kept: what is needed later is copied.
type Dataset struct {
	options Options
	shards  []*shard
}

// New returns an empty dataset. Nothing is written into its folder before Close.
func New(o Options) *Dataset { return &Dataset{options: o} }

// A shard has the files that a run writes for one lens.
type shard struct {
	lensID      string
	reviews     *table[reviewRow]
	answers     *table[answerRow]
	provisions  *table[provisionRow] // nil until there is a row
	files       []tableFile          // these
	identity    []byte               // what it has, for its name
	practices   []placedPractice     // of the lens that was last seen, by their places
	indexedLens *lens.Lens
}

// A placedPractice is a best practice with its question and the place of the question in the
// lens.
type placedPractice struct {
	practice *lens.Practice
	question *lens.Question
	place    int // of the question
}

// A table is a Parquet file that is being written to a temporary file.
type table[T any] struct {
	name  string
	spool *disk.Spool
	*parquet.Writer[T]
}

// newTable starts a table of a shard.
func newTable[T any](p *shard, name string, columns []parquet.Column[T]) (*table[T], error) {
	spool, err := disk.NewSpool()
	if err != nil {
		return nil, err
	}
	t := &table[T]{name, spool, parquet.New[T](spool, columns)}
	p.files = append(p.files, t)
	return t, nil
}

// A tableFile is a table with rows of any type.
type tableFile interface {
	finish() (name string, content io.Reader, err error)
	discard()
}

func (t *table[T]) finish() (string, io.Reader, error) {
	if err := t.Close(); err != nil {
		return "", nil, err
	}
	r, err := t.spool.Reader()
	return t.name, r, err
}

func (t *table[T]) discard() { t.spool.Close() }

// Record adds a review to the tables.
func (d *Dataset) Record(row *portfolio.Row) error {
	p, err := d.shard(row)
	if err != nil {
		return err
	}
	p.identity = fmt.Appendf(p.identity, "%q %q\n", row.File, row.Workload)
	r := reviewRow{Row: row, day: d.options.Day, questions: map[int]scoring.Risk{}, waivers: map[string]string{}}
	for _, q := range row.Questions {
		r.questions[q.Index] = q.Risk
	}
	for _, w := range row.Waivers {
		r.waivers[w.Practice] = w.Expires
	}
	if err := p.reviews.Row(r); err != nil {
		return err
	}
	for i := range row.Answers {
		a := &row.Answers[i]
		c := p.practices[a.Index]
		if err := p.answers.Row(answerRow{r, a, c.practice, c.question, c.place}); err != nil {
			return err
		}
	}
	return d.recordProvisions(p, r)
}

func (d *Dataset) recordProvisions(p *shard, r reviewRow) (err error) {
	if len(r.Standings) == 0 {
		return nil
	}
	frameworks := d.options.Frameworks(r.Lens)
	for i, s := range r.Standings {
		f := frameworks[i]
		for j, state := range s.States {
			if p.provisions == nil {
				if p.provisions, err = newTable(p, "provisions", provisionColumns()); err != nil {
					return err
				}
			}
			if err := p.provisions.Row(provisionRow{r, f, &f.Provisions[j], s.Applies, state}); err != nil {
				return err
			}
		}
	}
	return nil
}

// shard returns the shard of a row, which it creates if necessary.
func (d *Dataset) shard(row *portfolio.Row) (*shard, error) {
	for _, p := range d.shards {
		if p.lensID == row.Lens.ID {
			p.indexPractices(row.Lens)
			return p, nil
		}
	}
	p := &shard{lensID: row.Lens.ID}
	p.indexPractices(row.Lens)
	d.shards = append(d.shards, p)
	var err, err2 error
	p.reviews, err = newTable(p, "reviews", reviewColumns())
	p.answers, err2 = newTable(p, "answers", answerColumns())
	return p, errors.Join(err, err2)
}

// indexPractices sets p.practices to the best practices of a lens, by place.
func (p *shard) indexPractices(l *lens.Lens) {
	if p.indexedLens == l {
		return
	}
	p.indexedLens, p.practices = l, nil
	for place := range l.Questions {
		q := &l.Questions[place]
		for i := range q.Practices {
			p.practices = append(p.practices, placedPractice{&q.Practices[i], q, place})
		}
	}
}

// Close writes all files or none. It does not touch files of other shards.
func (d *Dataset) Close() error {
	defer d.discard()
	var outs []disk.Output
	var errs []error
	for _, p := range d.shards {
		name := p.path(d.options)
		for _, f := range p.files {
			table, content, err := f.finish()
			errs = append(errs, err)
			outs = append(outs, disk.Output{Root: d.options.Folder, Path: filepath.FromSlash(path.Join(table, name)), Content: func(w io.Writer) error {
				_, err := io.Copy(w, content)
				return err
			}})
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return disk.Write(d.options.Writing, outs...)
}

// discard removes the temporary files.
func (d *Dataset) discard() {
	for _, p := range d.shards {
		for _, f := range p.files {
			f.discard()
		}
	}
}

// path returns the path of a file of a shard in the folder of a table.
func (p *shard) path(o Options) string {
	given := o.Shard
	if given == "" {
		sum := sha256.Sum256(p.identity)
		given = hex.EncodeToString(sum[:8])
	}
	return fmt.Sprintf("lens=%s/day=%s/part-%s.parquet", escapePartition(p.lensID), escapePartition(o.Day), given)
}

// escapePartition escapes the value of a partition for the name of a folder as Hive does:
// characters other than letters, digits, "-", "_" and "." become % and two hex digits.
func escapePartition(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-_.", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
