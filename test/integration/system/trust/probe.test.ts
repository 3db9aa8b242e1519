import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Finding } from '../../../../src/core/plan/finding.js';
import { parseRegistry } from '../../../../src/core/registry/address.js';
import { diagnose } from '../../../../src/core/trust/diagnosis/diagnose.js';
import { readRoots } from '../../../../src/core/trust/diagnosis/roots.js';
import { probe } from '../../../../src/system/trust/probe.js';
import { realHost, temporaryFolder } from '../../../support/node-host.js';
import { CA, CLIENT, issue, server, type Issued } from '../../../support/openssl.js';
import {
  freePort,
  registryAnswer,
  serveHttp,
  serveTcp,
  serveTls,
} from '../../../support/registry-server.js';

const NAMES = server('IP:127.0.0.1', 'DNS:localhost');
/** A boolean where a list of names is due. */
const UNREADABLE = 'subjectAltName=DER:01:01:FF';
const pem = new Map<string, Issued>();
const get = (name: string): Issued => pem.get(name)!;

beforeAll(() => {
  const folder = temporaryFolder();
  const make = (name: string, options: Parameters<typeof issue>[1]): void => {
    pem.set(name, issue(folder, options));
  };
  make('root', { cn: 'Root', extensions: CA });
  make('namesake', { cn: 'Root', extensions: CA });
  make('stranger', { cn: 'Stranger', extensions: CA });
  make('expired root', { cn: 'Expired Root', extensions: CA, from: -20, until: -2 });
  const by = get('root');
  make('middle', { cn: 'Middle', extensions: CA, by });
  make('good', { cn: 'reg', extensions: NAMES, by });
  make('deep', { cn: 'reg', extensions: NAMES, by: get('middle') });
  make('expired', { cn: 'reg', extensions: NAMES, by, from: -20, until: -2 });
  make('future', { cn: 'reg', extensions: NAMES, by, from: 2 });
  make('elsewhere', { cn: 'reg', extensions: server('DNS:other.example', 'IP:192.0.2.1'), by });
  make('nameless', { cn: '', extensions: NAMES, by });
  make('nameless, ended', { cn: '', extensions: NAMES, by, from: -20, until: -2 });
  make('unreadable', { cn: 'reg', extensions: [...NAMES.slice(0, -1), UNREADABLE], by });
  make('bare', { cn: '127.0.0.1', extensions: ['basicConstraints=CA:FALSE'], by });
  make('self', { cn: 'reg', extensions: ['basicConstraints=CA:FALSE', ...NAMES.slice(1)] });
  make('sha1', { cn: 'reg', extensions: NAMES, by, digest: 'sha1' });
  make('for clients', { cn: 'reg', extensions: [...CLIENT, 'subjectAltName=IP:127.0.0.1'], by });
  make('under expired', { cn: 'reg', extensions: NAMES, by: get('expired root') });
  make('client', { cn: 'client', extensions: CLIENT, by });
  make('proxy', { cn: 'Zscaler Intermediate Root CA', extensions: CA });
  make('through proxy', { cn: 'reg', extensions: NAMES, by: get('proxy') });
  make('of a stranger', { cn: 'reg', extensions: NAMES, by: get('stranger') });
  make('foreign client', { cn: 'client', extensions: CLIENT, by: get('stranger') });
});

interface Try {
  readonly port: number;
  readonly host?: string;
  readonly ca?: readonly string[];
  readonly client?: string;
  readonly insecure?: boolean;
  readonly timeoutMs?: number;
}

const TARGET = { isInsecure: () => false, client: null, timeoutMs: 2_000 };

async function examine({
  port,
  host = '127.0.0.1',
  ca = ['root'],
  ...rest
}: Try): Promise<Finding[]> {
  const pair = rest.client === undefined ? null : get(rest.client);
  const bundles = ca.map((name) => get(name).cert);
  const facts = await probe(realHost(temporaryFolder()), {
    registry: parseRegistry(`${host}:${port}`),
    isInsecure: () => rest.insecure ?? false,
    client: pair === null ? null : { cert: pair.cert, key: Buffer.from(pair.key) },
    timeoutMs: rest.timeoutMs ?? 5_000,
  });
  return diagnose(facts, { roots: readRoots(bundles), installed: ca.map((name) => `CN=${name}`) });
}

const codes = (findings: readonly Finding[]): string[] => findings.map(({ code }) => code);
const tls = (name: string, ...chain: string[]) => ({
  key: get(name).key,
  cert: [name, ...chain].map((one) => get(one).cert).join(''),
  ciphers: 'DEFAULT:@SECLEVEL=0',
});
const answer =
  (status: number, headers: Record<string, string> = {}, body = ''): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
  };

describe('a registry that dockerd can use', () => {
  test.each<[string, string[], readonly string[]]>([
    ['its CA is trusted', ['good'], ['root']],
    ['the chain is complete', ['deep', 'middle'], ['root']],
    ['the intermediate is the anchor', ['deep'], ['middle']],
    ['its own certificate is the anchor', ['self'], ['self']],
    ['the anchor is one of several', ['good'], ['stranger', 'root']],
    ['the chain has a needless certificate', ['good', 'stranger'], ['root']],
  ])('gives no finding: %s', async (_, [name = '', ...chain], ca) => {
    expect(await examine({ port: await serveTls(tls(name, ...chain)), ca })).toEqual([]);
  });

  test('gives no finding by name, or with a login', async () => {
    const challenge = { 'www-authenticate': 'Basic realm="r"' };
    const port = await serveTls(tls('good'), answer(401, challenge));
    expect(await examine({ port, host: 'localhost' })).toEqual([]);
  });

  test('gives no finding with the client certificate it asks for', async () => {
    const port = await serveTls({ ...tls('good'), requestCert: true, ca: get('root').cert });
    expect(await examine({ port, client: 'client' })).toEqual([]);
  });
});

describe('certificates are judged as dockerd judges them', () => {
  test.each<[string, string[], readonly string[], string[]]>([
    ['an unknown authority', ['good', 'root'], [], ['registry-unknown-authority']],
    ['an unknown authority, leaf alone', ['good'], [], ['registry-unknown-authority']],
    ['a missing intermediate', ['deep'], ['root'], ['registry-intermediate-missing']],
    ['a CA that was made anew', ['good'], ['namesake'], ['registry-authority-changed']],
    ['a new CA that is sent along', ['good', 'root'], ['namesake'], ['registry-authority-changed']],
    ['a self-signed certificate', ['self'], ['root'], ['registry-self-signed']],
    ['an expired certificate', ['expired'], ['root'], ['registry-expired']],
    ['an expired CA', ['under expired'], ['expired root'], ['registry-expired']],
    ['a certificate of the future', ['future'], ['root'], ['registry-not-yet-valid']],
    ['another name', ['elsewhere'], ['root'], ['registry-name-mismatch']],
    ['no subject', ['nameless'], ['root'], []],
    ['no subject, expired', ['nameless, ended'], ['root'], ['registry-expired']],
    ['names that are none', ['unreadable'], ['root'], ['registry-alternative-name-malformed']],
    ['only a common name', ['bare'], ['root'], ['registry-only-common-name']],
    ['a SHA-1 signature', ['sha1'], ['root'], ['registry-weak-signature']],
    ['a certificate for clients', ['for clients'], ['root'], ['registry-not-for-servers']],
  ])('%s', async (...[, [name = '', ...chain], ca, expected]) => {
    const findings = await examine({ port: await serveTls(tls(name, ...chain)), ca });
    expect(codes(findings)).toEqual(expected);
    expect(findings[0]?.hint).not.toBe('');
  });

  test('all that is wrong is said at once', async () => {
    const findings = await examine({
      port: await serveTls(tls('expired')),
      ca: [],
      host: 'localhost',
    });
    expect(codes(findings)).toEqual(['registry-expired', 'registry-unknown-authority']);
  });
});

describe('a client certificate', () => {
  const asking = () => ({ ...tls('good'), requestCert: true, ca: get('root').cert });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('is asked for, with %s', async (version) => {
    const port = await serveTls({ ...asking(), minVersion: version, maxVersion: version });
    expect(codes(await examine({ port }))).toEqual(['registry-client-certificate-required']);
  });

  test('of a foreign authority is refused', async () => {
    const findings = await examine({ port: await serveTls(asking()), client: 'foreign client' });
    expect(codes(findings)).toEqual(['registry-client-certificate-refused']);
  });

  test('is asked for by nginx in its own way', async () => {
    const page = '<html><center>No required SSL certificate was sent</center></html>';
    const port = await serveTls(tls('good'), answer(400, { 'content-type': 'text/html' }, page));
    expect(codes(await examine({ port }))).toEqual(['registry-client-certificate-required']);
  });
});

describe('connections', () => {
  const tlsOnly = 'Client sent an HTTP request to an HTTPS server.\n';
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;

  test.each<[string, () => Promise<Try>, string[]]>([
    [
      'a name without address',
      () => Promise.resolve({ port: 5000, host: 'no-such-host.invalid' }),
      ['registry-unresolved'],
    ],
    [
      'a port on which nobody listens',
      async () => ({ port: await freePort() }),
      ['registry-refused'],
    ],
    [
      'an http server where https is expected',
      async () => ({ port: await serveHttp() }),
      ['registry-speaks-http'],
    ],
    [
      'an https server where http is expected',
      async () => ({ port: await serveHttp(answer(400, {}, tlsOnly)), insecure: true }),
      ['registry-speaks-https', 'registry-insecure'],
    ],
    [
      'a proxy in between that shows certificates of its own',
      async () => ({ port: await serveTls(tls('through proxy', 'proxy')) }),
      ['registry-proxy-in-between'],
    ],
    [
      'the same, its own authority not sent',
      async () => ({ port: await serveTls(tls('through proxy')) }),
      ['registry-proxy-in-between'],
    ],
    [
      'a proxy in between that answers itself',
      async () => ({ port: await serveTls(tls('good'), answer(503, { server: 'squid/6.6' })) }),
      ['registry-proxy-in-between'],
    ],
    [
      'a server that never answers',
      async () => ({ port: await serveTcp(() => undefined), timeoutMs: 300 }),
      ['registry-timeout'],
    ],
    [
      'a server that says goodbye at once',
      async () => ({ port: await serveTcp((socket) => socket.destroy()) }),
      ['registry-closed'],
    ],
    [
      'a server that sends garbage',
      async () => ({ port: await serveTcp((one) => one.end('\u001b[31mSSH-2.0-OpenSSH_9.2\r\n')) }),
      ['registry-not-tls'],
    ],
    [
      'a server with old TLS only',
      async () => ({ port: await serveTls({ ...tls('good'), ...old }) }),
      ['registry-tls-too-old'],
    ],
  ])('%s', async (...[, start, expected]) => {
    const findings = await examine(await start());
    expect(codes(findings)).toEqual(expected);
    expect(findings[0]?.hint).not.toBe('');
    expect(JSON.stringify(findings)).not.toContain('\\u001b');
  });

  test('a wrong port: the one that answers is named', async () => {
    const elsewhere = await serveTls(tls('good'));
    const port = await freePort();
    const real = realHost(null);
    const host: typeof real = {
      ...real,
      net: {
        ...real.net,
        handshake: (target) =>
          real.net.handshake({ ...target, port: target.port === 5443 ? elsewhere : port }),
      },
    };
    const facts = await probe(host, { ...TARGET, registry: parseRegistry(`127.0.0.1:${port}`) });
    expect(diagnose(facts, { roots: readRoots([]), installed: [] })).toMatchObject([
      {
        code: 'registry-wrong-port',
        message: expect.stringContaining('but 127.0.0.1:5443 answers'),
        hint: expect.stringMatching(/`dockerctl trust verify 127\.0\.0\.1:5443`$/),
      },
    ]);
  });

  test('an authority that is another than the installed one: both are named', async () => {
    const port = await serveTls(tls('good', 'root'));
    const [finding] = await examine({ port, ca: ['stranger'] });
    expect(finding).toMatchObject({
      code: 'registry-unknown-authority',
      message: expect.stringMatching(
        /CN=Root is not trusted here; trusted is CN=stranger: .*proxy/,
      ),
      hint: expect.stringMatching(/^`dockerctl trust add-registry \S+ --ca FILE`, or --fetch/),
    });
  });
});

describe('answers to GET /v2/', () => {
  const HTML = { 'content-type': 'text/html' };
  const loop: RequestListener = (request, response) => {
    response.writeHead(302, { location: `${request.url ?? ''}x` }).end();
  };
  const slow: RequestListener = (_, response) => {
    response.writeHead(200);
    response.write('x');
  };
  const endless: RequestListener = (_, response) => {
    response.writeHead(200, { 'Docker-Distribution-Api-Version': 'registry/2.0' });
    response.end(Buffer.alloc(10_000_000, 'x'));
  };

  test.each<[string, RequestListener, string[]]>([
    ['a web page', answer(200, HTML, '<html>Log in</html>'), ['registry-not-a-registry']],
    ['404', answer(404), ['registry-not-a-registry']],
    ['403', answer(403), ['registry-forbids']],
    ['407', answer(407), ['registry-proxy-login']],
    ['429', answer(429), ['registry-limits']],
    ['502', answer(502, HTML, '<html>Bad Gateway</html>'), ['registry-broken']],
    ['a login without challenge', answer(401), ['registry-no-challenge']],
    ['redirects without end', loop, ['registry-redirects']],
    ['10 MB', endless, []],
    [
      'another time',
      answer(200, { date: 'Thu, 01 Jan 2026 00:00:00 GMT' }),
      ['registry-clock-skew'],
    ],
  ])('%s', async (_, listener, expected) => {
    expect(codes(await examine({ port: await serveTls(tls('good'), listener) }))).toEqual(expected);
  });

  test('a body that never ends does not hold us up', async () => {
    const port = await serveTls(tls('good'), slow);
    expect(codes(await examine({ port, timeoutMs: 400 }))).toEqual(['registry-timeout']);
  });

  test.each(['file:///etc/shadow', 'ftp://127.0.0.1/', 'unix:/run/docker.sock', 'http://[', ''])(
    'a redirect to %j leads nowhere',
    async (location) => {
      const redirect = answer(302, { location });
      const findings = await examine({ port: await serveTls(tls('good'), redirect) });
      expect(codes(findings)).toEqual(['registry-redirects']);
    },
  );

  test('headers without end are an error of the registry, and memory stays small', async () => {
    const port = await serveTls(tls('good'), (request) => {
      const { socket } = request;
      socket.write('HTTP/1.1 200 OK\r\n');
      const more = (): void => {
        while (socket.writable && socket.write(`X-Junk: ${'x'.repeat(4000)}\r\n`));
        if (socket.writable) socket.once('drain', more);
      };
      more();
    });
    expect(codes(await examine({ port }))).toHaveLength(1);
  });

  test('a zipped body is not unzipped', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const headers = {
      'content-encoding': 'gzip',
      'Docker-Distribution-Api-Version': 'registry/2.0',
    };
    const port = await serveTls(tls('good'), (_, response) => {
      response.writeHead(200, headers).end(bomb);
    });
    const before = process.memoryUsage().arrayBuffers;
    expect(await examine({ port })).toEqual([]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });

  test('a byte a second ends with the time that the probe has', async () => {
    const port = await serveTls(tls('good'), ({ socket }) => {
      const drip = setInterval(() => socket.write('H'), 50);
      socket.on('close', () => {
        clearInterval(drip);
      });
    });
    await examine({ port, timeoutMs: 500 });
  });

  test('a redirect to this machine, from where it is not, is not followed', async () => {
    const seen: string[] = [];
    const inside = await serveHttp(({ url = '' }, response) => {
      seen.push(url);
      response.end('{}');
    });
    const port = await serveTls(
      tls('elsewhere'),
      answer(302, { location: `http://127.0.0.1:${inside}/latest/meta-data/` }),
    );
    const real = realHost(null);
    const to = (name = '') => (name === 'other.example' ? '127.0.0.1' : name);
    const host: typeof real = {
      ...real,
      net: {
        ...real.net,
        resolve: (name) => Promise.resolve([name === 'other.example' ? '192.0.2.1' : name]),
        handshake: (target) => real.net.handshake({ ...target, host: to(target.host) }),
        request: (request) =>
          real.net.request({
            ...request,
            host: to(request.host),
            tls: { ...request.tls, servername: 'other.example' },
          }),
      },
    };
    const facts = await probe(host, {
      ...TARGET,
      registry: parseRegistry(`other.example:${port}`),
    });
    expect({ answer: facts.answer, seen }).toMatchObject({ answer: { status: 302 }, seen: [] });
  });

  test('a redirect to the registry itself is followed', async () => {
    const port = await serveTls(tls('good'), (request, response) => {
      if (request.url === '/there') registryAnswer(request, response);
      else response.writeHead(307, { location: '/there' }).end();
    });
    expect(await examine({ port })).toEqual([]);
  });
});

describe('the token server', () => {
  const sending = async (realm: string) =>
    serveTls(
      tls('good'),
      answer(401, { 'www-authenticate': `Bearer realm="${realm}",service="r"` }),
    );

  test('is judged like the registry', async () => {
    const token = await serveTls(tls('elsewhere'));
    const findings = await examine({ port: await sending(`https://127.0.0.1:${token}/token`) });
    expect(codes(findings)).toEqual(['token-registry-name-mismatch']);
    expect(findings[0]?.message).toMatch(/to another server/);
  });

  test('of an authority that is not trusted: its CA must be where dockerd looks for it', async () => {
    const token = await serveTls(tls('of a stranger'));
    const port = await sending(`https://127.0.0.1:${token}/token`);
    const [finding] = await examine({ port });
    expect(finding).toMatchObject({
      code: 'token-registry-unknown-authority',
      hint: expect.stringMatching(
        new RegExp(
          `^dockerctl trust add-ca FILE .*add-registry 127\\.0\\.0\\.1:${port} --ca FILE$`,
        ),
      ),
    });
  });

  test('that cannot be reached is named', async () => {
    const findings = await examine({
      port: await sending(`https://127.0.0.1:${await freePort()}/t`),
    });
    expect(codes(findings)).toEqual(['token-registry-refused']);
  });

  test('over http is a warning', async () => {
    const findings = await examine({ port: await sending('http://127.0.0.1/token') });
    expect(codes(findings)).toEqual(['token-over-http']);
  });

  test('in order gives no finding', async () => {
    const token = await serveTls(tls('good'));
    expect(await examine({ port: await sending(`https://127.0.0.1:${token}/token`) })).toEqual([]);
  });
});

describe('an insecure registry', () => {
  test.each<[string, () => Promise<number>]>([
    ['over http', () => serveHttp()],
    ['with any certificate', () => serveTls(tls('self'))],
  ])('works %s, and is marked', async (_, start) => {
    const findings = await examine({ port: await start(), insecure: true, ca: [] });
    expect(codes(findings)).toEqual(['registry-insecure']);
  });

  test('that does not run is found out too', async () => {
    const findings = await examine({ port: await freePort(), insecure: true });
    expect(codes(findings)).toEqual(['registry-refused', 'registry-insecure']);
  });
});
