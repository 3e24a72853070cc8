/** What a test wants to know of a span; ids are hexadecimal, `parentId` is empty for a root. */
export interface ZipkinSpan {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
}

/** As Zipkin's API (version 2) shows a span. */
interface Shown {
  readonly traceId: string;
  readonly id: string;
  readonly parentId?: string;
  readonly name?: string;
  readonly localEndpoint?: { readonly serviceName?: string };
  readonly tags?: Readonly<Record<string, string>>;
}

/** Asks a Zipkin for what it has. */
export class ZipkinApi {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** The newest traces in which a service took part, at most 100. `tags`: `key=value`. */
  async traces(serviceName: string, tags = ''): Promise<readonly (readonly ZipkinSpan[])[]> {
    const query = new URLSearchParams({ serviceName, limit: '100', ...(tags && { annotationQuery: tags }) });
    const traces = (await this.#ask(`/traces?${query}`)) as Shown[][];
    return traces.map((spans) => spans.map(read));
  }

  /** The spans of one trace; none if it is not there. */
  async trace(traceId: string): Promise<readonly ZipkinSpan[]> {
    const spans = (await this.#ask(`/trace/${traceId}`)) as Shown[] | undefined;
    return (spans ?? []).map(read);
  }

  async #ask(path: string): Promise<unknown> {
    const response = await fetch(`${this.#url}/api/v2${path}`);
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return await response.json();
  }
}

function read({ traceId, id, parentId, name, localEndpoint, tags }: Shown): ZipkinSpan {
  return {
    service: localEndpoint?.serviceName ?? '',
    name: name ?? '',
    traceId,
    spanId: id,
    parentId: parentId ?? '',
    attributes: tags ?? {},
    links: (tags?.links ?? '').split(' ').flatMap((link) => {
      const [linkedTrace = '', spanId = ''] = link.split('/');
      return spanId === '' ? [] : [{ traceId: linkedTrace, spanId }];
    }),
  };
}
