import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const REGISTRIES = 100;
const DEAD = 20;
const TIMEOUT_SECONDS = 5;

export const title = `trust verify --all with ${REGISTRIES} registries, ${DEAD} of which never answer, as a multiple of one --timeout`;

export async function measure({ rounds }) {
  const root = mkdtempSync(join(tmpdir(), 'dockerctl-bench-'));
  const servers = [];
  try {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
        ...['-subj', '/CN=Authority', '-days', '30', '-keyout', join(root, 'key')],
        ...['-out', join(root, 'cert')],
      ],
      { stdio: 'ignore' },
    );
    for (let index = 0; index < REGISTRIES; index += 1) {
      const server = index % (REGISTRIES / DEAD) === 0 ? createTcp(() => undefined) : alive();
      servers.push(server);
      const address = `127.0.0.${index + 1}`;
      await once(server.listen(0, address), 'listening');
      const folder = join(root, 'etc/docker/certs.d', `${address}:${server.address().port}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'ca.crt'), readFileSync(join(root, 'cert')));
    }
    const seconds = [];
    for (let round = 0; round < Math.min(rounds, 5); round += 1) seconds.push(await verify(root));
    const value = seconds.sort((a, b) => a - b)[Math.floor(seconds.length / 2)] / TIMEOUT_SECONDS;
    return [{ name: 'dockerctl trust verify --all', value, unit: 'x', limit: 1.5 }];
  } finally {
    for (const server of servers) server.close();
    rmSync(root, { recursive: true });
  }
}

function alive() {
  return createHttp((_, response) => {
    response.writeHead(200, { 'Docker-Distribution-Api-Version': 'registry/2.0' }).end('{}');
  });
}

/** Wall time of the whole process, in seconds. */
async function verify(root) {
  const options = ['--root', root, '--timeout', `${TIMEOUT_SECONDS}`, '--json'];
  const begin = performance.now();
  const child = spawn(process.execPath, [
    'dist/dockerctl.cjs',
    ...options,
    'trust',
    'verify',
    '--all',
  ]);
  let answer = '';
  child.stdout.on('data', (piece) => (answer += piece));
  await once(child, 'close');
  const seconds = (performance.now() - begin) / 1000;
  const { registries } = JSON.parse(answer).data;
  const failed = registries.filter(({ ok }) => !ok).length;
  if (registries.length !== REGISTRIES || failed !== DEAD)
    throw new Error(`${registries.length} registries verified, ${failed} of them failed`);
  return seconds;
}
