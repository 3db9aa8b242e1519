import { describe, expect, test } from '@jest/globals';
import { judge, verdictOf } from '../../../../../../support/judge-config.js';

const log = (driver: string, options: Readonly<Record<string, string>>) => ({
  'log-driver': driver,
  'log-opts': options,
});
const regex = (driver: string, option: string, value: string) => log(driver, { [option]: value });

/** As three real engines answered (20.10.24, 26.1.5, 28.5.2): does a container start? */
test.each<[unknown, string, boolean]>([
  [regex('json-file', 'labels-regex', '(['), '20.10.24', false],
  [regex('json-file', 'labels-regex', '(['), '28.5.2', false],
  [regex('journald', 'env-regex', 'a(?=b)'), '26.1.5', false],
  [regex('journald', 'env-regex', 'a(?=b)'), '28.5.2', true],
  [regex('syslog', 'env-regex', '(['), '26.1.5', true],
  [regex('json-file', 'labels-regex', '^(prod|stage)'), '28.5.2', true],
])('%j on %s: %s', (config, engine, containers) => {
  expect(judge(config, { engine })).toMatchObject({ starts: true, containers });
});

test('an env-regex that fails only where there are variables is a warning', () => {
  expect(judge(regex('journald', 'env-regex', '([')).findings).toMatchObject([
    { code: 'bad-log-option', severity: 'warning', subject: 'log-opts.env-regex' },
  ]);
});

/** moby daemon/logger, New of each driver. */
describe('what a driver looks at with the first container', () => {
  const late = (option: string, hint: string) => [
    'no container',
    `error bad-log-option log-opts.${option} -> ${hint}`,
  ];

  test.each<[object, readonly string[]]>([
    [log('json-file', { 'max-size': '10m', 'max-file': '3', compress: 'true' }), ['works']],
    [log('local', { 'max-size': '10m', 'max-file': '3' }), ['works']],
    [
      log('json-file', { 'max-size': 'ten' }),
      late('max-size', 'write a size such as "10m", or remove it for no limit'),
    ],
    [log('local', { 'max-size': 'ten' }), late('max-size', 'write a size such as "10m"')],
    [
      log('json-file', { 'max-size': '10m', 'max-file': 'many' }),
      late('max-file', 'write a number such as "3"'),
    ],
    [
      log('json-file', { 'max-size': '10m', 'max-file': '3', compress: 'maybe' }),
      late('compress', 'write "true" or "false"'),
    ],
    [
      log('json-file', { 'max-size': '10m', compress: 'true' }),
      late('compress', 'add "max-size": "10m" and "max-file": "3", or remove compress'),
    ],
    // It compresses unless it is told not to.
    [
      log('local', { 'max-file': '1' }),
      late('max-file', 'write "compress": "false" too, or a larger max-file'),
    ],
    [log('local', { 'max-file': '1', compress: 'false' }), ['works']],
    [log('json-file', { tag: '{{.Name}}/{{.ID}}' }), ['works']],
    [
      log('json-file', { tag: '{{.Nam}}' }),
      late('tag', 'write a template such as "{{.Name}}/{{.ID}}"'),
    ],
    [
      log('json-file', { tag: '{{.Name' }),
      late('tag', 'write a template such as "{{.Name}}/{{.ID}}"'),
    ],
  ])('%j', (config, verdict) => {
    expect(verdictOf(config)).toEqual(verdict);
  });

  test('what it cannot do without is wanted, also without any option', () => {
    expect(verdictOf({ 'log-driver': 'splunk' })).toEqual([
      'no container',
      'error bad-log-option log-opts.splunk-url -> add splunk-url to log-opts',
      'error bad-log-option log-opts.splunk-token -> add splunk-token to log-opts',
    ]);
  });
});
