import type { Socket } from 'node:net';

/**
 * Ends a connection at once, with a TCP reset where that is possible. Not so while it is being made or half-closed: libuv refuses
 * to reset a socket whose shutdown is under way (`uv_tcp_close_reset` in its manual), and Node then never closes it.
 */
export function cut(socket: Socket): void {
  const halfClosing = socket.writableEnded && !socket.writableFinished;
  if (socket.connecting || halfClosing) socket.destroy();
  else socket.resetAndDestroy();
}
