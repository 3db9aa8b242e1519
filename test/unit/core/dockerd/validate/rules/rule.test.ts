import { describe, expect, test } from '@jest/globals';
import {
  counted,
  enoughOf,
  quote,
} from '../../../../../../src/core/dockerd/validate/rules/rule.js';
import type { RuleProblem } from '../../../../../../src/core/dockerd/validate/rules/rule.js';
import { judge } from '../../../../../support/judge-config.js';

const many = <Item>(make: (index: number) => Item, last: Item): Item[] => [
  ...Array.from({ length: 300 }, (_, index) => make(index)),
  last,
];

describe('what stands behind hundreds of another kind decides all the same', () => {
  test.each<[string, object]>([
    ['insecure registries', { 'insecure-registries': many((at) => `http://r${at}:5000`, 'a b') }],
    [
      'mirrors',
      { 'registry-mirrors': many((at) => `HTTPS://m${at}.example.com`, 'm.example.com') },
    ],
    ['hosts', { hosts: many((at) => `tcp://10.0.0.1:${at + 1}`, 'ssh://x') }],
    [
      'runtimes',
      {
        runtimes: Object.fromEntries(
          many<[string, object]>((at) => [`r${at}`, { path: `/nope/${at}` }], ['x', {}]),
        ),
      },
    ],
    [
      'rules of garbage collection',
      {
        builder: {
          gc: {
            enabled: true,
            policy: many<object>((at) => ({ filter: [`x${at}=y`] }), { keepStorage: 'much' }),
          },
        },
      },
    ],
  ])('%s', (_, config) => {
    const { starts, findings } = judge(config);
    expect(starts).toBe(false);
    expect(findings[0]?.severity).toBe('error');
    expect(findings.length).toBeLessThanOrEqual(100);
  });

  test('limits that set another, and one that lets no container start', () => {
    const limits = many<[string, object]>(
      (at) => [`u${at}`, { Name: 'nofile', Hard: 9, Soft: 1 }],
      ['nproc', { Name: 'nproc', Hard: 1, Soft: 2 }],
    );
    const verdict = judge({ 'default-ulimits': Object.fromEntries(limits) });
    expect(verdict).toMatchObject({ starts: true, containers: false });
    expect(verdict.findings[0]?.subject).toBe('default-ulimits.nproc');
  });

  test('a label without = stops a start, one with two values a reload, too', () => {
    const labels = many((at) => `bare${at}`, 'a=1');
    expect(judge({ labels })).toMatchObject({ starts: false, reloads: true });
    expect(judge({ labels: [...labels, 'a=2'] })).toMatchObject({ starts: false, reloads: false });
  });
});

test('of each kind there are a hundred', () => {
  const isWorth = counted();
  const kinds = Array.from({ length: 250 }, (_, at) => (at % 2 === 0 ? 'even' : 'odd'));
  expect(kinds.filter((kind) => isWorth(kind)).length).toBe(200);
  const problem = (need?: RuleProblem['need']): RuleProblem => ({
    ...{ code: 'missing-file', path: [], message: 'm', hint: 'h' },
    ...(need !== undefined && { need }),
  });
  const needed = problem({ needs: 'file', what: '/x' });
  const all = [...Array.from({ length: 150 }, () => problem()), needed];
  expect(enoughOf(all)).toHaveLength(101);
  expect(enoughOf(all).at(-1)).toBe(needed);
});

test.each([
  ['plain', '"plain"'],
  ['tab\there', '"tab\\there"'],
  ['x'.repeat(100), `"${'x'.repeat(77)}…"`],
  ['https://user:secret@h/', '"https://…@h/"'],
])('quotes %j', (text, quoted) => {
  expect(quote(text)).toBe(quoted);
});
