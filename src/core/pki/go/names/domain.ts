import type { GoRules } from '../rules/generation.js';
import { refuse } from '../rules/refusal.js';
import { lowerCase } from './lower-case.js';

/** What Go calls a domain where names meet constraints: labels of visible ASCII, and no dot at the end. */
export const isDomain = (text: string, rules: GoRules): boolean =>
  rules.domains === 'text' ? isDomainText(text, false) : labelsOf(text, rules) !== null;

/** The same for the base of a constraint, which may begin with a dot. */
export const isConstraintBase = (text: string, rules: GoRules): boolean =>
  rules.domains === 'text'
    ? isDomainText(text, true)
    : labelsOf(text.replace(/^\./, ''), rules) !== null;

/** From the last to the first; null: invalid (verify.go domainToReverseLabels of 1.19 and 1.24). */
function labelsOf(domain: string, { domains }: GoRules): string[] | null {
  if (domain === '') return [];
  const parts = domain.split('.');
  if (domains === 'labels, a leading dot is none' && parts.length > 1 && parts[0] === '')
    parts.shift();
  return parts.every(isLabel) ? parts.reverse() : null;
}

const VISIBLE = /^[\x21-\x7e]+$/;
const isLabel = (label: string): boolean => VISIBLE.test(label);

/** constraints.go domainNameValid of 1.27. */
function isDomainText(text: string, isConstraint: boolean): boolean {
  if (text === '') return true;
  if (text.endsWith('.')) return false;
  return (isConstraint ? text.replace(/^\./, '') : text).split('.').every(isLabel);
}

/**
 * Whether a domain lies in the base of a constraint, up to 1.24 (verify.go matchDomainConstraint): itself and below, or
 * with a leading dot only below. A wildcard is the text that it is. Refused: a domain that is none.
 */
export function isInDomain(domain: string, base: string, rules: GoRules): boolean {
  if (base === '') return true;
  const labels = labelsOf(domain, rules);
  const wanted = labelsOf(base.replace(/^\./, ''), rules);
  if (labels === null || wanted === null)
    return refuse(['constraint-not-applicable', `the domain ${domain} cannot be read`]);
  if (labels.length < wanted.length) return false;
  if (base.startsWith('.') && labels.length === wanted.length) return false;
  return wanted.every((label, at) => lowerCase(label) === lowerCase(labels[at] ?? ''));
}
