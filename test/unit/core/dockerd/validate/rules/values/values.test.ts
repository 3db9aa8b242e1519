import { describe, expect, test } from '@jest/globals';
import { saidAt, verdictOf } from '../../../../../../support/judge-config.js';

const ENGINES = ['20.10.24', '23.0.0', '24.0.0', '25.0.0', '28.5.2', '29.7.2'];

/** What becomes of a value on each engine; null: of a key that this engine does not know, which is another rule's. */
const fates = (key: string, value: unknown) =>
  ENGINES.map((engine) => {
    const [fate = '', ...said] = verdictOf({ [key]: value }, { engine });
    return said.some((one) => /key-of-other-engine|unknown-key/.test(one)) ? null : fate;
  });

const OK = 'works';
const START = 'no start';
const BOTH = 'no start, no reload';

/** moby daemon/config/config.go, Validate, and config_linux.go, validatePlatformConfig, tag by tag. */
describe('what one key takes, by engine', () => {
  test.each<[string, unknown, (string | null)[]]>([
    ['log-level', 'INFO', [OK, OK, OK, OK, OK, OK]],
    ['log-level', 'warning', [OK, BOTH, BOTH, BOTH, BOTH, BOTH]],
    ['log-level', 'loud', [START, BOTH, BOTH, BOTH, BOTH, BOTH]],
    ['log-format', 'json', [null, null, null, OK, OK, OK]],
    ['log-format', 'xml', [null, null, null, BOTH, BOTH, BOTH]],
    ['default-ipc-mode', 'shareable', [OK, OK, OK, OK, OK, OK]],
    ['default-ipc-mode', 'host', [BOTH, BOTH, BOTH, BOTH, BOTH, BOTH]],
    ['default-cgroupns-mode', 'host', [OK, OK, OK, OK, OK, OK]],
    ['default-cgroupns-mode', 'shareable', [BOTH, BOTH, BOTH, BOTH, BOTH, BOTH]],
    ['firewall-backend', 'pf', [null, null, null, null, null, BOTH]],
    ['max-concurrent-downloads', 0, [OK, OK, OK, OK, OK, OK]],
    ['max-concurrent-downloads', -1, [BOTH, BOTH, BOTH, BOTH, BOTH, BOTH]],
    ['max-concurrent-uploads', -1, [BOTH, BOTH, BOTH, BOTH, BOTH, BOTH]],
    ['max-download-attempts', 0, [BOTH, OK, OK, OK, OK, OK]],
    ['max-download-attempts', -1, [BOTH, BOTH, BOTH, BOTH, BOTH, BOTH]],
    ['default-stop-timeout', -1, [null, null, null, null, null, BOTH]],
    ['network-diagnostic-port', 65535, [OK, OK, OK, OK, OK, OK]],
    ['network-diagnostic-port', 65536, [OK, OK, OK, OK, BOTH, BOTH]],
    ['default-shm-size', '64MiB', [OK, OK, OK, OK, OK, OK]],
    ['default-shm-size', 'much', [BOTH, BOTH, BOTH, BOTH, BOTH, BOTH]],
    ['min-api-version', '1.24', [null, null, null, null, null, OK]],
    ['min-api-version', '1.23', [null, null, null, null, null, START]],
    ['min-api-version', 'v1.44', [null, null, null, null, null, START]],
    ['min-api-version', '1.99', [null, null, null, null, null, START]],
    ['oom-score-adjust', 1000, [OK, OK, OK, BOTH, null, null]],
    ['oom-score-adjust', 1001, [START, START, START, BOTH, null, null]],
    ['oom-score-adjust', 0, [OK, OK, OK, OK, null, null]],
    ['api-cors-header', '*', [OK, OK, OK, OK, BOTH, null]],
    ['api-cors-header', '', [OK, OK, OK, OK, OK, null]],
    ['cluster-store', '', [OK, OK, null, null, null, null]],
  ])('%s %j', (key, value, expected) => {
    expect(fates(key, value)).toEqual(expected);
  });
});

test('graph stops 23, which has removed it', () => {
  expect(saidAt('{"graph": "/x"}', { engine: '23' })).toEqual(['error bad-value 1:2']);
});

test('the hint is a value that is taken', () => {
  const hintOf = (key: string, value: unknown, engine?: string) =>
    verdictOf({ [key]: value }, { ...(engine !== undefined && { engine }) })[1];
  expect(hintOf('log-level', 'loud')).toBe(
    'error bad-value log-level -> write one of panic, fatal, error, warn, info, debug, trace',
  );
  expect(hintOf('default-shm-size', 'much')).toBe(
    'error bad-size default-shm-size -> write a size such as "64MiB"',
  );
  expect(hintOf('max-concurrent-downloads', -1)).toBe(
    'error bad-value max-concurrent-downloads -> write a number from 0',
  );
  expect(hintOf('max-download-attempts', 0, '20.10')).toBe(
    'error bad-value max-download-attempts -> write a number from 1',
  );
});

test('the newest version of the API is that of each release', () => {
  const starts = (engine: string, api: string) =>
    verdictOf({ 'min-api-version': api }, { engine })[0] === 'works';
  // MaxAPIVersion, moby docker-v29.0.0 … v29.7.2.
  for (const [engine, newest] of [
    ['29.0.4', 52],
    ['29.1.5', 52],
    ['29.2.1', 53],
    ['29.5.3', 54],
    ['29.7.2', 55],
  ] as const) {
    expect([engine, starts(engine, `1.${newest}`)]).toEqual([engine, true]);
    expect([engine, starts(engine, `1.${newest + 1}`)]).toEqual([engine, false]);
  }
});
