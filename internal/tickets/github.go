package tickets

import (
	"io"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/jsonfile"
)

// A GitHubIssue is one element of the file for GitHub: the id to find the issue by, its
// number where the review knows it, and the body of the request.
type GitHubIssue struct {
	ID     string        `json:"id"`
	Number int           `json:"number,omitempty"`
	Issue  GitHubRequest `json:"issue"`
}

// A GitHubRequest is the body of "Create an issue" (POST /repos/{owner}/{repo}/issues) and of
// "Update an issue" (PATCH .../issues/{number}). Assignees are logins: one that there is not
// makes GitHub refuse the request, so that only those of accounts are in it. GitHub has no
// due dates on issues; the text has it.
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
			Title: title(t.Title), Body: markdown(t.Body), Labels: append([]string{"priority-" + strconv.Itoa(t.Rank)}, t.Labels...),
		}}
		issue.Number, _ = strconv.Atoi(t.Key)
		if login := login(t); login != "" {
			issue.Issue.Assignees = []string{login}
		}
		out = append(out, issue)
	}
	return jsonfile.Write(w, out)
}

// login is the account of an assignee, where it can be one; empty for a mere name.
func login(t Ticket) string {
	name := strings.TrimPrefix(t.Assignee, "@")
	plain := strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789-_.") == ""
	if t.Account && plain && name != "" && len(name) <= 255 {
		return name
	}
	return ""
}

// An issue is one of GitHub or GitLab, as gh and both REST APIs write it.
type issue struct {
	Number      int        `json:"number"` // of GitHub
	IID         int        `json:"iid"`    // of GitLab
	Title       string     `json:"title"`
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

// readGitHub reads what gh issue list --json number,title,body,state,stateReason,url,assignees
// or GET /repos/{owner}/{repo}/issues gives.
func readGitHub(name string, data []byte) ([]State, error) {
	list, err := readIssues(name, data, "number")
	if err != nil {
		return nil, err
	}
	var out []State
	for _, i := range list {
		s := i.state(i.Number, i.Body)
		reason := i.Reason + i.GHReason
		s.Dropped = s.Closed && dropped(reason)
		if s.Dropped {
			s.State += " (" + strings.ToLower(strings.ReplaceAll(reason, "_", " ")) + ")"
		}
		out = append(out, s)
	}
	return out, nil
}

func (i issue) state(number int, text string) State {
	s := State{ID: idIn(text), Key: strconv.Itoa(number), State: strings.ToLower(i.State)}
	s.Closed = s.State == "closed"
	for _, url := range []string{i.WebURL, i.HTMLURL, i.URL} {
		if s.URL == "" {
			s.URL = web(url)
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
