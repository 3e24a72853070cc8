import { messageLines } from '@chronos/cli/core/render/exchange-text.ts';
import { type Exchange, Transport } from '@chronos/proto/events/v1/exchange_pb.js';
import { Panel } from '../../ui/panel.tsx';

/** What the client asked, as it reached a universe: line and body at once, headers on demand. */
export function RequestText({ exchange }: { exchange: Exchange | undefined }) {
  if (exchange?.request === undefined) return null;
  const lines = messageLines(exchange.request);
  const headersEnd = lines.indexOf('');
  const headers = lines.slice(0, headersEnd);
  const body = lines.slice(headersEnd + 1);
  const line =
    exchange.transport === Transport.TCP ? `TCP ${exchange.group}` : `${exchange.method} ${exchange.path}`;
  return (
    <Panel title="The request" aside={body.length === 0 ? 'without a body' : ''} className="request-text">
      <pre>
        <strong>{line}</strong>
        {body.map((text) => `\n${text}`).join('')}
      </pre>
      {headers.length > 0 && (
        <details>
          <summary>{headers.length} headers</summary>
          <pre>{headers.join('\n')}</pre>
        </details>
      )}
      {exchange.masking.length > 0 && (
        <p className="muted">Masked before it was stored: {exchange.masking.join('; ')}.</p>
      )}
    </Panel>
  );
}
