// In the machine: walk.mjs COUNT SEED HAS_CONTAINERD HAS_HOSTS. For each state a real pull, and what dockerctl says of it; a
// line of JSON each. The system's store is part of the state: loaded by this dockerd before its first use, or changed since.
import { spawn } from 'node:child_process';
import { appendFileSync, copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { LAB, makeCertificates, startServers } from './servers.mjs';
import { randomOf } from '../../random.mjs';
import { randomState, writeFolders } from './state.mjs';

const [count, seed, hasContainerd, hasHosts] = process.argv.slice(2).map(Number);
const ANCHOR = '/usr/local/share/ca-certificates/states.crt';
const STORES = ['none', 'A', 'B', 'A since'];
const random = randomOf(seed);

makeCertificates();
appendFileSync('/etc/hosts', '10.99.0.1 auth.test\n');
startServers();
const worlds = (hasContainerd ? [false, true] : [false]).flatMap((containerd) =>
  STORES.map((system) => ({ containerd, system })),
);
let number = 0;
for (const [at, world] of worlds.entries()) {
  const until = Math.round(((at + 1) * count) / worlds.length);
  if (until === number) continue;
  await enter(world);
  while (number < until) await oneState(world);
}
process.exit(0);

async function enter({ containerd, system }) {
  await anchor(system === 'A' || system === 'B' ? system : null);
  writeFolders({});
  settings({ containerd, mirrors: [], insecure: [] });
  await must('systemctl', 'reset-failed', 'docker.service');
  await must('systemctl', 'restart', 'docker.service');
  if (system !== 'A since') return;
  // Go reads the store at its first use.
  await run('docker', 'pull', 'registry.test:7001/first/x:1');
  await anchor('A');
}

async function anchor(name) {
  rmSync(ANCHOR, { force: true });
  if (name !== null) copyFileSync(`${LAB}/${name}.crt`, ANCHOR);
  await must('update-ca-certificates', '--fresh');
}

async function oneState(world) {
  number += 1;
  const state = randomState(random, { hasHosts: hasHosts === 1 && world.containerd });
  writeFolders(state.folders);
  settings({ ...world, ...state });
  await must('systemctl', 'reload', 'docker.service');
  await reloaded(state);
  const { registry } = state;
  const isHub = registry === 'docker.io';
  const image = isHub ? `states${number}/x:1` : `${registry}/s${number}/x:1`;
  const before = await run('docker', 'pull', image);
  const said = isHub
    ? await dockerctl('mirrors', 'test')
    : await dockerctl('trust', 'verify', registry, '--to', 'docker', '--require-proof');
  const line = { number, world, state, pulls: before.status === 0, words: before.out, said };
  if (!isHub && random.chance(0.35)) Object.assign(line, await added(registry, image));
  console.log(JSON.stringify(line));
}

/** The same after add-registry: Proved, and pulls. */
async function added(registry, image) {
  const add = await dockerctl(
    ...['trust', 'add-registry', registry, '--ca', `${LAB}/A.crt`, '--to', 'docker', '--yes'],
  );
  const after = await run('docker', 'pull', image);
  await dockerctl('config', 'rollback', '--yes');
  return { add, pullsAfter: after.status === 0, wordsAfter: after.out };
}

function settings({ containerd, mirrors, insecure }) {
  const features = hasContainerd ? { features: { 'containerd-snapshotter': containerd } } : {};
  const all = { ...features, 'registry-mirrors': mirrors, 'insecure-registries': insecure };
  writeFileSync('/etc/docker/daemon.json', `${JSON.stringify(all, null, 2)}\n`);
}

async function reloaded({ mirrors, insecure }) {
  const wanted = JSON.stringify([mirrors.length, insecure.length]);
  for (let tries = 0; tries < 100; tries += 1) {
    const { out } = await run('docker', 'info', '--format', '{{json .RegistryConfig}}');
    const { Mirrors, InsecureRegistryCIDRs, IndexConfigs } = JSON.parse(out.split('\n')[0] || '{}');
    const hosts = Object.values(IndexConfigs ?? {}).filter(({ Secure }) => !Secure);
    // 127.0.0.0/8 and ::1/128 are always there.
    const networks = (InsecureRegistryCIDRs ?? []).filter((one) => one.startsWith('10.'));
    if (JSON.stringify([(Mirrors ?? []).length, hosts.length + networks.length]) === wanted) return;
  }
  throw new Error(`dockerd does not show ${wanted}`);
}

async function dockerctl(...argv) {
  const { status, out } = await run('dockerctl', ...argv, '--json');
  return { status, answer: readAnswer(out) };
}

function readAnswer(text) {
  for (const line of text.split('\n'))
    try {
      return JSON.parse(line);
    } catch {
      continue;
    }
  return { text };
}

async function must(...argv) {
  const { status, out } = await run(...argv);
  if (status !== 0) throw new Error(`${argv.join(' ')}: ${status}\n${out}`);
}

/** stdout first, then stderr. The servers run in this process: nothing may block it. */
function run(program, ...argv) {
  return new Promise((resolve) => {
    const child = spawn(program, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = ['', ''];
    child.stdout.on('data', (data) => (texts[0] += data));
    child.stderr.on('data', (data) => (texts[1] += data));
    child.on('close', (status) => {
      resolve({ status, out: texts.join('\n') });
    });
  });
}
