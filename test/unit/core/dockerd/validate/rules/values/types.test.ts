import { describe, expect, test } from '@jest/globals';
import { judge, verdictOf, type Row } from '../../../../../../support/judge-config.js';

describe('what was meant is written in the hint', () => {
  test.each([
    ['{"registry-mirrors": "https://a"}', 'write ["https://a"]'],
    ['{"debug": "true"}', 'write true, without quotes'],
    ['{"mtu": "1400"}', 'write 1400, without quotes'],
    ['{"default-shm-size": 64}', 'write "64", in double quotes'],
  ])('%s', (text, hint) => {
    expect(judge(text)).toMatchObject({ starts: false, findings: [{ hint }] });
  });
});

/** encoding/json, UnmarshalTypeError. */
describe('Go’s decoder refuses the type, at a reload too', () => {
  const wrong = (subject: string, hint: string) => [
    'no start, no reload',
    `error wrong-type ${subject} -> ${hint}`,
  ];

  test.each<Row>([
    [{ debug: true, mtu: 1400, dns: ['10.0.0.1'], 'log-opts': { tag: 'x' } }, {}, ['works']],
    [{ debug: null, dns: null, 'log-opts': null }, {}, ['works']],
    [{ debug: 1 }, {}, wrong('debug', 'write true')],
    [{ mtu: 1400.5 }, {}, wrong('mtu', 'write a whole number, such as 1500')],
    [{ 'data-root': ['/srv'] }, {}, wrong('data-root', 'write "/srv", in double quotes')],
    // The check for unknown keys looks at the members of any object first.
    [
      { dns: { a: '10.0.0.1' } },
      {},
      [...wrong('dns', 'write a list of texts, such as ["10.0.0.2"]')],
    ],
    [{ dns: [1] }, {}, wrong('dns.0', 'write "1", in double quotes')],
    [{ 'log-opts': { tag: true } }, {}, wrong('log-opts.tag', 'write "true", in double quotes')],
    [
      { 'default-ulimits': { nofile: { Name: 'nofile', Hard: '9', Soft: 1 } } },
      {},
      wrong('default-ulimits.nofile.Hard', 'write 9, without quotes'),
    ],
    [
      { 'default-shm-size': null },
      {},
      ['no start, no reload', 'error wrong-type default-shm-size -> write a text, such as "64MiB"'],
    ],
    ['{"mtu": 1e999}', {}, wrong('mtu', 'write a smaller number')],
  ])('%j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });

  test('also of a key that nobody knows, where the number is beyond every type', () => {
    expect(judge('{"x": 1e999}').findings).toContainEqual(
      expect.objectContaining({ code: 'wrong-type', subject: 'x' }),
    );
  });
});

test('a correction is offered as a fix only where it is certain', () => {
  const fixes = (config: unknown) => [...judge(config).fixes.values()];
  expect(fixes({ debug: 'TRUE' })).toEqual([{ set: ['debug'], to: true }]);
  expect(fixes({ debug: 'yes' })).toEqual([{ set: ['debug'], to: true }]);
  expect(fixes({ debug: 'maybe' })).toEqual([]);
  expect(fixes({ 'data-root': 12345678901234567890 })).toEqual([]);
});

test('the size of a log as a number is bytes, and is not put into quotes', () => {
  const { findings, fixes } = judge('{"log-opts": {"max-size": 10}}');
  expect(findings).toMatchObject([
    { code: 'wrong-type', hint: 'write "10m" for megabytes; a number alone is bytes' },
  ]);
  expect(fixes.size).toBe(0);
  expect(judge('{"log-opts": {"max-size": 10485760}}').fixes.size).toBe(1);
});

describe('an object in place of a list of pairs', () => {
  const options = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`native.x${at}`, 'y']));
  const judged = (count: number) => {
    const { findings, fixes } = judge({ 'exec-opts': options(count) });
    const wrong = findings.find(({ code }) => code === 'wrong-type')!;
    return { hint: wrong.hint, fix: fixes.get(wrong) };
  };
  const EXAMPLE = 'write a list of texts, such as ["native.cgroupdriver=systemd"]';

  test('is written out where it is short', () => {
    expect(judged(2).hint).toBe('write ["native.x0=y","native.x1=y"]');
  });

  test('is too long to copy from a hint, and the fix writes it', () => {
    const { hint, fix } = judged(50);
    expect(hint).toBe(EXAMPLE);
    expect(fix).toMatchObject({ set: ['exec-opts'] });
  });

  test('is left alone where nobody wrote it by hand', () => {
    expect(judged(5001)).toEqual({ hint: EXAMPLE, fix: undefined });
  });
});
