import { expect, test } from '@jest/globals';
import { judge } from '../../../../../../support/judge-config.js';

test.each<[driver: string, option: string, message: string, hint: string]>([
  [
    'json-file',
    'max_size',
    'the logging driver json-file does not know "max_size"',
    'write max-size',
  ],
  [
    'syslog',
    'syslog-adress',
    'the logging driver syslog does not know "syslog-adress"',
    'write syslog-address',
  ],
  [
    'fluentd',
    'fluentd-async-connect',
    'the logging driver fluentd of dockerd 28.5.2 does not know "fluentd-async-connect" (until 27)',
    'write fluentd-async',
  ],
  [
    'json-file',
    'splunk-url',
    'the logging driver json-file does not know "splunk-url" (it belongs to splunk)',
    'remove "splunk-url"',
  ],
  [
    'journald',
    'max-size',
    'the logging driver journald does not know "max-size"',
    'remove "max-size"',
  ],
  [
    'local',
    'constructor',
    'the logging driver local does not know "constructor"',
    'remove "constructor"',
  ],
])('%s: %s', (driver, option, message, hint) => {
  const config = { 'log-driver': driver, 'log-opts': { [option]: '1' } };
  expect(judge(config).findings).toMatchObject([{ code: 'bad-log-option', message, hint }]);
});
