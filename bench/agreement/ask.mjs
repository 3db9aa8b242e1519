import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MACHINE = fileURLToPath(new URL('../../test/e2e/support/machine.sh', import.meta.url));
const ASK = fileURLToPath(new URL('ask.sh', import.meta.url));

/**
 * Boots a Debian machine of the suite, asks its dockerd about every case, and the built dockerctl there, which sees that machine; answers
 * `{ version, rows }`. Needs root.
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
  try {
    const tar = execFileSync('tar', ['-C', folder, '-cf', '-', '.'], { maxBuffer: 2 ** 26 });
    inside('mkdir -p /root/cases && tar -C /root/cases -xf -', { input: tar });
    const verdicts = new Map(
      inside(
        // As ask.sh has it before every start.
        'ip link delete docker0; cd /root/cases && ls | dockerctl config validate --files-from - --stream --json || true',
      )
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
        .map((verdict) => [verdict.path, verdict]),
    );
    inside(`bash -s /root/cases`, {
      input: `set -- /root/cases\n${execFileSync('cat', [ASK], { encoding: 'utf8' })}`,
    });
    const table = (file) =>
      new Map(
        inside(`cat /root/cases.${file}`)
          .trimEnd()
          .split('\n')
          .map((line) => [line.split('\t')[0], line.split('\t')]),
      );
    const [starts, reloads] = [table('start'), table('reload')];
    const version = /\d+\.\d+\.\d+/.exec(inside('dockerd --version'))[0];
    const rows = [...starts].map(([file, [, start, validate, error]]) => {
      const [, reload, reloadError] = reloads.get(file);
      return { name: file, start, reload, validate, error, reloadError, there: verdicts.get(file) };
    });
    return { version, rows };
  } finally {
    execFileSync(MACHINE, ['down', name]);
    rmSync(folder, { recursive: true });
  }
}
