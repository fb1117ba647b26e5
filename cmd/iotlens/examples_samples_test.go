package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// What the examples of the pages need. See examples_test.go.

const (
	workloadID = "0123456789abcdef0123456789abcdef"
	lensARN    = "arn:aws:wellarchitected:eu-central-1:123456789012:lens/0123456789abcdef0123456789abcdef"
)

// A sample is a file or folder that examples name, and the script that makes it: once, in
// the order of the list, in one folder. $DATA is testdata, $DOCS is docs.
type sample struct{ name, script string }

var samples = []sample{
	{"plant.review.yaml", "sed 's/owner: Marta Kowalczyk/owner: Marta/' $DATA/reviews/smart-factory.review.yaml >plant.review.yaml"},
	// What the WA Tool has: what was exported and imported again, and then changed there.
	{"there", `iotlens export plant.review.yaml --to wa-answers --workload-id $WORKLOAD --lens-alias $LENS -o sent
mkdir there
python3 - <<END
import json, os
for name in os.listdir("sent"):
    i = json.load(open("sent/" + name))
    updates = i["ChoiceUpdates"]
    answer = {k: i[k] for k in ("QuestionId", "SelectedChoices", "IsApplicable")}
    answer.update(Notes=i.get("Notes", ""), Choices=[{"ChoiceId": c} for c in updates], ChoiceAnswers=[dict(u, ChoiceId=c) for c, u in updates.items()])
    json.dump({"WorkloadId": i["WorkloadId"], "LensAlias": i["LensAlias"], "Answer": answer}, open("there/" + name, "w"))
END
iotlens import plant.review.yaml there
iotlens answer plant.review.yaml IOTOPS07-BP02 implemented
iotlens answer plant.review.yaml IOTOPS03-BP02 not_implemented
python3 - <<END
import json
for id in ("IOTSEC05-BP01", "IOTOPS03-BP02"):
    file, choice = "there/" + id.split("-")[0] + ".json", id.replace("-", "_")
    i = json.load(open(file))
    i["Answer"]["SelectedChoices"].append(choice)
    for c in i["Answer"]["ChoiceAnswers"]:
        if c["ChoiceId"] == choice:
            c["Status"] = "SELECTED"
    json.dump(i, open(file, "w"))
END
cp -R there milestone-3
sed -i 's/^{/{"MilestoneNumber": 3, /' milestone-3/*.json
`},
	{"milestone-3", ""},
	{"answers.json", "cp there/IOTSEC01.json answers.json"},
	{"accepted.review.yaml", "cp plant.review.yaml accepted.review.yaml"},
	{"plant.milestone.yaml", "cp plant.review.yaml plant.milestone.yaml"},
	{"plant.review.rescue.yaml", "cp plant.review.yaml plant.review.rescue.yaml"},
	{"other.review.yaml", "cp $DATA/reviews/consumer-sensors.review.yaml other.review.yaml"},
	{"doorbell.review.yaml", "cp $DATA/reviews/video-doorbell.review.yaml doorbell.review.yaml"},
	{"lock.review.yaml", "cp doorbell.review.yaml lock.review.yaml"},
	{"testdata", "ln -s $DATA testdata"},
	{"questions", "cp -R $ROOT/questions questions"},
	{"reviews", "mkdir reviews && cp plant.review.yaml other.review.yaml reviews"},
	{"plants", "cp -R reviews plants"},
	{"platform.template.yaml", "cp $DATA/reviews/device-platform.template.yaml platform.template.yaml"},
	{"security.template.yaml", "sed 's/name: Device platform$/name: Security/' platform.template.yaml >security.template.yaml"},

	// Copies that two people answered.
	{"sent.review.yaml", "cp plant.review.yaml sent.review.yaml"},
	{"ana.review.yaml", "cp sent.review.yaml ana.review.yaml && iotlens answer ana.review.yaml IOTOPS07-BP02 implemented"},
	{"ben.review.yaml", "cp sent.review.yaml ben.review.yaml && iotlens answer ben.review.yaml IOTOPS03-BP02 implemented"},

	{"march.json", "iotlens report plant.review.yaml -f json=march.json"},
	{"june.json", "cp march.json june.json"},
	{"report.json", "cp march.json report.json"},
	{"accepted.json", "iotlens report plant.review.yaml -f aws-review=accepted.json"},
	{"table.csv", "iotlens report plant.review.yaml -f csv=table.csv"},
	{"plant.xlsx", "iotlens report plant.review.yaml -f xlsx=plant.xlsx"},
	{"brand.yaml", "grep -v ^logo $DATA/brand/brand.yaml >brand.yaml"},
	{"NotoSansJP-Regular.otf", "cp \"$(fc-match -f '%{file}' 'Liberation Sans')\" NotoSansJP-Regular.otf"},

	// Tickets as trackers give them back.
	{"jira.csv", `iotlens export plant.review.yaml --to jira-csv -o exported.csv
echo "Summary,Issue key,Issue id,Status,Assignee,Custom field (External issue ID)" >jira.csv
echo "Certificates,PLANT-1,1001,In Progress,Ana Ruiz,$(grep -o 'iotlens-[0-9a-f]*-IOTSEC05-BP01' exported.csv | head -n 1)" >>jira.csv`},
	{"exported-by-jira.csv", "cp jira.csv exported-by-jira.csv"},
	{"jira-export.csv", "cp jira.csv jira-export.csv"},
	{"there.json", "echo '[]' >there.json"},
	{"query.csv", `echo '"ID","Work Item Type","Title","Assigned To","State","Tags"' >query.csv`},

	{"our-lens.json", "cp $DATA/lenses/greenhouse.json our-lens.json"},
	{"our-lens-v2.json", `sed 's/"_version": "1.2"/"_version": "2.0"/' our-lens.json >our-lens-v2.json`},
	{"greenhouse.json", "cp our-lens.json greenhouse.json"},
	{"greenhouse", "iotlens lens import greenhouse.json -o greenhouse"},
	{"north-house.review.yaml", "iotlens init north-house.review.yaml --name 'North house' --bank greenhouse"},
	{"lenses", "mkdir lenses && cp our-lens.json lenses"},
	{"lens-v1.json", "sed -n '/^-- v1.json --$/,/^-- v2.json --$/p' $DATA/script/lens_versions.txtar | sed '/^-- /d' >lens-v1.json"},
	{"lens-v2.json", "sed -n '/^-- v2.json --$/,/^-- OWN.yaml --$/p' $DATA/script/lens_versions.txtar | sed '/^-- /d' >lens-v2.json"},
	{"our-bank", "iotlens lens import lens-v1.json -o our-bank"},
	{"old-bank", "cp -R our-bank old-bank"},
	{"new-bank", "iotlens lens import lens-v2.json -o new-bank"},
	{"pump.review.yaml", "iotlens init pump.review.yaml --name Pumps --bank old-bank && iotlens answer pump.review.yaml KEYS1-choice1 implemented --bank old-bank"},
	{"lint-baseline.json", "iotlens lens lint lenses --write-baseline lint-baseline.json"},
	{"house.yaml", "sed -n '/^```yaml rules$/,/^```$/p' $DOCS/frameworks.md | sed '/^```/d' >house.yaml"},

	// A repository whose main branch has the review, and a release; and where it is pushed to.
	{".git", `git init -q -b main && git config user.name a && git config user.email a@example.com
git add plant.review.yaml && git commit -q -m a && git tag v1.0
git init -q --bare origin.git && git remote add origin "$FILES/origin.git" && git push -q -u origin main`},
	// A release of iotlens, for the stand-in for curl.
	{"release", `mkdir release && echo '#!/bin/sh' >release/iotlens && echo 'echo installed' >release/install.sh && cd release && tar -czf iotlens_1.2.3_linux_amd64.tar.gz iotlens
sha256sum *.tar.gz >checksums.txt && touch checksums.txt.sigstore.json && cd ..`},
}

// before is run before an example that has the text on the left.
var before = map[string]string{
	`--since "Before launch"`: `iotlens milestone plant.review.yaml "Before launch"`,
	"validate --bank .":       `cp -R "$ROOT/pillars" "$ROOT/questions" .`,
	"git add -A":              "touch new",
	"explain EDGE05": `cp -R "$ROOT/pillars" "$ROOT/questions" .
sed -n '/^` + "```yaml/,/^```/p' questions/README.md | sed '/^```" + `/d' >questions/layers/edge/EDGE05.yaml`,
	// A merge that stopped, as two branches gave the same best practice another status.
	"merge plant.review.yaml --take": `git switch -q -c other && iotlens answer plant.review.yaml IOTSEC05-BP01 implemented && git commit -qam other
git switch -q main && iotlens answer plant.review.yaml IOTSEC05-BP01 not_applicable --reason "no claims" && git commit -qam main
! git merge other`,
}

// standIns are the programs that are not run, and what is there in their place: a script
// that does what the examples need of them, or nothing.
var standIns = map[string]string{
	// It needs an account.
	"aws": `case "$*" in
*list-answers*--query*) echo IOTSEC01 ;;
*list-answers* | *get-answer*) cat "$FILES/answers.json" ;;
esac`,
	"gh":     "cat >/dev/null; echo '[]'", // needs GitHub; no issues are there
	"glab":   "cat >/dev/null; echo '[]'", // needs GitLab
	"jq":     "cat >/dev/null",            // may not be installed
	"mail":   "cat >/dev/null",            // would send one
	"cosign": "",                          // needs the servers of sigstore
	// It needs the network. With -O or --remote-name-all it saves what it fetches.
	"curl": `for a; do case $a in
--remote-name-all | -*O) save=1 ;;
https://*) if [ "${save:-}" ]; then cp "$FILES/release/${a##*/}" .; else cat "$FILES/release/${a##*/}"; fi ;;
esac; done`,
	"git": `if [ "$1" = clone ]; then exec git init -q "${2##*/}"; fi # needs the network
exec "$(PATH=${PATH#*:} command -v git)" "$@"`,
	"make": `grep -q "^$1:" "$ROOT/Makefile"`, // the target is there; running it would run this test
	// It would build the program anew.
	"go": `case "$*" in
"run "*) shift 2 && exec iotlens "$@" ;;
*-dumpdep*) echo '<ReflectMethod>' ;;
"build -o "*) ln -s "$(command -v iotlens)" "$3" ;;
esac`,
	// They may not be installed.
	"valgrind": `exec "${@:2}"`, "strace": `exec "${@:3}"`, "callgrind_annotate": "", "perf": "",
}

// iotlensStandIn runs the program on the day of the samples and lists the call. A verdict is
// no failure of an example, unless its script looks at the exit code. There is no terminal to
// prompt on: "import" is told to go on, "merge" leaves conflicts, "init" and "review" may stop at their first question,
// and "init" runs in a folder that has no review yet.
const iotlensStandIn = `
today=(--today 2026-11-24)
case "${1:-} $*" in
"import "*--yes* | "import "*--dry-run*) ;;
"import "*) set -- "$@" --yes ;;
"report "*--from*) today=() ;; # it was assessed already
"init "*) if [ -e "${2:-}" ]; then there=$(mktemp -d) && cp -R . "$there" && rm "$there/$2" && cd "$there"; fi ;;
esac
code=0
case ${1:-} in
init | review)
	"$PROGRAM" "${today[@]}" "$@" 2>"$CALLS.err" || code=$?
	cat "$CALLS.err" >&2
	if [ $code = 2 ] && grep -q 'set --name' "$CALLS.err"; then code=0; fi
	;;
*) "$PROGRAM" "${today[@]}" "$@" || code=$? ;;
esac
case "${1:-} $code" in
"gate 1" | "gate 3" | "lens 1" | "merge 1") if [ -z "${EXACT:-}" ]; then code=0; fi ;;
esac
echo "$code $*" >>"$CALLS"
exit $code
`

// placeholders are what readers replace.
func placeholders(text string) string {
	dir, _ := prepared()
	sums, _ := os.ReadFile(filepath.Join(dir, "files", "release", "checksums.txt"))
	digest, _, _ := strings.Cut(string(sums), " ")
	return strings.NewReplacer("@VERSION", "@v1.2.3", "DIGEST", digest).Replace(text)
}

// exitsOf are the exit codes of examples by their first line, where they are not 0.
var exitsOf = map[string]int{
	"code=0": 1, // of the gate, which finds gaps
}

// prepared makes all samples and stand-ins, once.
var prepared = sync.OnceValues(func() (string, error) {
	bin, err := built()
	if err != nil {
		return "", err
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "iotlens-examples")
	if err != nil {
		return "", err
	}
	tools := filepath.Join(dir, "tools")
	for _, folder := range []string{tools, filepath.Join(dir, "files")} {
		if err := os.Mkdir(folder, 0o755); err != nil {
			return "", err
		}
	}
	head := "#!/bin/bash\nROOT='" + root + "' PROGRAM='" + filepath.Join(bin, "iotlens") + "' FILES='" + filepath.Join(dir, "files") + "'\n"
	for name, script := range standIns {
		if err := os.WriteFile(filepath.Join(tools, name), []byte(head+script+"\n"), 0o755); err != nil {
			return "", err
		}
	}
	if err := os.WriteFile(filepath.Join(tools, "iotlens"), []byte(head+iotlensStandIn), 0o755); err != nil {
		return "", err
	}
	script := "set -eo pipefail\n" + head + "export CALLS=" + filepath.Join(dir, "calls") + " WORKLOAD=" + workloadID + " LENS=" + lensARN + " PATH='" + tools + "':$PATH DATA='" + filepath.Join(root, "testdata") + "' DOCS='" + filepath.Join(root, "docs") + "'\n"
	for _, s := range samples {
		script += s.script + "\n"
	}
	c := exec.Command("bash", "-c", script)
	c.Dir = filepath.Join(dir, "files")
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("samples: %w\n%s", err, out)
	}
	return dir, nil
})
