// The service that shall answer: the same quotes in Node, in whole cents. Usage: node modern.mjs PORT
import { createServer } from 'node:http';

function quote(amountCents, months) {
  const fee = amountCents > 10_000_00n ? 25_00n : 0n;
  return {
    served_by: 'modern',
    amount: euros(amountCents),
    monthly: euros(divideHalfEven(amountCents + fee, months)),
    fee: euros(fee),
  };
}

function divideHalfEven(cents, months) {
  const [whole, rest] = [cents / months, (cents % months) * 2n];
  return rest > months || (rest === months && whole % 2n === 1n) ? whole + 1n : whole;
}

const euros = (cents) => `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;

createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const answer = (status, body) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(body));
  };
  if (url.pathname !== '/quote') return answer(404, { error: 'no such page' });
  const amount = /^(\d{1,12})(?:\.(\d{2}))?$/.exec(url.searchParams.get('amount') ?? '');
  const months = /^[1-9]\d{0,3}$/.exec(url.searchParams.get('months') ?? '');
  if (!amount || !months) return answer(400, { error: 'amount and months are needed' });
  answer(200, quote(BigInt(amount[1]) * 100n + BigInt(amount[2] ?? 0), BigInt(months[0])));
}).listen(Number(process.argv[2]), '127.0.0.1');
