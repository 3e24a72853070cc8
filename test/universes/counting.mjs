// A universe that numbers its notes by itself: `node counting.mjs 1` from 1. Each keeps what it was told.
//   POST /notes {text}   GET /notes/N   PUT /notes/N {text}
import { createServer } from 'node:http';

const first = Number(process.argv[2]);
const notes = [];

createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const answer = (status, content) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(content));
  };
  const number = Number(new URL(request.url, 'http://notes').pathname.split('/')[2]);
  if (request.method === 'POST') {
    notes.push(JSON.parse(body).text);
    return answer(201, { number: first + notes.length - 1 });
  }
  const at = number - first;
  if (notes[at] === undefined) return answer(404, { error: 'no such note' });
  if (request.method === 'PUT') notes[at] = JSON.parse(body).text;
  answer(200, { number, text: notes[at] });
}).listen(Number(process.env.PORT), '127.0.0.1');
