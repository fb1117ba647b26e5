package tickets

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/text"
)

// A GitLabIssue is one element of the file for GitLab: the ticket id, the issue number in the
// project (iid) if the review has it, and the body of the request.
type GitLabIssue struct {
	ID    string        `json:"id"`
	IID   int           `json:"iid,omitempty"`
	Issue GitLabRequest `json:"issue"`
}

// A GitLabRequest is the body of "New issue" (POST /projects/:id/issues) and of "Edit an
// issue" (PUT /projects/:id/issues/:iid). GitLab's CSV importer is not used, as it cannot
// update issues: a second import would duplicate them. The API takes numeric user ids as
// assignees, so accounts are assigned by a quick action at the end of the description.
// Source: docs.gitlab.com, "Issues API", "Importing issues from CSV", "GitLab quick actions".
type GitLabRequest struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Labels      string `json:"labels"`
	DueDate     string `json:"due_date,omitempty"`
}

func writeGitLab(w io.Writer, list []Ticket) error {
	out := []GitLabIssue{}
	for _, t := range list {
		issue := GitLabIssue{ID: t.ID, Issue: GitLabRequest{
			Title: title(t.Title), Description: markdownText(t.Body), Labels: strings.Join(append([]string{"priority-" + strconv.Itoa(t.Rank)}, t.Labels...), ","), DueDate: t.Due,
		}}
		issue.IID, _ = strconv.Atoi(t.Key)
		if login := login(t); login != "" {
			issue.Issue.Description += "\n/assign @" + login + "\n"
		}
		out = append(out, issue)
	}
	return jsonfile.Write(w, out)
}

// readGitLab reads the output of GET /projects/:id/issues or glab issue list --output json, or
// the CSV export of GitLab.
func readGitLab(name string, data []byte) ([]State, error) {
	if !isJSON(data) {
		return readGitLabCSV(name, data)
	}
	list, err := readIssues(name, data, "iid")
	if err != nil {
		return nil, err
	}
	var out []State
	for _, i := range list {
		out = append(out, i.state(i.IID, i.Description))
	}
	return out, nil
}

// readGitLabCSV reads the CSV export. Source: docs.gitlab.com, "Export issues to CSV".
func readGitLabCSV(name string, data []byte) ([]State, error) {
	rows, err := readCSV(name, data, []string{"Issue ID"}, []string{"State"}, []string{"Description"})
	if err != nil {
		return nil, err
	}
	var out []State
	for _, r := range rows {
		s := State{ID: r.ticketID(), Key: r.get("Issue ID"), State: strings.ToLower(r.get("State")), URL: webLink(r.get("URL"))}
		s.Closed = s.State == "closed"
		if name := r.get("Assignee Username"); name != "" {
			s.Assignee = "@" + strings.Split(name, ",")[0]
		}
		out = append(out, s)
	}
	return out, nil
}

func isJSON(data []byte) bool {
	s := strings.TrimSpace(text.Decode(data[:min(len(data), 64)&^1]))
	return strings.HasPrefix(s, "[") || strings.HasPrefix(s, "{")
}

// readIssues reads one or more JSON lists of issues; gh api --paginate writes one per page.
func readIssues(name string, data []byte, number string) ([]issue, error) {
	refuse := func(format string, args ...any) error {
		return fmt.Errorf("%s: %s", disk.DisplayPath(name), fmt.Sprintf(format, args...))
	}
	var out []issue
	d := json.NewDecoder(bytes.NewReader([]byte(text.Decode(data))))
	for {
		var list []json.RawMessage
		err := d.Decode(&list)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, refuse("this is not a JSON list of issues, as the API and the command line of the tracker write it")
		}
		for n, raw := range list {
			var has map[string]json.RawMessage
			var i issue
			var wrong *json.UnmarshalTypeError
			switch err := errors.Join(json.Unmarshal(raw, &has), json.Unmarshal(raw, &i)); {
			case errors.As(err, &wrong) && wrong.Field != "":
				return nil, refuse("issue %d: %s is a %s, which no issue of the tracker has", n+1, wrong.Field, wrong.Value)
			case err != nil:
				return nil, refuse("issue %d is not an issue", n+1)
			}
			for _, key := range []string{number, "state"} {
				if has[key] == nil {
					return nil, refuse("issue %d has no %s; export the issues with it", n+1, key)
				}
			}
			out = append(out, i)
		}
	}
}
