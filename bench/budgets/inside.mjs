// One case, in a mount namespace of its own. Usage: inside.mjs DIST NAME SIZE; prints a row of JSON a command.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CASES } from './cases.mjs';

const [program, name, size] = process.argv.slice(2);
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
/** A command that has not ended by then is killed, milliseconds. */
const MOST_MS = 60_000;

const kept = mkdtempSync(join(tmpdir(), 'dockerctl-etc-'));
for (const file of ['passwd', 'group', 'nsswitch.conf', 'hosts', 'localtime', 'ssl'])
  if (existsSync(join('/etc', file)))
    cpSync(join('/etc', file), join(kept, file), { recursive: true, dereference: true });
const mount = (...argv) => execFileSync('mount', argv);
for (const folder of ['/run', '/var/lib', '/etc'])
  mount('-t', 'tmpfs', '-o', 'mode=755', 'none', folder);
cpSync(kept, '/etc', { recursive: true });
rmSync(kept, { recursive: true });
mkdirSync('/etc/docker');
mkdirSync('/run/budgets');
writeFileSync('/run/budgets/dockerd', '');
mount('--bind', process.execPath, '/run/budgets/dockerd');

const { lie = 'honest', prepare, commands } = CASES.find((one) => one.name === name);
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
const dockerctl = (words, options = {}) =>
  spawnSync(process.execPath, [program, ...words], { env, maxBuffer: 1e9, ...options });
prepare?.({ size: Number(size), dockerctl });
const engine = spawn('/run/budgets/dockerd', [at('engine.cjs'), lie, size], { stdio: 'inherit' });
while (!existsSync('/run/docker.pid')) await sleep(20);
try {
  for (const command of commands) console.log(JSON.stringify(weigh(command)));
} finally {
  engine.kill('SIGKILL');
}

function weigh(command) {
  const weighed = '/run/budgets/weighed';
  rmSync(weighed, { force: true });
  const started = performance.now();
  const { status, signal, stdout, stderr } = dockerctl(command.split(' '), {
    timeout: MOST_MS,
    killSignal: 'SIGKILL',
    env: { ...env, NODE_OPTIONS: `--require ${at('weigh.cjs')}`, DOCKERCTL_WEIGHED: weighed },
  });
  const seconds = (performance.now() - started) / 1000;
  // The first line is its own: what it starts is weighed, too, where it is a Node.
  const used = existsSync(weighed) ? JSON.parse(readFileSync(weighed, 'utf8').split('\n')[0]) : {};
  return {
    command,
    status: status ?? signal,
    seconds,
    printed: stdout.length + stderr.length,
    ...used,
  };
}
