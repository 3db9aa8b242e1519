import * as http from 'node:http';
import * as https from 'node:https';
import { isIP } from 'node:net';
import type { FileSystem, HttpRequest } from './host.js';
import { tlsOptions, withOpenSslCode } from './node-tls.js';

/** Sends the request and resolves when the answer's head is there. */
export function openRequest(
  request: HttpRequest,
  { signal, fs }: { signal: AbortSignal; fs: Pick<FileSystem, 'read'> },
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const common: http.RequestOptions = {
      method: request.method,
      path: request.path,
      headers: { Connection: 'close', ...request.headers },
      agent: false,
      signal,
    };
    const sent =
      request.scheme === 'https'
        ? https.request({
            ...common,
            ...address(request),
            ...tlsOptions(request.tls ?? {}, fs),
            ...serverName(request),
          })
        : http.request({ ...common, ...address(request) });
    sent.once('response', resolve);
    sent.once('error', (error: Error) => {
      reject(withOpenSslCode(error));
    });
    sent.end(request.body);
  });
}

function address({ socketPath, host, port, scheme }: HttpRequest): http.RequestOptions {
  if (socketPath !== undefined) return { socketPath };
  return { host: host ?? 'localhost', port: port ?? (scheme === 'https' ? 443 : 80) };
}

/** SNI carries names only (RFC 6066 section 3). */
function serverName({ tls, host }: HttpRequest): { servername?: string } {
  const name = tls?.servername ?? host;
  return name === undefined || isIP(name) !== 0 ? {} : { servername: name };
}
