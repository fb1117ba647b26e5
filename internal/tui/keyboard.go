package tui

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// A layout is a keyboard that doesn't write Latin letters: what its keys give, and the
// same keys of a US keyboard.
type layout struct {
	letters, keys string
	// punctuation are those that a US keyboard has, too, on other keys. They are taken for
	// the key of the same place once a letter has shown that the layout is in use.
	punctuation, punctuationKeys string
}

// layouts are the standard layouts of Russian and Ukrainian, Greek, and Hebrew.
func layouts() []layout {
	return []layout{
		{"йцукенгшщзхъфывапролджэячсмитьбюёіїєґ", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`s]'\\", ".", "/"},
		{"ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm", ";", "q"},
		{"קראטוןםפשדגכעיחלךףזסבהנמצתץ", "ertyuiopasdfghjkl;zxcvbnm,.", "/'.", "qw/"},
	}
}

// A keyboard finds the key that is meant where the layout in use gives no Latin letter.
type keyboard struct {
	layout   layout // of the last letter; empty for a Latin one
	capsLock bool   // Caps Lock seems to be on
}

// toLatin is a key as a Latin layout gives it. Letters that are typed into an input stay
// as they are; with Ctrl or Alt they are keys there, too. What a Latin layout gives is
// kept, wherever the key is: on Dvorak, Ctrl+C is where it is labelled.
func (k *keyboard) toLatin(msg tea.KeyPressMsg, typing bool) tea.KeyPressMsg {
	base := msg.BaseCode
	msg.BaseCode = 0 // Bubble Tea would name the key by it
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

// usKey is the key of a US keyboard for a letter that isn't Latin: where the terminal says
// it, base; else by the standard layouts. Other letters stay.
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

// counterpart is the character of a list at the place of another one in its list; 0 for none.
func counterpart(list, other string, r rune) rune {
	before, _, ok := strings.Cut(list, string(r))
	if !ok {
		return 0
	}
	return rune(other[len([]rune(before))]) // the keys of a US keyboard are ASCII
}

// isNonLatin reports whether a letter belongs to a script other than Latin.
func isNonLatin(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) }

// toLatinWord is a word as the same keys give it on a Latin layout.
func toLatinWord(word string) string {
	var k keyboard
	return strings.Map(func(r rune) rune {
		if isNonLatin(r) {
			return k.usKey(r, 0)
		}
		return r
	}, word)
}

// checkCapsLock reports whether a capital was most likely typed because Caps Lock is on, and
// says so. Nothing is done by such a key; once more, it is obeyed.
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

// reportUnknownKey says that a key does nothing.
func (m *model) reportUnknownKey(key string) {
	if m.pane != nil {
		m.report("%s does nothing here; Esc goes back.", key)
		return
	}
	m.report("%s does nothing here; ? lists the keys.", key)
}
