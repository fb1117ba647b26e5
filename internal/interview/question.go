package interview

// NextQuestion moves to the first stop of the next question; false where there
// is none.
func (w *Walk) NextQuestion() bool {
	s, ok := w.Current()
	if !ok {
		return false
	}
	for i := w.at + 1; i < len(w.stops); i++ {
		if w.stops[i].Question != s.Question {
			w.GoTo(i)
			return true
		}
	}
	return false
}

// PrevQuestion moves to the first stop of the question before, from the end to
// that of the last question; false where there is none.
func (w *Walk) PrevQuestion() bool {
	i := w.at
	if s, ok := w.Current(); ok {
		for i > 0 && w.stops[i-1].Question == s.Question {
			i--
		}
	}
	if i == 0 {
		return false
	}
	for i--; i > 0 && w.stops[i-1].Question == w.stops[i].Question; {
		i--
	}
	w.GoTo(i)
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
	for first > 0 && w.stops[first-1].Question == s.Question {
		first--
	}
	for end < len(w.stops) && w.stops[end].Question == s.Question {
		end++
	}
	return first, end
}
