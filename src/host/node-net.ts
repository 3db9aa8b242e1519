import type { FileSystem, HttpRequest, HttpResponse, Net } from './host.js';
import { countBytes } from './node-heap.js';

const MOST_BODY = 4 * 1024 * 1024;
const TIMEOUT_MS = 15_000;
const MOST_LINE = 1024 * 1024;

/**
 * The network by Node's own clients: no redirects, no proxies, no keep-alive, everything bounded. They are loaded when
 * they are needed: most commands never leave the machine.
 */
export function createNet(fs: Pick<FileSystem, 'read'>): Net {
  return {
    request: (request) => exchange(request, fs),
    stream: (request, signal) => linesOf(request, { signal, fs }),
    handshake: async (target) => (await import('./node-tls.js')).handshake(target, fs),
    resolve: async (host, timeoutMs) => {
      const { lookup } = await import('node:dns/promises');
      const found = await Promise.race([
        lookup(host, { all: true }),
        expire(timeoutMs, `resolving ${host}`),
      ]);
      return found.map(({ address }) => address);
    },
    serve: async (...args) => (await import('./node-serve.js')).serve(...args),
  };
}

async function exchange(request: HttpRequest, fs: Pick<FileSystem, 'read'>): Promise<HttpResponse> {
  const { limit = MOST_BODY, timeoutMs = TIMEOUT_MS, encoding = 'utf8' } = request;
  // A share of a deadline is seldom a whole number, and Node takes no other.
  const deadline = AbortSignal.timeout(Math.ceil(timeoutMs));
  try {
    const { openRequest } = await import('./node-http.js');
    const response = await openRequest(request, { signal: deadline, fs });
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const piece of response as AsyncIterable<Buffer>) {
      pieces.push(piece);
      size += piece.length;
      countBytes(piece.length);
      if (size >= limit) break;
    }
    response.destroy();
    return {
      status: response.statusCode ?? 0,
      headers: Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [
          name,
          Array.isArray(value) ? value.join(', ') : value,
        ]),
      ),
      body: Buffer.concat(pieces).subarray(0, limit).toString(encoding),
    };
  } catch (error) {
    throw deadline.aborted ? timedOut(`${request.method} ${request.path}`, timeoutMs) : error;
  }
}

async function* linesOf(
  request: HttpRequest,
  { signal, fs }: { signal: AbortSignal; fs: Pick<FileSystem, 'read'> },
): AsyncGenerator<string> {
  try {
    const { openRequest } = await import('./node-http.js');
    const response = await openRequest(request, { signal, fs });
    response.setEncoding('utf8');
    let rest = '';
    for await (const piece of response as AsyncIterable<string>) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > MOST_LINE) throw endless(`${request.method} ${request.path}`);
      yield* lines;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function endless(what: string): Error {
  const message = `${what}: a line of more than ${MOST_LINE} characters`;
  return Object.assign(new Error(message), { code: 'EMSGSIZE' });
}

function timedOut(what: string, timeoutMs: number): Error {
  return Object.assign(new Error(`${what}: no answer within ${timeoutMs} ms`), {
    code: 'ETIMEDOUT',
  });
}

async function expire(timeoutMs: number, what: string): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => {
      reject(timedOut(what, timeoutMs));
    }, timeoutMs).unref();
  });
}
