import { beforeAll, describe, expect, test } from '@jest/globals';
import { useMachine } from './support/machine.js';
import { makeAuthority, type Authority } from './support/registry.js';

const REGISTRY = 'registry.test:8443';

/** Harbor behind its nginx: the server's certificate alone, and its CA for everybody to fetch. */
const PROGRAM = `
import { createServer } from 'node:https';
import { readFileSync } from 'node:fs';
const [cert, key, ca] = process.argv.slice(2).map((path) => readFileSync(path));
createServer({ cert, key }, ({ url }, response) => {
  if (url === '/api/v2.0/systeminfo/getcert')
    return response.writeHead(200, {
      'content-type': 'application/x-x509-ca-cert', 'content-disposition': 'attachment; filename=ca.crt',
    }).end(ca);
  if (url === '/v2/') return response.writeHead(200, { 'docker-distribution-api-version': 'registry/2.0' }).end('{}');
  response.writeHead(404, { 'content-type': 'application/json' })
    .end('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}');
}).listen(8443, '10.99.0.1');
`;

describe('the CA of a Harbor, from Harbor itself', () => {
  const machine = useMachine();
  let authority: Authority;

  beforeAll(async () => {
    authority = await makeAuthority(machine, 'harbor');
    const { cert, key } = await authority.issue('registry.test');
    await machine.write('/srv/harbor.mjs', PROGRAM);
    await machine.sh(`
      systemd-run --quiet --unit=harbor node /srv/harbor.mjs ${cert} ${key} ${authority.ca}
      timeout 240 bash -c 'until (exec 3<>/dev/tcp/10.99.0.1/8443) 2>/dev/null; do sleep 0.05; done'
    `);
  });

  test('is fetched, held against its fingerprint, installed, and proved by dockerd', async () => {
    const print = await machine.sh(
      `openssl x509 -noout -fingerprint -sha256 -in ${authority.ca} | cut -d= -f2`,
    );
    const add = (fingerprint: string) =>
      machine.dockerctl(
        ...['trust', 'add-registry', REGISTRY, '--to', 'docker', '--fetch'],
        ...['--fingerprint', fingerprint],
      );
    const wrong = await add('00'.repeat(32));
    expect(wrong.status).not.toBe(0);
    expect(await add(print)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Proved by dockerd/m),
    });
    const pulled = await machine.exec(['docker', 'pull', `${REGISTRY}/none:1`]);
    expect(pulled.stderr).toMatch(/manifest unknown|not found/);
  });
});
