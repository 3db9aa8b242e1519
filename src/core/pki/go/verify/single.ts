import { parseCertificate, type GoCertificate } from '../parse/certificate.js';
import { readPublicKey } from '../parse/public-key.js';
import type { GoRules } from '../rules/generation.js';
import { tried, type RefusalReason, type Refusal } from '../rules/refusal.js';
import { mayNotSign } from './signature.js';
import { rsaSizeProblem, tlsKindProblem } from './tls-key.js';
import { usageProblem } from './usages.js';
import { extensionProblem } from './validity.js';

/** Why no chain with this certificate in it would be accepted, whatever the others are. */
export const certificateRefusals = (der: Uint8Array, rules: GoRules): Refusal[] =>
  readable(der, rules, (certificate) => [
    extensionProblem(certificate),
    rsaSizeProblem(certificate.key, certificate.subject.text, rules),
  ]);

/** Why nothing that this authority signs would be accepted of a server. */
export const authorityRefusals = (der: Uint8Array, rules: GoRules): Refusal[] =>
  readable(der, rules, (certificate) => [
    extensionProblem(certificate),
    rsaSizeProblem(certificate.key, certificate.subject.text, rules),
    mayNotSign(certificate),
    usageProblem([certificate]),
  ]);

/** Why no server's certificate with this key would be accepted. `spki` is a SubjectPublicKeyInfo, `whose` its subject. */
export function keyRefusals(
  spki: Uint8Array,
  { whose, rules }: { readonly whose: string; readonly rules: GoRules },
): Refusal[] {
  const { value: key, refusal } = tried(() => readPublicKey(Buffer.from(spki), rules));
  if (refusal !== null) return [refusal];
  return listed([rsaSizeProblem(key, whose, rules), tlsKindProblem(key, whose)]);
}

function readable(
  der: Uint8Array,
  rules: GoRules,
  problems: (certificate: GoCertificate) => readonly (RefusalReason | null)[],
): Refusal[] {
  const { value: certificate, refusal } = tried(() => parseCertificate(Buffer.from(der), rules));
  return refusal === null ? listed(problems(certificate)) : [refusal];
}

const listed = (problems: readonly (RefusalReason | null)[]): Refusal[] =>
  problems.flatMap((problem) =>
    problem === null ? [] : [{ code: problem[0], detail: problem[1] }],
  );
