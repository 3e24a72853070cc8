/** Frameworks' defaults and error answers. */
import type { Family } from '../kit.ts';
import { json, object } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { broken, fromTable, pair, same, uuid } from './parts.ts';

export const families: readonly Family[] = [
  ...pair(
    ['POST /payments', 'POST /transfers', 'PUT /orders/{id}'],
    {
      fields: ['errorMessage', 'error.message', 'detail'],
      always: true,
      value: fromTable([
        ['Insufficient funds', 'The balance of the account is too low.', 'The recipient could not be found.'],
        ['Account is blocked', 'This account has been blocked.'],
        ['Unknown recipient', 'The recipient could not be found.', 'The balance of the account is too low.'],
        ['Daily limit exceeded', 'You have exceeded your daily limit.'],
        ['Amount must be positive', 'The amount has to be greater than zero.'],
      ]),
    },
    ['message_reworded', 'The sentence for people is worded anew and names the same cause.'],
    [
      'message_of_other_error',
      'Two keys of messages are swapped, so people are told another cause than the real one.',
      'minor',
    ],
  ),
  ...broken(
    ['POST /applications', 'PUT /customers/{id}', 'POST /quotes'],
    {
      fields: ['invalidFields', 'violations', 'errors'],
      always: true,
      value(random) {
        const all = ['birthDate', 'address.zip', 'iban', 'items[0].qty', 'email', 'phone', 'items[2].price'];
        const bad = random.shuffled(all).slice(0, random.int(1, 4));
        const both = {
          legacy: json(bad),
          legacy2: json(random.shuffled(bad)),
          right: json(random.shuffled(bad)),
        };
        return bad.length === 1 ? both : { ...both, wrong: json([random.pick(bad)]) };
      },
    },
    [
      'fails_at_first_violation',
      'Validation stops at the first violation, so the form shows one mistake of several.',
      'minor',
    ],
  ),
  ...broken(
    ['GET /accounts/{id}', 'DELETE /orders/{id}', 'GET /patients/{id}'],
    {
      fields: ['httpStatus', 'statusCode', 'code'],
      value(random) {
        const status = random.pick([200, 200, 200, 403, 403, 401, 404]);
        return shownJson(status, status, status === 403 || status === 401 ? 200 : status);
      },
    },
    [
      'forbidden_became_ok',
      'A path is missing from the new security rules: what was forbidden is answered.',
      'critical',
    ],
  ),
  ...pair(
    ['POST /orders', 'POST /registrations'],
    {
      fields: ['message', 'error.detail', 'reason'],
      always: true,
      value(random) {
        const cause = random.pick([
          'E-mail is already in use',
          'E-mail is not valid',
          'Article is not for sale',
          'Cart is empty',
        ]);
        const text = (from: string) => json(`${cause} (ref ${from}${random.hex(6)})`);
        const leak = `ERROR: duplicate key value violates unique constraint "users_email_key" Detail: Key (email)=(${random.pick(['olga', 'sam', 'ines'])}.${random.hex(3)}@mail.example) already exists.`;
        const duplicate = cause.includes('already');
        return {
          legacy: text('L-'),
          legacy2: text('L-'),
          right: text(''),
          ...(duplicate ? { wrong: json(leak) } : {}),
        };
      },
    },
    [
      'support_reference',
      'The reference for the help desk is made for each answer; the message is the same.',
    ],
    [
      'database_error_leaks',
      'The message of the database, with the data of another user, is passed on to the client.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /orders/{id}', 'GET /documents/{id}', 'GET /invoices/{number}'],
    {
      fields: ['_links.self', 'self', 'href'],
      always: true,
      common: (random) => random.pick(['orders', 'documents', 'invoices']),
      value(random, kind) {
        const id = random.int(10_000, 999_999);
        return shownJson(
          `http://www.helios.example:80/rest/${kind}/${id}`,
          `https://api.helios.example/v1/${kind}/${id}`,
          random.chance(0.4)
            ? `http://localhost:8080/v1/${kind}/${id}`
            : `https://api.helios.example/v1/${kind}/${id}`,
        );
      },
    },
    ['self_link_new_base', 'The link leads to the same resource below the address of the new service.'],
    [
      'self_link_localhost',
      'Behind one of the proxies the address is taken from the socket: the link leads nowhere.',
      'minor',
    ],
  ),
  ...same(
    ['POST /login', 'POST /oauth/token'],
    {
      fields: ['expires_in', 'expiresIn'],
      clear: true,
      value(random) {
        const left = () => String(3600 - random.int(0, 3));
        return { legacy: left(), legacy2: left(), right: left() };
      },
    },
    ['token_counting_down', 'The seconds a token has left were counted a second or two apart.'],
  ),
  ...pair(
    ['POST /login', 'POST /sessions'],
    {
      fields: ['token', 'sessionToken', 'accessToken'],
      clear: true,
      always: true,
      common: (random) => random.hex(48),
      value(random, shared) {
        return {
          legacy: json(random.hex(32)),
          legacy2: json(random.hex(32)),
          right: json(random.hex(48)),
          wrong: json(shared),
        };
      },
    },
    ['token_random', 'An opaque token, drawn at random for each session on either side.'],
    [
      'token_shared_by_all',
      'The token is made once at start-up, so all sessions hold one and the same token.',
      'critical',
    ],
  ),
  ...same(
    ['GET /orders/{id}', 'GET /customers/{id}'],
    {
      fields: ['etag', '_etag', 'headers.etag'],
      clear: true,
      value(random) {
        return { legacy: json(`"${random.hex(5)}-${random.hex(13)}"`), right: json(`"${random.hex(32)}"`) };
      },
    },
    [
      'etag_of_other_server',
      'An opaque validator that each server makes in its own way; clients only send it back.',
    ],
  ),
  ...same(
    ['GET /orders/{id}', 'POST /quotes', 'GET /health'],
    {
      fields: ['tookMs', 'elapsedMs', 'processingTimeMs'],
      clear: true,
      value(random) {
        const took = (from: number) => String(Math.floor(from * (1 + random.next() ** 3 * 6)));
        return { legacy: took(38), legacy2: took(38), right: took(11) };
      },
    },
    ['time_taken', 'How long the answer took, measured anew each time; legacy differs from itself.'],
  ),
  ...same(
    ['GET /accounts/{id}', 'GET /orders/{id}'],
    {
      fields: ['rateLimit.remaining', 'quotaRemaining', 'remainingCalls'],
      clear: true,
      common: () => ({ old: 5000, fresh: 5000 }),
      value(random, left) {
        left.old -= random.int(1, 4);
        const legacy = String(left.old);
        left.old -= 1;
        left.fresh -= random.int(1, 3);
        return { legacy, legacy2: String(left.old), right: String(left.fresh) };
      },
    },
    ['calls_left', 'Each side counts the calls of its own clients down from the same limit.'],
  ),
  ...broken(
    ['POST /payments', 'POST /transfers'],
    {
      fields: ['result', 'outcome', 'paymentStatus'],
      value: fromTable([
        ['ACCEPTED', 'ACCEPTED'],
        ['ACCEPTED', 'ACCEPTED'],
        ['REJECTED', 'REJECTED', 'ACCEPTED'],
        ['PENDING', 'PENDING', 'ACCEPTED'],
      ]),
    },
    [
      'failure_reported_as_success',
      'An exception is logged and swallowed, so payments that failed are reported as accepted.',
      'critical',
    ],
  ),
  ...same(
    ['GET /documents/{id}', 'POST /ws/DocumentService'],
    {
      fields: ['contentType', 'headers.contentType', 'mime'],
      value(random) {
        const type = random.pick([
          'application/json',
          'text/html',
          'text/xml',
          'text/csv',
          'application/pdf',
          'image/png',
        ]);
        if (!/json|text/.test(type)) return { legacy: json(type), right: json(type) };
        return { legacy: json(`${type};charset=UTF-8`), right: json(`${type}; charset=utf-8`) };
      },
    },
    [
      'charset_parameter_spelling',
      'The name of a character set has no case, and the space before a parameter means nothing.',
    ],
  ),
  ...same(
    ['GET /orders/{id}', 'POST /uploads'],
    {
      fields: ['upload', 'link', 'target'],
      common: (random) => random.pick(['claims', 'invoices', 'photos']),
      value(random, kind) {
        const key = `${kind}/${uuid(random)}.pdf`;
        const signed = () =>
          object({
            key: json(key),
            signature: json(random.hex(40)),
            expires: String(random.int(1_780_000_000, 1_780_003_600)),
          });
        return { legacy: signed(), legacy2: signed(), right: signed() };
      },
    },
    ['signed_link', 'The same object, signed anew at each answer; only key decides what is read.'],
  ),
];
