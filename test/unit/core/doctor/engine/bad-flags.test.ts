import { describe, expect, test } from '@jest/globals';
import { planFix } from '../../../../../src/core/doctor/fix.js';
import { doctorFacts, PACKAGED_UNIT, type Machine } from '../../../../support/doctor-facts.js';
import { findingsOn, fixOn } from '../../../../support/doctor-findings.js';

const DROP_IN = '/etc/systemd/system/docker.service.d/own.conf';
const dropIn = (flags: string) => ({
  [DROP_IN]: `[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd ${flags}\n`,
});
const started = (...flags: string[]) => ({ argv: ['/usr/sbin/dockerd', ...flags] });

describe('a flag of the unit that dockerd does not know', () => {
  const machine = (files: Machine['files'], flags: readonly string[]): Machine => ({
    files: { ...files },
    observed: started('-H', 'fd://', ...flags),
  });
  const BAD = '--log-levl=debug';

  test('is found before the next start, and the restart waits for its fix', () => {
    expect(findingsOn(machine(dropIn(`-H fd:// ${BAD}`), []))).toMatchObject([
      { code: 'bad-flag', path: DROP_IN, hint: 'dockerctl doctor --fix bad-flag' },
      { code: 'unit-not-restarted', hint: 'dockerctl doctor --fix bad-flag' },
    ]);
  });

  test.each([
    ['a drop-in', dropIn(`-H fd:// ${BAD} --debug`), DROP_IN, dropIn('-H fd:// --debug')[DROP_IN]],
    [
      'the file of a variable',
      { '/etc/default/docker': `# ${BAD} is tried\nDOCKER_OPTS="--debug ${BAD}"\n` },
      '/etc/default/docker',
      `# ${BAD} is tried\nDOCKER_OPTS="--debug "\n`,
    ],
  ])('is taken out of %s', (_, files, path, wanted) => {
    const { plan, words } = planFix(doctorFacts(machine(files, [BAD])), ['bad-flag']);
    expect(plan.changes).toMatchObject([{ path, after: { content: { text: wanted } } }]);
    expect(plan.activation.action).toBe('restart');
    expect(words?.map(({ word }) => word)).toContain('--debug');
    expect(words?.map(({ word }) => word)).not.toContain(BAD);
  });

  test("of the package's own file is for a person to correct", () => {
    const unit = `[Service]\nExecStart=/usr/sbin/dockerd -H fd:// ${BAD}\n`;
    const [finding] = findingsOn(machine({ [PACKAGED_UNIT]: unit }, [BAD]));
    expect(finding).toMatchObject({
      code: 'bad-flag',
      path: PACKAGED_UNIT,
      hint: 'systemctl edit --full docker.service',
    });
  });
});

describe('a flag that dockerd refuses, or that this engine no longer has', () => {
  const DEFAULTS = '/etc/default/docker';
  const machine = (flags: string): Machine => ({
    files: { [DEFAULTS]: `# --mtu is ours\nDOCKER_OPTS="--debug ${flags} --icc=true"\n` },
    observed: started('-H', 'fd://', '--debug'),
  });

  test.each([
    ['--mtu abc', 'bad-flag-value', '--debug --icc=true'],
    ['--live-restore=maybe', 'bad-flag-value', '--debug --icc=true'],
    ['-g /data', 'flag-of-other-engine', '--debug --data-root=/data --icc=true'],
    ['--graph=/data', 'flag-of-other-engine', '--debug --data-root=/data --icc=true'],
    ['--cluster-store x', 'flag-of-other-engine', '--debug --icc=true'],
    [
      '--registry-mirror --insecure-registry registry.test',
      'flag-swallows-flag',
      '--debug --insecure-registry registry.test --icc=true',
    ],
  ])('%s: %s', (flags, code, fixed) => {
    expect(findingsOn(machine(flags))).toMatchObject([
      { code, severity: 'error', path: DEFAULTS, hint: `dockerctl doctor --fix ${code}` },
      { code: 'unit-not-restarted', hint: `dockerctl doctor --fix ${code}` },
    ]);
    expect(fixOn(machine(flags), code).changes).toMatchObject([
      { after: { content: { text: `# --mtu is ours\nDOCKER_OPTS="${fixed}"\n` } } },
    ]);
  });

  test('of TLS is for a person to correct: without it the others are no better off', () => {
    expect(findingsOn(machine('--tlsverify --tlscert=/a --tlskey=/b'))).toContainEqual(
      expect.objectContaining({
        code: 'bad-flag-value',
        subject: '--tlscert=/a',
        hint: 'systemctl edit --full docker.service',
      }),
    );
  });
});
