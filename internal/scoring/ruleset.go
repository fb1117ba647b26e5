package scoring

import (
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/rules"
)

// RuleSet parses the rules of a question. The lens must have been checked.
func RuleSet(q *lens.Question) []rules.Rule { return ruleSet(q) }
