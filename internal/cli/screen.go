package cli

// screen is the review on the full screen.
func (a *app) screen(s *sitting) error { return a.line(s) }
