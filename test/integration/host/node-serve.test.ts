import { connect } from 'node:net';
import { request } from 'node:http';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { serve } from '../../../src/host/node-serve.js';
import { afterwards, temporaryFolder } from '../../support/node-host.js';

async function serving(): Promise<string> {
  const path = join(temporaryFolder(), 'metrics.sock');
  const ending = new AbortController();
  afterwards(() => {
    ending.abort();
  });
  await serve(
    { path },
    (asked) => ({ status: 200, type: 'text/plain', body: asked }),
    ending.signal,
  );
  return path;
}

const ask = (
  socketPath: string,
  options: object = {},
): Promise<{ status?: number; body: string }> =>
  new Promise((resolve, reject) => {
    request({ socketPath, path: '/metrics?x=1', ...options }, (response) => {
      let body = '';
      response.on('data', (piece: Buffer) => (body += String(piece)));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body });
      });
    })
      .once('error', reject)
      .end();
  });

test('a name that is not ours is refused: a page of the web may give its own name our address', async () => {
  const path = await serving();
  for (const Host of ['127.0.0.1:9323', 'localhost', '[::1]:80', ''])
    expect(await ask(path, { headers: { Host } })).toMatchObject({ status: 200, body: '/metrics' });
  for (const Host of ['evil.test', 'evil.test:9323', '127.0.0.1.evil.test', 'localhost.evil.test'])
    expect(await ask(path, { headers: { Host } })).toMatchObject({ status: 403 });
  expect(await ask(path, { method: 'POST' })).toMatchObject({ status: 405 });
});

test('four hundred who never finish their request keep nobody out', async () => {
  const path = await serving();
  for (let one = 0; one < 400; one += 1) {
    const socket = connect(path);
    socket.on('error', () => undefined);
    socket.write('GET /metrics HTTP/1.1\r\nHost: localhost\r\nX: ');
  }
  expect(await ask(path)).toMatchObject({ status: 200 });
});

test('the socket of an agent that died is taken; a file in its place is not', async () => {
  const path = await serving();
  const ending = new AbortController();
  const answer = () => ({ status: 200, type: 'text/plain', body: 'second' });
  await serve({ path }, answer, ending.signal);
  expect(await ask(path)).toMatchObject({ body: 'second' });
  ending.abort();
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, 'mine');
  await expect(serve({ path: file }, answer, ending.signal)).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
