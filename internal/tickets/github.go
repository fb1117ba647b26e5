package tickets

import (
	"io"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/jsonfile"
)

// A GitHubIssue is one element of the file for GitHub: the ticket id, the issue number if the
// review has it, and the body of the request.
type GitHubIssue struct {
	ID     string        `json:"id"`
	Number int           `json:"number,omitempty"`
	Issue  GitHubRequest `json:"issue"`
}

// A GitHubRequest is the body of "Create an issue" (POST /repos/{owner}/{repo}/issues) and of
// "Update an issue" (PATCH .../issues/{number}). Assignees are logins; GitHub refuses unknown
// ones, so only known accounts are included. GitHub issues have no due date; the text has it.
// Source: docs.github.com, REST API endpoints for issues.
type GitHubRequest struct {
	Title     string   `json:"title"`
	Body      string   `json:"body"`
	Labels    []string `json:"labels"`
	Assignees []string `json:"assignees,omitempty"`
}

func writeGitHub(w io.Writer, list []Ticket) error {
	out := []GitHubIssue{}
	for _, t := range list {
		issue := GitHubIssue{ID: t.ID, Issue: GitHubRequest{
			Title: title(t.Title), Body: markdownText(t.Body), Labels: append([]string{"priority-" + strconv.Itoa(t.Rank)}, t.Labels...),
		}}
		issue.Number, _ = strconv.Atoi(t.Key)
		if login := login(t); login != "" {
			issue.Issue.Assignees = []string{login}
		}
		out = append(out, issue)
	}
	return jsonfile.Write(w, out)
}

// login returns the account of an assignee; empty if it is only a name.
func login(t Ticket) string {
	name := strings.TrimPrefix(t.Assignee, "@")
	plain := strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789-_.") == ""
	if t.Account && plain && name != "" && len(name) <= 255 {
		return name
	}
	return ""
}

// An issue is an issue of GitHub or GitLab in the JSON of gh and of both REST APIs.
type issue struct {
	Number      int        `json:"number"` // of GitHub
	IID         int        `json:"iid"`    // of GitLab
	Body        string     `json:"body"`
	Description string     `json:"description"`
	State       string     `json:"state"`
	Reason      string     `json:"state_reason"`
	GHReason    string     `json:"stateReason"`
	URL         string     `json:"url"`
	HTMLURL     string     `json:"html_url"`
	WebURL      string     `json:"web_url"`
	Assignees   []assignee `json:"assignees"`
	Assignee    *assignee  `json:"assignee"`
}

type assignee struct {
	Login    string `json:"login"`
	Username string `json:"username"`
}

// readGitHub reads the output of
// gh issue list --json number,title,body,state,stateReason,url,assignees or of
// GET /repos/{owner}/{repo}/issues.
func readGitHub(name string, data []byte) ([]State, error) {
	list, err := readIssues(name, data, "number")
	if err != nil {
		return nil, err
	}
	var out []State
	for _, i := range list {
		s := i.state(i.Number, i.Body)
		reason := i.Reason + i.GHReason
		s.Dropped = s.Closed && isDroppedState(reason)
		if s.Dropped {
			s.State += " (" + strings.ToLower(strings.ReplaceAll(reason, "_", " ")) + ")"
		}
		out = append(out, s)
	}
	return out, nil
}

func (i issue) state(number int, text string) State {
	s := State{ID: lastID(text), Key: strconv.Itoa(number), State: strings.ToLower(i.State)}
	s.Closed = s.State == "closed"
	for _, url := range []string{i.WebURL, i.HTMLURL, i.URL} {
		if s.URL == "" {
			s.URL = webLink(url)
		}
	}
	people := i.Assignees
	if len(people) == 0 && i.Assignee != nil {
		people = []assignee{*i.Assignee}
	}
	if len(people) > 0 {
		s.Assignee = "@" + people[0].Login + people[0].Username
	}
	return s
}
