package bank_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/stretchr/testify/assert"
)

// testdata/facts.tsv lists the statements of the banks about AWS (limits, effects of calls,
// defaults, dates), with the AWS page that says so and the day of the comparison. A fact is
// quoted from its card.
func TestEachFactStandsInItsCard(t *testing.T) {
	cards := cards(t)
	for _, row := range facts(t) {
		practice, fact, source, checked := row[0], row[1], row[2], row[3]
		assert.Contains(t, cards[practice], fact, "%s: the card and testdata/facts.tsv differ", practice)
		assert.True(t, lens.IsLink(source, true), "%s: %q", practice, source)
		_, err := time.Parse(time.DateOnly, checked)
		assert.NoError(t, err, "%s: %s", practice, fact)
	}
}

// A sentence about AWS with numbers or names of calls, or about a service that has ended, has
// a row in facts.tsv, or one in testdata/not-facts.tsv with the reason why it is not a
// statement about AWS.
func TestEachFactOfAWSHasARow(t *testing.T) {
	rows := facts(t)
	others := table(t, "../../testdata/not-facts.tsv", "practice", "text", "reason")
	used := map[string]bool{}
	var ended []string // a card that names one has to say so
	for _, service := range shipped(t).Services {
		if service.Status != lens.Available {
			ended = append(ended, strings.TrimPrefix(strings.TrimPrefix(service.Name, "AWS "), "Amazon "))
		}
	}
	for practice, sentences := range cards(t) {
		for _, s := range strings.Split(sentences, "\n") {
			if !factual(s) && !slices.ContainsFunc(ended, func(service string) bool { return strings.Contains(s, service) }) {
				continue
			}
			covered := slices.ContainsFunc(rows, func(r []string) bool { return r[0] == practice && strings.Contains(s, r[1]) })
			for _, r := range others {
				if r[0] == practice && strings.Contains(s, r[1]) {
					covered, used[r[0]+r[1]] = true, true
				}
			}
			assert.True(t, covered, "%s states something of AWS without a row in testdata/facts.tsv: %s", practice, s)
		}
	}
	for _, r := range others {
		assert.True(t, used[r[0]+r[1]], "testdata/not-facts.tsv, %s: nothing is left of %q", r[0], r[1])
		assert.NotEmpty(t, r[2], r[0])
	}
}

// The scanner finds sentences with facts about AWS, and no others.
func TestWhatTheScannerFinds(t *testing.T) {
	for _, s := range []string{
		"AWS IoT Core takes 128 KB.", "The claim is good for five minutes.", "Call DeleteConnection first.", "A thing may be in 10 groups.",
		"Publish below $aws/rules/NAME.", "It was closed on 31 August 2026 by AWS.", "REPLACE_DEFAULT_POLICY_VERSION is dangerous.", "A session lives for an hour.",
	} {
		assert.True(t, factual(s), s)
	}
	for _, s := range []string{"The pump stops after five minutes.", "AWS has a service for it."} {
		assert.False(t, factual(s), s)
	}
}

var (
	ofAWS = regexp.MustCompile(`\b(AWS|Amazon|Athena|CloudTrail|CloudWatch|Device Defender|DynamoDB|Firehose|Glacier|Deep Archive|Greengrass|Intelligent-Tiering|Kinesis|KMS|Lambda|S3|SiteWise|SQS|Timestream|X-Ray|` +
		`Basic Ingest|MQTT|(?i:keep-alive|session|shadow|fleet index|dynamic group|thing|thing type|hook|claim|metered|meters|presigned|pre-signed|tunnel)s?)\b`)
	number = regexp.MustCompile(`(?i)\b\d[\d,.]*\s?(KB|MB|GB|ms|s|seconds?|minutes?|hours?|days?|bytes?|topics|groups?|attributes|publishes|slashes)\b|` +
		`\b(an|one|two|three|five|six|seven|eight|ten) (seconds?|minutes?|hours?|days|attributes|slashes|groups)\b|` +
		`\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b|\b(169\.254\.169\.123|8883|QoS 2)\b`)
	call = regexp.MustCompile(`\b(Attach|Close|Create|Delete|Describe|Detach|Get|List|Register|Replace|Send|Start|Test|Update)[A-Z][a-z]+[A-Za-z]*\b|\b[A-Z]{3,}(_[A-Z]{2,})+\b|` +
		`\bOpenTunnel\b|\$aws/|\$share|\bx-amzn-|\b(Connect|PublishIn|ErrorAction|RuleMessage)\.?[A-Z][A-Za-z]+\b|\b[a-z]+(DurationMinutes|InMinutes|InSeconds)\b`)
)

// factual reports whether a sentence has a fact about AWS: a name of its API, or a number
// together with one of its terms.
func factual(sentence string) bool {
	return call.MatchString(sentence) || ofAWS.MatchString(sentence) && number.MatchString(sentence)
}

// cards returns the texts of the best practices by id, one sentence per line.
func cards(t *testing.T) map[string]string {
	t.Helper()
	end := regexp.MustCompile(`([.?!]["')]?) ([A-Z0-9])`)
	out := map[string]string{}
	for _, p := range shipped(t).All() {
		texts := []string{p.Why}
		for _, h := range p.How {
			texts = append(texts, h.Do)
		}
		for i, s := range slices.Concat(texts, p.Probes, p.Evidence, p.RedFlags) {
			s = end.ReplaceAllString(strings.Join(strings.Fields(s), " "), "$1\n$2")
			if i > 0 {
				out[p.ID] += "\n"
			}
			out[p.ID] += s
		}
	}
	return out
}

func facts(t *testing.T) [][]string {
	t.Helper()
	return table(t, "../../testdata/facts.tsv", "practice", "fact", "source", "checked")
}
