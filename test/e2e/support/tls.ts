import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';

/** Paths of what a server presents, and of the authority that its client trusts; null trusts only what the world does. */
export interface Meeting {
  readonly chain: string;
  readonly key: string;
  readonly ca: string | null;
  /** The name that the client connects to; a loopback address is one too. */
  readonly host: string;
}

/** A handshake between a server and a client of Node's tls. What the client said of the server: OpenSSL's or Node's error code, or OK. */
export async function greet({ chain, key, ca, host }: Meeting): Promise<string> {
  const pair = { cert: await readFile(chain), key: await readFile(key) };
  const server = createServer(pair, (socket) => socket.end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const isAddress = host === '127.0.0.1';
  const client = connect({
    ...{ host: '127.0.0.1', port },
    ...(isAddress ? {} : { servername: host }),
    ...(ca === null ? {} : { ca: await readFile(ca) }),
  });
  try {
    await once(client, 'secureConnect');
    return 'OK';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    client.destroy();
    server.close();
  }
}
