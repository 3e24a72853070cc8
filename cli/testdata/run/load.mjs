// A load for the tests of `chronos run`: TPS requests a second, figures as JSON lines.
import { Agent, get } from 'node:http';

const tps = Number(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const requests = { sent: 0, succeeded: 0, failed: 0 };
const latencies = [];
let number = 0;

function send() {
  number += 1;
  requests.sent += 1;
  const path = number % 10 === 0 ? `/interest/${number}` : `/balance/${number}`;
  const startedAt = performance.now();
  const request = get(process.env.TARGET_URL + path, { agent, headers: { 'x-customer': `c${number % 97}` } }, (response) => {
    response.resume();
    response.on('end', () => {
      latencies.push(performance.now() - startedAt);
      if (response.statusCode === 200) requests.succeeded += 1;
      else requests.failed += 1;
    });
  });
  request.on('error', () => {
    requests.failed += 1;
  });
}

function tell() {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))] ?? null;
  console.log(JSON.stringify({ requests, latency_ms: { p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? null } }));
}

const sending = setInterval(send, 1000 / tps);
const telling = setInterval(tell, 500);
process.on('SIGTERM', () => {
  clearInterval(sending);
  clearInterval(telling);
  const open = setInterval(() => {
    if (requests.succeeded + requests.failed < requests.sent) return;
    clearInterval(open);
    tell();
    process.exit(0);
  }, 20);
});
