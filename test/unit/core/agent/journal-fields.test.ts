import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { journalFields, MESSAGE_IDS } from '../../../../src/core/agent/journal-fields.js';

const drift = {
  id: 'daemon:/debug',
  scope: 'daemon',
  action: 'reload',
  wanted: 'aa',
  observed: 'bb',
  doubtful: false,
  beyondRepair: false,
  finding: {
    code: 'drift-file',
    severity: 'warning',
    subject: 'debug',
    path: '/etc/docker/daemon.json',
    message: 'debug is "a\nMESSAGE_ID=0"',
    hint: '',
  },
} as const;

describe('the fields of a journal entry', () => {
  test('say what departs from what, and where', () => {
    const fields = journalFields({ name: 'drift-detected', drift, reason: 'debug is true' });
    expect(fields).toEqual({
      MESSAGE: 'drift-detected: debug is true',
      MESSAGE_ID: '91a0c210378e4821b3e986f3bc81c87e',
      PRIORITY: '4',
      SYSLOG_IDENTIFIER: 'dockerctl',
      DOCKERCTL_EVENT: 'drift-detected',
      DOCKERCTL_REASON: 'debug is true',
      DOCKERCTL_SCOPE: 'daemon',
      DOCKERCTL_POINTER: 'daemon:/debug',
      DOCKERCTL_DESIRED_HASH: 'aa',
      DOCKERCTL_OBSERVED_HASH: 'bb',
      DOCKERCTL_ACTION: 'reload',
      DOCKERCTL_CODE: 'drift-file',
      DOCKERCTL_PATH: '/etc/docker/daemon.json',
    });
  });

  test('are one line each, so that no value can pass for a field', () => {
    const fields = journalFields({ name: 'drift-detected', drift, reason: drift.finding.message });
    expect(Object.values(fields).filter((value) => /[\n\r]/.test(value))).toEqual([]);
  });

  test('have an explanation in the catalog for every message', () => {
    const catalog = readFileSync('templates/dockerctl.catalog', 'utf8');
    const explained = new Set([...catalog.matchAll(/^-- ([0-9a-f]{32})$/gm)].map(([, id]) => id));
    expect(new Set(Object.values(MESSAGE_IDS))).toEqual(explained);
  });
});
