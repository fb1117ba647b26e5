package interview

// NextQuestion moves to the first stop of the next question; false where there
// is none.
func (w *Walk) NextQuestion() bool { return w.nextGroup(sameQuestion) }

// PrevQuestion moves to the first stop of the question before, from the end to
// that of the last question; false where there is none.
func (w *Walk) PrevQuestion() bool { return w.prevGroup(sameQuestion) }

// NextPillar moves to the first stop of the next pillar, or layer bank; false
// where there is none.
func (w *Walk) NextPillar() bool { return w.nextGroup(sameChapter) }

// PrevPillar moves to the first stop of the pillar, or layer bank, before, from the
// end to that of the last one; false where there is none.
func (w *Walk) PrevPillar() bool { return w.prevGroup(sameChapter) }

func sameQuestion(a, b Stop) bool { return a.Question == b.Question }

func sameChapter(a, b Stop) bool {
	return a.Question.Pillar == b.Question.Pillar && a.Question.Layer == b.Question.Layer
}

// nextGroup moves to the first stop after those that are the same as the current
// one; false where there is none.
func (w *Walk) nextGroup(same func(a, b Stop) bool) bool {
	s, ok := w.Current()
	if !ok {
		return false
	}
	for i := w.at + 1; i < len(w.stops); i++ {
		if !same(s, w.stops[i]) {
			w.GoTo(i)
			return true
		}
	}
	return false
}

// prevGroup moves to the first stop of the group before; false where there is none.
func (w *Walk) prevGroup(same func(a, b Stop) bool) bool {
	first := func(i int) int { // of the group of a stop
		for i > 0 && same(w.stops[i], w.stops[i-1]) {
			i--
		}
		return i
	}
	i := w.at
	if i < len(w.stops) {
		i = first(i)
	}
	if i == 0 {
		return false
	}
	w.GoTo(first(i - 1))
	return true
}

// Here lists the places in Stops of the question at which the walk stands: from
// first up to but without end. Both are the end where it stands there.
func (w *Walk) Here() (first, end int) {
	s, ok := w.Current()
	if !ok {
		return len(w.stops), len(w.stops)
	}
	first, end = w.at, w.at+1
	for first > 0 && sameQuestion(w.stops[first-1], s) {
		first--
	}
	for end < len(w.stops) && sameQuestion(w.stops[end], s) {
		end++
	}
	return first, end
}
