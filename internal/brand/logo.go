package brand

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/draw"
	_ "image/jpeg" // JPEG and PNG are the accepted formats
	"image/png"
)

// The maximum size of a logo in bytes, and of its width and height in pixels. The dimensions
// are checked before the picture is decoded.
const (
	maxLogoBytes = 1 << 20
	maxLogoSide  = 2000
)

// A Logo is a PNG with 8 bits a channel, not interlaced, and without metadata.
type Logo struct {
	PNG           []byte
	Width, Height int // pixels
}

// decodeLogo decodes a PNG or JPEG within the limits and encodes it again.
func decodeLogo(data []byte) (*Logo, error) {
	size, format, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case bytes.Contains(data[:min(len(data), 1024)], []byte("<svg")):
		return nil, errors.New("is an SVG, which can carry scripts; convert it to PNG")
	case err != nil || format != "png" && format != "jpeg": // other packages register further formats
		return nil, errors.New("is not a PNG or JPEG picture")
	case size.Width < 1 || size.Height < 1 || size.Width > maxLogoSide || size.Height > maxLogoSide:
		return nil, fmt.Errorf("has %d by %d pixels; a logo has 1 to %d a side", size.Width, size.Height, maxLogoSide)
	}
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("is a broken %s picture: %w", format, err)
	}
	flat := image.NewNRGBA(image.Rect(0, 0, size.Width, size.Height))
	draw.Draw(flat, flat.Bounds(), picture, picture.Bounds().Min, draw.Src)
	var out bytes.Buffer
	if err := png.Encode(&out, flat); err != nil {
		return nil, err
	}
	return &Logo{PNG: out.Bytes(), Width: size.Width, Height: size.Height}, nil
}

// DataURL returns the picture as a data URL for HTML.
func (l *Logo) DataURL() string {
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(l.PNG)
}

// Fit returns width and height of the picture scaled to fit into a box, in the unit of the
// box.
func (l *Logo) Fit(width, height float64) (float64, float64) {
	scale := min(width/float64(l.Width), height/float64(l.Height))
	return float64(l.Width) * scale, float64(l.Height) * scale
}
