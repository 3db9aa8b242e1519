import { beforeAll, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeCaFile } from './support/ca-file.js';
import { useMachine } from './support/machine.js';

/** What a command passed: files of src in the order of their first call, and calls by `file:function`. */
interface Passed {
  readonly files: readonly string[];
  readonly calls: Readonly<Record<string, number>>;
}

const TRACED = fileURLToPath(new URL('support/traced.mjs', import.meta.url));
const DOCS = fileURLToPath(new URL('../../docs/architecture.md', import.meta.url));
const machine = useMachine();
let docs = '';

beforeAll(async () => {
  docs = await readFile(DOCS, 'utf8');
  const folder = await mkdtemp(join(tmpdir(), 'dockerctl-traced-'));
  await execa('node', [TRACED, folder]);
  const packed = await execa('tar', ['-C', folder, '-cf', '-', '.'], { encoding: 'buffer' });
  const unpack = ['tar', '-C', '/usr/local/lib/dockerctl/dist', '-xf', '-'];
  await machine.exec(unpack, { input: packed.stdout });
  await rm(folder, { recursive: true });
}, 120_000);

async function passedBy(...command: string[]): Promise<Passed> {
  const env = { DOCKERCTL_TRACE: '/srv/trace.json' };
  const ran = await machine.exec(['dockerctl', ...command], { env });
  expect(ran).toMatchObject({ status: 0 });
  return JSON.parse(await machine.read('/srv/trace.json')) as Passed;
}

/** The files that docs/architecture.md names in the path of a command, as `folder/name`. */
function documented(title: string): string[] {
  const block = docs.split(`    ${title}`)[1]?.split(/\n\n/)[0] ?? '';
  const names = block.match(/(?:app|commands|core|system|agent)\/[\w/-]+/g) ?? [];
  return names.filter((name) => !name.endsWith('/'));
}

/** How often, at most, a command may look at dockerd, judge a text of daemon.json, and read the CA that it was given. */
interface Pinned {
  readonly looks: number;
  readonly texts: number;
  readonly authorities: number;
}

function expectPath(title: string, { files, calls }: Passed, pinned: Pinned): void {
  const passed = files.map((file) => file.replace(/^src\/|\.ts$/g, ''));
  expect(documented(title).filter((name) => !passed.includes(name))).toEqual([]);
  const count = (key: string) => calls[`src/${key}`] ?? 0;
  const counts = {
    looks: count('system/dockerd/observe.ts:ask'),
    texts: count('core/dockerd/validate/validate.ts:validateConfig'),
    authorities: count('core/trust/material/authorities.ts:readAuthorities'),
  };
  process.stdout.write(`${title}: ${files.length} files, ${JSON.stringify(counts)}\n`);
  expect(counts.looks).toBeLessThanOrEqual(pinned.looks);
  expect(counts.texts).toBeLessThanOrEqual(pinned.texts);
  expect(counts.authorities).toBeLessThanOrEqual(pinned.authorities);
  expect(count('system/dockerd/find-daemon.ts:findDaemon')).toBe(1);
}

test('mirrors set looks before, under the lock and after the reload, and judges the old text and the new one', async () => {
  const passed = await passedBy('mirrors', 'set', 'https://mirror.test:5443');
  expectPath('mirrors set URL', passed, { looks: 3, texts: 2, authorities: 0 });
});

test('trust add-registry reads the CA once', async () => {
  const ca = await makeCaFile(machine);
  const words = ['registry.test:5000', '--ca', ca, '--to', 'docker'];
  const passed = await passedBy('trust', 'add-registry', ...words);
  expectPath('trust add-registry REGISTRY --ca FILE', passed, {
    looks: 5,
    texts: 0,
    authorities: 1,
  });
});

test('certs issue --install --out', async () => {
  await machine.dockerctl('certs', 'init', '--yes');
  const words = ['--domain', 'registry.test', '--install', '--out', '/srv/out'];
  const passed = await passedBy('certs', 'issue', ...words);
  expectPath('certs issue --install --out DIR', passed, { looks: 2, texts: 0, authorities: 1 });
});

test('doctor --fix judges each text once, whichever family of findings asks', async () => {
  await machine.write('/etc/docker/daemon.json', '{"debug": true,}');
  const passed = await passedBy('doctor', '--fix', 'trailing-comma', '--yes');
  expectPath('doctor --fix', passed, { looks: 4, texts: 5, authorities: 0 });
});
