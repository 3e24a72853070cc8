/** What web servers answer: cookies, policies, forms, addresses, XML, keys. */
import { decimal, json, minorUnits } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, only, pair } from './domain.ts';

const routes = [
  'GET /portal/login',
  'POST /portal/session',
  'GET /portal/forms/{id}',
  'GET /files/{id}/link',
];

const cookie = pair(
  routes,
  {
    fields: ['set-cookie', 'sessionCookie', 'hdr'],
    value(random) {
      const name = random.pick(['SID', 'JSESSIONID', 'portal']);
      const path = random.pick(['/', '/portal', '/self-service']);
      const site = random.pick(['Lax', 'Strict']);
      const old = () => json(`${name}=${random.hex(24)}; Path=${path}; Secure; HttpOnly; SameSite=${site}`);
      const attributes = random.shuffled([
        'secure',
        'httponly',
        `samesite=${site.toLowerCase()}`,
        `path=${path}`,
      ]);
      const dropped = random.pick(['secure', 'httponly']);
      const text = (all: readonly string[]) => json([`${name}=${random.hex(24)}`, ...all].join('; '));
      return {
        legacy: old(),
        legacy2: old(),
        right: text(attributes),
        wrong: text(attributes.filter((attribute) => attribute !== dropped)),
      };
    },
  },
  {
    name: 'dd_cookie_attributes_reordered',
    why: 'The value is made anew for each session anyway; names of cookie attributes have no case and no order.',
  },
  {
    name: 'dd_cookie_protection_dropped',
    why: 'Beside the random value the cookie lost Secure or HttpOnly, so it can be stolen.',
    critical: true,
  },
);

const percent = pair(
  ['GET /files/{id}/link', 'GET /documents/{id}', 'POST /redirects'],
  {
    fields: ['href', 'location', 'documentUrl'],
    value(random) {
      const year = random.int(2019, 2026);
      const part = random.pick(['claim%2f', 'offer%2f', 'claim', 'case%2f', 'memo']);
      const serial = random.digits(4);
      const url = (user: string, file: string) =>
        `https://files.example.org/${user}archive/${file}${year}-${serial}.pdf`;
      return shownJson(
        url('%7e', part),
        url('~', part.replace('%2f', '%2F')),
        url('~', part.replace('%2f', '/')),
      );
    },
  },
  {
    name: 'dd_url_escapes_normalised',
    why: 'RFC 3986: an escaped tilde equals the tilde, and the hex digits of an escape have no case.',
  },
  {
    name: 'dd_url_escaped_slash_opened',
    why: 'An escaped slash within a file name became a real slash, which addresses another resource.',
    critical: false,
  },
);

const form = pair(
  ['GET /portal/forms/{id}', 'GET /portal/payments/new', 'GET /portal/orders/{id}/confirm'],
  {
    fields: ['html', 'formMarkup', 'fragment'],
    value(random) {
      const amount = decimal(minorUnits(random, 500, 900_000), 2);
      const target = random.pick(['/pay', '/confirm', '/transfer']);
      const old = () =>
        json(
          `<form method="post" action="${target}"><input type="hidden" name="_csrf" value="${random.hex(16)}"><input name="amount" value="${amount}" readonly><button>OK</button></form>`,
        );
      const fresh = (lock: string) =>
        json(
          `<form action="${target}" method="post">\n  <input name="_csrf" type="hidden" value="${random.hex(16)}"/>\n  <input name="amount"${lock} value="${amount}"/>\n  <button>OK</button>\n</form>`,
        );
      return { legacy: old(), legacy2: old(), right: fresh(' readonly="readonly"'), wrong: fresh('') };
    },
  },
  {
    name: 'dd_form_written_otherwise',
    why: 'Same fields, target, amount and lock; the order of attributes, the layout and the anti-forgery token mean nothing.',
  },
  {
    name: 'dd_form_amount_unlocked',
    why: 'Among harmless rewriting the amount of the form is no longer read-only: the customer may change it.',
    critical: true,
  },
);

const xml = only(
  ['POST /ws/PaymentService', 'GET /iso20022/messages/{id}', 'POST /sepa/files'],
  {
    fields: ['payload', 'amountXml', 'body'],
    value(random) {
      const namespace = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.03';
      const [amount, currency] = [decimal(minorUnits(random), 2), random.pick(['EUR', 'CHF', 'SEK', 'USD'])];
      const end = `E2E-${random.digits(6)}`;
      const legacy = `<p:CdtTrfTxInf xmlns:p="${namespace}"><p:EndToEndId>${end}</p:EndToEndId><p:InstdAmt Ccy="${currency}">${amount}</p:InstdAmt></p:CdtTrfTxInf>`;
      const modern = `<CdtTrfTxInf xmlns='${namespace}'><EndToEndId>${end}</EndToEndId><InstdAmt Ccy='${currency}'>${amount}</InstdAmt></CdtTrfTxInf>`;
      return { legacy: json(legacy), right: json(modern) };
    },
  },
  {
    name: 'dd_xml_default_namespace',
    why: 'The prefix of a namespace and the kind of quotes mean nothing in XML; elements, namespace and values are the same.',
  },
);

const link = pair(
  ['GET /files/{id}/link', 'GET /invoices/{number}/pdf', 'GET /patients/{mrn}/letters'],
  {
    fields: ['downloadUrl', 'signedLink', 'url'],
    value(random) {
      const document = random.int(100_000, 999_999);
      const start = random.int(1_700_000_000, 1_780_000_000);
      const url = (id: number, later: number) =>
        json(`https://docs.example.org/c/${id}.pdf?expires=${start + 900 + later}&sig=${random.hex(32)}`);
      return {
        legacy: url(document, 0),
        legacy2: url(document, random.int(0, 2)),
        right: url(document, random.int(0, 3)),
        wrong: url(document + random.pick([-1, 1]), random.int(0, 3)),
      };
    },
  },
  {
    name: 'dd_signed_link_made_anew',
    why: 'Expiry and signature are made for every request, in legacy too; the link leads to the same document.',
  },
  {
    name: 'dd_signed_link_to_neighbour',
    why: "Behind the changing signature the link leads to the neighbouring document: somebody else's letter.",
    critical: true,
  },
);

const pem = only(
  ['GET /keys/{id}', 'GET /certificates/{serial}', 'POST /devices/enroll'],
  {
    fields: ['certificate', 'x5c', 'trustAnchor'],
    value(random) {
      const length = random.int(280, 400);
      const der = Buffer.from(`3082${length.toString(16).padStart(4, '0')}${random.hex(2 * length)}`, 'hex');
      const body = der.toString('base64');
      const lines = body.match(/.{1,64}/g) ?? [];
      return {
        legacy: json(`-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`),
        right: json(body),
      };
    },
  },
  {
    name: 'dd_certificate_without_armour',
    why: 'The PEM frame and its line breaks only carry the base64 text of the certificate, which is the same.',
  },
);

const pattern = only(
  ['GET /forms/{id}/schema', 'GET /validation/rules', 'GET /portal/forms/{id}'],
  {
    fields: ['pattern', 'validation', 'mask'],
    value(random) {
      const [letters, digits] = [random.int(0, 3), random.int(2, 7)];
      const times = (count: number) => (count === 1 ? '' : `{${count}}`);
      return {
        legacy: json(`^${'[A-Z]'.repeat(letters)}${'[0-9]'.repeat(digits)}$`),
        right: json(`^${letters === 0 ? '' : `[A-Z]${times(letters)}`}[0-9]${times(digits)}$`),
      };
    },
  },
  {
    name: 'dd_pattern_with_counts',
    why: 'Repeated classes of characters are written with a count: the pattern accepts exactly the same inputs.',
  },
);

const policy = broken(
  ['GET /portal/login', 'GET /portal/{page}', 'GET /gateway/headers'],
  {
    fields: ['content-security-policy', 'csp', 'securityHeader'],
    value(random) {
      const host = `${random.pick(['cdn', 'static', 'assets'])}${random.int(1, 9)}.example.org`;
      const directives = (scripts: string) => [
        "default-src 'self'",
        `script-src 'self' https://${host}${scripts}`,
        "frame-ancestors 'none'",
        "object-src 'none'",
      ];
      return {
        legacy: json(directives('').join('; ')),
        right: json(random.shuffled(directives('')).join(';')),
        wrong: json(random.shuffled(directives(" 'unsafe-inline'")).join(';')),
      };
    },
  },
  {
    name: 'dd_policy_allows_inline_scripts',
    why: "The directives may stand in any order, but script-src now has 'unsafe-inline', which opens the page to injection.",
    critical: true,
  },
);

const entities = broken(
  ['GET /companies/{id}/profile', 'GET /portal/{page}', 'GET /messages/{id}'],
  {
    fields: ['companyHtml', 'heading', 'snippet'],
    value(random) {
      const [left, right] = [
        random.pick(['Smith', 'Novak', 'Rossi', 'Jensen']),
        random.pick(['Sons', 'Co', 'Partner']),
      ];
      const mark = random.pick(['Ltd', 'script', 'GmbH', 'i']);
      const odd = random.chance(0.5);
      const text = (and: string, open: string, close: string) =>
        json(`<h2>${left} ${and} ${right}${odd ? ` ${open}${mark}${close}` : ''}</h2>`);
      const [legacy, same] = [text('&amp;', '&lt;', '&gt;'), text('&#38;', '&#60;', '&#62;')];
      return odd ? shown(legacy, same, text('&#38;', '<', '>')) : { legacy, right: same };
    },
  },
  {
    name: 'dd_markup_unescaped',
    why: 'Escaped angle brackets of the text became real markup, which swallows words and lets scripts in.',
    critical: true,
  },
);

export const families = [
  ...cookie,
  ...percent,
  ...form,
  ...xml,
  ...link,
  ...pem,
  ...pattern,
  ...policy,
  ...entities,
];
