import type { Finding } from '../../plan/finding.js';

const CODE = 'ends-dockerd';

/**
 * Whether what the registry (or its token server) shows would crash the dockerd of this machine. Whoever would have
 * dockerd ask a registry asks this first, of the findings of verifyRegistries, and does not where it is so: dockerd
 * 20.10 and 26.1 exit when a chain has a CA with a DSA key and the leaf's own subject (facts in docs/trust.md).
 */
export const endsDockerd = (findings: readonly Finding[]): boolean =>
  findings.some(({ code }) => code.endsWith(CODE));
