import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { memberCases } from './generate.mjs';
import { reportMembers } from './report.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const MACHINE = here('../../../test/e2e/support/machine.sh');

/** Boots a machine of the suite and asks its dockerd what each member does; gives how many answers of ours are wrong. Needs root. */
export function judgeMembers(suite, { seed, count, partOf, judge }) {
  const machine = `members-${suite}-${process.pid}`;
  const leader = execFileSync(MACHINE, ['up', machine, suite], {
    encoding: 'utf8',
    env: { ...process.env, E2E_OWNER: `${process.pid}` },
  }).trim();
  const inside = (script, input = '') =>
    execFileSync('nsenter', ['-t', leader, '-a', 'bash', '-c', script], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      input,
    });
  try {
    const version = /\d+\.\d+\.\d+/.exec(inside('dockerd --version'))[0];
    const [major] = version.split('.').map(Number);
    const { asked, tested } = withBases(partOf(memberCases({ seed, count, major })));
    put(inside, asked);
    inside('cat >/root/observe.mjs', readFileSync(here('observe.mjs')));
    inside('bash -s', readFileSync(here('ask.sh')));
    const seen = new Map(
      inside('cat /root/members.seen')
        .trimEnd()
        .split('\n')
        .map((line) => [line.split('\t')[0], line.slice(line.indexOf('\t') + 1)]),
    );
    return reportMembers(`${version}, members of seed ${seed}`, {
      version,
      cases: tested,
      seen,
      judge,
    });
  } finally {
    execFileSync(MACHINE, ['down', machine]);
  }
}

/**
 * Each case names the one without its member, which many share, and the one that is asked for it: the same configuration is asked
 * once. Each base is asked twice: where its answers differ, the machine is no measure.
 */
function withBases(cases) {
  const asked = new Map();
  const ask = (prefix, { config, look }) => {
    const text = JSON.stringify([prefix, config, look]);
    if (!asked.has(text)) asked.set(text, { name: `${prefix}-${asked.size}`, config, look });
    return asked.get(text).name;
  };
  const tested = cases.map((one) => {
    const without = { config: one.without, look: one.look };
    return {
      ...one,
      base: ask('base', without),
      again: ask('again', without),
      asked: ask('case', one),
    };
  });
  return { asked: [...asked.values()], tested };
}

function put(inside, asked) {
  const folder = mkdtempSync(join(tmpdir(), 'members-'));
  try {
    for (const { name, config } of asked) writeFileSync(join(folder, name), JSON.stringify(config));
    const tar = execFileSync('tar', ['-C', folder, '-cf', '-', '.'], { maxBuffer: 2 ** 26 });
    inside('mkdir -p /root/members && tar -C /root/members -xf -', tar);
    inside(
      'cat >/root/members.looks',
      asked.map(({ name, look }) => `${name}\t${look.join(' ')}\n`).join(''),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
