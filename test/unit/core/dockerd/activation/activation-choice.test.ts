import { describe, expect, test } from '@jest/globals';
import {
  chooseActivation,
  type ActivationOptions,
} from '../../../../../src/core/dockerd/activation/activation-choice.js';

const options: ActivationOptions = {
  activate: 'auto',
  state: 'running',
  root: null,
  config: null,
  reader: null,
};
const needs = (action: 'none' | 'reload' | 'restart') => ({
  action,
  reasons: ['bip is read at start only'],
});

describe('chooseActivation', () => {
  test('a reload that harms is done where it is asked for', () => {
    const harmful = { ...needs('restart'), harmfulReload: true };
    expect(chooseActivation(harmful, options).action).toBe('restart');
    expect(chooseActivation(harmful, { ...options, activate: 'reload' }).action).toBe('reload');
  });

  test.each([
    ['auto takes the cheapest', 'reload', {}, 'reload'],
    ['restart is more than is needed, and done', 'reload', { activate: 'restart' }, 'restart'],
    ['a dockerd that failed is started again', 'restart', { state: 'failed' }, 'restart'],
    [
      'a stopped one is started where asked',
      'reload',
      { state: 'stopped', activate: 'restart' },
      'restart',
    ],
  ] as const)('%s', (_, needed, difference, action) => {
    expect(chooseActivation(needs(needed), { ...options, ...difference })).toEqual({
      action,
      pending: [],
    });
  });

  test.each([
    ['below a root', { root: '/image' }, 'files below /image only'],
    ['without a dockerd', { state: 'absent' }, 'no dockerd that dockerctl manages here'],
    ['with --activate never', { activate: 'never' }, '--activate never'],
    ['with a masked unit', { state: 'masked', activate: 'restart' }, "dockerd's unit is masked"],
    ['with a stopped dockerd', { state: 'stopped' }, 'dockerd is stopped'],
  ] as const)('%s nobody is told, and the answer says so', (_, difference, why) => {
    const choice = chooseActivation(needs('restart'), { ...options, ...difference });
    expect(choice.action).toBe('none');
    expect(choice.pending).toEqual([expect.stringContaining(why)]);
    expect(choice.pending[0]).toContain('next start of dockerd');
  });

  test('a file that a dockerd reads which is not ours waits for that one', () => {
    const absent = { state: 'absent', config: '/etc/docker/d2.json', reader: 3219 } as const;
    const { action, pending } = chooseActivation(needs('reload'), { ...options, ...absent });
    expect(action).toBe('none');
    expect(pending).toEqual([
      'dockerd with pid 3219 was started with /etc/docker/d2.json, and dockerctl does not manage it: the change takes effect with the next reload or start of dockerd',
    ]);
  });

  test('a file that no dockerd here reads waits for none', () => {
    const difference = { state: 'absent', config: '/etc/docker/typo.json' } as const;
    expect(chooseActivation(needs('restart'), { ...options, ...difference }).pending).toEqual([
      'no dockerd on this machine reads /etc/docker/typo.json',
    ]);
  });

  test('what dockerd need not know is never pending', () => {
    const choice = chooseActivation(needs('none'), { ...options, root: '/image' });
    expect(choice).toEqual({ action: 'none', pending: [] });
  });

  test('a reload is refused where only a restart helps', () => {
    expect(() => chooseActivation(needs('restart'), { ...options, activate: 'reload' })).toThrow(
      /bip is read at start only/,
    );
  });
});
