package text

// Span is how many bytes at the beginning of s are printable ASCII (from the
// blank to the tilde) and neither of two given ones, counted in steps of eight:
// what follows must be looked at byte by byte. It is for the loops that nearly
// all text passes unchanged, and which are the better part of writing a report.
func Span(s string, a, b byte) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	is := func(x uint64, c byte) uint64 { // a high bit where a byte of x is c, or above one that is
		x ^= ones * uint64(c)
		return (x - ones) &^ x & highs
	}
	n := 0
	for ; n+8 <= len(s); n += 8 {
		t := s[n : n+8]
		x := uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
			uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
		if x&highs|(x-ones*' ')&highs|is(x, a)|is(x, b)|is(x, 0x7F) != 0 {
			return n
		}
	}
	return n
}
