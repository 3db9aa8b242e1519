import { parseRegistry } from '../../src/core/registry/address.js';
import type { ProbeFacts, RegistryAnswer, Shown } from '../../src/core/trust/diagnosis/facts.js';
import { HOST, leaf } from './chains/judged.js';

/** What a registry says to GET /v2/, but for what is named. */
export const answered = (parts: Partial<RegistryAnswer> = {}): RegistryAnswer => ({
  ...{ status: 200, body: '{}' },
  headers: { 'docker-distribution-api-version': 'registry/2.0' },
  ...parts,
});

/** A handshake in which these certificates were shown. */
export const shown = (...chain: readonly Buffer[]): Shown => ({
  ...{ chain, protocol: 'TLSv1.3', address: '10.0.0.7' },
});

/** A registry at which nothing is wrong, but for what is named. Its certificate is of the root of test/support/chains/judged.ts. */
export const probed = (parts: Partial<ProbeFacts> = {}): ProbeFacts => ({
  ...{ registry: parseRegistry(HOST), port: 443, insecure: false, hasClient: false },
  ...{ resolved: ['10.0.0.7'], tls: shown(leaf()), answer: answered(), plain: null },
  ...{ otherPorts: [], redirects: [], token: null, now: Date.now() },
  ...parts,
});
