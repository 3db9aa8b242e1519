// Go's own word: oracle.go built by each Go that is at hand.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('oracle.go', import.meta.url));
const MOST_OUTPUT = 1 << 30;
/** What a program built as a module of today has by default. */
const STRICT = 'x509negativeserial=0,rsa1024min=1,urlstrictcolons=1';

/** Where Debian's golang-VERSION-go puts it, and below `root` where that was unpacked elsewhere. */
export const goBinary = (version, root = '/') => {
  const path = join(root, 'usr/lib', `go-${version}`, 'bin/go');
  return existsSync(path) ? path : null;
};

/** Builds it without a module, which gives it the GODEBUG defaults of Debian's dockerd; the path of the program. */
export function buildOracle(go) {
  const dir = mkdtempSync(join(tmpdir(), 'dockerctl-oracle-'));
  copyFileSync(SOURCE, join(dir, 'main.go'));
  execFileSync(go, ['build', '-o', 'oracle', 'main.go'], {
    cwd: dir,
    env: {
      ...process.env,
      GO111MODULE: 'off',
      GOTOOLCHAIN: 'local',
      CGO_ENABLED: '0',
      GOFLAGS: '',
      GOCACHE: process.env.GOCACHE ?? join(dir, 'cache'),
    },
  });
  return join(dir, 'oracle');
}

export const removeOracle = (program) => {
  rmSync(join(program, '..'), { recursive: true, force: true });
};

/** `ok`, or its reason, of each; `now` in milliseconds since 1970. */
export function askOracle(program, cases, { now, strict }) {
  const lines = cases.map(({ ca, chain, host }) =>
    JSON.stringify({
      CA: Buffer.from(ca, 'latin1').toString('base64'),
      Chain: chain.map((der) => der.toString('base64')),
      Host: host,
      Now: Math.floor(now / 1000),
    }),
  );
  const { stdout, stderr, status } = spawnSync(program, {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT,
    env: strict ? { GODEBUG: STRICT } : {},
  });
  if (status !== 0) throw new Error(`the oracle ended with ${status}: ${stderr.slice(0, 500)}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({ Reason }) => (Reason === '' ? 'ok' : Reason));
}
