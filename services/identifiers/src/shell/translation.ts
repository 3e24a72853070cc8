import { create } from '@bufbuild/protobuf';
import type { Codecs } from '@chronos/arbiter/core/compare/content-encoding.ts';
import { headerText } from '@chronos/capture/core/identifiers/header-values.ts';
import type {
  ProcessingRequest,
  ProcessingResponse,
} from '@chronos/envoy/api/envoy/service/ext_proc/v3/external_processor_pb.js';
import { type Header, HttpMessageSchema } from '@chronos/proto/events/v1/exchange_pb.js';
import { answerSeen, asItCame, bodyAnswer, dropped, headAnswer, notHere } from '../core/answers.ts';
import { wantedInBody, wantedInHead } from '../core/copy.ts';
import type { Lanes, Ticket } from '../core/lanes.ts';
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
  | 'copy-too-large'
  /** One before it, which carries the same identifier, is still under way. */
  | 'copy-out-of-order';

/** Where a request is on its way to: a shadow, or a modern that answers its client. */
export type Way = 'copy' | 'answering';

export interface TranslationOptions {
  readonly rules: IdentifierRules;
  readonly scope: Scope;
  readonly target: Side;
  readonly way: Way;
  readonly resolver: Resolver;
  /** Of copies to the target. */
  readonly lanes: Lanes;
  readonly codecs: Codecs;
}

/** Methods that change nothing (RFC 9110, section 9.2.1). */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** For so long a client waits for what its own last request has made; then the request goes on as it is. Less than Envoy waits. */
const ANSWERING_WAIT_MS = 250;

/** What came of one message of Envoy's. */
export interface Step {
  readonly answer: ProcessingResponse;
  /** The copy was dropped. */
  readonly notSent?: NotSent;
  readonly isChanged?: boolean;
  /** The client's request goes to the other universe. */
  readonly isElsewhere?: boolean;
}

/**
 * One request on its way through Envoy. Invariants:
 *
 * 1. Every message gets an answer: a stream that ends without one would let the original through.
 * 2. A copy is sent wholly translated, or dropped with a reason; never untranslated.
 * 3. A client's request is never dropped: what cannot be translated goes on as it is.
 * 4. Copies that carry the same identifier reach the target in the order in which they came: the next one goes when the one before is answered.
 */
export class Translation {
  readonly #options: TranslationOptions;
  #headers: Header[] = [];
  #plan: RequestPlan | undefined;
  #ticket: Ticket | undefined;

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
      case 'responseHeaders':
        this.end();
        return { answer: answerSeen() };
      default:
        throw new Error(`a message that was not asked for: ${request.case}`);
    }
  }

  /** The request is over: those behind it may go. */
  end(): void {
    this.#ticket?.leave();
  }

  async #head(isWhole: boolean): Promise<Step> {
    const { rules, way } = this.#options;
    if (way === 'answering' && !rules.answering.has(this.#group)) return { answer: asItCame() };
    const plan = planOf(rules, this.#header(':method'), this.#header(':path'));
    if (plan === undefined) return { answer: asItCame() };
    this.#plan = plan;
    const wanted = wantedInHead(this.#headers, plan);
    if (!(await this.#inOrder(wanted))) return this.#giveUp('copy-out-of-order', asItCame());
    const resolved = await this.#resolved(wanted, plan);
    if (resolved === 'elsewhere') return { answer: notHere(), isElsewhere: true };
    if (resolved === undefined) return this.#giveUp('unlearned-id', asItCame());
    const changed = translateHead(this.#headers, plan, resolved);
    const body = plan.readsBody && !isWhole && !this.#isUnknownCall(plan);
    const answer = way === 'copy' && (body || this.#ticket !== undefined);
    return { answer: headAnswer(changed, { body, answer }), isChanged: changed.size > 0 };
  }

  async #body(body: Uint8Array): Promise<Step> {
    const plan = this.#plan;
    if (plan === undefined) return { answer: bodyAnswer(undefined) };
    const message = create(HttpMessageSchema, { headers: this.#headers, body });
    try {
      const { codecs } = this.#options;
      const wanted = wantedInBody(message, plan, codecs);
      if (!(await this.#inOrder(wanted))) return this.#giveUp('copy-out-of-order', bodyAnswer(undefined));
      const resolved = await this.#resolved(wanted, plan);
      // A request with a body may change something: it stays where it is.
      if (resolved === undefined || resolved === 'elsewhere')
        return this.#giveUp('unlearned-id', bodyAnswer(undefined));
      const translated = translateBody(message, plan, resolved, codecs);
      return { answer: bodyAnswer(translated), isChanged: translated !== undefined };
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error;
      return this.#giveUp('untranslatable', bodyAnswer(undefined));
    }
  }

  /** Waits for its turn; false: it did not come in time. Lanes are entered once, all together, so that no two requests wait for each other. */
  async #inOrder({ all }: Wanted): Promise<boolean> {
    const { way, rules, lanes, scope, target } = this.#options;
    const keys = all
      .filter(({ isDeclared }) => isDeclared)
      .map(({ bijection, value }) => `${scope.migration}/${target}/${bijection}/${value}`);
    if (way === 'answering' || this.#ticket !== undefined || keys.length === 0) return true;
    this.#ticket = lanes.enter(keys, !SAFE.has(this.#header(':method')));
    const late = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => late.resolve(false), rules.waitMs);
    const isTurn = await Promise.race([this.#ticket.turn.then(() => true), late.promise]);
    clearTimeout(timer);
    return isTurn;
  }

  /** undefined: something that must be known is not. */
  async #resolved(wanted: Wanted, plan: RequestPlan): Promise<Resolve | 'elsewhere' | undefined> {
    const { all, overflowed } = wanted;
    if (overflowed) return undefined;
    const { rules, scope, target, way, resolver } = this.#options;
    if (all.length === 0) return () => undefined;
    const isSame = (bijection: string) =>
      plan.bijections.some(({ name, unknownIsSame }) => name === bijection && unknownIsSame);
    const isCopy = way === 'copy';
    const mayGoElsewhere = this.#mayGoElsewhere;
    const { resolve, unlearned, isElsewhere } = await resolver.resolve(
      scope,
      target,
      // No client waits for an id that is most likely from before the migration.
      isCopy ? all : all.map((want) => (isSame(want.bijection) ? { ...want, isDeclared: false } : want)),
      isCopy
        ? { ms: rules.waitMs }
        : { ms: ANSWERING_WAIT_MS, enough: mayGoElsewhere ? 'elsewhere' : 'here' },
    );
    if (mayGoElsewhere && isElsewhere) return 'elsewhere';
    const stands = way === 'answering' || unlearned.every(({ bijection }) => isSame(bijection));
    return stands ? resolve : undefined;
  }

  /**
   * What legacy made a moment ago, modern does not know yet: legacy is asked itself. Only for what changes nothing, since legacy may get a copy, too;
   * and never from legacy to modern, which is not trusted when legacy answers.
   */
  get #mayGoElsewhere(): boolean {
    const { way, target } = this.#options;
    return way === 'answering' && target === 'modern' && SAFE.has(this.#header(':method'));
  }

  /** A call of a method that no descriptor knows may be a stream; what is in it cannot be read anyway. */
  #isUnknownCall({ type, declaresBody }: RequestPlan): boolean {
    if (type !== undefined || !/^application\/(?:grpc|connect)/.test(this.#header('content-type')))
      return false;
    return this.#options.way === 'answering' || !declaresBody;
  }

  #giveUp(reason: NotSent, asItIs: ProcessingResponse): Step {
    this.end();
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
