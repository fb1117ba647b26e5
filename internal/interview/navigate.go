package interview

// A group reports whether two stops belong together.
type group func(a, b Stop) bool

func sameQuestion(a, b Stop) bool { return a.Question == b.Question }

func sameBank(a, b Stop) bool {
	return a.Question.Pillar == b.Question.Pillar && a.Question.Layer == b.Question.Layer && a.Question.Part == b.Question.Part
}

// NextQuestion moves to the first stop of the next question; false if there is none.
func (w *Walk) NextQuestion() bool { return w.nextGroup(sameQuestion) }

// PrevQuestion moves to the first stop of the previous question, or of the last one from
// the end of the walk; false if there is none.
func (w *Walk) PrevQuestion() bool { return w.previousGroup(sameQuestion) }

// NextPillar moves to the first stop of the next pillar or layer bank; false if there is
// none.
func (w *Walk) NextPillar() bool { return w.nextGroup(sameBank) }

// PrevPillar moves to the first stop of the previous pillar or layer bank; false if there
// is none.
func (w *Walk) PrevPillar() bool { return w.previousGroup(sameBank) }

// QuestionStops returns the indexes of the stops of the current question, from first to
// before end. Both are the number of stops at the end of the walk.
func (w *Walk) QuestionStops() (first, end int) { return w.groupAround(w.position, sameQuestion) }

func (w *Walk) nextGroup(same group) bool {
	_, end := w.groupAround(w.position, same)
	if end == len(w.stops) {
		return false
	}
	w.GoTo(end)
	return true
}

func (w *Walk) previousGroup(same group) bool {
	first, _ := w.groupAround(w.position, same)
	if first == 0 {
		return false
	}
	first, _ = w.groupAround(first-1, same)
	w.GoTo(first)
	return true
}

// groupAround returns the indexes of the stops that belong together with the one at i, from
// first to before end. Both are i at the end of the walk.
func (w *Walk) groupAround(i int, same group) (first, end int) {
	first, end = i, i
	for i < len(w.stops) && first > 0 && same(w.stops[first-1], w.stops[i]) {
		first--
	}
	for end < len(w.stops) && same(w.stops[end], w.stops[i]) {
		end++
	}
	return first, end
}
