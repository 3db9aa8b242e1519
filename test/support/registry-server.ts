import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach } from '@jest/globals';
import type { TlsOptions } from 'node:tls';

const running: { server: Server; sockets: Set<Socket> }[] = [];

afterEach(() => {
  for (const { server, sockets } of running.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

/** Answers GET /v2/ as a registry without login does. */
export const registryAnswer: RequestListener = (_, response) => {
  response.writeHead(200, { 'Docker-Distribution-Api-Version': 'registry/2.0' }).end('{}');
};

/** A server of the test's own on a free port of 127.0.0.1, gone after the test. Each resolves to its port. */
export function serveTls(
  tls: TlsOptions,
  answer: RequestListener = registryAnswer,
): Promise<number> {
  return listen(createHttps(tls, answer));
}

export function serveHttp(answer: RequestListener = registryAnswer): Promise<number> {
  return listen(createHttp(answer));
}

export function serveTcp(answer: (socket: Socket) => void): Promise<number> {
  return listen(createTcp(answer));
}

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createTcp();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => sockets.delete(socket)).on('close', () => sockets.delete(socket));
  });
  running.push({ server, sockets });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
