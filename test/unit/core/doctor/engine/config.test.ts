import { describe, expect, test } from '@jest/globals';
import { configFamily } from '../../../../../src/core/doctor/engine/config.js';
import { doctorFacts, type Machine } from '../../../../support/doctor-facts.js';
import { codesOn, findingsOn, told } from '../../../../support/doctor-findings.js';

const CONFIG = '/etc/docker/daemon.json';
const withFile = (text: string): Machine => ({ files: { [CONFIG]: text } });
const find = (machine: Machine) => told(configFamily.find(doctorFacts(machine)));

test('a key that dockerd does not know waits for no reload: the edit is named alone', () => {
  const machine: Machine = {
    ...withFile('{"registry-mirror": ["https://m.test"]}'),
    facts: { changedAt: new Map([[CONFIG, Date.parse('2026-11-21')]]) },
  };
  expect(codesOn(machine)).toEqual(['flag-name-as-key']);
});

test('of two hints that would get in each other’s way is the editor', () => {
  const hints = (text: string) =>
    findingsOn(withFile(text))
      .filter(({ subject }) => /\.\d$/.test(subject))
      .map(({ hint }) => hint);
  const edit = 'dockerctl config edit';
  expect(hints('{"insecure-registries": ["0.0.0.0/0", "docker.io", "good:5000"]}')).toEqual([
    edit,
    edit,
  ]);
  expect(hints('{"labels": ["x"], "registry-mirrors": ["mirror.test"]}')).toEqual([edit, edit]);
  expect(hints('{"labels": ["x"], "insecure-registries": ["docker.io"]}')).toEqual([
    "dockerctl config unset 'labels[0]'",
    "dockerctl config unset 'insecure-registries[0]'",
  ]);
});

describe('a file that cannot be read', () => {
  const hidden = (closed: boolean): Machine => ({
    facts: { config: null, configHidden: { closed, message: 'it is a folder', hint: 'rmdir it' } },
  });

  test('by anybody is an error, with what helps', () => {
    expect(find(hidden(false))).toEqual(['config-no-file daemon.json -> rmdir it']);
  });

  test('for its size: what dockerd makes of it is not known', () => {
    const configHidden = { closed: false, large: true, message: 'it is large', hint: 'look' };
    const [found] = configFamily.find(doctorFacts({ facts: { config: null, configHidden } }));
    expect(found?.message).toBe('it is large: whether dockerd starts with it is not known.');
  });

  test('by this user says nothing of the file', () => {
    expect(find(hidden(true))).toEqual([]);
    expect(configFamily.unseen?.(doctorFacts(hidden(true)))).toBe(true);
  });
});

test('what hangs on what nobody could look for is not called in order', () => {
  const machine: Machine = { ...withFile('{"bridge": "br0"}'), facts: { host: {} } };
  expect(configFamily.unseen?.(doctorFacts(machine))).toBe(true);
  expect(configFamily.unseen?.(doctorFacts(withFile('{"debug": true}')))).toBe(false);
});

test('the ok line tells whether there is a file', () => {
  const ok = (machine: Machine) =>
    typeof configFamily.ok === 'string' ? '' : configFamily.ok(doctorFacts(machine));
  expect(ok({})).toMatch(/^there is none/);
  expect(ok(withFile('{}'))).toMatch(/^this dockerd starts with it/);
});

test('of a large file ten are told: each is tried out on all of it', () => {
  const many = Array.from({ length: 20 }, (_, at) => `"nope-${at}": ${at}`).join(', ');
  expect(find(withFile(`{${many}}`))).toHaveLength(20);
  expect(find(withFile(`{${many}, "_": "${'x'.repeat(200_000)}"}`))).toHaveLength(10);
});
