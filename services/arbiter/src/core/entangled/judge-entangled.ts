import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import { Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { decodeHeader } from '../compare/charset.ts';
import type { Codecs } from '../compare/content-encoding.ts';
import type { Methods } from '../compare/descriptors.ts';
import { pathOf } from '../compare/field-path.ts';
import { requestUrl, sameReference } from '../compare/locations.ts';
import { readBody } from '../compare/read-body.ts';
import { readResponse } from '../compare/response.ts';
import { bug, harmless, type Judge, type Judged } from '../judge/ruling.ts';
import { idInHeader } from './header-id.ts';
import { type Pairs, type Relation, relationOf } from './pairs.ts';
import { requestValues } from './request-values.ts';
import { type EntangledBijection, type EntangledRules, normalPath } from './rules.ts';
import { textOf, valuesAt } from './values-at.ts';

export interface EntangledContext {
  readonly rules: EntangledRules;
  readonly pairs: Pairs;
  readonly methods: Methods;
  readonly codecs: Codecs;
  /** Told of a difference that may be two ids of one thing, of which no pair is known yet. */
  readonly onUnlearned?: () => void;
}

/**
 * A judge that reads answers through the bijections and leaves everything else to `inner`. In this order: at a declared place, identifiers
 * that are partners, or new on both sides, are the same; with another partner they are a bug. Anywhere else an identifier counts as one only
 * if its value could not be there by chance.
 */
export function judgeEntangled(
  legacy: Exchange,
  modern: Exchange,
  context: EntangledContext,
  inner: Judge,
): Judge {
  const answers = new EntangledAnswers(legacy, modern, context);
  return (finding, second) => {
    if (finding.declared !== undefined) return inner(finding, second);
    const [a, b] = [textOf(finding.legacy), textOf(finding.modern)];
    if (a === undefined || b === undefined || a === '' || b === '') return inner(finding, second);
    const path = normalPath(pathOf(finding.at));
    return answers.declared(path, a, b) ?? answers.mentioned(a, b) ?? inner(finding, second);
  };
}

/** Where an identifier stands within a text: a link's path and query, a list. */
const SEPARATORS = /([/?&=#,;\s]+)/;

/** Both answers to one request. */
class EntangledAnswers {
  readonly #legacy: Exchange;
  readonly #modern: Exchange;
  readonly #context: EntangledContext;
  #here: ReadonlyMap<string, string> | undefined;

  constructor(legacy: Exchange, modern: Exchange, context: EntangledContext) {
    this.#legacy = legacy;
    this.#modern = modern;
    this.#context = context;
  }

  declared(path: string, legacy: string, modern: string): Judged | undefined {
    for (const bijection of this.#context.rules.bijections) {
      const isHere = this.#places(bijection).some((at) => at.legacy.path === path || at.modern.path === path);
      if (!isHere) continue;
      if (bijection.isToken)
        return harmless(ruleOf(bijection), `Each universe hands out its own ${bijection.name}.`);
      const header = /^header\.((?:content-)?location)$/.exec(path)?.[1];
      if (header !== undefined) return this.#linked(bijection, header, legacy, modern);
      const relation = this.#relation(bijection, legacy, modern);
      return relation.is === 'strangers'
        ? otherPartner(bijection, relation)
        : harmless(ruleOf(bijection), `Both name the same of ${bijection.name}.`);
    }
    return undefined;
  }

  /** A declared URL: its last part is the identifier, whatever it looks like; what stands around it has to lead to the same. */
  #linked(bijection: EntangledBijection, header: string, legacy: string, modern: string): Judged | undefined {
    const [a, b] = [idInHeader(header, legacy), idInHeader(header, modern)];
    if (a.value === '' || b.value === '') return this.mentioned(legacy, modern);
    const relation = this.#relation(bijection, a.value, b.value);
    if (relation.is === 'strangers') return otherPartner(bijection, relation);
    const base = () => requestUrl(this.#legacy.request);
    const isSameWay = a.before === b.before || sameReference(header, a.before, b.before, base);
    for (const [own, other] of [...(isSameWay ? [] : [[a.before, b.before]]), [a.after, b.after]]) {
      if (own === other) continue;
      const judged = this.mentioned(own ?? '', other ?? '');
      if (judged === undefined || judged.rule.startsWith(BUG)) return judged;
    }
    return harmless(ruleOf(bijection), `Both name the same of ${bijection.name}.`);
  }

  /** Texts that are the same but for identifiers that are partners. */
  mentioned(legacy: string, modern: string): Judged | undefined {
    const [a, b] = [legacy.split(SEPARATORS), modern.split(SEPARATORS)];
    if (a.length !== b.length) return undefined;
    let found: Judged | undefined;
    for (const [index, part] of a.entries()) {
      const other = b[index] ?? '';
      if (part === other) continue;
      const judged = this.#named(part, other);
      if (judged === undefined) return undefined;
      if (judged.rule.startsWith(BUG)) return judged;
      found = judged;
    }
    return found;
  }

  #named(legacy: string, modern: string): Judged | undefined {
    if (!isOpaque(legacy) && !isOpaque(modern)) return undefined;
    for (const bijection of this.#context.rules.bijections) {
      if (bijection.isToken) continue;
      const relation = this.#relation(bijection, legacy, modern);
      if (relation.is === 'partners')
        return harmless(ruleOf(bijection), `Both name the same of ${bijection.name}.`);
      if (relation.is === 'strangers') return otherPartner(bijection, relation);
    }
    this.#context.onUnlearned?.();
    return undefined;
  }

  #relation({ name }: EntangledBijection, legacy: string, modern: string): Relation {
    const known: Relation = isMasked(legacy, modern)
      ? { is: 'unknown' }
      : relationOf(this.#context.pairs, this.#legacy.migration, name, legacy, modern);
    if (known.is !== 'unknown') return known;
    this.#here ??= this.#pairsHere();
    return this.#here.get(`${name}\0${legacy}`) === modern ? { is: 'partners' } : known;
  }

  /**
   * What these answers hand out, which may not have been learned yet; and what the two requests carry at one place, which has been translated
   * on the copy's way.
   */
  #pairsHere(): ReadonlyMap<string, string> {
    const { rules, methods, codecs } = this.#context;
    const here = new Map<string, string>();
    const add = (name: string, own: readonly string[], others: readonly string[]) => {
      if (own.length !== others.length) return;
      for (const [index, id] of own.entries()) here.set(`${name}\0${id}`, others[index] ?? '');
    };
    const [a, b] = [this.#body(this.#legacy), this.#body(this.#modern)];
    for (const bijection of rules.bijections) {
      for (const { legacy, modern } of this.#places(bijection)) {
        if (legacy.body !== undefined && modern.body !== undefined)
          add(bijection.name, valuesAt(a, legacy.body), valuesAt(b, modern.body));
        else if (legacy.header !== undefined && modern.header !== undefined)
          add(
            bijection.name,
            idsInHeader(this.#legacy, legacy.header),
            idsInHeader(this.#modern, modern.header),
          );
      }
      for (const { matches, place } of bijection.used) {
        if (!matches(this.#legacy.method, this.#legacy.path)) continue;
        const [own, others] = [this.#legacy, this.#modern].map((exchange) =>
          requestValues(exchange, place, methods, codecs),
        );
        add(bijection.name, own ?? [], others ?? []);
      }
    }
    return here;
  }

  #body({ response, path }: Exchange) {
    const body = readBody(readResponse(response), this.#context.methods.get(path), this.#context.codecs);
    return body.form === 'tree' ? body.value : undefined;
  }

  #places({ made }: EntangledBijection) {
    return made.filter(({ matches }) => matches(this.#legacy.method, this.#legacy.path));
  }
}

function idsInHeader({ response }: Exchange, name: string): string[] {
  return (response?.headers ?? [])
    .filter((header) => header.name === name)
    .map(({ value }) => idInHeader(name, decodeHeader(value)).value)
    .filter((id) => id !== '');
}

const BUG = 'entangled-other';

/** A value that capture has masked, wholly or in part, is not the one that was learned; within one request equal masks are equal values. */
function isMasked(...texts: readonly string[]): boolean {
  return texts.some((text) => text.includes('⟨masked:'));
}

const ruleOf = ({ name }: EntangledBijection) => `entangled:${name}`;

function otherPartner({ name }: EntangledBijection, { why }: Relation & { is: 'strangers' }): Judged {
  return bug(BUG, Severity.CRITICAL, `These are two different of ${name}: ${why}`);
}

/** Too long and too mixed to stand there by chance; a small number is anything. */
function isOpaque(text: string): boolean {
  return text.length >= 6 && (text.length >= 16 || (/[0-9]/.test(text) && /[A-Za-z]/.test(text)));
}
