import { BUG_RULES } from './bugs/table.ts';
import { CONSTANT_UNIT } from './constant-unit.ts';
import { FILLED_MINOR_UNITS } from './filled-minor-units.ts';
import { NOISE_RULES } from './noise/rules.ts';
import { PROOF_RULES } from './proofs/table.ts';
import { DOMAINS } from './readings/table.ts';
import { RECORDS_TOLD } from './records-told.ts';
import { SCORED_BUG } from './score/scored-bug.ts';
import { WHOLE_RULES } from './whole-rules.ts';

/** RULES.md: every rule of the judge by the words that stand beside its code. */
export function rulesPage(): string {
  return `${[
    '# Rules of the drift judge',
    '',
    'Written by `node services/arbiter/build/rules-page.ts`; a test fails when it is out of date.',
    '',
    'A difference is **harmless** only when a rule below proves that both raw values mean the same, or that it is legacy’s own noise; a **bug** when a',
    'rule shows one (one request is enough, whatever the others show); else it is **asked**.',
    '',
    '## Proofs',
    '',
    ...table(
      ['rule', 'accepts', 'refuses'],
      PROOF_RULES.map(({ name, accepts, refuses }) => [name, accepts, refuses]),
    ),
    '',
    '### Domains of `coded-notation`',
    '',
    ...table(
      ['domain', 'reads'],
      DOMAINS.map(({ name, reads }) => [name, reads]),
    ),
    '',
    '### Over all observations of a field',
    '',
    ...table(
      ['rule', 'accepts', 'refuses'],
      [
        [
          'spelled-out',
          'Three codes or more of three letters or more (two that leave letters out within the word: SHP, PND), each the short form of its own text and of no other word of one closed vocabulary of business (SUS, suspended), or of one word with the same number, which the field is called by where the code has one letter (B1, BAND_1).',
          'One code alone; a code that two words of the vocabulary begin like, whether modern shows them or not (DEL: deleted, delivered); texts of no vocabulary (their first letters prove nothing); a code with two texts.',
        ],
        [
          'separators-only',
          'Three identifiers or more that modern writes without their separators or with others, which stand at the same places in all of them or between a letter and a figure (756.6391.0831.12, 7566391083112).',
          'Amounts and dates, texts without figures, separators at places that differ, another letter or figure.',
        ],
        [
          'constant-added',
          'A field that legacy never has, with the same short number, version or region of a cloud in three requests or more, or the same flag under a name that describes the answer (_links, meta).',
          'Other truth values, words, anything that differs between requests.',
        ],
        [
          'read-by-members',
          'A text of a public notation by what it says, each member judged like a field of its own: Set-Cookie (RFC 6265), Content-Security-Policy, Cache-Control and Strict-Transport-Security, whose parts have no order; HTML of the same tags (attributes in any order, quotes, line ends between blocks, b and strong, ids that only tie labels to fields); where legacy makes something anew, also web tokens (RFC 7519; scopes are sets), password hashes (bcrypt, Argon2, PBKDF2: only salt and hash are new), objects in base64 and links with parameters.',
          'A member that modern lacks or that says something else (an attribute of the cookie, a scope, the cost of the hash, a lock of a form, the file of a link, how long it lives), other tags.',
        ],
        [
          'told-otherwise-in-public',
          'What one side tells in a public notation of a store, a language or a format, and the other by itself, each part judged like a field of its own: what Python prints ([\'a\', True, None, Decimal(\'1.10\')]), arrays and hstore of PostgreSQL ({a,"b, c"}), MongoDB Extended JSON ({"$oid":…}, {"$date":…}), typed attributes of DynamoDB ({"S":…}, {"N":…}), unions of Avro ({"string":…}), texts and attributes of XML elements, also as BadgerFish has them; a connection of GraphQL, a resource of JSON:API, a list within an object that says at most how many there are; a day or moment by its numbers ({"year":2024,"month":3,"day":5}, {"seconds":…,"nanos":…}, [2024,3,5]), google.type.Money; words behind one and the same name of their enumeration (STATUS_ACTIVE, OrderStatus.Active, :active).',
          'What a program prints for itself, where modern has it in place of a list or object; a part that is lost, added or another one; a list beside a count that is not its own; one word alone behind a prefix, or figures (an identifier).',
        ],
        [RECORDS_TOLD.name, RECORDS_TOLD.accepts, RECORDS_TOLD.refuses],
        [CONSTANT_UNIT.name, CONSTANT_UNIT.accepts, CONSTANT_UNIT.refuses],
        [FILLED_MINOR_UNITS.name, FILLED_MINOR_UNITS.accepts, FILLED_MINOR_UNITS.refuses],
        [
          'taken-apart',
          'A text that modern tells as an object or as a list of objects: each member stands at its place in all texts and is proven equal to what stands there, nothing else of the texts says anything, and no member can be confused with another: by a name or unit beside it, by being the only one of its sort, or by the order that its name asks for (from, to; low, high; length, width, height).',
          'Members of one sort whose names ask for no order (asked), something left of the text, an object that becomes a text; a part that is shown to be another (that bug), or one that stands beside the name of another member or in the wrong order (the bug members-swapped).',
        ],
      ],
    ),
    '',
    '## Bugs',
    '',
    'The first rule that shows a bug is named; `scored-as-bug` comes last, after all proofs. Durations counted in seconds in some requests and in milliseconds in others are `mixed-units`.',
    '',
    ...table(
      ['rule', 'shows', 'spares'],
      [...BUG_RULES, SCORED_BUG].map(({ name, shows, spares }) => [name, shows, spares]),
    ),
    '',
    '## Values as a whole, and what is asked',
    '',
    ...table(
      ['rule', 'verdict', 'when'],
      WHOLE_RULES.map(({ name, verdict, when }) => [name, verdict, when]),
    ),
    '',
    '## Noise: fields that legacy does not repeat',
    '',
    ...table(
      ['rule', 'verdict', 'when'],
      NOISE_RULES.map(({ name, verdict, when }) => [name, verdict, when]),
    ),
  ].join('\n')}\n`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    line(heads),
    `|${heads.map(() => '---').join('|')}|`,
    ...rows.map(([name = '', ...rest]) => line([`\`${name}\``, ...rest])),
  ];
}
