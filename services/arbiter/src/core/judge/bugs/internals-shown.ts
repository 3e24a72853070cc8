import { textRule } from './text-pairs.ts';

/** What a program says of itself when it fails: exceptions, stack traces, messages of drivers and databases. */
const INTERNALS: readonly RegExp[] = [
  /\b[A-Z]\w*(?:Error|Exception)\b(?:: | at |$)/,
  /\bat [\w$.<>]+ ?\([^()]{1,120}:[0-9]+\)/,
  /Traceback \(most recent call last\)|File "[^"]{1,200}", line [0-9]+/,
  /\b(?:ORA-[0-9]{5}|SQLSTATE\b|ER_[A-Z_]{4,}|ECONN(?:REFUSED|RESET)|ETIMEDOUT|ENOTFOUND)\b/,
  /\bCannot read propert|null pointer|duplicate key value violates|syntax error at or near/i,
];

export const internalsShown = textRule({
  name: 'internals-shown',
  shows:
    'Modern tells what happened inside it (an exception, a stack trace, a message of the database) where legacy has a message for its clients.',
  spares: 'Messages of which legacy’s own tell as much.',
  how({ legacy, modern }) {
    const sign = INTERNALS.find((pattern) => pattern.test(modern));
    return sign === undefined || INTERNALS.some((pattern) => pattern.test(legacy))
      ? undefined
      : 'it tells what happened inside the program';
  },
});
