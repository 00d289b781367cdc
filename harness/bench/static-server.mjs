// The target of the benches, in a process of its own: answers every request with the same bytes and parses nothing but its end, because a real
// HTTP server would be slower than the engine that is measured. Told `{ stallMs }` it holds every answer for that long and then says how long it was; told `{ count: true }` it
// says how many it has given.
import { createServer } from 'node:net';

const END = '\r\n\r\n';
const ANSWER = Buffer.from(
  'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"ok":true}',
);
let held;
let answered = 0;

const answer = (socket) => {
  if (held) return held.push(socket);
  answered++;
  socket.write(ANSWER);
};

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    for (let at = chunk.indexOf(END); at >= 0; at = chunk.indexOf(END, at + END.length)) answer(socket);
  });
});
const stall = (stallMs) => {
  const from = performance.now();
  held = [];
  setTimeout(() => {
    const waiting = held;
    held = undefined;
    process.send({ stalledMs: performance.now() - from });
    for (const socket of waiting) answer(socket);
  }, stallMs);
};
process.on('message', ({ stallMs }) => {
  if (stallMs) stall(stallMs);
  else process.send({ answered });
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
