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

function expectPath(title: string, { files, calls }: Passed): void {
  const passed = files.map((file) => file.replace(/^src\/|\.ts$/g, ''));
  expect(documented(title).filter((name) => !passed.includes(name))).toEqual([]);
  const count = (key: string) => calls[`src/${key}`] ?? 0;
  process.stdout.write(
    `${title}: ${files.length} files, ` +
      `systemd asked for dockerd ${count('system/dockerd/find-daemon.ts:findDaemon')} times, ` +
      `dockerd looked at ${count('system/dockerd/observe.ts:ask')} times, ` +
      `${count('core/dockerd/validate/validate.ts:validateConfig')} texts judged, ` +
      `${count('core/trust/material/authorities.ts:readAuthorities')} times a CA read\n`,
  );
  expect(count('system/dockerd/find-daemon.ts:findDaemon')).toBe(1);
}

test('mirrors set', async () => {
  const passed = await passedBy('mirrors', 'set', 'https://mirror.test:5443');
  expectPath('mirrors set URL', passed);
  // The old text and the new one.
  expect(passed.calls['src/core/dockerd/validate/validate.ts:validateConfig']).toBe(2);
});

test('trust add-registry', async () => {
  const ca = await makeCaFile(machine);
  const words = ['registry.test:5000', '--ca', ca, '--to', 'docker'];
  expectPath(
    'trust add-registry REGISTRY --ca FILE',
    await passedBy('trust', 'add-registry', ...words),
  );
});

test('certs issue --install --out', async () => {
  await machine.dockerctl('certs', 'init', '--yes');
  const words = ['--domain', 'registry.test', '--install', '--out', '/srv/out'];
  expectPath('certs issue --install --out DIR', await passedBy('certs', 'issue', ...words));
});

test('doctor --fix', async () => {
  await machine.write('/etc/docker/daemon.json', '{"debug": true,}');
  const passed = await passedBy('doctor', '--fix', 'trailing-comma', '--yes');
  expectPath('doctor --fix', passed);
  // Before, what the fix makes, and after: each once, whichever family of findings asks.
  expect(passed.calls['src/core/dockerd/validate/validate.ts:validateConfig']).toBeLessThan(7);
});
