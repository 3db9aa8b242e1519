import type { Finding } from '../../plan/finding.js';
import { bytesIn } from '../config/file.js';
import type { HostFacts } from './host-facts.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { hasNewFlags, NO_FILE, verdictOn } from './check-candidate.js';

/** What would keep a dockerd that runs from starting again: flags that its unit did not have when it was started. */
export function newFlagErrors(observed: ObservedDaemon, host: HostFacts): Finding[] {
  if (!hasNewFlags(observed)) return [];
  const { argv, configFile } = observed;
  const bytes = bytesIn(configFile) ?? NO_FILE;
  const before = { ...observed, startWords: argv.map((word) => ({ word, source: '' })) };
  return without(errorsOf(bytes, observed, host), errorsOf(bytes, before, host));
}

function errorsOf(bytes: Uint8Array, observed: ObservedDaemon, host: HostFacts): Finding[] {
  return verdictOn(bytes, observed, host).findings.filter(({ severity }) => severity === 'error');
}

function without(findings: readonly Finding[], known: readonly Finding[]): Finding[] {
  const nameOf = ({ code, subject, message }: Finding) =>
    code.includes('flag') && code !== 'flag-and-file' ? `${code} ${message}` : `${code} ${subject}`;
  const names = new Set(known.map(nameOf));
  return findings.filter((finding) => !names.has(nameOf(finding)));
}
