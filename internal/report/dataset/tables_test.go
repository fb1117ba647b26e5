package dataset

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/parquet"
)

// A TableInfo describes a table, for its documentation.
type TableInfo struct {
	Name    string
	Columns []ColumnInfo
}

// A ColumnInfo describes a column.
type ColumnInfo struct {
	Name  string
	Type  string // in the words of SQL, as Athena and Spark have them
	About string
}

// Tables describes the tables. The first shared columns are the same in all of them.
func Tables() (tables []TableInfo, shared int) {
	return []TableInfo{
		{"reviews", columnInfos(reviewColumns())},
		{"answers", columnInfos(answerColumns())},
		{"provisions", columnInfos(provisionColumns())},
	}, len(sharedColumns())
}

func columnInfos[T any](columns []parquet.Column[T]) []ColumnInfo {
	out := make([]ColumnInfo, len(columns))
	for i, c := range columns {
		out[i] = ColumnInfo{c.Name, c.Kind.SQL(), c.Comment}
	}
	return out
}

// Athena returns the SQL that creates the tables in Amazon Athena.
func Athena() string {
	var b strings.Builder
	b.WriteString(`-- The tables of iotlens portfolio -f parquet in Amazon Athena (docs/portfolio.md).
-- Replace BUCKET, the first day of projection.day.range, and the ids of
-- projection.lens.values by yours.
CREATE DATABASE IF NOT EXISTS iotlens;
`)
	tables, _ := Tables()
	for _, t := range tables {
		fmt.Fprintf(&b, "\nCREATE EXTERNAL TABLE IF NOT EXISTS iotlens.%s (\n", t.Name)
		for i, c := range t.Columns {
			end := ","
			if i == len(t.Columns)-1 {
				end = ""
			}
			fmt.Fprintf(&b, "  `%s` %s COMMENT '%s'%s\n", c.Name, c.Type, strings.ReplaceAll(strings.ReplaceAll(c.About, "`", ""), "'", "''"), end)
		}
		fmt.Fprintf(&b, `)
PARTITIONED BY (lens string, day string)
STORED AS PARQUET
LOCATION 's3://BUCKET/portfolio/%[1]s/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.lens.type' = 'enum',
  'projection.lens.values' = 'aws-iot',
  'projection.day.type' = 'date',
  'projection.day.format' = 'yyyy-MM-dd',
  'projection.day.range' = '2026-01-01,NOW',
  'storage.location.template' = 's3://BUCKET/portfolio/%[1]s/lens=${lens}/day=${day}/'
);
`, t.Name)
	}
	return b.String()
}
