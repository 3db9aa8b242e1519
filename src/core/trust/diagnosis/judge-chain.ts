import type { IssuedByUs } from '../../pki/authority/served.js';
import type { GoRules } from '../../pki/go/rules/generation.js';
import { rulesOfEngine } from '../../pki/go/rules/engine.js';
import type { Refusal, RefusalCode } from '../../pki/go/rules/refusal.js';
import { acrossEngines, type SharedRefusal } from '../../pki/go/verify/across.js';
import type { Gap } from '../../pki/go/verify/explain-search.js';
import { verifyAsGo } from '../../pki/go/verify/verify.js';
import { inspectorNamed } from './inspectors.js';
import type { Roots } from './roots.js';

/** The trust dockerd would use for one registry. */
export interface Trust {
  readonly roots: Roots;
  /** Subjects of the authorities installed for this registry. */
  readonly installed: readonly string[];
  /** The rules of the dockerd here; several where it is not known which. Default: all that were measured. */
  readonly engines?: readonly GoRules[];
  /** Where tokens are fetched by other roots (the system's alone) than the registry is asked with. */
  readonly tokenRoots?: Roots;
  /** This machine's own authority, whether it is trusted or not. */
  readonly own?: Roots;
  /** What that authority issued: some of it is not to be presented any more. */
  readonly issued?: IssuedByUs;
}

export interface ShownChain {
  /** DER, as the server sent it. */
  readonly chain: readonly Uint8Array[];
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** None: every dockerd that may be here accepts the chain. */
export const judgeChain = (shown: ShownChain, trust: Trust): SharedRefusal[] =>
  acrossEngines(trust.engines ?? rulesOfEngine(null), (rules) => {
    const { refusals, gap } = verifyAsGo({ ...shown, rules, trusted: trust.roots(rules) });
    return refusals.map((refusal) => refined(refusal, gap, trust.installed));
  });

/** Why the path ends where it does, as far as names tell. */
function refined(refusal: Refusal, gap: Gap | null, installed: readonly string[]): Refusal {
  if (gap === null || refusal.code !== 'unknown-authority') return refusal;
  const { subject, issuer, issuerUrls } = gap.top;
  const inspector = inspectorNamed(issuer.text);
  const as = (code: RefusalCode, detail: string): Refusal => ({ code, detail });
  if (inspector !== null)
    return as(
      'proxy-in-between',
      `${issuer.text}, which is not trusted here, is how ${inspector} names its authority`,
    );
  if (subject.raw.equals(issuer.raw))
    return as('unknown-authority', `${refusal.detail}${insteadOf(installed)}`);
  if (issuerUrls.length > 0) return as('intermediate-missing', refusal.detail);
  if (installed.length === 0) return refusal;
  return as(
    'intermediate-missing',
    `${refusal.detail}; trusted is ${installed.join('; ')}: either the server leaves out an intermediate, or another authority signed it`,
  );
}

/** Another authority than the registry had when it was added. */
const insteadOf = (installed: readonly string[]): string =>
  installed.length === 0
    ? ''
    : `; trusted is ${installed.join('; ')}: either the registry has another authority now, or a proxy in between shows certificates of its own`;
