package tui

import (
	"reflect"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// framesPerSecond is how often Bubble Tea looks whether there is something new to
// draw, while there may be.
const framesPerSecond = 60

// restAfter is how long after the last message the screen comes to rest: long
// enough for every frame of it to be drawn.
const restAfter = 500 * time.Millisecond

// A drowse lets the screen sleep while nothing happens. Bubble Tea looks for
// something to draw at a fixed rate for as long as it runs, and each look wakes
// the processor: a review that lies open for two hours would use it for nothing.
// It has no setting for that, so its ticker is stopped at rest and started again by
// the next message, which is the only thing that can change the screen.
//
// The ticker is a private field. In a Bubble Tea that has none of that name
// nothing is stopped, and the screen is as right and as restless as without.
type drowse struct {
	program *tea.Program

	mu     sync.Mutex
	ticker *time.Ticker
	rest   *time.Timer
	last   time.Time // of the messages
}

// stir is called with each message, before the screen is drawn.
func (d *drowse) stir() {
	if d == nil {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ticker == nil {
		if d.ticker = tickerOf(d.program); d.ticker == nil {
			return
		}
		d.rest = time.AfterFunc(restAfter, d.stop)
	}
	d.last = time.Now()
	d.ticker.Reset(time.Second / framesPerSecond)
	d.rest.Reset(restAfter)
}

// stop brings the screen to rest, unless a message came while it was on its way.
func (d *drowse) stop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if time.Since(d.last) >= restAfter {
		d.ticker.Stop()
	}
}

// tickerOf is the ticker of a running program; nil where it has none.
func tickerOf(p *tea.Program) *time.Ticker {
	field := reflect.ValueOf(p).Elem().FieldByName("ticker")
	if !field.IsValid() || field.Type() != reflect.TypeFor[*time.Ticker]() {
		return nil
	}
	return (*time.Ticker)(field.UnsafePointer())
}
