import { describe, expect, test } from '@jest/globals';
import {
  errorsFirst,
  isFatal,
  needsOf,
  ofReloadAlone,
  ofRule,
  stops,
  withoutEchoes,
} from '../../../../../src/core/dockerd/validate/classify.js';
import type { RuleProblem } from '../../../../../src/core/dockerd/validate/rules/rule.js';

const problem = (parts: Partial<RuleProblem> = {}): RuleProblem => ({
  ...{ code: 'bad-value', path: ['mtu'], message: 'refused', hint: 'write 1400' },
  ...parts,
});
const codes = (judged: readonly ReturnType<typeof ofRule>[]) =>
  judged.map(({ finding }) => `${finding.severity} ${finding.code} ${finding.subject}`);

describe('what a problem stops decides its severity', () => {
  test.each<[NonNullable<RuleProblem['stops']>, string, boolean, boolean]>([
    ['start', 'error', true, false],
    ['both', 'error', true, true],
    ['containers', 'error', false, false],
    ['reload', 'warning', false, true],
    ['nothing', 'warning', false, false],
  ])('%s: %s', (what, severity, start, reload) => {
    const judged = ofRule(problem({ stops: what }));
    expect(judged.finding.severity).toBe(severity);
    expect([stops(judged, 'start'), stops(judged, 'reload')]).toEqual([start, reload]);
  });

  test('else its code does', () => {
    // The decoder refuses both at a reload, too.
    expect(ofRule(problem({ code: 'unknown-key' })).stops).toBe('both');
    expect(ofRule(problem({ code: 'bad-network' })).stops).toBe('start');
    expect(ofRule(problem({ code: 'open-api' })).stops).toBe('nothing');
    expect(ofRule(problem({ code: 'reload-refused' })).stops).toBe('reload');
  });
});

test('a problem of the command line is dockerd’s, if no flag is named', () => {
  expect(ofRule(problem({ path: [] })).finding.subject).toBe('dockerd');
  expect(ofRule(problem({ path: [], subject: '--mtu' })).finding.subject).toBe('--mtu');
  expect(ofRule(problem({ path: ['dns', 0] })).finding.subject).toBe('dns.0');
});

describe('what hangs on the machine', () => {
  const need = { needs: 'file', what: '/x' } as const;
  const judged = ofRule(problem({ stops: 'both', need }));

  test('stops nothing as long as nobody knows', () => {
    expect(stops(judged, 'start')).toBe(false);
    expect(isFatal(judged)).toBe(false);
  });

  test('is a need, each once, and none where it would stop nothing', () => {
    const idle = ofRule(problem({ stops: 'nothing', need: { ...need, what: '/y' } }));
    expect(needsOf([judged, judged, idle]).map(({ about }) => about)).toMatchObject([
      { key: 'mtu', needs: 'file', what: '/x', stops: 'start' },
    ]);
  });
});

test('what the process alone refuses waits for a restart', () => {
  const known = ofRule(problem({ stops: 'both' }));
  const alone = ofRule(problem({ stops: 'both', message: 'conflict', path: ['debug'] }));
  expect(ofReloadAlone([known, alone], [known])).toMatchObject([
    {
      stops: 'reload',
      finding: {
        ...{ severity: 'warning', subject: 'debug', hint: 'dockerctl daemon restart' },
        message: 'conflict, as dockerd runs now: it refuses a reload until it is restarted',
      },
    },
  ]);
  const same = [known];
  expect(ofReloadAlone(same, same)).toEqual([]);
});

test('of a value that several rules refuse the first says enough, and errors come first', () => {
  const warning = ofRule(problem({ stops: 'nothing' }));
  const first = ofRule(problem());
  const again = ofRule(problem({ message: 'once more' }));
  const network = ofRule(problem({ code: 'bad-network' }));
  const all = [warning, first, again, network];
  expect(codes(errorsFirst(withoutEchoes(all)))).toEqual([
    'error bad-value mtu',
    'error bad-network mtu',
    'warning bad-value mtu',
  ]);
});

test('of a value of the wrong type nothing else is told, nor of what stands inside', () => {
  const type = ofRule(problem({ code: 'wrong-type', path: ['dns'] }));
  const inside = ofRule(problem({ code: 'unknown-key', path: ['dns', 'a'] }));
  const beside = ofRule(problem({ code: 'unknown-key', path: ['dns-a'] }));
  const same = ofRule(problem({ code: 'no-effect', path: ['dns'] }));
  expect(codes(withoutEchoes([inside, type, same, beside, type]))).toEqual([
    'error wrong-type dns',
    'error unknown-key dns-a',
  ]);
});

test('what is passed over is not told where it is why dockerd does not start', () => {
  const error = ofRule(problem({ code: 'bad-runtime', path: ['runtimes', 'x', 'args'] }));
  const passed = ofRule(problem({ code: 'unknown-member', path: ['runtimes', 'x', 'args'] }));
  const other = ofRule(problem({ code: 'unknown-member', path: ['runtimes', 'x', 'foo'] }));
  expect(codes(withoutEchoes([error, passed, other]))).toEqual([
    'error bad-runtime runtimes.x.args',
    'warning unknown-member runtimes.x.foo',
  ]);
});
