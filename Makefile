# make help lists what there is.

TOOLS := -modfile=.ci/tools/go.mod

# Each package has this long; the slowest takes a few minutes alone, and 20 on two
# loaded cores.
TIMEOUT := 40m

.PHONY: help setup test units lint cross generate bench fuzz build

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort

setup: ## install what the tests need beyond Go, git and make (Debian); make test does it first
	.ci/setup

test: ## run every test; first installs what they need
	@.ci/setup || echo 'make test: running the tests all the same; those that need what is missing fail' >&2
	go vet ./...
	go test -race -timeout $(TIMEOUT) ./...; status=$$?; .ci/skipped; exit $$status

units: ## run the tests that need nothing but Go, on any system; names the others
	.ci/units

lint: ## check style; installs its tools at their pinned versions
	go tool $(TOOLS) golangci-lint run ./...

cross: ## vet and build for the other systems
	GOOS=windows go vet ./... && GOOS=windows go build -o /dev/null ./cmd/iotlens
	GOOS=darwin go vet ./... && GOOS=darwin go build -o /dev/null ./cmd/iotlens

generate: ## compile the banks and the schemas anew
	go generate ./...

bench: ## start-up as a ratio to an empty Go program, side by side; lint, proofs, the screen
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
