package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// A row group is written when it has this many rows or bytes of text. Smaller groups need
// less memory; larger groups let readers skip more.
const (
	maxGroupRows  = 30_000
	maxGroupBytes = 8 << 20
)

// magic is at the beginning and the end of a file. Source: Apache Parquet format 2.11, File
// Format.
const magic = "PAR1"

// createdBy names the writer of a file in the form that readers parse to work around bugs of
// writers. It does not have the version of iotlens, so that the same rows give the same
// bytes.
const createdBy = "iotlens version 1"

// A Writer writes a file of rows of type T.
type Writer[T any] struct {
	columns []Column[T]
	fileWriter
}

// A fileWriter is the part of a Writer that does not depend on the type of the rows.
type fileWriter struct {
	out    countingWriter
	chunks []chunk
	rows   int // in the row group so far
	meta   format.FileMetaData
	err    error
}

// New starts a file with columns.
func New[T any](w io.Writer, columns []Column[T]) *Writer[T] {
	out := &Writer[T]{columns: columns, fileWriter: fileWriter{out: countingWriter{w: w}}}
	for _, c := range columns {
		out.chunks = append(out.chunks, chunk{name: c.Name, kind: c.Kind, dictionary: map[string]int32{}})
	}
	out.writeHeader()
	return out
}

// Row adds a row. Rows are buffered: an error may be returned by a later call or by Close.
func (w *Writer[T]) Row(row T) error {
	for i := range w.columns {
		w.chunks[i].add(w.columns[i].Value(row))
	}
	return w.rowAdded()
}

func (w *fileWriter) writeHeader() {
	w.meta = format.FileMetaData{Version: 2, CreatedBy: createdBy, Schema: []format.SchemaElement{
		{Name: "schema", NumChildren: thrift.New(int32(len(w.chunks)))}, //nolint:gosec // a few columns
	}}
	for _, c := range w.chunks {
		w.meta.Schema = append(w.meta.Schema, schemaOf(c.name, c.kind)...)
		w.meta.ColumnOrders = append(w.meta.ColumnOrders, format.ColumnOrder{Value: new(format.TypeDefinedOrder)})
	}
	w.write([]byte(magic))
}

// rowAdded counts a row and writes the row group if it is full.
func (w *fileWriter) rowAdded() error {
	bytes := 0
	for i := range w.chunks {
		bytes += w.chunks[i].dictionaryBytes
	}
	w.rows++
	if w.rows >= maxGroupRows || bytes >= maxGroupBytes {
		w.writeGroup()
	}
	return w.err
}

// schemaOf returns the schema elements of a column.
// Source: Apache Parquet format 2.11, LogicalTypes, Lists.
func schemaOf(name string, k Kind) []format.SchemaElement {
	e := format.SchemaElement{Name: name, RepetitionType: thrift.New(format.Optional), Type: thrift.New(k.physical())}
	switch k {
	case KindText, KindList:
		e.LogicalType, e.ConvertedType = format.LogicalType{Value: new(format.StringType)}, thrift.New(deprecated.UTF8)
	case KindDay:
		e.LogicalType, e.ConvertedType = format.LogicalType{Value: new(format.DateType)}, thrift.New(deprecated.Date)
	}
	if k != KindList {
		return []format.SchemaElement{e}
	}
	e.Name, e.RepetitionType = "element", thrift.New(format.Required)
	return []format.SchemaElement{
		{
			Name: name, RepetitionType: thrift.New(format.Required), NumChildren: thrift.New(int32(1)),
			LogicalType: format.LogicalType{Value: new(format.ListType)}, ConvertedType: thrift.New(deprecated.List),
		},
		{Name: "list", RepetitionType: thrift.New(format.Repeated), NumChildren: thrift.New(int32(1))},
		e,
	}
}

func (k Kind) physical() format.Type {
	return [...]format.Type{format.ByteArray, format.Int32, format.Int32, format.Double, format.Boolean, format.ByteArray}[k]
}

// Close writes the rest of the file. It does not close the underlying writer.
func (w *fileWriter) Close() error {
	if w.rows > 0 {
		w.writeGroup()
	}
	footer := w.encode(&w.meta)
	w.write(footer)
	w.write(binary.LittleEndian.AppendUint32(nil, uint32(len(footer)))) //nolint:gosec // some KB a row group
	w.write([]byte(magic))
	return w.err
}

// writeGroup writes the buffered rows as a row group.
func (w *fileWriter) writeGroup() {
	g := format.RowGroup{NumRows: int64(w.rows), FileOffset: w.out.n, Ordinal: int16(min(len(w.meta.RowGroups), 1<<15-1))} //nolint:gosec // bounded here
	for i := range w.chunks {
		column := w.writeChunk(&w.chunks[i])
		g.Columns = append(g.Columns, format.ColumnChunk{MetaData: column})
		g.TotalByteSize += column.TotalUncompressedSize
		g.TotalCompressedSize += column.TotalCompressedSize
	}
	w.meta.RowGroups = append(w.meta.RowGroups, g)
	w.meta.NumRows += g.NumRows
	w.rows = 0
}

// writeChunk writes the pages of a column of a row group and resets the column.
func (w *fileWriter) writeChunk(c *chunk) format.ColumnMetaData {
	m := format.ColumnMetaData{
		Type: c.kind.physical(), Codec: format.Gzip, NumValues: int64(len(c.defLevels)), PathInSchema: []string{c.name},
		Encoding: []format.Encoding{format.Plain, format.RLE}, Statistics: c.statistics(),
	}
	values := format.Plain
	if c.kind == KindList {
		m.PathInSchema = append(m.PathInSchema, "list", "element")
	}
	if c.hasDictionary() {
		values = format.RLEDictionary
		m.Encoding = append(m.Encoding, values)
		m.DictionaryPageOffset = w.out.n
		w.writePage(&m, c.dictionaryPage(), format.PageHeader{
			Type:                 format.DictionaryPage,
			DictionaryPageHeader: thrift.New(format.DictionaryPageHeader{NumValues: int32(len(c.dictionaryTexts)), Encoding: format.Plain}), //nolint:gosec // at most the bytes of a row group
		})
	}
	m.DataPageOffset = w.out.n
	body, err := c.dataPage()
	w.err = errors.Join(w.err, err)
	w.writePage(&m, body, format.PageHeader{
		Type: format.DataPage,
		DataPageHeader: thrift.New(format.DataPageHeader{
			NumValues: int32(len(c.defLevels)), Encoding: values, DefinitionLevelEncoding: format.RLE, RepetitionLevelEncoding: format.RLE, //nolint:gosec // as above
		}),
	})
	c.reset()
	return m
}

// writePage writes a page and adds its size to the metadata of its column.
func (w *fileWriter) writePage(m *format.ColumnMetaData, body []byte, h format.PageHeader) {
	packed, err := compress(body)
	w.err = errors.Join(w.err, err)
	h.UncompressedPageSize, h.CompressedPageSize = int32(len(body)), int32(len(packed)) //nolint:gosec // bytesOfGroup bounds them
	head := w.encode(&h)
	w.write(head)
	w.write(packed)
	m.TotalUncompressedSize += int64(len(head) + len(body))
	m.TotalCompressedSize += int64(len(head) + len(packed))
}

func (w *fileWriter) encode(v any) []byte {
	out, err := thrift.Marshal(new(thrift.CompactProtocol), v)
	if err != nil {
		w.err = errors.Join(w.err, fmt.Errorf("parquet: %w", err))
	}
	return out
}

func (w *fileWriter) write(data []byte) {
	if w.err == nil {
		_, w.err = w.out.Write(data)
	}
}

// A countingWriter counts the bytes written through it.
type countingWriter struct {
	w io.Writer
	n int64
}

func (c *countingWriter) Write(data []byte) (int, error) {
	n, err := c.w.Write(data)
	c.n += int64(n)
	return n, err
}
