import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import type { Engine } from '../../src/system/dockerd/engine.js';
import { realHost, temporaryFolder } from './node-host.js';

/** What the engine answers to a path (query included): a body, a status and a body, or the response itself to play with. */
export type Answers = Readonly<
  Record<string, string | readonly [number, string] | ((response: ServerResponse) => void)>
>;

const open: (() => void)[] = [];

afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** An engine's API on a unix socket of its own; `paths` are the requests it saw. */
export async function fakeEngine(answers: Answers): Promise<Engine & { readonly paths: string[] }> {
  const socketPath = join(temporaryFolder(), 'docker.sock');
  const paths: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    paths.push(url);
    const answer = answers[url] ?? answers[url.split('?')[0] ?? ''] ?? ([404, '{}'] as const);
    if (typeof answer === 'function') answer(response);
    else if (typeof answer === 'string') response.end(answer);
    else response.writeHead(answer[0]).end(answer[1]);
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { host: realHost(null), endpoint: { socketPath }, paths };
}
