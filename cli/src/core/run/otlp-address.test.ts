import { expect, test } from '@jest/globals';
import { otlpAddress } from './otlp-address.ts';

test.each([
  ['nothing set', {}, undefined],
  ['empty', { OTEL_EXPORTER_OTLP_ENDPOINT: '', OTLP_ADDRESS: '' }, undefined],
  ['the endpoint', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }, 'collector:4317'],
  ['a path', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:9000/otlp/' }, 'collector:4317'],
  ['IPv6', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://[::1]:4318' }, '[::1]:4317'],
  ['localhost', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' }, '127.0.0.1:4317'],
  ['TLS', { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector:4318' }, undefined],
  ['an address', { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://a:1', OTLP_ADDRESS: 'b:2' }, 'b:2'],
])('the proxy’s collector by %s', (_, env, address) => {
  expect(otlpAddress(env)).toBe(address);
});

test.each(['localhost:4318', 'collector', '127.0.0.1:4318'])('an endpoint that is no URL: %s', (endpoint) => {
  expect(() => otlpAddress({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })).toThrow(/http:\/\/127\.0\.0\.1:4318/);
});
