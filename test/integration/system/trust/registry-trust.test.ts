import { beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestListener } from 'node:http';
import type { Host } from '../../../../src/host/host.js';
import { parseRegistry } from '../../../../src/core/registry/address.js';
import { rulesOfEngine } from '../../../../src/core/pki/go/rules/engine.js';
import { readRoots } from '../../../../src/core/trust/diagnosis/roots.js';
import { fetchChain } from '../../../../src/system/trust/fetch-chain.js';
import { testMirrors } from '../../../../src/system/trust/mirror-test.js';
import type { DaemonTrust } from '../../../../src/system/trust/daemon-trust.js';
import { verifyRegistries } from '../../../../src/system/trust/registry-trust.js';
import { realHost, temporaryFolder } from '../../../support/node-host.js';
import { CA, derOf, issue, server, type Issued } from '../../../support/openssl.js';
import { freePort, serveHttp, serveTcp, serveTls } from '../../../support/registry-server.js';

let root: Issued, middle: Issued, leaf: Issued;
const trust: DaemonTrust = {
  certsDir: '/etc/docker/certs.d',
  insecure: [],
  systemRoots: readRoots([]),
  engines: rulesOfEngine({ goVersion: 'go1.27.1', version: '28.5.2+dfsg4' }),
  tokensBySystem: false,
  hostsToml: false,
  timeoutMs: 1_500,
};
const quiet = { trust, done: () => undefined };
const host = () => realHost(temporaryFolder());

beforeAll(() => {
  const folder = temporaryFolder();
  root = issue(folder, { cn: 'Root', extensions: CA });
  middle = issue(folder, { cn: 'Middle', extensions: CA, by: root });
  leaf = issue(folder, { cn: 'reg', extensions: server('DNS:localhost'), by: middle });
});

describe('verifyRegistries', () => {
  test('asks a hundred at once: twenty dead ones cost one timeout, not twenty', async () => {
    const alive = await serveHttp();
    let waiting = 0;
    let together = 0;
    const dead = await serveTcp((socket) => {
      waiting += 1;
      together = Math.max(together, waiting);
      socket.on('close', () => (waiting -= 1));
    });
    const registries = Array.from({ length: 100 }, (_, index) =>
      parseRegistry(`127.0.0.1:${index % 5 === 0 ? dead : alive}`),
    );
    const timeoutMs = 4_000;
    let done = 0;
    const verdicts = await verifyRegistries(host(), registries, {
      trust: { ...trust, timeoutMs },
      done: () => {
        done += 1;
      },
    });
    const codes = verdicts.map(({ findings }) => findings[0]?.code);
    expect(codes.filter((code) => code === 'registry-timeout')).toHaveLength(20);
    expect(codes.filter((code) => code === 'registry-insecure')).toHaveLength(80);
    expect(done).toBe(100);
    expect(together).toBeGreaterThan(10);
  });

  test('uses the certificates of the registry’s own folder, and its client pair', async () => {
    const folder = temporaryFolder();
    const tls = { key: leaf.key, cert: leaf.cert + middle.cert };
    const port = await serveTls(tls);
    const certs = join(folder, 'etc/docker/certs.d', `localhost:${port}`);
    mkdirSync(certs, { recursive: true });
    const registry = parseRegistry(`localhost:${port}`);
    const ask = async () => {
      const [verdict] = await verifyRegistries(realHost(folder), [registry], {
        trust: { ...trust, insecure: [] },
        done: () => undefined,
      });
      return verdict?.findings.map(({ code }) => code);
    };
    writeFileSync(join(certs, 'ca.crt'), root.cert);
    writeFileSync(join(certs, 'orphan.key'), leaf.key);
    // localhost resolves into 127.0.0.0/8, which dockerd never verifies.
    expect(await ask()).toEqual(['trust-key-without-cert', 'registry-insecure']);
  });
});

/** This machine, on which reg.example is a registry on the internet. */
function elsewhere(): Host {
  const real = host();
  const address = (name: string) => (name === 'reg.example' ? '127.0.0.1' : name);
  return {
    ...real,
    net: {
      ...real.net,
      resolve: (name) => Promise.resolve([name === 'reg.example' ? '192.0.2.7' : name]),
      handshake: (target) => real.net.handshake({ ...target, host: address(target.host) }),
      request: (request) => real.net.request({ ...request, host: address(request.host ?? '') }),
    },
  };
}

describe('fetchChain', () => {
  test('completes what the server leaves out, by the address in its certificate', async () => {
    const folder = temporaryFolder();
    const issuers = await serveHttp((_, response) => response.end(derOf(middle.cert)));
    const named = issue(folder, {
      cn: 'reg',
      by: middle,
      extensions: [
        ...server('DNS:localhost'),
        `authorityInfoAccess=caIssuers;URI:http://127.0.0.1:${issuers}/m.der`,
      ],
    });
    const port = await serveTls({ key: named.key, cert: named.cert });
    const chain = await fetchChain(host(), parseRegistry(`localhost:${port}`), 2_000);
    expect(chain.map(({ subject }) => subject)).toEqual(['CN=reg', 'CN=Middle']);
  });

  test('does not take what did not sign the certificate', async () => {
    const folder = temporaryFolder();
    const issuers = await serveHttp((_, response) => response.end(derOf(root.cert)));
    const access = `authorityInfoAccess=caIssuers;URI:http://127.0.0.1:${issuers}/m.der`;
    const named = issue(folder, {
      cn: 'reg',
      by: middle,
      extensions: [...server('DNS:x'), access],
    });
    const port = await serveTls({ key: named.key, cert: named.cert });
    expect(await fetchChain(host(), parseRegistry(`localhost:${port}`), 2_000)).toHaveLength(1);
  });

  test('does not go where only this machine can go, though a certificate names it', async () => {
    const seen: string[] = [];
    const here = await serveHttp(({ url = '' }, response) => {
      seen.push(url);
      response.end(derOf(middle.cert));
    });
    const named = issue(temporaryFolder(), {
      cn: 'reg',
      by: middle,
      extensions: [
        ...server('DNS:reg.example'),
        `authorityInfoAccess=caIssuers;URI:http://127.0.0.1:${here}/latest/meta-data,caIssuers;URI:http://[`,
      ],
    });
    const port = await serveTls({ key: named.key, cert: named.cert });
    const chain = await fetchChain(elsewhere(), parseRegistry(`reg.example:${port}`), 2_000);
    expect({ links: chain.length, seen }).toEqual({ links: 1, seen: [] });
  });

  test('says why there is no chain', async () => {
    const port = await freePort();
    await expect(fetchChain(host(), parseRegistry(`localhost:${port}`), 2_000)).rejects.toThrow(
      /shows no certificate: nothing listens on port/,
    );
  });
});

describe('testMirrors', () => {
  const manifest: RequestListener = (request, response) => {
    const fits = request.url === '/hub/v2/library/hello-world/manifests/latest';
    const type = 'application/vnd.oci.image.index.v1+json';
    response.writeHead(fits ? 200 : 404, { 'content-type': fits ? type : 'text/plain' }).end('{}');
  };
  const wantsTls: RequestListener = (_, response) => {
    response.writeHead(400).end('Client sent an HTTP request to an HTTPS server.\n');
  };
  const page: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
  };

  test('tells those that work from those that answer and those that are dead', async () => {
    const good = await serveHttp(manifest);
    const mirrors = [
      `http://127.0.0.1:${good}/hub/`,
      `http://127.0.0.1:${good}/`,
      `http://127.0.0.1:${await serveHttp(page)}/`,
      `http://127.0.0.1:${await freePort()}/`,
      `https://127.0.0.1:${await serveTcp(() => undefined)}/`,
      `http://127.0.0.1:${await serveHttp(wantsTls)}/`,
      'https://registry-1.docker.io/',
    ];
    const results = await testMirrors(host(), mirrors, quiet);
    expect(results.map(({ mirror, verdict }) => [mirror, verdict])).toEqual(
      mirrors.map((mirror, index) => [
        mirror,
        ['works', 'answers', 'dead', 'dead', 'dead', 'dead', 'dead'][index],
      ]),
    );
    expect(results[0]).toMatchObject({ status: 200, tls: 'http' });
    expect(results[3]).toMatchObject({ tls: 'http', reason: expect.stringMatching(/^nothing/) });
    expect(results[4]).toMatchObject({ tls: 'registry-timeout', milliseconds: null });
    expect(results[5]).toMatchObject({ status: 400, reason: expect.stringMatching(/wants https/) });
  });

  test('has one timeout for all that it asks of a mirror', async () => {
    const later = (task: () => void) => setTimeout(task, 1_000);
    const port: number = await serveHttp((request, response) => {
      const realm = `Bearer realm="http://127.0.0.1:${port}/token",service="mirror"`;
      if (request.url?.startsWith('/token') === true) later(() => response.end('{"token":"x"}'));
      else later(() => response.writeHead(401, { 'www-authenticate': realm }).end());
    });
    const [result] = await testMirrors(host(), [`http://127.0.0.1:${port}/`], quiet);
    expect(result).toMatchObject({ verdict: 'dead', reason: expect.stringMatching(/in time/) });
  });

  test('does not go where only this machine can go, though a mirror sends it there', async () => {
    const seen: string[] = [];
    const inside = await serveHttp(({ url = '' }, response) => {
      seen.push(url);
      response.end('{"token":"x"}');
    });
    const realm = `Bearer realm="http://127.0.0.1:${inside}/latest/meta-data",service="m"`;
    const port = await serveHttp((_, response) => {
      response.writeHead(401, { 'www-authenticate': realm }).end();
    });
    const [result] = await testMirrors(elsewhere(), [`http://reg.example:${port}/`], quiet);
    expect({ status: result?.status, seen }).toEqual({ status: 401, seen: [] });
  });

  test('gets the token that anybody gets, where it is sent for one', async () => {
    const port: number = await serveHttp((request, response) => {
      if (request.url?.startsWith('/token?') === true) {
        response.end('{"token":"anybody"}');
      } else if (request.headers.authorization === 'Bearer anybody') {
        response
          .writeHead(200, { 'content-type': 'application/vnd.oci.image.index.v1+json' })
          .end('{}');
      } else {
        const realm = `Bearer realm="http://127.0.0.1:${port}/token",service="mirror"`;
        response.writeHead(401, { 'www-authenticate': realm }).end();
      }
    });
    const [result] = await testMirrors(host(), [`http://127.0.0.1:${port}/`], quiet);
    expect(result).toMatchObject({ verdict: 'works', status: 200 });
  });
});
