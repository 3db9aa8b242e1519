import * as fs from 'node:fs';
import * as http from 'node:http';
import type { Socket } from 'node:net';
import type { Net } from './host.js';

/** A scrape takes milliseconds; Node would look for slow clients every 30 s. */
const LIMITS: http.ServerOptions = {
  headersTimeout: 2_000,
  requestTimeout: 2_000,
  connectionsCheckingInterval: 500,
  keepAliveTimeout: 1,
  maxHeaderSize: 8 * 1024,
};
/** When more are open, the oldest goes: those who only wait keep nobody out. */
const MOST_CONNECTIONS = 64;

/** See `Net.serve`. Slow and idle clients are cut off; what is not GET, or asks another host's name, is refused. */
export const serve: Net['serve'] = (address, answer, signal) =>
  new Promise((resolve, reject) => {
    const server = http.createServer(LIMITS, (request, response) => {
      const { status, type, body } = refusal(request) ?? answer(pathOf(request));
      response.writeHead(status, { 'Content-Type': type, Connection: 'close' });
      response.end(body);
    });
    const open = new Set<Socket>();
    server.on('connection', (socket) => {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      socket.setTimeout(5_000, () => socket.destroy());
      const [oldest] = open;
      if (open.size > MOST_CONNECTIONS) oldest?.destroy();
    });
    signal.addEventListener('abort', () => {
      server.close();
      server.closeAllConnections();
    });
    server.once('error', reject);
    if ('path' in address) removeStaleSocket(address.path);
    server.listen(address, resolve);
  });

const pathOf = ({ url = '/' }: http.IncomingMessage): string =>
  url.slice(0, 1024).split('?')[0] ?? '/';

function refusal({
  method,
  headers,
}: http.IncomingMessage): ReturnType<Parameters<Net['serve']>[1]> | null {
  const refused = (status: number, body: string) => ({ status, type: 'text/plain', body });
  if (method !== 'GET') return refused(405, 'only GET\n');
  if (!isOurName(headers.host)) return refused(403, 'this is not the host that you asked\n');
  return null;
}

/** A page of the web may give its name our address (DNS rebinding): then the browser still asks for that name. */
function isOurName(host: string | undefined): boolean {
  return (
    host === undefined || /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])?(?::\d{1,5})?$/i.test(host)
  );
}

/** Of an agent that died. What is no socket is not ours to remove: then listen(2) says EADDRINUSE. */
function removeStaleSocket(path: string): void {
  if (fs.lstatSync(path, { throwIfNoEntry: false })?.isSocket() === true) fs.unlinkSync(path);
}
