# make help lists the targets.

TOOLS := -modfile=.ci/tools/go.mod

# Timeout for the tests of a package. The slowest package takes a few minutes on its own,
# and 20 on two busy cores.
TIMEOUT := 40m

# The folder that make site writes to, and the base path of the published site.
OUT := site
BASE := /

.PHONY: help setup test units bank lint cross vuln generate bench fuzz build site snapshot

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort

setup: ## install what the tests need beyond Go, git and make (Debian); make test does this first
	.ci/setup

test: ## run all tests; installs what they need first
	@.ci/setup || echo 'make test: running the tests anyway; tests that need what is missing will fail' >&2
	go vet ./...
	go test -race -timeout $(TIMEOUT) ./...; status=$$?; .ci/skipped; exit $$status

units: ## run the tests that need only Go, on any system; lists the others
	.ci/units

lint: ## check style; installs its tools at pinned versions
	go tool $(TOOLS) golangci-lint run ./...

cross: ## vet and build for Windows and macOS
	GOOS=windows go vet ./... && GOOS=windows go build -o /dev/null ./cmd/iotlens
	GOOS=darwin go vet ./... && GOOS=darwin go build -o /dev/null ./cmd/iotlens

vuln: ## look for known vulnerabilities in what the program calls
	.ci/vuln

generate: ## regenerate the compiled banks, the schemas and the notices
	go generate ./...

bank: ## after a change to a question: check and compile the bank, update the pages that quote it, run its tests
	go run ./cmd/iotlens lens validate --bank .
	go generate ./...
	UPDATE_GOLDEN=1 go test ./internal/report -run TestReadmeSampleIsCurrent
	UPDATE_GOLDEN=1 go test ./cmd/iotlens -run TestTutorialIsCorrect
	go test ./internal/bank/... ./internal/framework ./internal/priority ./internal/runsheet ./internal/schemagen

bench: ## measure start-up against an empty Go program, size, lint, proofs and the screen
	go test -run '^$$' -bench . -benchtime 1x ./internal/bench
	go test -run '^$$' -bench . ./internal/rules ./internal/wa/lint
	go test -run '^$$' -bench Key ./internal/tui
	go test -run '^$$' -bench Answer -benchtime 100x ./cmd/iotlens
	go test -run '^$$' -bench Idle -benchtime 1x ./cmd/iotlens

fuzz: ## fuzz the readers for a minute each
	go test -run '^$$' -fuzz FuzzPatch -fuzztime 60s -fuzzminimizetime 1s ./internal/yamlfile
	go test -run '^$$' -fuzz FuzzParse -fuzztime 60s -fuzzminimizetime 1s ./internal/rules
	go test -run '^$$' -fuzz FuzzImport -fuzztime 60s -fuzzminimizetime 1s ./internal/wa/customlens
	go test -run '^$$' -fuzz FuzzParse -fuzztime 60s -fuzzminimizetime 1s ./internal/jsonfile
	go test -run '^$$' -fuzz FuzzFix -fuzztime 60s -fuzzminimizetime 1s ./internal/wa/lint
	go test -run '^$$' -fuzz FuzzReadAnswers -fuzztime 60s -fuzzminimizetime 1s ./internal/wa/answers
	go test -run '^$$' -fuzz FuzzRead -fuzztime 60s -fuzzminimizetime 1s ./internal/wa/openreview
	go test -run '^$$' -fuzz FuzzReadJSON -fuzztime 60s -fuzzminimizetime 1s ./internal/report
	go test -run '^$$' -fuzz FuzzTake -fuzztime 60s -fuzzminimizetime 1s ./internal/spreadsheet

build: ## build bin/iotlens
	CGO_ENABLED=0 go build -trimpath -o bin/iotlens ./cmd/iotlens

site: ## write the documentation and the lens as a website to the folder site, or OUT
	go run ./internal/site/build -base $(BASE) $(OUT)

snapshot: ## build an unsigned release of this commit in dist, and check every file of it
	go tool -modfile=.ci/release/go.mod goreleaser release --snapshot --clean --skip=sign
	IOTLENS_DIST=$(CURDIR)/dist go test -count=1 -run TestARelease -v ./internal/release
