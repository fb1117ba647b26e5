package view

import (
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/text"
)

// PortfolioTitle names a portfolio: how many reviews, as of which day.
func PortfolioTitle(p *portfolio.Portfolio) string {
	return "Portfolio of " + text.Count(len(p.Reviews), "review") + ", as of " + p.Today
}

// Portfolio lists the sections of a portfolio, for the formats that draw tables and lists.
func Portfolio(p *portfolio.Portfolio) []Section { return nil }
