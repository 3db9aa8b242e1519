import type { Finding } from '../../plan/finding.js';
import type { ConsumerName } from '../contributions/consumer.js';
import type { EngineWord } from '../diagnosis/engine-word.js';

/** Whether one consumer was seen to be able to use a registry, and by whom. */
export interface ConsumerProof {
  readonly consumer: ConsumerName;
  readonly proved: boolean;
  /** `dockerd`, `skopeo`, `ctr`; READ_BACK for a store; '' where nobody could be asked. */
  readonly by: string;
}

/** What was written into a store was read by the store's own tool: nobody has used the registry by it. */
export const READ_BACK = 'reading back';

export interface AskedConsumer {
  readonly registry: string;
  readonly consumer: ConsumerName;
  readonly by: string;
  /** By our own check no registry answers there. */
  readonly doubt?: boolean;
}

/** A consumer's own word: its proof, and what stands against it. A registry that cannot be reached disproves nothing. */
export function weighConsumer(
  { registry, consumer, by, doubt = false }: AskedConsumer,
  word: EngineWord,
): { readonly proof: ConsumerProof; readonly findings: readonly Finding[] } {
  const finding = findingOf({ registry, consumer, by }, word);
  const proved = word.kind === 'resolves' && (word.sure || !doubt);
  return { proof: { consumer, proved, by }, findings: finding === null ? [] : [finding] };
}

function findingOf({ registry, consumer, by }: AskedConsumer, word: EngineWord): Finding | null {
  if (word.kind === 'resolves') return null;
  const hint = `dockerctl trust add-registry ${registry} --ca FILE --to ${consumer}`;
  const unproved = {
    code: 'consumer-not-proved',
    subject: registry,
    hint: HINTS[consumer] ?? hint,
  };
  if (word.kind === 'none')
    return { ...unproved, severity: 'info', message: `not proved by ${consumer}: ${word.why}` };
  if (word.cause === 'network')
    return { ...unproved, severity: 'warning', message: `not proved: ${by} says: ${word.says}` };
  return {
    code: 'consumer-refuses',
    severity: 'error',
    subject: registry,
    message: `${by} itself, for ${consumer}, says: ${word.says}`,
    hint,
  };
}

const HINTS: Partial<Record<ConsumerName, string>> = {
  buildkit: 'once no build runs: `systemctl restart buildkit`, then build from an image of it',
  k3s: '`systemctl restart k3s` (or k3s-agent, rke2-server), then `crictl pull` an image of it',
};

/** What cannot be asked without a restart that is the operator's. */
export function unaskable(consumer: ConsumerName): EngineWord {
  const program = consumer === 'buildkit' ? 'buildkitd' : 'k3s';
  return { kind: 'none', why: `${program} reads its file at its next start, which is left to you` };
}
