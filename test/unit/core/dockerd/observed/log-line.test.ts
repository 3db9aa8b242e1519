import { describe, expect, test } from '@jest/globals';
import { parseLogLine } from '../../../../../src/core/dockerd/observed/log-line.js';

describe('logrus text, as dockerd writes it', () => {
  test.each([
    [
      'time="2026-11-21T10:31:32.1Z" level=info msg="Starting up"',
      { level: 'info', message: 'Starting up', error: null, config: null },
    ],
    [
      'time="t" level=error msg="failed to load" error="exit status 1: \\"iptables\\"" spanID=1',
      { message: 'failed to load', error: 'exit status 1: "iptables"' },
    ],
    ['time="t" level=warning msg=Reloaded', { level: 'warning', message: 'Reloaded' }],
    ['time="t" level=error msg="two\\nlines\\tand \\\\n"', { message: 'two lines and \\n' }],
    ['time="t" level=error msg="\\x1b[31m\\u00e9"', { message: '\u001b[31mé' }],
    [
      'time="t" level=info msg="Reloaded configuration" config="{\\"a\\":\\"b c\\"}"',
      { config: '{"a":"b c"}' },
    ],
    ['time="t" level=info', { level: 'info', message: '' }],
  ])('%s', (line, expected) => {
    expect(parseLogLine(line)).toMatchObject(expected);
  });

  test('a message that quotes a field is no field', () => {
    expect(parseLogLine('time="t" level=error msg="it said error=nope config={} x"')).toEqual({
      ...{ level: 'error', message: 'it said error=nope config={} x', error: null, config: null },
    });
  });
});

test.each([
  [
    '{"level":"error","msg":"no","error":"why","time":"t"}',
    { level: 'error', message: 'no', error: 'why' },
  ],
  ['{"level":"info","msg":"m","config":{"a":1}}', { config: '{"a":1}' }],
  ['{"level":"info","msg":"m","config":"{\\"a\\":1}"}\n', { config: '{"a":1}' }],
  ['{"level":"info","msg":"m","error":7}', { error: null }],
])('logrus JSON: %s', (line, expected) => {
  expect(parseLogLine(line)).toMatchObject(expected);
});

test.each([
  'failed to start daemon: level=error msg="x"',
  '{"level":1,"msg":"m"}',
  '{"msg":"m"}',
  '{broken}',
  '{}',
  'time=now',
  '',
])('%j is a plain line', (line) => {
  expect(parseLogLine(line)).toEqual({ level: null, message: line, error: null, config: null });
});

test('a line of a megabyte is read', () => {
  const message = '\\"'.repeat(250_000);
  expect(parseLogLine(`time="t" level=error msg="${message}"`).message).toBe('"'.repeat(250_000));
  expect(parseLogLine(`time="t" level=error msg="${message}`).level).toBe('error');
});
