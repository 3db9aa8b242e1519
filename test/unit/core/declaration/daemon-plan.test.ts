import { describe, expect, test } from '@jest/globals';
import { daemonDrifts } from '../../../../src/core/declaration/daemon-drift.js';
import { planDaemon } from '../../../../src/core/declaration/daemon-plan.js';
import { situationOf, type DeclaredDaemon } from '../../../support/declared-daemon.js';

const driftsOf = (given: DeclaredDaemon) =>
  daemonDrifts(situationOf(given)).map(({ id, action }) => `${id} ${action}`);

const fileAfter = (given: DeclaredDaemon): string => {
  const [change] = planDaemon(situationOf(given), 'apply', null).changes;
  const content = change?.after?.content;
  return content && 'text' in content ? content.text : '(no change)';
};

const MIRROR = `{ mirrors: ['https://m.example.com'] }`;

describe('the plan', () => {
  test('grants what is declared and keeps the bytes of the rest', () => {
    const file = '{\n\t"labels": ["a=b"],\n\t"log-opts": {"max-file": "9"}\n}\n';
    const declared = `{ daemon: { debug: true, 'log-opts': { 'max-size': '1m' } } }`;
    expect(fileAfter({ declared, file })).toBe(
      '{\n\t"labels": ["a=b"],\n\t"log-opts": {"max-file": "9", "max-size": "1m"},\n\t"debug": true\n}\n',
    );
  });

  test('is empty where all is as declared', () => {
    const given = { declared: MIRROR, file: '{"registry-mirrors":["https://m.example.com/"]}' };
    const plan = planDaemon(situationOf(given), 'apply', null);
    expect(plan).toMatchObject({ changes: [], activation: { action: 'none' } });
  });

  test('repairs only what is chosen', () => {
    const given = { declared: `{ daemon: { debug: true, 'log-driver': 'local' } }`, file: '{}' };
    const plan = planDaemon(situationOf(given), 'repair', new Set(['daemon:/debug']));
    expect(plan.activation.action).toBe('reload');
    expect(plan.changes[0]?.after?.content).toEqual({ text: '{\n  "debug": true\n}' });
  });

  test.each([['{"registry-'], [''], [null]])(
    'brings back the last good file where %j is left of it, by reload',
    (file) => {
      const good = '{"data-root":"/x","registry-mirrors":["https://m.example.com"]}\n';
      const given = { declared: MIRROR, file, good };
      expect(fileAfter(given)).toBe(good);
      expect(planDaemon(situationOf(given), 'repair', null).activation.action).toBe('reload');
    },
  );

  test('restarts where dockerd was started without the file that comes back', () => {
    const good = '{"data-root":"/x","registry-mirrors":["https://m.example.com"]}\n';
    const given = { declared: MIRROR, file: null, good, goodPid: 1 };
    expect(planDaemon(situationOf(given), 'repair', null).activation.action).toBe('restart');
  });

  test('does not restart for several members of a start-only key that all come back', () => {
    const opts = '"log-opts":{"max-size":"10m","max-file":"3"}';
    const given = {
      declared: `{ daemon: { ${opts} } }`,
      file: '{"debug":false}',
      good: `{"debug":false,${opts}}`,
    };
    expect(driftsOf(given)).toEqual([
      'daemon:/log-opts/max-size none',
      'daemon:/log-opts/max-file none',
    ]);
    const members = ['daemon:/log-opts/max-size', 'daemon:/log-opts/max-file'];
    const { activation } = planDaemon(situationOf(given), 'repair', new Set(members));
    expect(activation.action).toBe('none');
    const other = { ...given, good: given.good.replace('10m', '11m') };
    expect(driftsOf(other)).toEqual([
      'daemon:/log-opts/max-size restart',
      'daemon:/log-opts/max-file restart',
    ]);
  });

  test('does not restart for a start-only key that was changed and not yet read', () => {
    const good = '{"log-driver":"local"}';
    const given = {
      declared: `{ daemon: { 'log-driver': 'local' } }`,
      file: '{"log-driver":"none"}',
    };
    expect(planDaemon(situationOf(given), 'r', null).activation.action).toBe('restart');
    expect(planDaemon(situationOf({ ...given, good }), 'r', null).activation.action).toBe('none');
  });

  test('tells a daemon that has not what its file says, and looks for it afterwards', () => {
    const plan = planDaemon(
      situationOf({
        declared: MIRROR,
        file: '{"registry-mirrors":["https://m.example.com"]}',
        info: { RegistryConfig: { Mirrors: [] } },
      }),
      'repair',
      null,
    );
    expect(plan.changes).toEqual([]);
    expect(plan.activation.action).toBe('reload');
    expect(plan.expect).toEqual([
      expect.objectContaining({ kind: 'info', key: 'registry-mirrors' }),
    ]);
  });

  test('starts a dockerd that died of its file', () => {
    const given = {
      declared: MIRROR,
      file: '{"registry-',
      good: '{"registry-mirrors":["https://m.example.com"]}',
    };
    const dead = situationOf({ ...given, observed: { state: 'failed', pid: null } });
    expect(planDaemon(dead, 'repair', null).activation.action).toBe('restart');
  });

  test('cannot be made where the file is not JSON and nothing better is known', () => {
    const given = situationOf({ declared: MIRROR, file: '{"registry-' });
    expect(() => planDaemon(given, 'apply', null)).toThrow('/etc/docker/daemon.json:1:');
  });
});
