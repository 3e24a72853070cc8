export interface ZipkinSenderOptions {
  /** Zipkin, or what takes its format (Jaeger, Tempo, the OpenTelemetry collector): `http://host:9411/api/v2/spans`. */
  readonly url: string;
  readonly count: (what: 'sent' | 'refused' | 'overflowed', spans: number) => void;
  /** What went wrong, once for each time that it begins. */
  readonly log: (line: string) => void;
}

const batchChars = 512 * 1024;
const queueCharsMax = 16 * 2 ** 20;
const everyMs = 250;
const answerWithinMs = 5_000;
const retryMs = 1_000;

/** Sends spans in batches, one request at a time. While nobody answers they wait, as many as there is room for; the oldest go first. */
export class ZipkinSender {
  readonly #options: ZipkinSenderOptions;
  #queue: string[] = [];
  #chars = 0;
  #sending: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isDown = false;

  constructor(options: ZipkinSenderOptions) {
    this.#options = options;
  }

  add(spans: readonly string[]): void {
    for (const span of spans) {
      this.#queue.push(span);
      this.#chars += span.length;
    }
    let over = 0;
    while (this.#chars > queueCharsMax) this.#chars -= this.#queue[over++]?.length ?? 0;
    if (over > 0) {
      this.#queue.splice(0, over);
      this.#options.count('overflowed', over);
    }
    this.#sendIn(everyMs);
  }

  /** Sends what is left, once. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#sending;
    while (this.#queue.length > 0 && !this.#isDown) await this.#send();
  }

  #sendIn(ms: number): void {
    if (this.#timer !== undefined || this.#sending !== undefined || this.#queue.length === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#sending = this.#send().finally(() => {
        this.#sending = undefined;
        this.#sendIn(this.#isDown ? retryMs : everyMs);
      });
    }, ms);
  }

  async #send(): Promise<void> {
    const batch = this.#takeBatch();
    try {
      const response = await fetch(this.#options.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `[${batch.join(',')}]`,
        signal: AbortSignal.timeout(answerWithinMs),
      });
      await response.arrayBuffer();
      if (response.status >= 500) throw new Error(`answers ${response.status}`);
      this.#isDown = false;
      // What it does not understand will not be understood next time either.
      this.#options.count(response.ok ? 'sent' : 'refused', batch.length);
    } catch (error) {
      if (!this.#isDown) this.#options.log(`${this.#options.url} takes no spans: ${String(error)}`);
      this.#isDown = true;
      this.#queue.unshift(...batch);
      for (const span of batch) this.#chars += span.length;
    }
  }

  #takeBatch(): string[] {
    let chars = 0;
    let spans = 0;
    while (spans < this.#queue.length && chars < batchChars) chars += this.#queue[spans++]?.length ?? 0;
    this.#chars -= chars;
    return this.#queue.splice(0, spans);
  }
}
