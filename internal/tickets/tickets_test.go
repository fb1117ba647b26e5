package tickets_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/tickets"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const today = "2026-11-24"

func sample(t *testing.T) *review.Review {
	t.Helper()
	f, err := review.Load(testlens.ReviewPath(testlens.Waterworks), testlens.Lens())
	require.NoError(t, err)
	return f.Review
}

func assess(r *review.Review) *scoring.Assessment {
	return scoring.Assess(testlens.Lens(), r, scoring.Options{Mode: scoring.Monotone, Today: today, File: "plant.review.yaml"})
}

func export(t *testing.T, name string, r *review.Review, o tickets.Options) string {
	t.Helper()
	target, err := tickets.FindTarget(name)
	require.NoError(t, err)
	o.Target = target
	var b bytes.Buffer
	require.NoError(t, target.Write(&b, tickets.FromAssessment(assess(r), o)))
	return b.String()
}

func rows(t *testing.T, out string) (heads []string, cells []map[string]string) {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(out)).ReadAll() // all rows have as many cells as the heads
	require.NoError(t, err)
	for _, r := range all[1:] {
		row := map[string]string{}
		for i, c := range r {
			row[all[0][i]] = c
		}
		cells = append(cells, row)
	}
	return all[0], cells
}

// The columns are those documented by the importers.
func TestCSVColumns(t *testing.T) {
	r := sample(t)
	// Jira: Summary is required, no punctuation in the heads, one column for each value.
	heads, cells := rows(t, export(t, "jira-csv", r, tickets.Options{}))
	assert.Equal(t, []string{"Summary", "Issue Type", "Priority", "Assignee", "Due Date", "External issue ID", "Description", "Labels", "Labels", "Labels", "Labels"}, heads)
	for _, c := range cells {
		assert.NotEmpty(t, c["Summary"])
		assert.LessOrEqual(t, len(c["Summary"]), 255)
		assert.Equal(t, "Task", c["Issue Type"])
		assert.Contains(t, []string{"Highest", "High", "Medium", "Low"}, c["Priority"])
		assert.Regexp(t, `^(\d{4}-\d\d-\d\d)?$`, c["Due Date"])
		assert.NotContains(t, c["Labels"], " ")
		assert.LessOrEqual(t, len(c["Description"]), 32767)
	}
	// Azure: Work Item Type and Title are required; no ID where all are new, no State.
	heads, cells = rows(t, export(t, "azure-csv", r, tickets.Options{Type: "Bug"}))
	assert.Equal(t, []string{"Work Item Type", "Title", "Assigned To", "Priority", "Tags", "Description", "Due Date"}, heads)
	for _, c := range cells {
		assert.Equal(t, "Bug", c["Work Item Type"])
		assert.NotEmpty(t, c["Title"])
		assert.Regexp(t, `^[1-4]$`, c["Priority"])
		assert.Contains(t, c["Tags"], "; iotlens-")
		assert.NotContains(t, c["Description"], "\n")
		wellFormed(t, c["Description"])
	}
	// GitHub and GitLab: the bodies of the requests of their REST APIs, and no other key.
	for name, want := range map[string][]string{"github-issues": {"title", "body", "labels"}, "gitlab-issues": {"title", "description", "labels", "due_date"}} {
		var list []struct {
			ID    string                     `json:"id"`
			Issue map[string]json.RawMessage `json:"issue"`
		}
		require.NoError(t, json.Unmarshal([]byte(export(t, name, r, tickets.Options{})), &list))
		require.NotEmpty(t, list)
		for _, i := range list {
			for key := range i.Issue {
				assert.Contains(t, want, key, name)
			}
			assert.Regexp(t, `^iotlens-[0-9a-f]{8}-LAB`, i.ID)
			assert.NotNil(t, i.Issue["title"])
		}
	}
}

// wellFormed requires that all elements are closed, and that there are only expected ones.
func wellFormed(t *testing.T, page string) {
	t.Helper()
	var open []string
	for _, tag := range regexp.MustCompile(`<(/?)([a-z0-9]+)[^>]*>`).FindAllStringSubmatch(page, -1) {
		require.Contains(t, []string{"p", "h3", "ul", "li", "a", "br", "blockquote"}, tag[2])
		switch {
		case tag[2] == "br":
		case tag[1] == "":
			open = append(open, tag[2])
		default:
			require.NotEmpty(t, open)
			require.Equal(t, open[len(open)-1], tag[2])
			open = open[:len(open)-1]
		}
	}
	require.Empty(t, open)
}

// Only open findings are exported: those without a valid waiver, by priority, with owner, date,
// note and steps.
func TestOpenFindingsOnly(t *testing.T) {
	r := sample(t)
	a := assess(r)
	var want []string
	waived := 0
	for _, f := range a.Findings {
		if f.Waived {
			waived++
			continue
		}
		want = append(want, tickets.ID(r.Workload.Name, f.ID))
	}
	require.Positive(t, waived, "the sample has a waived finding")
	target, err := tickets.FindTarget("github-issues")
	require.NoError(t, err)
	list := tickets.FromAssessment(a, tickets.Options{Target: target})
	assert.Equal(t, want, view.Map(list, func(t tickets.Ticket) string { return t.ID }))
	for i, f := range view.OpenFindings(a) {
		assert.Equal(t, f.Due, list[i].Due)
		assert.Equal(t, f.Owner, list[i].Assignee)
	}
	now := tickets.FromAssessment(a, tickets.Options{Target: target, Horizons: []scoring.Horizon{scoring.Now}})
	assert.Less(t, len(now), len(list))
	for _, ticket := range now {
		assert.Contains(t, ticket.Labels, "horizon-now")
		assert.LessOrEqual(t, ticket.Rank, 2)
	}
}

// Accounts become assignees; names that GitHub or GitLab would refuse do not.
func TestAssignees(t *testing.T) {
	r := sample(t)
	for id, a := range r.Answers {
		a.Owner = "Zoë  Ruiz"
		r.Answers[id] = a
	}
	assert.NotContains(t, export(t, "github-issues", r, tickets.Options{}), `"assignees"`)
	assert.NotContains(t, export(t, "gitlab-issues", r, tickets.Options{}), "/assign")
	accounts := tickets.Options{Accounts: map[string]string{"Zoë Ruiz": "@zoe"}}
	assert.Contains(t, export(t, "github-issues", r, accounts), "\"assignees\": [\n        \"zoe\"")
	assert.Contains(t, export(t, "gitlab-issues", r, accounts), `\n/assign @zoe\n`)
	_, cells := rows(t, export(t, "jira-csv", r, tickets.Options{Accounts: map[string]string{"Zoë Ruiz": "zoe@example.com"}}))
	assert.Equal(t, "zoe@example.com", cells[0]["Assignee"])
	_, cells = rows(t, export(t, "azure-csv", r, tickets.Options{}))
	assert.Equal(t, "Zoë Ruiz", cells[0]["Assigned To"], "their importers show whom they don't know")
}

// hostile has text that each of the trackers would interpret.
const hostile = "=cmd()\n/close\n/assign @all\n@team #1 !2 [x](javascript:1) ![i](//x) {html}<script>alert(1)</script>{html} [~admin] [l|javascript:1] !http://x/i.png!\n- =1;=2\n+3\t@4\n# h\n\u202eevil\x1b[2J\n" +
	"</li></ul><img src=x onerror=1>\n::error::x iotlens-00000000-LABSEC05-BP01"

func TestHostileTextHasNoEffect(t *testing.T) {
	r := sample(t)
	for id, a := range r.Answers {
		a.Note, a.Owner, a.Evidence = hostile, hostile, []string{hostile}
		if a.Status == review.NotApplicable {
			a.Reason = hostile
		}
		r.Answers[id] = a
	}
	r.Workload.Name = hostile
	l := tickets.Options{Link: "https://example.org/report.html\"><script>"}
	for _, name := range tickets.Names() {
		out := export(t, name, r, l)
		assert.NotContains(t, out, "\x1b", name)
		assert.NotContains(t, out, "\u202e", name)
		assert.NotContains(t, out, "report.html\"", name)
		if !strings.HasSuffix(name, "-csv") {
			continue
		}
		_, cells := rows(t, out)
		for _, row := range cells {
			for head, c := range row {
				for _, part := range strings.FieldsFunc(c, func(r rune) bool { return strings.ContainsRune(";\n\t", r) }) {
					first := strings.TrimLeft(part, "\" \u00a0")
					require.False(t, first != "" && strings.ContainsAny(first[:1], "=+-@"), "%s, %s: %.60q runs", name, head, part)
				}
			}
		}
	}
	_, cells := rows(t, export(t, "azure-csv", r, l))
	wellFormed(t, cells[0]["Description"])
	assert.NotContains(t, cells[0]["Description"], "@")
	_, cells = rows(t, export(t, "jira-csv", r, l))
	for _, live := range []string{`{html}`, `[~admin]`, `[l|`, `!http`, ` @team`} {
		assert.NotRegexp(t, `(^|[^\\])`+regexp.QuoteMeta(live), cells[0]["Description"], live)
	}
	for name, key := range map[string]string{"github-issues": "body", "gitlab-issues": "description"} {
		var list []struct{ Issue map[string]any }
		require.NoError(t, json.Unmarshal([]byte(export(t, name, r, l)), &list))
		text := fmt.Sprint(list[0].Issue[key])
		for _, line := range strings.Split(text, "\n") {
			assert.False(t, strings.HasPrefix(line, "/"), "a quick action: %q", line)
		}
		for _, live := range []string{`(^|\W)@[a-z]`, `(^|[^\\])<(script|img)`, `[^\\]\]\(javascript`, `(^|[^\\])!\[`} {
			assert.NotRegexp(t, live, text, "%s: %s", name, live)
		}
	}
}

// tracked returns the export of a tracker after an import of tickets, all in one state.
func tracked(t *testing.T, name, exported, state string) string {
	t.Helper()
	quote := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	var out strings.Builder
	switch name {
	case "jira-csv":
		_, cells := rows(t, exported)
		out.WriteString("Summary,Issue key,Issue id,Status,Resolution,Assignee,Labels,Labels,Description\n")
		for i, c := range cells {
			fmt.Fprintf(&out, "%s,PLANT-%d,%d,%s,,Ana Ruiz,iotlens,x,%s\n", quote(c["Summary"]), i+1, 1000+i, state, quote(c["Description"]))
		}
	case "azure-csv":
		_, cells := rows(t, exported)
		out.WriteString("ID,Work Item Type,Title,Assigned To,State,Tags\n")
		for i, c := range cells {
			fmt.Fprintf(&out, "%d,Issue,%s,Ana Ruiz <ana@example.com>,%s,%s\n", i+1, quote(c["Title"]), state, quote(c["Tags"]))
		}
	default:
		var list []struct {
			Issue map[string]any
		}
		require.NoError(t, json.Unmarshal([]byte(exported), &list))
		var issues []map[string]any
		for i, e := range list {
			issues = append(issues, map[string]any{
				"number": i + 1, "iid": i + 1, "state": state, "body": e.Issue["body"], "description": e.Issue["description"],
				"html_url": fmt.Sprintf("https://example.org/%d", i+1), "assignees": []map[string]any{{"login": "ana"}},
			})
		}
		data, err := json.Marshal(issues)
		require.NoError(t, err)
		return string(data)
	}
	return out.String()
}

// After an export and an import, a second export updates the same tickets and a second import
// changes nothing, even if another tracker was imported in between.
func TestRepeatedExportAndImport(t *testing.T) {
	l := testlens.Lens()
	closed := map[string]string{"jira-csv": "Done", "github-issues": "closed", "gitlab-issues": "closed", "azure-csv": "Closed"}
	r := sample(t)
	take := func(name, data string) tickets.ImportResult {
		target, err := tickets.FindTarget(name)
		require.NoError(t, err)
		states, err := target.Read("file", []byte(data))
		require.NoError(t, err)
		taken := tickets.Import(l, r, target, states)
		tickets.Apply(r, taken.Changes)
		return taken
	}
	given := map[string]string{}
	for _, name := range tickets.Names() {
		before := r.Clone()
		first := export(t, name, r, tickets.Options{})
		given[name] = tracked(t, name, first, "opened")
		taken := take(name, given[name])
		assert.Len(t, taken.Changes, len(view.OpenFindings(assess(before))), name)
		assert.Empty(t, taken.Closed)
		assert.Zero(t, taken.WithoutID)
		for id, was := range before.Answers {
			is := r.Answers[id]
			assert.Equal(t, was.Status, is.Status)
			assert.Equal(t, []any{was.By, was.At, was.History}, []any{is.By, is.At, is.History}, "%s: who answered, and when, stays", id)
			assert.True(t, strings.HasPrefix(is.Note, was.Note), "what was said stays")
			require.NoError(t, is.Check())
		}
		target, err := tickets.FindTarget(name)
		require.NoError(t, err)
		keys := view.Map(tickets.FromAssessment(assess(r), tickets.Options{Target: target}), func(t tickets.Ticket) string { return t.Key })
		assert.NotContains(t, keys, "", "%s: the second export knows every ticket", name)
		assert.Len(t, slices.Compact(slices.Sorted(slices.Values(keys))), len(keys), "no key twice")
		assert.Empty(t, tickets.FromAssessment(assess(r), tickets.Options{Target: target, Only: tickets.OnlyNew}))
		assert.NotContains(t, export(t, name, r, tickets.Options{}), "Ticket "+keys[0]+" (", "the line is no part of what was said")
	}
	for _, name := range append(tickets.Names(), tickets.Names()...) {
		again := take(name, given[name])
		assert.Empty(t, again.Changes, name)
		assert.Positive(t, again.Same)
	}
	for _, name := range tickets.Names() {
		before := r.Clone()
		done := tracked(t, name, export(t, name, before, tickets.Options{}), closed[name])
		taken := take(name, done)
		assert.Len(t, taken.Closed, len(view.OpenFindings(assess(r))), "%s: a closed ticket proposes an answer", name)
		for id, was := range before.Answers {
			assert.Equal(t, was.Status, r.Answers[id].Status, "%s never gives it", name)
		}
	}
}

// The assignee becomes the owner of an answer without one; otherwise the note names it.
func TestImportAssignee(t *testing.T) {
	r := sample(t)
	r.Answers["LABSEC05-BP01"] = review.Answer{Status: review.NotImplemented, Note: "said", By: "Bo", At: "2026-01-01"}
	r.Answers["LABSEC01-BP01"] = review.Answer{Status: review.NotImplemented, Owner: "Marta"}
	id := func(practice string) string { return tickets.ID(r.Workload.Name, practice) }
	jira := "Issue key,Status,Resolution,Assignee,Custom field (External issue ID),Issue URL\n" +
		"P-1,In Progress,,Ana Ruiz," + id("LABSEC05-BP01") + ",https://example.org/P-1\n" +
		"P-2,Done,Won't Do,Ana Ruiz," + id("LABSEC01-BP01") + ",javascript:1\n" +
		"P-3,Done,,," + tickets.ID("Another", "LABSEC01-BP01") + ",\n" +
		"P-4,Done,,,no id,\n" +
		"=P-5,Done,,," + id("LABSEC02-BP01") + ",\n" +
		"P-6,To Do,,," + id("LABNONE01-BP01") + ",\n" +
		"P-7,Done,,," + id("LABSEC05-BP01") + ",\n"
	target, err := tickets.FindTarget("jira-csv")
	require.NoError(t, err)
	states, err := target.Read("jira.csv", []byte(jira))
	require.NoError(t, err)
	taken := tickets.Import(testlens.Lens(), r, target, states)
	require.Len(t, taken.Changes, 2)
	assert.Equal(t, review.Answer{Status: review.NotImplemented, Note: "said\nTicket P-1 (jira): In Progress, https://example.org/P-1", Owner: "Ana Ruiz", By: "Bo", At: "2026-01-01"}, taken.Changes[0].After)
	assert.Equal(t, review.Answer{Status: review.NotImplemented, Note: "Ticket P-2 (jira): Done (Won't Do), assigned to Ana Ruiz", Owner: "Marta"}, taken.Changes[1].After)
	require.Len(t, taken.Closed, 1)
	assert.True(t, taken.Closed[0].Dropped)
	assert.Equal(t, []string{"P-3", "P-6"}, view.Map(taken.Foreign, func(s tickets.State) string { return s.Key }))
	assert.Equal(t, []string{id("LABSEC05-BP01")}, taken.Repeated)
	assert.Equal(t, 2, taken.WithoutID)
}

// Files that no tracker exports are errors.
func TestOtherFilesAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ target, data, want string }{
		"not Jira":     {"jira-csv", "a,b\n1,2\n", "x: the required column Issue key or Key is missing; export the tickets with it"},
		"no state":     {"azure-csv", "ID,Title\n1,2\n", "x: the required column State is missing; export the tickets with it"},
		"not JSON":     {"github-issues", "number,body\n", "x: this is not a JSON list of issues, as the API and the command line of the tracker write it"},
		"no list":      {"github-issues", `{"message": "Not Found"}`, "x: this is not a JSON list of issues, as the API and the command line of the tracker write it"},
		"no number":    {"github-issues", `[{"state": "open", "body": "x"}]`, "x: issue 1 has no number; export the issues with it"},
		"a wrong type": {"github-issues", `[{"number": "7", "state": "open"}]`, "x: issue 1: number is a string, which no issue of the tracker has"},
		"no object":    {"github-issues", `[7]`, "x: issue 1 is not an issue"},
		"GitLab's CSV": {"gitlab-issues", "Issue ID,URL,Title\n1,2,3\n", "x: the required column State is missing; export the tickets with it"},
		"empty":        {"jira-csv", "", "x: is empty"},
		"a workbook":   {"jira-csv", "PK\x03\x04", "x: is a workbook, not CSV; export the file as CSV"},
	} {
		target, err := tickets.FindTarget(c.target)
		require.NoError(t, err)
		states, err := target.Read("x", []byte(c.data))
		assert.EqualError(t, err, c.want, name)
		assert.Empty(t, states)
	}
	_, err := tickets.FindTarget("jira")
	assert.ErrorContains(t, err, `unknown target "jira"`)
}

// The output of gh, glab and GitLab's CSV export can be imported.
func TestImportToolOutput(t *testing.T) {
	for name, c := range map[string]struct {
		target, data string
		want         tickets.State
	}{
		"gh":                          {"github-issues", `[{"number":7,"state":"CLOSED","stateReason":"NOT_PLANNED","url":"https://github.com/o/r/issues/7","assignees":[{"login":"ana","name":"Ana"}],"body":"x iotlens-0123abcd-LAB1.\n"}]`, tickets.State{ID: "iotlens-0123abcd-LAB1", Key: "7", URL: "https://github.com/o/r/issues/7", State: "closed (not planned)", Closed: true, Dropped: true, Assignee: "@ana"}},
		"REST":                        {"github-issues", `[{"number":7,"state":"open","url":"https://api.github.com/7","html_url":"https://github.com/7","body":null,"assignee":{"login":"ana"}}]` + "\n[]\n", tickets.State{Key: "7", URL: "https://github.com/7", State: "open", Assignee: "@ana"}},
		"glab":                        {"gitlab-issues", `[{"id":99,"iid":3,"state":"opened","web_url":"https://gitlab.com/3","assignees":[{"username":"ana"}],"description":"iotlens-0123abcd-LAB1-BP01"}]`, tickets.State{ID: "iotlens-0123abcd-LAB1-BP01", Key: "3", URL: "https://gitlab.com/3", State: "opened", Assignee: "@ana"}},
		"GitLab's CSV":                {"gitlab-issues", "Title,Description,Issue ID,URL,State,Author,Assignee,Assignee Username\nt,\"a\niotlens-0123abcd-LAB1\",3,https://gitlab.com/3,Closed,x,Ana,ana\n", tickets.State{ID: "iotlens-0123abcd-LAB1", Key: "3", URL: "https://gitlab.com/3", State: "closed", Closed: true, Assignee: "@ana"}},
		"Jira, semicolons":            {"jira-csv", "Key;Status;Status Category;Assignee;Description\nP-1;Abgeschlossen;Done;;iotlens-0123abcd-LAB1\n", tickets.State{ID: "iotlens-0123abcd-LAB1", Key: "P-1", State: "Abgeschlossen", Closed: true}},
		"another id in what was said": {"github-issues", `[{"number":7,"state":"open","body":"> see iotlens-0123abcd-LAB2\niotlens-0123abcd-LAB1\n"}]`, tickets.State{ID: "iotlens-0123abcd-LAB1", Key: "7", State: "open"}},
		"an id of its own":            {"jira-csv", "Issue key,Status,Comment,Description,External issue ID\nP-1,Open,see iotlens-0123abcd-LAB3,see iotlens-0123abcd-LAB2,iotlens-0123abcd-LAB1\n", tickets.State{ID: "iotlens-0123abcd-LAB1", Key: "P-1", State: "Open"}},
		"Azure":                       {"azure-csv", "\uFEFF\"ID\",\"Work Item Type\",\"Title\",\"Assigned To\",\"State\",\"Tags\"\r\n\"12\",\"Issue\",\"t\",\"Ana <a@b>\",\"Removed\",\"iotlens; iotlens-0123abcd-LAB1\"\r\n", tickets.State{ID: "iotlens-0123abcd-LAB1", Key: "12", State: "Removed", Closed: true, Dropped: true, Assignee: "Ana"}},
	} {
		target, err := tickets.FindTarget(c.target)
		require.NoError(t, err)
		states, err := target.Read("x", []byte(c.data))
		require.NoError(t, err, name)
		assert.Equal(t, []tickets.State{c.want}, states, name)
	}
}
