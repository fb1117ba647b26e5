package customlens

// Tolerated splits what Read reports: the mistakes that leave no doubt what the file
// says (jsonfile.Class.Tolerated), which are to be told as warnings, and the others.
func (ps Problems) Tolerated() (warnings, mistakes Problems) {
	for _, p := range ps {
		if p.Class.Tolerated() {
			warnings = append(warnings, p)
		} else {
			mistakes = append(mistakes, p)
		}
	}
	return warnings, mistakes
}
