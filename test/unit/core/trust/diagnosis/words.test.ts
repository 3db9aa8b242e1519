import { describe, expect, test } from '@jest/globals';
import { isInsecure } from '../../../../../src/core/registry/insecure-list.js';
import { tokenRealm } from '../../../../../src/core/registry/challenge.js';
import type { Finding } from '../../../../../src/core/plan/finding.js';
import {
  readEngineWord,
  readPullerWord,
  type EngineWord,
} from '../../../../../src/core/trust/diagnosis/engine-word.js';
import { weighWord } from '../../../../../src/core/trust/diagnosis/weigh-word.js';

const stream = (error: string) =>
  `{"status":"Pulling"}\r\n${JSON.stringify({ errorDetail: {}, error })}\r\n`;
const message = (text: string) => JSON.stringify({ message: text });
/** How containerd's resolver begins. */
const RESOLVE = 'failed to resolve reference "r/x:none": ';
const HEAD = 'unexpected status from HEAD request to https://r/v2/x/manifests/none: ';

describe('the word of dockerd, as 20.10, 26.1 and 28.5 gave it', () => {
  test.each([
    ['sure', 500, message('manifest unknown')],
    ['sure', 404, message('manifest for r/x:none not found: manifest unknown: manifest unknown')],
    ['sure', 500, message('name unknown')],
    ['sure', 500, message('unknown: {"errors":[{"code":"NAME_UNKNOWN","message":"no"}]}')],
    ['reached', 404, message(`${RESOLVE}r/x:none: not found`)],
    ['reached', 404, message('pull access denied for r/x, repository does not exist or may …')],
    ['reached', 500, message('Head "https://r/v2/x": no basic auth credentials')],
    ['reached', 500, message(`${RESOLVE}${HEAD}403 Forbidden`)],
    ['reached', 500, message(`unknown: ${RESOLVE}${HEAD}429 Too Many Requests`)],
    ['reached', 500, message('toomanyrequests: slow down')],
    ['reached', 200, stream('unauthorized: authentication required')],
    ['trust', 500, message('Get "https://r/v2/": x509: certificate signed by unknown authority')],
    ['trust', 500, message('Get "https://r/v2/": remote error: tls: certificate required')],
    ['trust', 500, message('Get "https://r/v2/": http: server gave HTTP response to HTTPS client')],
    ['trust', 500, message('missing key r.key for client certificate r.cert. CA certificates …')],
    ['network', 500, message('dial tcp 10.99.0.1:7999: connect: connection refused')],
    ['network', 500, message('Get "https://r/v2/": net/http: TLS handshake timeout')],
    ['network', 500, message('dial tcp: lookup r on 10.0.0.53:53: no such host')],
    ['answer', 500, message(`${RESOLVE}${HEAD}500 Internal Server Error`)],
    ['answer', 500, message('received unexpected HTTP status: 500 Internal Server Error')],
    ['answer', 500, message('unknown: <html>nothing</html>')],
    ['answer', 200, stream('failed to unpack image: unexpected media type text/html: not found')],
    ['answer', 500, message('Get "https://r/login": stopped after 10 redirects')],
    ['answer', 500, ''],
    ['none', 0, 'ETIMEDOUT: timeout'],
    ['none', 403, message('authorization denied by plugin opa: no pulls for you')],
  ])('%s: %i %s', (expected, status, body) => {
    const word = readEngineWord({ status, body });
    const meaning =
      word.kind === 'refuses'
        ? word.cause
        : word.kind === 'none'
          ? 'none'
          : word.sure
            ? 'sure'
            : 'reached';
    expect(meaning).toBe(expected);
  });

  test('of other programs, the last line counts, and what is not known says nothing', () => {
    expect(readPullerWord('level=fatal msg="pinging registry r: name unknown"\n').kind).toBe(
      'resolves',
    );
    expect(readPullerWord('ctr: r: not found\n').kind).toBe('resolves');
    expect(readPullerWord('Error: overlay is not supported\n').kind).toBe('none');
    expect(
      readPullerWord('ctr: dial unix /run/containerd/containerd.sock: connection refused').kind,
    ).toBe('none');
  });
});

describe('our diagnosis and the word of dockerd', () => {
  const error = (code: string): Finding => ({
    code,
    severity: 'error',
    subject: 'r',
    message: 'bad',
    hint: 'mend it',
  });
  const weigh = (code: string, word: EngineWord) => {
    const { findings, proved } = weighWord('r', [error(code)], { word, store: null });
    return { found: findings.map((one) => `${one.severity} ${one.code}`), proved };
  };
  const sure: EngineWord = { kind: 'resolves', sure: true, says: '' };
  const reached: EngineWord = { kind: 'resolves', sure: false, says: '' };

  test('what it gets through to is no error, and the difference is shown', () => {
    expect(weigh('registry-self-signed', reached)).toEqual({
      found: ['warning registry-self-signed'],
      proved: true,
    });
    expect(
      weighWord('r', [error('registry-expired')], { word: sure, store: null }).findings[0]?.message,
    ).toMatch(/dockerd itself gets through, though by our own check: bad/);
  });

  test('a web server that says 404 is no registry by that', () => {
    expect(weigh('registry-not-a-registry', reached)).toMatchObject({ proved: false });
    expect(weigh('registry-not-a-registry', sure)).toMatchObject({ proved: true });
  });

  test('where a hosts.toml sends it to others, that is what must be corrected', () => {
    const refuses = { kind: 'refuses', cause: 'network', says: 'connection refused' } as const;
    const note = { ...error('registry-by-hosts-toml'), severity: 'info' as const };
    const refused = weighWord('r', [note], { word: refuses, store: null }).findings.at(-1);
    expect(refused?.hint).toMatch(/mirrors clear --for r/);
  });

  test('a restart is the answer where the system’s certificates are younger than dockerd', () => {
    const says = 'x509: certificate signed by unknown authority';
    const word = { kind: 'refuses', cause: 'trust', says } as const;
    const store = { path: '/bundle', changedAt: 2_000_000, startedAt: 1_000_000 };
    const [alone] = weighWord('r', [], { word, store }).findings;
    expect(alone).toMatchObject({
      code: 'registry-store-not-loaded',
      severity: 'error',
      hint: 'dockerctl daemon restart',
    });
    const codes = weighWord('r', [error('registry-unknown-authority')], { word, store }).findings;
    expect(codes.map(({ code }) => code)).toEqual([
      'registry-unknown-authority',
      'registry-engine-refuses',
    ]);
    const expired = { ...word, says: 'x509: certificate has expired' };
    expect(weighWord('r', [], { word: expired, store }).findings[0]?.hint).not.toMatch(/restart/);
  });

  test('what it refuses is an error whatever we found, and unproved without it', () => {
    const refuses = { kind: 'refuses', cause: 'trust', says: 'x509: unknown authority' } as const;
    const { findings, proved } = weighWord('r', [], { word: refuses, store: null });
    expect(findings[0]).toMatchObject({ code: 'registry-engine-refuses', severity: 'error' });
    expect(findings[0]?.message).toMatch(/our own check finds nothing/);
    expect(findings[0]?.hint).not.toMatch(/daemon restart/);
    expect(proved).toBe(false);
    expect(
      weighWord('r', [], { word: { kind: 'none', why: 'no dockerd' }, store: null }),
    ).toMatchObject({
      proved: false,
      findings: [{ code: 'registry-not-proved', severity: 'info' }],
    });
  });
});

describe('isInsecure', () => {
  test.each([
    ['reg:5000', ['reg:5000'], [], true],
    ['reg:5000', ['reg'], [], false],
    ['reg', ['http://reg'], [], true],
    ['reg', ['10.0.0.1/8'], ['10.2.3.4'], true],
    ['reg', ['10.0.0.0/8'], ['11.2.3.4'], false],
    ['reg', ['2001:db8::/32'], ['2001:db8::7'], true],
    ['reg', [], ['127.0.0.5'], true],
    ['reg', [], [], false],
  ])('%s with %j, at %j: %s', (...[name, entries, addresses, expected]) => {
    expect(isInsecure(name, { entries, addresses })).toBe(expected);
  });
});

describe('tokenRealm', () => {
  test.each([
    [
      'Bearer realm="https://auth.example/token",service="r"',
      { host: 'auth.example', port: 443, name: 'auth.example' },
    ],
    [
      'bearer service="r", realm="http://a:81/t"',
      { host: 'a', port: 81, name: 'a:81', scheme: 'http' },
    ],
    [
      'Bearer realm="https://[2001:db8::1]:444/t"',
      { host: '2001:db8::1', port: 444, name: '[2001:db8::1]:444' },
    ],
  ])('of %s', (header, realm) => {
    expect(tokenRealm(header)).toMatchObject(realm);
  });

  test.each([
    'Basic realm="r"',
    'Bearer realm="/token"',
    'Bearer realm="ftp://x/"',
    'Bearer',
    undefined,
  ])('of %j is none', (header) => {
    expect(tokenRealm(header)).toBeNull();
  });
});
