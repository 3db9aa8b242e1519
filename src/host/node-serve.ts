import * as http from 'node:http';
import type { Net } from './host.js';

/** See `Net.serve`. Slow and idle clients are cut off; what is not GET is refused. */
export const serve: Net['serve'] = ({ host, port }, answer, signal) =>
  new Promise((resolve, reject) => {
    const server = http.createServer({ requestTimeout: 5_000 }, (request, response) => {
      const { status, type, body } =
        request.method === 'GET'
          ? answer((request.url ?? '/').replace(/\?.*$/s, ''))
          : { status: 405, type: 'text/plain', body: 'only GET\n' };
      response.writeHead(status, { 'Content-Type': type, Connection: 'close' });
      response.end(body);
    });
    server.maxConnections = 16;
    signal.addEventListener('abort', () => {
      server.close();
      server.closeAllConnections();
    });
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  });
