import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MACHINE = fileURLToPath(new URL('../../test/e2e/support/machine.sh', import.meta.url));
const ASK = fileURLToPath(new URL('ask.sh', import.meta.url));

/**
 * Boots a Debian machine of the suite, asks its dockerd about every case, and the built dockerctl there, which sees that machine; answers
 * `{ version, rows }`. What `--fix` there makes of a case is asked too: `fixed` is null where it changes nothing. Needs root.
 */
export function askDockerd(suite, cases) {
  const name = `agreement-${suite}-${process.pid}`;
  const folder = mkdtempSync(join(tmpdir(), 'agreement-'));
  for (const { name: file, bytes } of cases) writeFileSync(join(folder, file), bytes);
  const leader = execFileSync(MACHINE, ['up', name, suite], {
    encoding: 'utf8',
    env: { ...process.env, E2E_OWNER: `${process.pid}` },
  }).trim();
  const inside = (script, options = {}) =>
    execFileSync('nsenter', ['-t', leader, '-a', 'bash', '-c', script], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      ...options,
    });
  const ask = (words) =>
    inside(`bash -s ${words}`, {
      input: `set -- ${words}\n${execFileSync('cat', [ASK], { encoding: 'utf8' })}`,
    });
  const table = (file) => tableOf(inside(`cat ${file}`));
  try {
    const tar = execFileSync('tar', ['-C', folder, '-cf', '-', '.'], { maxBuffer: 2 ** 26 });
    inside('mkdir -p /root/cases && tar -C /root/cases -xf -', { input: tar });
    // As ask.sh has it before every start.
    inside('ip link delete docker0; true');
    const there = verdicts(inside, '/root/cases');
    const fixed = fixedThere(inside);
    ask('/root/cases');
    if (fixed.size > 0) ask('/root/fixed start');
    const [starts, reloads] = [table('/root/cases.start'), table('/root/cases.reload')];
    const fixedStarts = fixed.size > 0 ? table('/root/fixed.start') : new Map();
    const version = /\d+\.\d+\.\d+/.exec(inside('dockerd --version'))[0];
    const rows = [...starts].map(([file, [, start, validate, containers, error]]) => {
      const [, reload, reloadError] = reloads.get(file);
      const [, start2, , , error2] = fixedStarts.get(file) ?? [];
      return {
        ...{ name: file, start, reload, validate, containers, error, reloadError },
        there: there.get(file),
        fixed:
          start2 === undefined ? null : { start: start2, error: error2, there: fixed.get(file) },
      };
    });
    return { version, rows };
  } finally {
    execFileSync(MACHINE, ['down', name]);
    rmSync(folder, { recursive: true });
  }
}

function verdicts(inside, folder) {
  const lines = inside(
    `cd ${folder} && ls | dockerctl config validate --files-from - --stream --json || true`,
  );
  return new Map(
    lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .map((verdict) => [verdict.path, verdict]),
  );
}

/** The files that `--fix` changes, in /root/fixed, and what is said of them then. */
function fixedThere(inside) {
  inside(
    `cp -r /root/cases /root/fixed && cd /root/fixed
    ls | dockerctl config validate --fix --yes --files-from - --stream >/dev/null 2>&1
    rm -f *.comments
    for file in *; do ! cmp -s "$file" "/root/cases/$file" || rm "$file"; done`,
  );
  const left = inside('ls /root/fixed | wc -l').trim();
  return left === '0' ? new Map() : verdicts(inside, '/root/fixed');
}

function tableOf(text) {
  return new Map(
    text
      .trimEnd()
      .split('\n')
      .map((line) => [line.split('\t')[0], line.split('\t')]),
  );
}
