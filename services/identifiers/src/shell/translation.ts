import { create } from '@bufbuild/protobuf';
import type { Codecs } from '@chronos/arbiter/core/compare/content-encoding.ts';
import { headerText } from '@chronos/capture/core/identifiers/header-values.ts';
import { leadsOn } from '@chronos/capture/core/mask/paths.ts';
import type {
  ProcessingRequest,
  ProcessingResponse,
} from '@chronos/envoy/api/envoy/service/ext_proc/v3/external_processor_pb.js';
import { type Header, HttpMessageSchema } from '@chronos/proto/events/v1/exchange_pb.js';
import {
  answerSeen,
  asItCame,
  bodyAnswer,
  dropped,
  headAnswer,
  notHere,
  trailersSeen,
} from '../core/answers.ts';
import type { Arrivals } from '../core/arrivals.ts';
import { wantedInBody, wantedInHead } from '../core/copy.ts';
import type { Way } from '../core/meaning.ts';
import { type IdentifierRules, planOf, type RequestPlan } from '../core/plan.ts';
import { removedBy } from '../core/removed.ts';
import type { Resolve, Want, Wanted } from '../core/resolve.ts';
import { translateBody } from '../core/translate-body.ts';
import { translateHead } from '../core/translate-head.ts';
import { Untranslatable } from '../core/translator.ts';
import { partnersForClient, partnersForCopy } from './find-partners.ts';
import type { MigrationFacts } from './migration-facts.ts';
import type { Removal, Scope, Side } from './pair-table.ts';
import { PlaceInLine } from './place-in-line.ts';
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

export interface TranslationOptions {
  readonly rules: IdentifierRules;
  readonly scope: Scope;
  readonly target: Side;
  readonly way: Way;
  readonly resolver: Resolver;
  readonly facts: Pick<MigrationFacts, 'of' | 'modernAnswers'>;
  readonly arrivals: Arrivals;
  readonly codecs: Codecs;
  /** When the request came. */
  readonly cameMs?: number;
  /** A copy that removes what these name has come. What is returned is to be called when it is over. */
  readonly removing?: (wants: readonly Want[]) => (outcome: Removal) => void;
}

/** Methods that change nothing (RFC 9110, section 9.2.1). */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

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
 * 4. Towards legacy nothing is translated before modern has answered a client.
 * 5. Copies that carry the same identifier reach the target in the order in which their heads came, wherever it stands: the next one goes when the
 *    one before is answered.
 */
export class Translation {
  readonly #options: TranslationOptions;
  readonly #place: PlaceInLine;
  #headers: Header[] = [];
  #plan: RequestPlan | undefined;
  /** The head was sent back as it came: what it carries is translated together with the body. */
  #isHeadOpen = false;
  #askForTime: (ms: number) => void = () => {};
  /** It removes something: to be told what became of that. */
  #removal: ((outcome: Removal) => void) | undefined;

  constructor(options: TranslationOptions) {
    this.#options = options;
    this.#place = new PlaceInLine({ ...options, waitMs: options.rules.waitMs });
  }

  /** The request's headers as Envoy has sent them. */
  get headers(): readonly Header[] {
    return this.#headers;
  }

  /** @param askForTime tells Envoy that what is said of this message takes longer than usual: up to so many ms. */
  async step({ request }: ProcessingRequest, askForTime: (ms: number) => void = () => {}): Promise<Step> {
    this.#askForTime = askForTime;
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
      case 'requestTrailers':
        // Without a body before them, nobody has translated the head.
        return this.#isHeadOpen ? this.#giveUp('untranslatable', trailersSeen()) : { answer: trailersSeen() };
      case 'responseHeaders':
        this.#removed(request.value.headers?.headers ?? []);
        this.end();
        return { answer: answerSeen() };
      default:
        throw new Error(`a message that was not asked for: ${request.case}`);
    }
  }

  /** The request is over: those behind it may go. */
  end(): void {
    this.#removal?.('lost');
    this.#removal = undefined;
    this.#place.leave();
  }

  #removed(headers: readonly { readonly key: string; readonly rawValue: Uint8Array }[]): void {
    const status = headers.find(({ key }) => key === ':status');
    const isDone = status !== undefined && /^2[0-9]{2}$/.test(headerText(status.rawValue));
    this.#removal?.(isDone ? 'done' : 'refused');
    this.#removal = undefined;
  }

  async #head(isWhole: boolean): Promise<Step> {
    const { rules, way } = this.#options;
    if (way === 'answering' && !rules.answering.has(this.#group)) return { answer: asItCame() };
    if (!(await this.#mayCarryOthers())) return { answer: asItCame() };
    const plan = planOf(rules, this.#header(':method'), this.#header(':path'));
    if (plan === undefined) return { answer: asItCame() };
    this.#plan = plan;
    const removed = way === 'copy' ? removedBy(this.#headers, plan, this.#header(':method')) : [];
    // From now on: its id may be handed out again before it is its turn.
    if (removed.length > 0) this.#removal = this.#options.removing?.(removed);
    const wanted = wantedInHead(this.#headers, plan);
    const body = plan.readsBody && !isWhole && !this.#isUnknownCall(plan);
    if (way === 'copy' && body && plan.declaresBody) {
      // It takes its place, and its body is read at once: others that may carry the same identifiers wait for that.
      const kinds = plan.bijections.filter((bijection) => leadsOn(bijection.body));
      this.#place.takeUnread(
        wanted,
        kinds.map(({ name }) => name),
      );
      this.#isHeadOpen = true;
      return { answer: headAnswer(new Map(), { body: true, answer: true, trailers: true }) };
    }
    const resolved = await this.#resolved(wanted, plan);
    if (resolved === 'elsewhere') return { answer: notHere(), isElsewhere: true };
    if (typeof resolved === 'string') return this.#giveUp(resolved, asItCame());
    const changed = translateHead(this.#headers, plan, resolved);
    const answer = way === 'copy' && (body || this.#place.isTaken);
    return { answer: headAnswer(changed, { body, answer }), isChanged: changed.size > 0 };
  }

  async #body(body: Uint8Array): Promise<Step> {
    const plan = this.#plan;
    if (plan === undefined) return { answer: bodyAnswer(undefined) };
    const message = create(HttpMessageSchema, { headers: this.#headers, body });
    try {
      const { codecs } = this.#options;
      const wanted = wantedInBody(message, plan, codecs);
      if (this.#isHeadOpen) wanted.add(wantedInHead(this.#headers, plan));
      const resolved = await this.#resolved(wanted, plan);
      // A request with a body may change something: it stays where it is.
      if (typeof resolved === 'string')
        return this.#giveUp(resolved === 'elsewhere' ? 'unlearned-id' : resolved, bodyAnswer(undefined));
      const changed = this.#isHeadOpen ? translateHead(this.#headers, plan, resolved) : new Map();
      this.#isHeadOpen = false;
      const translated = translateBody(message, plan, resolved, codecs);
      return {
        answer: bodyAnswer(translated, changed),
        isChanged: translated !== undefined || changed.size > 0,
      };
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error;
      return this.#giveUp('untranslatable', bodyAnswer(undefined));
    }
  }

  /** Whether it can carry what the target does not call so: until modern has answered somebody, no client has got anything but legacy's. */
  async #mayCarryOthers(): Promise<boolean> {
    const { facts, scope, target, way } = this.#options;
    if ((target === 'modern') === (way === 'answering')) await facts.modernAnswers(scope.migration);
    return target === 'modern' || (await facts.of(scope.migration)).hasModernAnswered;
  }

  /** Once it is its turn, and the partners are known. A word: why not. */
  async #resolved(wanted: Wanted, plan: RequestPlan): Promise<Resolve | NotSent | 'elsewhere'> {
    if (wanted.overflowed) return 'unlearned-id';
    const finding = { ...this.#options, place: this.#place, plan, isSafe: this.#isSafe };
    if (this.#options.way === 'answering') return partnersForClient(wanted, finding, this.#askForTime);
    return partnersForCopy(wanted, finding);
  }

  get #isSafe(): boolean {
    return SAFE.has(this.#header(':method'));
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
