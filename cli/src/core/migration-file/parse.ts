/** The migration file: YAML text → `chronos.v1.Migration`, or everything that is wrong with it. */
import { fromJson, type JsonObject } from '@bufbuild/protobuf';
import { semanticProblems } from '@chronos/control-plane/core/orchestrator/validate.ts';
import { type Migration, MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { Places } from './places.ts';
import type { Problem } from './problem.ts';
import { TooMuch, YamlReader } from './read-yaml.ts';
import { brokenRules } from './rules.ts';

/** Larger files are refused unread. */
export const migrationFileBytesMax = 1024 * 1024;

export type ParsedMigration =
  | { readonly ok: true; readonly migration: Migration }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a migration file. Keys may be written in snake_case or camelCase, as protobuf's JSON allows; durations are `10s`; enum values
 * `http2` or `PROTOCOL_HTTP2`. All problems are reported together: syntax, unknown keys, types, the rules of the .proto, and what
 * the fields mean together.
 */
export function parseMigrationFile(text: string): ParsedMigration {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > migrationFileBytesMax)
    return wholeFile(`is ${bytes} bytes long`, `at most ${migrationFileBytesMax} bytes`);
  const lines = new LineCounter();
  const document = isNestedTooDeeply(text) ? undefined : parseYaml(text, lines);
  if (document === undefined)
    return wholeFile('is nested too deeply', 'a mapping such as the one in docs/tutorial.md');
  const places = new Places(lines);
  if (document.errors.length > 0) {
    for (const error of document.errors) {
      const { line, col } = lines.linePos(error.pos[0]);
      places.problems.push({ line, column: col, path: '', message: firstLine(error.message), accepted: '' });
    }
    return { ok: false, problems: places.problems };
  }
  const json = readDocument(document, places);
  if (json === undefined) return { ok: false, problems: places.problems };
  const migration = fromJson(MigrationSchema, json);
  brokenRules(migration, places);
  // The control plane's own check, so that a file that passes here is not refused there.
  const unreported = semanticProblems(migration).filter(
    ({ path }) => !places.isReported(path) && !places.hasProblemInside(path),
  );
  for (const { path, message } of unreported) places.problemAtPath(path, message, '');
  return places.problems.length === 0 ? { ok: true, migration } : { ok: false, problems: places.problems };
}

function wholeFile(message: string, accepted: string): ParsedMigration {
  return { ok: false, problems: [{ line: 0, column: 0, path: '', message, accepted }] };
}

/** A migration file needs about ten levels. */
const nestingMax = 100;

/**
 * Looked at before parsing, whose time grows with the square of the nesting (200,000 brackets: 5 s). Brackets in strings and comments count as
 * well: that many of them left open are no migration file either.
 */
function isNestedTooDeeply(text: string): boolean {
  let open = 0;
  for (const char of text) {
    if (char === '[' || char === '{') open += 1;
    else if (char === ']' || char === '}') open = Math.max(0, open - 1);
    if (open > nestingMax) return true;
  }
  // `- - - - x` nests without a bracket.
  return new RegExp(`^ *([-?] +){${nestingMax}}`, 'm').test(text);
}

/** Undefined when the nesting exhausts the stack: the YAML parser recurses. */
function parseYaml(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, strict: true });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readDocument(document: Document, places: Places): JsonObject | undefined {
  try {
    places.remember('', document.contents, '');
    return new YamlReader(document, places).readMessage(MigrationSchema, document.contents, '');
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    places.problemAt(error.node, '', error.message, '');
    return undefined;
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
