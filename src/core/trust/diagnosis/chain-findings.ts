import { sentenceOf, wordsFor } from '../../pki/go/words/words.js';
import type { Finding } from '../../plan/finding.js';
import { printable } from '../../text/printable.js';
import { issueCommand } from '../../pki/authority/issue-command.js';
import { FAILURES, type FailurePlace } from './diagnoses.js';
import type { Failure } from './facts.js';
import type { SharedRefusal } from '../../pki/go/verify/across.js';

export interface RegistryEndpoint {
  readonly subject: string;
  readonly name: string;
  readonly port: number;
}

/** A connection that did not come about, or ended. */
export function fromFailure({ code, message }: Failure, place: RegistryEndpoint): Finding {
  const row = FAILURES.find(({ codes }) => codes.test(code)) ?? {
    code: 'registry-tls-failed',
    says: () => `the connection failed: ${printable(message)}`,
    advice: ({ name, port }: FailurePlace) =>
      `curl -v https://${name.replace(/:\d+$/, '')}:${port}/v2/`,
  };
  return {
    code: row.code,
    severity: 'error',
    subject: place.subject,
    message: `${row.says(place)} (${printable(code)})`,
    hint: row.advice(place),
  };
}

/** Certificates that dockerd refuses; a warning where only some dockerds do, and it is not known which one is here. */
export function fromVerdict(verdict: SharedRefusal, name: string): Finding {
  const { code, onlyBy } = verdict;
  const some =
    onlyBy === null
      ? ''
      : `; a dockerd built with ${onlyBy.join(' or ')} refuses that, and which one is here is not known`;
  return {
    code: `registry-${code}`,
    severity: onlyBy === null ? 'error' : 'warning',
    subject: name,
    message: `${sentenceOf(verdict)}${some}`,
    hint: wordsFor(code).advice({ name, issue: issueCommand(name) }),
  };
}
