/** What the tests ask of a real Prometheus (its HTTP API v1). */

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface RuleHealth {
  readonly name: string;
  readonly health: string;
  readonly lastError?: string;
  /** When it was last evaluated; the year 1 before the first time. */
  readonly lastEvaluation: string;
}

export class PrometheusApi {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** An instant query that gives a vector. */
  async query(expr: string): Promise<Sample[]> {
    interface Result {
      readonly result: readonly {
        readonly metric: Record<string, string>;
        readonly value: [number, string];
      }[];
    }
    const { result } = await this.#get<Result>(`query?query=${encodeURIComponent(expr)}`);
    return result.map(({ metric, value: [, value] }) => ({ labels: metric, value: Number(value) }));
  }

  /** Names of all metrics that the targets declare, also of those without a series yet. */
  async declared(): Promise<ReadonlySet<string>> {
    return new Set(Object.keys(await this.#get<Record<string, unknown>>('metadata')));
  }

  async rules(): Promise<RuleHealth[]> {
    const { groups } = await this.#get<{ groups: readonly { rules: readonly RuleHealth[] }[] }>('rules');
    return groups.flatMap(({ rules }) => rules);
  }

  async #get<Data>(path: string): Promise<Data> {
    const response = await fetch(`${this.#url}/api/v1/${path}`, { signal: AbortSignal.timeout(5_000) });
    const answer: { status: string; error?: string; data: Data } = JSON.parse(await response.text());
    if (answer.status !== 'success') throw new Error(`${path}: ${answer.error}`);
    return answer.data;
  }
}
