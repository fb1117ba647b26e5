// Runs SQL statements in DuckDB: a list of them as JSON on standard input, the rows of
// each as JSON on standard output. Paths in the SQL begin at the working directory.
import { DuckDBInstance } from '@duckdb/node-api';

let input = '';
for await (const piece of process.stdin) input += piece;
const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
const out = [];
for (const sql of JSON.parse(input)) {
  out.push((await connection.runAndReadAll(sql)).getRowObjectsJson());
}
process.stdout.write(JSON.stringify(out));
