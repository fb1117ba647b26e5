package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/scoring"
)

// A rowCache keeps the rows of reviews in the cache folder of the user, in packs of many rows.
// The key of a row is a hash of all that the row is made from, so a row is never outdated.
// A damaged pack is ignored. A nil rowCache keeps nothing.
//
// Whoever can write to the folder can forge rows; it belongs to the user (mode 0700), as the
// reviews do. A row can only be used for its own key.
type rowCache struct {
	dir     string
	day     string // today, YYYY-MM-DD
	lenses  []portfolioLens
	program hash.Cloner // hash of what all keys have in common
	writing disk.Options

	mu      sync.Mutex
	places  map[rowKey]rowPlace
	packs   []pack // in the folder, sorted by name
	open    []openPack
	unsaved []unsavedRow // not written yet
	size    int          // in bytes, of unsaved
}

type rowKey [sha256.Size]byte

// A rowPlace is the position of a row.
type rowPlace struct {
	pack     int // in rowCache.packs
	from, to int
}

type pack struct {
	name string
	size int
}

// An openPack is a pack that is kept in memory: the next row asked for is often in the same one.
type openPack struct {
	pack int
	data []byte
}

type unsavedRow struct {
	key  rowKey
	data []byte
}

// Limits of the cache, in bytes unless noted. A row has about 2 KB.
const (
	packMagic   = "iotlens portfolio rows 1\n"
	packSuffix  = ".rows"
	packSize    = 1 << 20      // at which a pack is full
	smallPack   = packSize / 4 // packs up to this size are merged
	largestPack = 4 << 20
	largestRow  = 1 << 20
	cacheSize   = 256 << 20 // total of all packs
	cacheDays   = 90        // number of days after which a pack is removed
	openPacks   = 32
)

// openRowCache reads the packs. It ignores those that cannot be read.
func (a *app) openRowCache(o *portfolioOptions, lenses []portfolioLens) *rowCache {
	dir, ok := a.Sessions.Folder("portfolio")
	program, err := programHash()
	if o.noCache || !ok || err != nil {
		return nil
	}
	c := &rowCache{
		dir: dir, day: a.Now().UTC().Format(time.DateOnly), lenses: lenses, places: map[rowKey]rowPlace{},
		writing: disk.Options{Wait: time.Second, NoLock: a.noLock},
	}
	all := sha256.New()
	hashParts(all, []byte(fmt.Sprintf("row %d %t", portfolio.RecordVersion, o.needsPlan)), program, []byte(o.scoring))
	for _, l := range lenses {
		frameworks, err := json.Marshal(l.frameworks)
		if err != nil {
			return nil
		}
		hashParts(all, []byte(l.ID), []byte(l.Digest), frameworks)
	}
	if c.program, ok = all.(hash.Cloner); !ok {
		return nil
	}
	names, _ := disk.List(dir, packSuffix, false) // an error means no packs
	for _, path := range names {
		data, err := disk.Read(path, largestPack)
		if err != nil {
			continue
		}
		n := len(c.packs)
		rows := map[rowKey]rowPlace{}
		if eachRow(data, func(key rowKey, from, to int) { rows[key] = rowPlace{n, from, to} }) {
			maps.Copy(c.places, rows)
			if len(c.open) < openPacks {
				c.open = append(c.open, openPack{n, data})
			}
		}
		c.packs = append(c.packs, pack{filepath.Base(path), len(data)})
	}
	return c
}

// programHash returns the digest of the executable: another version may make other rows.
func programHash() ([]byte, error) {
	path, err := os.Executable()
	if err != nil {
		return nil, err
	}
	sum, err := disk.Digest(path)
	return sum[:], err
}

// hashParts adds parts to a hash, each with its length, so that different lists have
// different hashes.
func hashParts(h hash.Hash, parts ...[]byte) {
	for _, p := range parts {
		var size [8]byte
		binary.LittleEndian.PutUint64(size[:], uint64(len(p)))
		h.Write(size[:])
		h.Write(p)
	}
}

// key returns the key of a review with its milestones.
func (c *rowCache) key(review [sha256.Size]byte, milestones []milestoneFile) (key rowKey) {
	if c == nil {
		return key
	}
	h, err := c.program.Clone()
	if err != nil {
		panic("cli: " + err.Error()) // a SHA-256 can be cloned
	}
	hashParts(h, review[:])
	for _, m := range milestones {
		hashParts(h, []byte(filepath.Base(m.path)), m.data)
	}
	h.Sum(key[:0])
	return key
}

// get returns the row of a key if it is kept and valid on a day, otherwise nil.
func (c *rowCache) get(key rowKey, day string) *portfolio.Row {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	data := c.data(key)
	c.mu.Unlock()
	if data == nil || int(data[0]) >= len(c.lenses) {
		return nil
	}
	l := c.lenses[data[0]]
	row, err := portfolio.Decode(data[1:], l.Lens, l.frameworks)
	if err != nil || !row.ValidOn(day) {
		return nil
	}
	return row
}

// data returns the index of the lens and the row of a key, encoded. The caller holds c.mu.
func (c *rowCache) data(key rowKey) []byte {
	place, ok := c.places[key]
	if !ok {
		return nil
	}
	i := slices.IndexFunc(c.open, func(o openPack) bool { return o.pack == place.pack })
	if i < 0 {
		data, err := disk.Read(filepath.Join(c.dir, c.packs[place.pack].name), largestPack)
		if err != nil || !eachRow(data, func(rowKey, int, int) {}) || place.to > len(data) {
			return nil // removed or damaged in the meantime
		}
		if len(c.open) == openPacks {
			c.open = c.open[1:]
		}
		c.open = append(c.open, openPack{place.pack, data})
		i = len(c.open) - 1
	}
	return c.open[i].data[place.from:place.to]
}

// put adds a row. It is written with the next full pack, or by save.
func (c *rowCache) put(key rowKey, row *portfolio.Row) {
	if c == nil {
		return
	}
	i := slices.IndexFunc(c.lenses, func(l portfolioLens) bool { return l.Lens == row.Lens })
	data := append([]byte{byte(i)}, row.Encode()...)
	if len(data) > largestRow || i > 255 {
		return
	}
	c.mu.Lock()
	c.unsaved = append(c.unsaved, unsavedRow{key, data})
	c.size += len(data)
	var full []unsavedRow
	if c.size >= packSize {
		full, c.unsaved, c.size = c.unsaved, nil, 0
	}
	c.mu.Unlock()
	c.write(full)
}

// write writes rows to new packs. Errors are ignored: it is only a cache.
func (c *rowCache) write(rows []unsavedRow) {
	var outs []disk.Output
	for _, data := range packsOf(rows) {
		sum := sha256.Sum256(data)
		outs = append(outs, disk.Output{Root: c.dir, Path: c.day + "-" + hex.EncodeToString(sum[:12]) + packSuffix, Data: data, Mode: 0o600})
	}
	_ = disk.Write(c.writing, outs...)
}

// save writes the remaining new rows together with those of small packs, and removes packs
// that are old, merged or over the limit. If there are no new rows, it changes nothing.
func (c *rowCache) save() {
	if c == nil || len(c.unsaved) == 0 {
		return
	}
	rows, total := c.unsaved, 0
	var gone []disk.Output
	for i, p := range slices.Backward(c.packs) { // the newest first
		total += p.size
		switch {
		case p.expired(c.day) || total > cacheSize:
		case p.size <= smallPack:
			rows = append(rows, c.rowsOf(i)...)
		default:
			continue
		}
		gone = append(gone, disk.Output{Root: c.dir, Path: p.name, Remove: true})
	}
	c.write(rows)
	for _, out := range gone { // ignore errors: another run may have removed it
		_ = disk.Write(c.writing, out)
	}
}

// expired reports whether a pack is too old, according to the day in its name.
func (p pack) expired(day string) bool {
	written, _, _ := strings.Cut(p.name, packSuffix)
	age := scoring.DaysBetween(written[:min(len(written), len(time.DateOnly))], day)
	return age < 0 || age > cacheDays
}

// rowsOf returns the rows of a pack that are not in a later pack.
func (c *rowCache) rowsOf(i int) []unsavedRow {
	var out []unsavedRow
	data, err := disk.Read(filepath.Join(c.dir, c.packs[i].name), largestPack)
	if err != nil {
		return nil
	}
	ok := eachRow(data, func(key rowKey, from, to int) {
		if c.places[key].pack == i {
			out = append(out, unsavedRow{key, data[from:to]})
		}
	})
	if !ok {
		return nil
	}
	return out
}

// packsOf encodes rows in packs. A pack is packMagic, then the key, the length and the data of
// each row, then the digest of all that.
func packsOf(rows []unsavedRow) [][]byte {
	var out [][]byte
	var data []byte
	end := func() {
		sum := sha256.Sum256(data)
		out = append(out, append(data, sum[:]...))
		data = nil
	}
	written := map[rowKey]bool{}
	for _, r := range rows {
		if written[r.key] {
			continue
		}
		written[r.key] = true
		if data == nil {
			data = []byte(packMagic)
		}
		data = append(data, r.key[:]...)
		data = binary.LittleEndian.AppendUint32(data, uint32(len(r.data)))
		data = append(data, r.data...)
		if len(data) >= packSize {
			end()
		}
	}
	if data != nil {
		end()
	}
	return out
}

// eachRow visits the rows of a pack. It returns false if the pack is damaged.
func eachRow(pack []byte, visit func(key rowKey, from, to int)) bool {
	end := len(pack) - sha256.Size
	if end < len(packMagic) || !bytes.HasPrefix(pack, []byte(packMagic)) {
		return false
	}
	if sum := sha256.Sum256(pack[:end]); !bytes.Equal(sum[:], pack[end:]) {
		return false
	}
	at := len(packMagic)
	for at < end {
		from := at + sha256.Size + 4
		if from > end {
			return false
		}
		size := int(binary.LittleEndian.Uint32(pack[from-4:]))
		if size < 1 || size > largestRow || size > end-from {
			return false
		}
		visit(rowKey(pack[at:at+sha256.Size]), from, from+size)
		at = from + size
	}
	return true
}
