/**
 * Runs each verb that writes, round after round, while somebody else exchanges a name on the way to what it writes
 * (attacker.pl), and looks after every round what was hit. In this process, so that a round takes milliseconds.
 * Usage: racer WORK ROUNDS ATTACKER. Prints JSON, a row a verb. Needs root.
 */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { run } from '../../src/cli/run.js';
import { createNodeHost } from '../../src/host/node.js';
import { rootFolder } from '../../src/host/node-root.js';

const [work = '', rounds = '100', attacker = ''] = process.argv.slice(2);
const NOBODY = 65534;
const at = (name: string): string => join(work, name);
const [shared, secret, own] = [at('shared'), at('secret'), at('own')];
const raced = join(shared, 'x');
const pki = at('pki');
const pass = at('pass');

interface Verb {
  readonly name: string;
  readonly argv: (round: number) => readonly string[];
  /** The name that is exchanged. */
  readonly raced: string;
  /** Makes it a folder of the attacker's, which takes turns with a link; else it is nothing most of the time. */
  readonly prepare?: () => void;
}

const tree = join(own, 'tree');
const asAttacker = (...folders: string[]): void => {
  for (const folder of folders) {
    mkdirSync(folder, { recursive: true });
    chownSync(folder, NOBODY, NOBODY);
  }
};
const inTree = (folder: string) => ({
  raced: join(tree, folder),
  prepare: () => {
    rmSync(tree, { recursive: true, force: true });
    asAttacker(tree, join(tree, 'etc'), join(tree, 'var'), join(tree, folder));
  },
});
const NAMED = ['--pki', pki, 'a.test'];

const VERBS: readonly Verb[] = [
  {
    name: 'certs export --out DIR',
    raced,
    argv: () => ['certs', 'export', ...NAMED, '--format', 'pem', '--out', raced],
  },
  {
    name: 'certs export --out FILE',
    raced,
    argv: () => [
      'certs',
      'export',
      ...NAMED,
      '--format',
      'p12',
      '--out',
      raced,
      '--passphrase-file',
      pass,
    ],
  },
  {
    name: 'certs export --out DIR/FILE',
    raced,
    argv: () => [
      'certs',
      'export',
      ...NAMED,
      '--format',
      'p12',
      '--out',
      `${raced}/k.p12`,
      '--passphrase-file',
      pass,
    ],
  },
  { name: 'certs deploy --to', raced, argv: () => ['certs', 'deploy', ...NAMED, '--to', raced] },
  {
    name: 'certs issue --out',
    raced,
    argv: (round) => [
      'certs',
      'issue',
      '--pki',
      pki,
      '--domain',
      `h${round % 50}.test`,
      '--out',
      raced,
      '--force',
    ],
  },
  { name: 'certs crl --out', raced, argv: () => ['certs', 'crl', '--pki', pki, '--out', raced] },
  { name: 'certs init --pki', raced, argv: () => ['certs', 'init', '--pki', raced] },
  {
    name: 'certs init --pki DIR/DIR',
    raced,
    argv: () => ['certs', 'init', '--pki', `${raced}/pki`],
  },
  {
    name: 'certs init --root-key-out',
    raced,
    argv: (round) => [
      ...['certs', 'init', '--intermediate', '--pki', at(`pki-${round}`), '--root-key-out', raced],
      ...['--passphrase-file', pass],
    ],
  },
  {
    name: 'config set --config',
    raced: join(own, 'conf/d'),
    prepare: () => {
      asAttacker(join(own, 'conf'), join(own, 'conf/d'));
    },
    argv: (round) => [
      'config',
      'set',
      'mtu',
      String(1000 + (round % 400)),
      '--config',
      join(own, 'conf/d/daemon.json'),
    ],
  },
  {
    name: 'config set --root',
    ...inTree('etc/docker'),
    argv: (round) => ['config', 'set', 'mtu', String(1000 + (round % 400)), '--root', tree],
  },
  {
    name: 'adopt --root',
    ...inTree('etc/dockerctl'),
    argv: () => ['adopt', '--force', '--root', tree],
  },
  {
    name: 'trust add-ca --root',
    ...inTree('etc/docker'),
    argv: () => [
      'trust',
      'add-registry',
      'r.test',
      '--ca',
      join(pki, 'ca.crt'),
      '--no-verify',
      '--root',
      tree,
    ],
  },
  {
    name: 'certs init --root',
    ...inTree('var/lib'),
    argv: () => ['certs', 'init', '--root', tree],
  },
];

async function dockerctl(argv: readonly string[]): Promise<{ status: number; said: string }> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const status = await run(argv, {
    version: '0',
    hostBelow: (root) =>
      createNodeHost({
        root: root === null ? null : rootFolder(root),
        ...{ script: '', installation: '.', version: '0' },
      }),
    streams: { stdin, stdout, stderr, env: {} },
  });
  return { status, said: String((stderr.read() as Buffer | null) ?? '') };
}

/** What is in the folder of root's that nobody meant: names, rights, content. */
const snapshot = (): string =>
  (readdirSync(secret, { recursive: true }) as string[])
    .sort()
    .map((name) => {
      const path = join(secret, name);
      const { mode, uid, gid, nlink } = lstatSync(path);
      const text = lstatSync(path).isFile() ? readFileSync(path, 'latin1') : '';
      return [name, mode, uid, gid, nlink, text].join(' ');
    })
    .join('\n') + String(lstatSync(secret).mode);

/** Keys of ours in a folder that the attacker may enter and empty, and files of ours that he may read. */
function keysIn(folder: string): string[] {
  return entriesOf(folder).flatMap((path) => {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat?.isFile() !== true || stat.uid === NOBODY) return [];
    const text = textOf(path);
    const isKey = text.includes('PRIVATE KEY') || path.endsWith('.p12');
    const holder = lstatSync(join(path, '..'), { throwIfNoEntry: false })?.uid;
    return isKey && (holder === NOBODY || (stat.mode & 0o044) !== 0) ? [path] : [];
  });
}

/** The attacker takes names away at any moment. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function entriesOf(folder: string): string[] {
  try {
    return (readdirSync(folder, { recursive: true }) as string[]).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function clearUp(verb: Verb): void {
  for (const folder of [shared, own])
    for (const name of readdirSync(folder))
      if (!['file', 'tree', 'conf'].includes(name))
        rmSync(join(folder, name), { recursive: true, force: true });
  if (verb.prepare === undefined) rmSync(verb.raced, { recursive: true, force: true });
}

async function race(verb: Verb): Promise<unknown> {
  verb.prepare?.();
  const before = snapshot();
  const child = spawn('perl', [attacker, verb.raced, secret, own, verb.prepare ? 'keep' : 'make'], {
    uid: NOBODY,
    gid: NOBODY,
    stdio: 'ignore',
  });
  const statuses: Record<string, number> = {};
  const hits: string[] = [];
  for (let round = 0; round < Number(rounds); round += 1) {
    const { status, said } = await dockerctl(verb.argv(round));
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (status === 70) hits.push(`exit 70: ${said.slice(0, 300)}`);
    if (snapshot() !== before) hits.push(`${secret} is not as it was`);
    hits.push(...[...keysIn(shared), ...keysIn(own)].map((path) => `a key in ${path}`));
    if (hits.length > 5) break;
    if (round % 20 === 0) clearUp(verb);
    rmSync(at(`pki-${round}`), { recursive: true, force: true });
  }
  const died = child.exitCode !== null || child.signalCode !== null;
  child.kill('SIGKILL');
  clearUp(verb);
  return { verb: verb.name, statuses, hits, died };
}

process.umask(0o077);
for (const [folder, mode] of [
  [shared, 0o1777],
  [secret, 0o700],
] as const) {
  mkdirSync(folder);
  chmodSync(folder, mode);
}
chmodSync(work, 0o755);
writeFileSync(join(secret, 'daemon.json'), '{}');
writeFileSync(pass, 'secret\n');
asAttacker(own);
writeFileSync(join(own, 'file'), 'mine');
chownSync(join(own, 'file'), NOBODY, NOBODY);
const first = await dockerctl(['certs', 'issue', '--init', '--domain', 'a.test', '--pki', pki]);
if (first.status !== 0) throw new Error(first.said);
const only = process.argv[5];
for (const verb of VERBS)
  if (only === undefined || verb.name.includes(only)) console.log(JSON.stringify(await race(verb)));
