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
	// marks are those that a US keyboard has, too, on other keys. They are taken for
	// the key of the same place once a letter has shown that the layout is in use.
	marks, markKeys string
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
	layout layout // of the last letter; empty for a Latin one
	caps   bool   // Caps Lock seems to be on
}

// latin is a key as a Latin layout gives it. Letters that are typed into an input stay
// as they are; with Ctrl or Alt they are keys there, too. What a Latin layout gives is
// kept, wherever the key is: on Dvorak, Ctrl+C is where it is labelled.
func (k *keyboard) latin(msg tea.KeyPressMsg, typing bool) tea.KeyPressMsg {
	base := msg.BaseCode
	msg.BaseCode = 0 // Bubble Tea would name the key by it
	if msg.Mod&^(tea.ModShift|tea.ModCapsLock|tea.ModNumLock) != 0 {
		if foreign(msg.Code) {
			msg.Code = k.key(msg.Code, base)
		}
		return msg
	}
	r := []rune(msg.Text)
	if typing || len(r) != 1 {
		return msg
	}
	switch {
	case foreign(r[0]):
		msg.Text = string(k.key(r[0], base))
		msg.Code = unicode.ToLower([]rune(msg.Text)[0])
	case unicode.IsLetter(r[0]):
		k.layout = layout{}
	default:
		if to := place(k.layout.marks, k.layout.markKeys, r[0]); to != 0 {
			msg.Text, msg.Code = string(to), to
		}
	}
	return msg
}

// key is the key of a US keyboard for a letter that isn't Latin: where the terminal says
// it, base; else by the standard layouts. Other letters stay.
func (k *keyboard) key(r, base rune) rune {
	small := unicode.ToLower(r)
	to := base
	for _, l := range layouts() {
		if at := place(l.letters, l.keys, small); at != 0 {
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

// place is the character of a list at the place of another one in its list; 0 for none.
func place(list, other string, r rune) rune {
	before, _, ok := strings.Cut(list, string(r))
	if !ok {
		return 0
	}
	return rune(other[len([]rune(before))]) // the keys of a US keyboard are ASCII
}

// foreign reports whether a letter belongs to a script other than Latin.
func foreign(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) }

// onLatinKeys is a word as the same keys give it on a Latin layout.
func onLatinKeys(word string) string {
	var k keyboard
	return strings.Map(func(r rune) rune {
		if foreign(r) {
			return k.key(r, 0)
		}
		return r
	}, word)
}

// capsLock reports whether a capital was most likely typed because Caps Lock is on, and
// says so. Nothing is done by such a key; once more, it is obeyed.
func (m *model) capsLock(msg tea.KeyPressMsg, k screenKey) bool {
	key := msg.String()
	known := k.do != nil
	if msg.Mod&tea.ModCapsLock != 0 {
		m.caps = true
	}
	small := strings.ToLower(key)
	switch capital := len(key) == 1 && key != small; {
	case len(key) == 1 && unicode.IsLower(rune(key[0])):
		m.caps = false
		return false
	case !capital || known && !m.caps:
		return false
	}
	m.caps = !known
	switch other := actionOf(small); {
	case known && other.do != nil:
		m.report("Caps Lock seems to be on: %s is %q, %s is %q. The same key again is obeyed.", key, k.does, small, other.does)
	case known:
		m.report("Caps Lock seems to be on: %s is %q. The same key again is obeyed.", key, k.does)
	case other.do != nil:
		m.report("Caps Lock seems to be on: %s does nothing here, %s is %q.", key, small, other.does)
	default:
		m.unknownKey(key)
	}
	return true
}

// unknownKey says that a key does nothing.
func (m *model) unknownKey(key string) {
	if m.pane != nil {
		m.report("%s does nothing here; Esc goes back.", key)
		return
	}
	m.report("%s does nothing here; ? lists the keys.", key)
}
