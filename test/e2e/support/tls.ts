import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';

/** Paths of what a server presents. */
export interface Pair {
  readonly chain: string;
  readonly key: string;
}

/** A TLS server on loopback while `use` runs, which gets its port. */
export async function whileServing<Result>(
  { chain, key }: Pair,
  use: (port: number) => Promise<Result>,
): Promise<Result> {
  const pair = { cert: await readFile(chain), key: await readFile(key) };
  const server = createServer(pair, (socket) => {
    socket.on('error', () => undefined).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await use((server.address() as AddressInfo).port);
  } finally {
    server.close();
  }
}

export interface Visit {
  readonly port: number;
  /** The authority that the client trusts; null trusts only what the world does. */
  readonly ca: string | null;
  /** The name that the client connects to; 127.0.0.1 is one too. */
  readonly host: string;
}

/** A handshake of Node's tls. What it said of the server: OpenSSL's or Node's error code, or OK. */
export async function visit({ port, ca, host }: Visit): Promise<string> {
  const client = connect({
    ...{ host: '127.0.0.1', port },
    ...(host === '127.0.0.1' ? {} : { servername: host }),
    ...(ca === null ? {} : { ca: await readFile(ca) }),
  });
  try {
    await once(client, 'secureConnect');
    return 'OK';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    client.destroy();
  }
}
