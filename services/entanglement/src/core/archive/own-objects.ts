/** Whether a schema (an SQL expression of its name) is the database's own. */
export const own = (schema: string) => `${schema} !~ '^pg_' AND ${schema} <> 'information_schema'`;

/** What an extension brings comes with the extension. */
export const notOfExtension = (catalog: string, oid: string) =>
  `NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '${catalog}'::regclass AND d.objid = ${oid} AND d.deptype = 'e')`;

/** Nor was it made by a type for itself, as the constructors of ranges are. */
export const madeByHand = (catalog: string, oid: string) =>
  `NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = '${catalog}'::regclass AND d.objid = ${oid} AND d.deptype IN ('e', 'i'))`;
