package customlens_test

import "testing"

// FuzzImport checks that an importable file has the same JSON values after an import and an
// export, and that any other file gives no lens and no panic.
func FuzzImport(f *testing.F) {
	for _, seed := range []string{
		`{}`, unknown,
		`{"schemaVersion":"2021-11-01","name":"L","description":"d","pillars":[{"id":"p","name":"P","questions":[{"id":"q","title":"Q?","choices":[{"id":"choice1","title":"A","helpfulResource":{"displayText":"t","url":"https://example.com"},"improvementPlan":{"displayText":"do","url":""}},{"id":"choice2","title":"B"},{"id":"q_no","title":"None of these"}],"riskRules":[{"condition":"choice1 && choice2","risk":"NO_RISK"},{"condition":"(choice1 || !q_no)","risk":"MEDIUM_RISK"},{"condition":"default","risk":"HIGH_RISK"}]}]}]}`,
		`{"pillars":[{"questions":[{"id":"Q","choices":[{"id":"Q_a"},{"id":"q_A"}],"riskRules":[{"condition":" default ","risk":"NO_RISK"}]},{"id":"q"},{"id":"con"}]},{"id":"layers","questions":[]}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { roundTrips(t, data) })
}
