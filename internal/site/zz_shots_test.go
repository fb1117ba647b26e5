package site_test

import (
	"os"
	"strings"
	"testing"
	"time"
	"fmt"

	"github.com/chromedp/chromedp"
	"github.com/iotlens/iotlens/internal/browsertest"
	"github.com/stretchr/testify/require"
)

func TestShots(t *testing.T) {
	out := os.Getenv("SHOTS")
	if out == "" { t.Skip() }
	root := browsertest.File(written(t))
	b := browsertest.New(t)
	pages := strings.Fields(os.Getenv("PAGES"))
	for _, p := range pages {
		path, frag, _ := strings.Cut(p, "#")
		for _, w := range []int64{1280, 390} {
			for _, scheme := range []string{"light", "dark"} {
				if s := os.Getenv("SCHEME"); s != "" && s != scheme { continue }
				b.Prefers(scheme)
				h := int64(1100)
				b.Do(chromedp.EmulateViewport(w, h))
				u := root+"/"+path
				if frag != "" && frag != "search" { u += "#"+frag }
				b.Open(u, root)
				if frag == "search" { slash(b); b.Do(chromedp.KeyEvent("certificate")); settled(b) }
				time.Sleep(100*time.Millisecond)
				name := strings.NewReplacer("/", "_", ".html", "", "#", "_").Replace(p)
				require.NoError(t, os.WriteFile(fmt.Sprintf("%s/%s-%d-%s.png", out, name, w, scheme), b.Picture(), 0o644))
			}
		}
	}
}
