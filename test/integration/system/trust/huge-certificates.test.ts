import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Finding } from '../../../../src/core/plan/finding.js';
import { parseRegistry } from '../../../../src/core/registry/address.js';
import { diagnose } from '../../../../src/core/trust/diagnosis/diagnose.js';
import { readRoots } from '../../../../src/core/trust/diagnosis/roots.js';
import { probe } from '../../../../src/system/trust/probe.js';
import { realHost, temporaryFolder } from '../../../support/node-host.js';
import { CA, issue, server, type Issued } from '../../../support/openssl.js';
import { dockerctl } from '../../../support/program.js';
import { registryAnswer, serveTls } from '../../../support/registry-server.js';

const MOST_MS = 5_000;
const MOST_BYTES = 128 * 1024 * 1024;
const NAMES = server('IP:127.0.0.1');
let root: Issued, stranger: Issued;

beforeAll(() => {
  const folder = temporaryFolder();
  root = issue(folder, { cn: 'Root', extensions: CA });
  stranger = issue(folder, { cn: 'Stranger', extensions: CA });
});

/** Signed by itself; its subject has as many units as make this many bytes. */
function withSubjectOf(bytes: number): Issued {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder, name);
  const unit = 'x'.repeat(64);
  const units = Array.from({ length: Math.ceil(bytes / 75) }, (_, index) => `${index}.OU=${unit}`);
  const names = ['[req]', 'distinguished_name=dn', 'prompt=no', '[dn]', 'CN=127.0.0.1', ...units];
  const extensions = ['[ext]', 'subjectAltName=IP:127.0.0.1', 'basicConstraints=CA:FALSE'];
  writeFileSync(at('huge.cnf'), [...names, ...extensions, ''].join('\n'));
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    at('k'),
  ];
  const request = ['req', '-x509', '-config', at('huge.cnf'), '-extensions', 'ext', ...key];
  execFileSync('openssl', [...request, '-out', at('c')], { stdio: 'pipe' });
  return { cert: readFileSync(at('c'), 'utf8'), key: readFileSync(at('k'), 'utf8') };
}

async function examine(cert: string, key: string): Promise<Finding[]> {
  const port = await serveTls({ cert, key }, registryAnswer);
  const facts = await probe(realHost(temporaryFolder()), {
    registry: parseRegistry(`127.0.0.1:${port}`),
    isInsecure: () => false,
    client: null,
    timeoutMs: MOST_MS,
  });
  return diagnose(facts, { roots: readRoots([root.cert]), installed: ['CN=root'] });
}

/** Never more than this, and no part of what was sent fills our screen. */
async function bounded<Result>(task: () => Promise<Result>): Promise<Result> {
  const before = process.memoryUsage().rss;
  // Of the processor, so that it is the same on a machine that has other work.
  const started = process.cpuUsage();
  const result = await task();
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1000).toBeLessThan(2 * MOST_MS);
  expect(process.memoryUsage().rss - before).toBeLessThan(MOST_BYTES);
  expect(JSON.stringify(result).length).toBeLessThan(20_000);
  return result;
}

describe('a registry that shows', () => {
  test.each([90_000, 1_000_000])('a subject of %d bytes is refused in bounds', async (bytes) => {
    const { cert, key } = withSubjectOf(bytes);
    const findings = await bounded(() => examine(cert, key));
    expect(findings.length).toBeGreaterThan(0);
  });

  test.each([100, 3_000])('a chain of %d strangers is refused in bounds', async (length) => {
    const { cert, key } = issue(temporaryFolder(), { cn: 'reg', extensions: NAMES, by: stranger });
    const findings = await bounded(() => examine(cert + stranger.cert.repeat(length), key));
    expect(findings.length).toBeGreaterThan(0);
  });
});

/** Of what OpenSSL takes, 100 KiB, and what dockerd takes, 256, the latter counts. */
test('a chain of more than OpenSSL takes is judged, and what could not be asked is said', async () => {
  const { cert, key } = issue(temporaryFolder(), { cn: 'reg', extensions: NAMES, by: root });
  const count = Math.ceil((150 * 1024) / Buffer.from(root.cert, 'utf8').length / 0.7);
  const findings = await bounded(() => examine(cert + root.cert.repeat(count), key));
  expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
    'warning registry-chain-too-large',
    'warning registry-tls-failed',
  ]);
  expect(findings[1]?.message).toContain('more than our own TLS takes');
});

describe('a file that an operator was sent', () => {
  test('with a subject of a megabyte is shown or refused in bounds', async () => {
    const path = join(temporaryFolder(), 'huge.crt');
    writeFileSync(path, withSubjectOf(1_000_000).cert);
    for (const argv of [
      ['certs', 'inspect', path],
      ['certs', 'verify', path],
      ['trust', 'add-ca', path, '--root', temporaryFolder()],
    ]) {
      const { status } = await bounded(() => dockerctl(...argv));
      expect(status).not.toBe(70);
    }
  });
});
