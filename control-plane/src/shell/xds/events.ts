/** What happens between the server and its proxies, for logs, metrics and the API. */
export type XdsEvent = { readonly nodeId: string; readonly nodeGroup: string; readonly atMs: number } & (
  | { readonly kind: 'connected'; readonly variant: 'sotw' | 'delta' }
  | { readonly kind: 'disconnected'; readonly reason: string }
  | { readonly kind: 'sent'; readonly typeUrl: string; readonly version: string; readonly bytes: number }
  | { readonly kind: 'ack'; readonly typeUrl: string; readonly version: string }
  | {
      readonly kind: 'nack';
      readonly typeUrl: string;
      readonly version: string;
      readonly error: string;
    }
);
