import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** What a program says of itself when it fails: exceptions, stack traces, messages of drivers and databases, hosts and files of its own. */
const INTERNALS: readonly RegExp[] = [
  /\b[A-Z]\w*(?:Error|Exception)\b(?:: | at |$|\n)/,
  /\bat [\w$.<>]+ ?\([^()]{1,120}:[0-9]+\)/,
  /Traceback \(most recent call last\)|File "[^"]{1,200}", line [0-9]+|^goroutine [0-9]+ \[/,
  /\b(?:ORA-[0-9]{5}|SQLSTATE\b|SQLCODE\b|ER_[A-Z_]{4,}|E11000|SQLITE_[A-Z]{3,}|ECONN(?:REFUSED|RESET)|ETIMEDOUT|ENOTFOUND|ENOENT)\b/,
  /\bCannot read propert|null pointer|duplicate key value violates|syntax error at or near|error in your SQL syntax|Object reference not set|nil pointer dereference/i,
  /\b(?:relation|column|table) ["'`][\w.]{1,64}["'`] does(?: not|n't) exist|\bDuplicate entry '|violates (?:unique|foreign key|not-null|check) constraint|\bDeadlock found\b|could not serialize access/i,
  /\b(?:SELECT\b[^;]{1,200}\bFROM|INSERT INTO|DELETE FROM|UPDATE\s+[\w."`]{1,64}\s+SET)\s/,
  /\b(?:dial tcp|connection refused|i\/o timeout|no such host|rpc error: code)\b/,
  /(?<![0-9.])(?:10\.[0-9]{1,3}|192\.168|172\.(?:1[6-9]|2[0-9]|3[01]))\.[0-9]{1,3}\.[0-9]{1,3}:[0-9]{2,5}\b|\.(?:svc\.cluster\.local|internal|lan)(?::[0-9]+|\b)/,
  /(?<![\w.-])(?:\/[\w.-]+){2,}\.(?:java|js|ts|py|rb|php|go|cs|rs):[0-9]+|\bin (?:\/[\w.-]+){2,}\.(?:php|rb|py)\b|\b[A-Z]:\\(?:[\w .-]+\\)+[\w.-]+\.cs\b/,
];

/** Links to a machine that only its neighbours find: localhost, private addresses, names without a point. */
const INNER_LINK =
  /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\]|10\.[0-9.]{5,11}|192\.168\.[0-9.]{3,7}|172\.(?:1[6-9]|2[0-9]|3[01])\.[0-9.]{3,7}|[a-z][a-z0-9-]{0,62})(?::[0-9]{1,5})?(?:[/?#]|$)/i;

/** Texts of a JSON document as long as this are looked through. */
const CHARS_MAX = 4096;

export const internalsShown: BugRule = {
  name: 'internals-shown',
  shows:
    'Modern tells what happened inside it (an exception, a stack trace, a statement or message of the database, a host or file of its own, a link to a machine that only its neighbours find) where legacy has a text for its clients, and no text of legacy tells as much in any request.',
  spares: 'Messages of which legacy’s own tell as much; codes without a blank (ERR_TIMEOUT).',
  needs: ['texts'],
  find(context) {
    const found = context.unproven.filter(
      ({ legacy, modern }) => legacy.text !== undefined && isInternal(modern.text),
    );
    const [first] = found;
    if (first === undefined) return undefined;
    if (context.all.some(({ legacy, legacy2 }) => isInternal(legacy.text) || isInternal(legacy2?.text)))
      return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: it tells what happened inside the program`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

function isInternal(text: string | undefined): boolean {
  if (text === undefined || text.length < 6 || text.length > CHARS_MAX) return false;
  return INNER_LINK.test(text) || INTERNALS.some((pattern) => pattern.test(text));
}
