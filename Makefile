# make help lists what there is.

TOOLS := -modfile=.ci/tools/go.mod

.PHONY: help setup test lint generate bench fuzz build

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort

setup: ## install what the tests need beyond Go (Debian)
	.ci/setup

test: ## run every test
	go vet ./...
	@test -d "$${IOTLENS_CORPUS:-../shared/corpus/custom-lenses}" || echo 'note: the corpus of real custom lenses was not found; the tests that read it are skipped (IOTLENS_CORPUS names its folder)'
	go test -race ./...

lint: ## check style; installs its tools at their pinned versions
	go tool $(TOOLS) golangci-lint run ./...

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
	go test -run '^$$' -fuzz FuzzQuick -fuzztime 60s -fuzzminimizetime 1s ./internal/yamlfile
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
