package tui

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// A layout is a keyboard layout without Latin letters. letters and keys list the characters
// of its keys, and those of the same keys on a US keyboard.
type layout struct {
	letters, keys string
	// punctuation lists marks that a US keyboard has on other keys, and punctuationKeys its
	// keys in their place. They are translated once a letter has shown that the layout is
	// in use.
	punctuation, punctuationKeys string
}

// layouts lists the standard layouts of Russian and Ukrainian, Greek, and Hebrew.
func layouts() []layout {
	return []layout{
		{"йцукенгшщзхъфывапролджэячсмитьбюёіїєґ", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`s]'\\", ".", "/"},
		{"ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm", ";", "q"},
		{"קראטוןםפשדגכעיחלךףזסבהנמצתץ", "ertyuiopasdfghjkl;zxcvbnm,.", "/'.", "qw/"},
	}
}

// A keyboard translates keys of layouts without Latin letters.
type keyboard struct {
	layout   layout // layout of the last letter; empty: Latin
	capsLock bool   // Caps Lock seems to be on
}

// toLatin translates a key to a Latin layout. If typing, letters without Ctrl or Alt stay
// as they are. Keys of a Latin layout never change: on Dvorak, Ctrl+C is the key that is
// labelled C.
func (k *keyboard) toLatin(msg tea.KeyPressMsg, typing bool) tea.KeyPressMsg {
	base := msg.BaseCode
	msg.BaseCode = 0 // else msg.String would name the key by it
	if msg.Mod&^(tea.ModShift|tea.ModCapsLock|tea.ModNumLock) != 0 {
		if isNonLatin(msg.Code) {
			msg.Code = k.usKey(msg.Code, base)
		}
		return msg
	}
	r := []rune(msg.Text)
	if typing || len(r) != 1 {
		return msg
	}
	switch {
	case isNonLatin(r[0]):
		msg.Text = string(k.usKey(r[0], base))
		msg.Code = unicode.ToLower([]rune(msg.Text)[0])
	case unicode.IsLetter(r[0]):
		k.layout = layout{}
	default:
		if to := counterpart(k.layout.punctuation, k.layout.punctuationKeys, r[0]); to != 0 {
			msg.Text, msg.Code = string(to), to
		}
	}
	return msg
}

// usKey translates a non-Latin letter to the key of a US keyboard: base if the terminal
// reported one, else by the standard layouts. Letters of other layouts stay.
func (k *keyboard) usKey(r, base rune) rune {
	small := unicode.ToLower(r)
	to := base
	for _, l := range layouts() {
		if at := counterpart(l.letters, l.keys, small); at != 0 {
			k.layout = l
			if to == 0 || to > unicode.MaxASCII {
				to = at
			}
		}
	}
	switch {
	case to == 0 || to > unicode.MaxASCII:
		return r
	case small != r && to == '`':
		return '~'
	case small != r:
		return unicode.ToUpper(to)
	}
	return to
}

// counterpart returns the character of other at the index that r has in list; 0 if it has
// none.
func counterpart(list, other string, r rune) rune {
	before, _, ok := strings.Cut(list, string(r))
	if !ok {
		return 0
	}
	return rune(other[len([]rune(before))]) // the keys of a US keyboard are ASCII
}

// isNonLatin reports whether r is a letter of a script other than Latin.
func isNonLatin(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) }

// toLatinWord translates a word to what the same keys write on a US keyboard.
func toLatinWord(word string) string {
	var k keyboard
	return strings.Map(func(r rune) rune {
		if isNonLatin(r) {
			return k.usKey(r, 0)
		}
		return r
	}, word)
}

// checkCapsLock reports whether a capital was most likely typed because Caps Lock is on,
// and shows a message. Such a key does nothing the first time; pressed again, it works.
func (m *model) checkCapsLock(msg tea.KeyPressMsg, k screenKey) bool {
	key := msg.String()
	known := k.run != nil
	if msg.Mod&tea.ModCapsLock != 0 {
		m.capsLock = true
	}
	small := strings.ToLower(key)
	switch capital := len(key) == 1 && key != small; {
	case len(key) == 1 && unicode.IsLower(rune(key[0])):
		m.capsLock = false
		return false
	case !capital || known && !m.capsLock:
		return false
	}
	m.capsLock = !known
	switch other := screenKeyFor(small); {
	case known && other.run != nil:
		m.report("Caps Lock seems to be on: %s is %q, %s is %q. The same key again is obeyed.", key, k.help, small, other.help)
	case known:
		m.report("Caps Lock seems to be on: %s is %q. The same key again is obeyed.", key, k.help)
	case other.run != nil:
		m.report("Caps Lock seems to be on: %s does nothing here, %s is %q.", key, small, other.help)
	default:
		m.reportUnknownKey(key)
	}
	return true
}

// reportUnknownKey shows that a key does nothing.
func (m *model) reportUnknownKey(key string) {
	if m.pane != nil {
		m.report("%s does nothing here; Esc goes back.", key)
		return
	}
	m.report("%s does nothing here; ? lists the keys.", key)
}
