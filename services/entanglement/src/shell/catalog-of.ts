import type { Catalog } from '../core/mapping/catalog.ts';
import { readCatalog } from './catalog.ts';
import { openSql } from './cdc/open-sql.ts';
import { readSqliteCatalog } from './cdc/sqlite/catalog.ts';
import { openSqlite, sqlitePath } from './cdc/sqlite/database.ts';

/** What the database at this URL says of these tables (`schema.name`), whichever it is. */
export async function catalogOf(url: string, tables: readonly string[]): Promise<Catalog> {
  const path = sqlitePath(url);
  if (path !== undefined) {
    const database = openSqlite(path);
    try {
      return readSqliteCatalog(database, tables);
    } finally {
      database.close();
    }
  }
  const sql = await openSql(url);
  try {
    return await readCatalog(sql, tables);
  } finally {
    await sql.end();
  }
}
