import type { Machine } from './machine.js';
import type { ServerCertificate } from './registry.js';

/** A registry of nothing that sends its clients to another server for a token. */
export interface TokenRegistry {
  /** On registry.test; its certificate. */
  readonly port: number;
  readonly tls: ServerCertificate;
  /** Where tokens are given: on mirror.test. */
  readonly realm: { readonly port: number; readonly tls: ServerCertificate };
}

/** Starts both and waits until they listen. Answers `registry.test:PORT`. */
export async function startTokenRegistry(
  machine: Machine,
  { port, tls, realm }: TokenRegistry,
): Promise<string> {
  await machine.write(`/srv/token-${port}.mjs`, PROGRAM);
  const args = [port, tls.cert, tls.key, realm.port, realm.tls.cert, realm.tls.key].join(' ');
  await machine.sh(`
    systemd-run --quiet --unit=token-${port} node /srv/token-${port}.mjs ${args}
    for port in ${port} ${realm.port}; do
      timeout 240 bash -c "until (exec 3<>/dev/tcp/10.99.0.1/$port) 2>/dev/null; do sleep 0.05; done"
    done
  `);
  return `registry.test:${port}`;
}

const PROGRAM = `
import { createServer } from 'node:https';
import { readFileSync } from 'node:fs';
const [port, cert, key, realmPort, realmCert, realmKey] = process.argv.slice(2);
const pair = (c, k) => ({ cert: readFileSync(c), key: readFileSync(k) });
const api = { 'docker-distribution-api-version': 'registry/2.0', 'content-type': 'application/json' };
const error = (code) => JSON.stringify({ errors: [{ code, message: code.toLowerCase() }] });
createServer(pair(cert, key), (request, response) => {
  if (request.headers.authorization === 'Bearer yes')
    return response.writeHead(request.url === '/v2/' ? 200 : 404, api).end(error('MANIFEST_UNKNOWN'));
  const challenge = \`Bearer realm="https://mirror.test:\${realmPort}/token",service="registry"\`;
  response.writeHead(401, { ...api, 'www-authenticate': challenge }).end(error('UNAUTHORIZED'));
}).listen(port, '10.99.0.1');
createServer(pair(realmCert, realmKey), (_, response) =>
  response.writeHead(200, api).end('{"token":"yes","access_token":"yes"}'),
).listen(realmPort, '10.99.0.1');
`;
