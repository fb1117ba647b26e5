package rules

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An Expr is a parsed condition.
type Expr struct {
	op   op
	id   string  // of opID
	kids []*Expr // one for opNot, two or more for opAnd and opOr
}

type op int

const (
	opID op = iota
	opNot
	opAnd
	opOr
)

// IDs lists the choice ids of a condition, each once, in order of appearance.
func (e *Expr) IDs() []string {
	var out []string
	seen := map[string]bool{}
	var walk func(*Expr)
	walk = func(e *Expr) {
		if e.op == opID && !seen[e.id] {
			seen[e.id] = true
			out = append(out, e.id)
		}
		for _, k := range e.kids {
			walk(k)
		}
	}
	walk(e)
	return out
}

// A SyntaxError is a syntax error in a condition.
type SyntaxError struct {
	Column int // in characters, from 1
	Text   string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("column %d: %s", e.Column, e.Text) }

// maxDepth limits the nesting of a condition; published lenses use up to 2.
const maxDepth = 100

// Parse parses a condition. It returns nil for "default".
func Parse(condition string) (*Expr, error) {
	if strings.TrimSpace(condition) == Default {
		return nil, nil
	}
	p := &parser{in: condition}
	e, err := p.list(opOr, 0)
	if err != nil {
		return nil, err
	}
	if p.skip(); p.at < len(p.in) {
		if p.in[p.at] == ')' {
			return nil, p.errorf("unmatched )")
		}
		return nil, p.errorf("expected && or || here")
	}
	return e, nil
}

type parser struct {
	in string
	at int // in bytes
}

func (p *parser) errorf(format string, args ...any) error {
	return &SyntaxError{Column: utf8.RuneCountInString(p.in[:p.at]) + 1, Text: fmt.Sprintf(format, args...)}
}

// skip skips white space, including the no-break space of word processors.
func (p *parser) skip() {
	for p.at < len(p.in) {
		r, size := utf8.DecodeRuneInString(p.in[p.at:])
		if !unicode.IsSpace(r) {
			return
		}
		p.at += size
	}
}

// list parses operands joined by o. The operands of || are lists joined by &&.
func (p *parser) list(o op, depth int) (*Expr, error) {
	sign, next := "||", p.and
	if o == opAnd {
		sign, next = "&&", p.unary
	}
	first, err := next(depth)
	if err != nil {
		return nil, err
	}
	kids := []*Expr{first}
	for p.accept(sign) {
		k, err := next(depth)
		if err != nil {
			return nil, err
		}
		kids = append(kids, k)
	}
	if len(kids) == 1 {
		return first, nil
	}
	return &Expr{op: o, kids: kids}, nil
}

func (p *parser) and(depth int) (*Expr, error) { return p.list(opAnd, depth) }

func (p *parser) accept(sign string) bool {
	p.skip()
	if strings.HasPrefix(p.in[p.at:], sign) {
		p.at += len(sign)
		return true
	}
	return false
}

func (p *parser) unary(depth int) (*Expr, error) {
	p.skip()
	if depth > maxDepth {
		return nil, p.errorf("nested more than %d deep", maxDepth)
	}
	if p.at == len(p.in) {
		return nil, p.errorf("expected an id, ! or ( at the end")
	}
	switch c := p.in[p.at]; {
	case c == '!':
		p.at++
		k, err := p.unary(depth + 1)
		if err != nil {
			return nil, err
		}
		return &Expr{op: opNot, kids: []*Expr{k}}, nil
	case c == '(':
		open := p.at
		p.at++
		e, err := p.list(opOr, depth+1)
		if err != nil {
			return nil, err
		}
		if !p.accept(")") {
			if p.at < len(p.in) {
				return nil, p.errorf("expected && or || or ) here")
			}
			p.at = open
			return nil, p.errorf("unclosed (")
		}
		return e, nil
	case letter(c):
		from := p.at
		for p.at < len(p.in) && letter(p.in[p.at]) {
			p.at++
		}
		id := p.in[from:p.at]
		if id == Default {
			p.at = from
			return nil, p.errorf("default must be alone")
		}
		return &Expr{op: opID, id: id}, nil
	}
	return nil, p.errorf("expected an id, ! or ( here, not %q", firstRune(p.in[p.at:]))
}

func firstRune(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	return string(r)
}

func letter(c byte) bool {
	return c == '_' || c == '-' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}
