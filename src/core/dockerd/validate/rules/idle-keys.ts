import { memberOf } from '../../../formats/json/json-object.js';
import {
  booleanOf,
  isInFile,
  noEffect,
  textOf,
  type DecodedConfig,
  type RuleProblem,
} from './rule.js';

/** Keys that another key of the file takes the effect from. */
export function checkIdle(candidate: DecodedConfig): RuleProblem[] {
  return [
    ...checkLogLevel(candidate),
    ...checkTlsFiles(candidate),
    ...checkProxyPath(candidate),
    ...checkNone(candidate),
  ];
}

/** moby cmd/dockerd/daemon.go: after the level of the file is set, debug sets its own. */
function checkLogLevel(candidate: DecodedConfig): RuleProblem[] {
  const level = textOf(candidate, 'log-level').toLowerCase();
  if (!isInFile(candidate, 'log-level') || ['', 'debug'].includes(level)) return [];
  if (candidate.config.get('debug') !== true) return [];
  return [
    noEffect(['log-level'], 'log-level does nothing beside "debug": true', 'remove one of them'),
  ];
}

/** Certificates alone switch no TLS on (moby cmd/dockerd/daemon.go, newAPIServerTLSConfig). */
function checkTlsFiles(candidate: DecodedConfig): RuleProblem[] {
  if (candidate.set.has('tlsverify') || booleanOf(candidate, 'tls', false)) return [];
  if (booleanOf(candidate, 'tlsverify', false)) return [];
  return ['tlscacert', 'tlscert', 'tlskey']
    .filter((key) => isInFile(candidate, key) && textOf(candidate, key) !== '')
    .map((key) =>
      noEffect(
        [key],
        `${key} does nothing without "tlsverify": true`,
        `add "tlsverify": true, or remove ${key}`,
      ),
    );
}

function checkProxyPath(candidate: DecodedConfig): RuleProblem[] {
  const key = 'userland-proxy-path';
  if (booleanOf(candidate, 'userland-proxy', true)) return [];
  if (!isInFile(candidate, key) || textOf(candidate, key) === '') return [];
  return [noEffect([key], `${key} does nothing beside "userland-proxy": false`, `remove ${key}`)];
}

/** Options are for containers whose driver is that of the file, and none keeps nothing. */
function checkNone(candidate: DecodedConfig): RuleProblem[] {
  const options = candidate.config.get('log-opts');
  if (textOf(candidate, 'log-driver') !== 'none' || typeof options !== 'object') return [];
  const rotates = ['max-size', 'max-file'].some((name) => memberOf(options, name) !== undefined);
  if (!rotates) return [];
  return [
    noEffect(
      ['log-opts'],
      'the logging driver none keeps nothing: log-opts do nothing',
      'remove log-opts, or write another log-driver',
    ),
  ];
}
