package bank_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/stretchr/testify/assert"
)

// Every statement of AWS's steering guide is covered by something in the banks;
// testdata/guide-coverage.tsv says by what. If that was renamed or removed, nothing covers the
// statement any more.
func TestEveryStatementOfTheSteeringGuideIsCarried(t *testing.T) {
	rows := table(t, "../../testdata/guide-coverage.tsv", "statement", "section", "carried_by")
	assert.Len(t, rows, 351)
	exists := carriers(shipped(t))
	for i, row := range rows {
		assert.Equal(t, fmt.Sprintf("G%03d", i+1), row[0], "row %d", i+1)
		assert.NotEmpty(t, row[1], row[0])
		for by := range strings.SplitSeq(row[2], ",") {
			assert.True(t, exists[strings.TrimSpace(by)], "%s is said to be carried by %q, which isn't in the banks", row[0], by)
		}
	}
}

// carriers names everything in a lens that can cover a statement.
func carriers(l *lens.Lens) map[string]bool {
	all := map[string]bool{"lens": true}
	add := func(kind string, ids ...string) {
		for _, id := range ids {
			all[kind+id] = true
		}
	}
	add("", l.QuestionIDs()...)
	add("", l.PracticeIDs()...)
	add("pillar/", l.PillarIDs()...)
	add("layer/", l.LayerIDs()...)
	add("scenario/", l.ScenarioIDs()...)
	for _, s := range l.Scenarios {
		for i := range s.Steps {
			add("scenario/", fmt.Sprintf("%s/%d", s.ID, i+1))
		}
	}
	add("class/", lens.TermIDs(l.DeviceClasses)...)
	add("protocol/", lens.TermIDs(l.Protocols)...)
	add("lifecycle/", lens.TermIDs(l.Lifecycle)...)
	for _, s := range l.Services {
		add("service/", s.Name)
	}
	for _, r := range l.Resources {
		add("resource/", r.Title)
	}
	return all
}

func TestCarriersAreNamedByKind(t *testing.T) {
	all := carriers(shipped(t))
	for _, id := range []string{"lens", "IOTSEC05", "IOTSEC05-BP01", "EDGE01", "pillar/security", "layer/edge", "scenario/firmware-update/7", "class/mcu", "protocol/mqtt", "lifecycle/updates-and-patching", "service/AWS IoT Core"} {
		assert.True(t, all[id], id)
	}
	for _, id := range []string{"", "security", "IOTSEC99", "scenario/firmware-update/8", "scenario/firmware-update/0"} {
		assert.False(t, all[id], id)
	}
}
