import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createNet } from '../../../src/host/node-net.js';

let server: Server;

beforeAll(async () => {
  server = createServer((_, response) => {
    response.end('here');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

afterAll(() => {
  server.close();
});

test('a deadline that is no whole number of milliseconds, as a third of ten seconds is, is kept to', async () => {
  const { port } = server.address() as AddressInfo;
  const net = createNet({ read: () => Buffer.alloc(0) });
  const request = { method: 'GET', host: '127.0.0.1', port, path: '/' } as const;
  await expect(net.request({ ...request, timeoutMs: 10_000 / 3 })).resolves.toMatchObject({
    body: 'here',
  });
});
