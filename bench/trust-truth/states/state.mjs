// A state of the machine's trust, chosen at random and written down as files; and as one line to read.
import { mkdirSync, rmSync, symlinkSync, writeFileSync, readFileSync } from 'node:fs';
import { LAB } from './servers.mjs';

const CERTS = '/etc/docker/certs.d';
const OWN = [7001, 7001, 7002, 7003, 7004, 7005, 7006, 7007];
const REALMS = { 7004: 'auth.test:7100', 7005: 'auth.test:7101' };
const DEAD = 'https://10.99.0.1:7999';
const MIRRORS = {
  'https://mirror.test:7008': 'A',
  'https://mirror.test:7009': 'B',
  'http://mirror.test:7010': null,
  [DEAD]: null,
};

/** `hasHosts`: whether hosts.toml is worth writing for this engine. */
export function randomState(random, { hasHosts }) {
  const { chance } = random;
  const pick = (...list) => random.pick(list);
  const isHub = chance(0.15);
  const port = isHub ? null : pick(...OWN);
  const registry = isHub ? 'docker.io' : `registry.test:${port}`;
  const realm = REALMS[port] ?? null;
  const mirrors = isHub ? [pick(...Object.keys(MIRRORS))] : [];
  const folders = {};
  if (!isHub && chance(0.75)) folders[registry] = folder({ pick, chance }, port === 7002);
  if (realm !== null && chance(0.5)) folders[realm] = { ca: pick('A', 'B') };
  for (const url of mirrors) {
    const host = url.replace(/^https?:\/\//, '');
    if (chance(0.6)) folders[host] = { ca: pick('A', 'B') };
    if (chance(0.5)) folders['docker.io'] = { ca: pick('A', 'B') };
  }
  if (hasHosts && chance(0.4)) {
    const where = chance(0.2) ? '_default' : registry;
    folders[where] = { ...folders[where], hosts: hosts(registry, { pick, chance }) };
  }
  const insecure = [
    ...(chance(0.25) && !isHub ? [registry] : []),
    ...(chance(0.08) ? ['10.99.0.0/16'] : []),
    ...(realm !== null && chance(0.3) ? [realm] : []),
    ...(mirrors.length > 0 && chance(0.3) ? [mirrors[0].replace(/^https?:\/\//, '')] : []),
  ];
  return { registry, mirrors, insecure, folders };
}

function folder({ pick, chance }, wantsClient) {
  const ca = pick('A', 'A', 'A', 'A', 'B', 'X', 'A+junk', 'junk', 'empty');
  const odd = chance(0.08) ? pick('dangling', 'folder') : null;
  const pair = chance(wantsClient ? 0.8 : 0.15)
    ? pick('good', 'good', 'good', 'cert', 'key', 'other')
    : null;
  return { ca, odd, pair };
}

function hosts(registry, { pick, chance }) {
  const own = registry === 'docker.io' ? 'https://registry-1.docker.io' : `https://${registry}`;
  const lines = [];
  if (chance(0.5)) lines.push(`server = "${pick(own, own, DEAD, 'http://registry.test:7006')}"`);
  for (let count = pick(0, 1, 1, 2); count > 0; count -= 1) {
    const url = pick(own, 'https://registry.test:7001', ...Object.keys(MIRRORS));
    if (lines.some((line) => line.includes(`host."${url}"`))) continue;
    lines.push(`[host."${url}"]`);
    if (chance(0.5)) lines.push(`ca = "${LAB}/${pick('A', 'A', 'B')}.crt"`);
    if (chance(0.15)) lines.push('skip_verify = true');
    if (chance(0.3)) lines.push(`capabilities = ${pick('["pull", "resolve"]', '["push"]')}`);
    if (chance(0.1)) lines.push(`client = [["${LAB}/A-client.crt", "${LAB}/A-client.key"]]`);
  }
  if (chance(0.05)) lines.push('[broken');
  return `${lines.join('\n')}\n`;
}

const PEM = (name) => readFileSync(`${LAB}/${name}.crt`, 'utf8');
const JUNK = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const CONTENT = {
  'A+junk': () => JUNK + PEM('A'),
  junk: () => JUNK,
  empty: () => '',
};

/** The files below certs.d; daemon.json is the walk's. */
export function writeFolders(folders) {
  rmSync(CERTS, { recursive: true, force: true });
  for (const [name, { ca, odd, pair, hosts: toml }] of Object.entries(folders)) {
    const path = `${CERTS}/${name}`;
    mkdirSync(path, { recursive: true });
    if (ca !== undefined) writeFileSync(`${path}/ca.crt`, (CONTENT[ca] ?? (() => PEM(ca)))());
    if (odd === 'dangling') symlinkSync('/nowhere', `${path}/z.crt`);
    if (odd === 'folder') mkdirSync(`${path}/z.crt`);
    writePair(path, pair);
    if (toml !== undefined) writeFileSync(`${path}/hosts.toml`, toml);
  }
}

function writePair(path, pair) {
  if (pair === null || pair === undefined) return;
  const key = pair === 'other' ? 'A-mirror.test' : 'A-client';
  if (pair !== 'key') writeFileSync(`${path}/client.cert`, PEM('A-client'));
  if (pair !== 'cert')
    writeFileSync(`${path}/client.key`, readFileSync(`${LAB}/${key}.key`), { mode: 0o600 });
}
