import { create } from '@bufbuild/protobuf';
import type { Codecs } from '@chronos/arbiter/core/compare/content-encoding.ts';
import { headerText } from '@chronos/capture/core/identifiers/header-values.ts';
import type {
  ProcessingRequest,
  ProcessingResponse,
} from '@chronos/envoy/api/envoy/service/ext_proc/v3/external_processor_pb.js';
import { type Header, HttpMessageSchema } from '@chronos/proto/events/v1/exchange_pb.js';
import { bodyAnswer, dropped, headAnswer } from '../core/answers.ts';
import { wantedInBody, wantedInHead } from '../core/copy.ts';
import { type IdentifierRules, planOf, type RequestPlan } from '../core/plan.ts';
import type { Resolve, Wanted } from '../core/resolve.ts';
import { translateBody } from '../core/translate-body.ts';
import { translateHead } from '../core/translate-head.ts';
import { Untranslatable } from '../core/translator.ts';
import type { Scope, Side } from './pair-table.ts';
import type { Resolver } from './resolver.ts';

/** Why a copy is not sent. Stable words: verdicts carry them. */
export type NotSent =
  /** It carries an identifier whose partner did not become known in time. */
  | 'unlearned-id'
  /** Its body, in which identifiers are declared, cannot be read. */
  | 'untranslatable'
  /** Its body is longer than Envoy's buffer. */
  | 'copy-too-large';

/** Where a request is on its way to: a shadow, or a modern that answers its client. */
export type Way = 'copy' | 'answering';

export interface TranslationOptions {
  readonly rules: IdentifierRules;
  readonly scope: Scope;
  readonly target: Side;
  readonly way: Way;
  readonly resolver: Resolver;
  readonly codecs: Codecs;
}

/** What came of one message of Envoy's. */
export interface Step {
  readonly answer: ProcessingResponse;
  /** The copy was dropped. */
  readonly notSent?: NotSent;
  readonly isChanged?: boolean;
}

/**
 * One request on its way through Envoy. Invariants:
 *
 * 1. Every message gets an answer: a stream that ends without one would let the original through.
 * 2. A copy is sent wholly translated, or dropped with a reason; never untranslated.
 * 3. A client's request is never dropped: what cannot be translated goes on as it is.
 */
export class Translation {
  readonly #options: TranslationOptions;
  #headers: Header[] = [];
  #plan: RequestPlan | undefined;

  constructor(options: TranslationOptions) {
    this.#options = options;
  }

  /** The request's headers as Envoy has sent them. */
  get headers(): readonly Header[] {
    return this.#headers;
  }

  async step({ request }: ProcessingRequest): Promise<Step> {
    switch (request.case) {
      case 'requestHeaders': {
        this.#headers = (request.value.headers?.headers ?? []).map(({ key, rawValue }) => ({
          $typeName: 'events.v1.Header',
          name: key,
          value: rawValue,
        }));
        return this.#head(request.value.endOfStream);
      }
      case 'requestBody':
        if (!request.value.endOfStream) return this.#giveUp('copy-too-large', bodyAnswer(undefined));
        return this.#body(request.value.body);
      default:
        throw new Error(`a message that was not asked for: ${request.case}`);
    }
  }

  async #head(isWhole: boolean): Promise<Step> {
    const { rules, way } = this.#options;
    if (way === 'answering' && !rules.answering.has(this.#group))
      return { answer: headAnswer(new Map(), false) };
    const plan = planOf(rules, this.#header(':method'), this.#header(':path'));
    if (plan === undefined) return { answer: headAnswer(new Map(), false) };
    this.#plan = plan;
    const resolved = await this.#resolved(wantedInHead(this.#headers, plan), plan);
    if (resolved === undefined) return this.#giveUp('unlearned-id', headAnswer(new Map(), false));
    const changed = translateHead(this.#headers, plan, resolved);
    return { answer: headAnswer(changed, plan.readsBody && !isWhole), isChanged: changed.size > 0 };
  }

  async #body(body: Uint8Array): Promise<Step> {
    const plan = this.#plan;
    if (plan === undefined) return { answer: bodyAnswer(undefined) };
    const message = create(HttpMessageSchema, { headers: this.#headers, body });
    try {
      const { codecs } = this.#options;
      const resolved = await this.#resolved(wantedInBody(message, plan, codecs), plan);
      if (resolved === undefined) return this.#giveUp('unlearned-id', bodyAnswer(undefined));
      const translated = translateBody(message, plan, resolved, codecs);
      return { answer: bodyAnswer(translated), isChanged: translated !== undefined };
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error;
      return this.#giveUp('untranslatable', bodyAnswer(undefined));
    }
  }

  /** undefined: something that must be known is not. */
  async #resolved(wanted: Wanted, plan: RequestPlan): Promise<Resolve | undefined> {
    const { all, overflowed } = wanted;
    if (overflowed) return undefined;
    const { rules, scope, target, way, resolver } = this.#options;
    if (all.length === 0) return () => undefined;
    // A client is not kept waiting: most of what is not known yet is what this universe has just given it.
    const waitMs = way === 'copy' ? rules.waitMs : 0;
    const { resolve, unlearned } = await resolver.resolve(scope, target, all, waitMs);
    const isSame = (bijection: string) =>
      plan.bijections.some(({ name, unknownIsSame }) => name === bijection && unknownIsSame);
    const stands = way === 'answering' || unlearned.every(({ bijection }) => isSame(bijection));
    return stands ? resolve : undefined;
  }

  #giveUp(reason: NotSent, asItIs: ProcessingResponse): Step {
    return this.#options.way === 'answering'
      ? { answer: asItIs }
      : { answer: dropped(reason), notSent: reason };
  }

  get #group(): string {
    return this.#header('x-chronos-route').split('/')[1] ?? '';
  }

  #header(name: string): string {
    const found = this.#headers.find((header) => header.name === name);
    return found === undefined ? '' : headerText(found.value);
  }
}
