import type { Plan } from '../../plan/plan.js';
import { countsText, type Inventory } from '../observed/inventory.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { configChange } from './config-change.js';
import { changedIdentity, documentsIn, IMAGE_STORE } from './identity.js';

/** Keys whose new value has dockerd look for images and containers in another folder; `volumes`: for those, too. */
const ELSEWHERE: readonly { readonly key: string; readonly volumes: boolean }[] = [
  { key: 'data-root', volumes: true },
  { key: 'graph', volumes: true },
  { key: 'userns-remap', volumes: true },
  { key: 'storage-driver', volumes: false },
  { key: IMAGE_STORE, volumes: false },
];

export interface Elsewhere {
  readonly keys: readonly string[];
  readonly volumes: boolean;
}

/** The keys after which a restart by this plan has dockerd list perhaps nothing of what it has; null where there are none. */
export function elsewhereOf(
  plan: Pick<Plan, 'changes'>,
  observed: ObservedDaemon,
): Elsewhere | null {
  const { before, after } = configChange(plan, observed);
  const changed = new Set(changedIdentity(observed, documentsIn(before, after)));
  const all = ELSEWHERE.filter(({ key }) => changed.has(key));
  if (all.length === 0) return null;
  return { keys: all.map(({ key }) => key), volumes: all.some(({ volumes }) => volumes) };
}

/** What a dry run says of it; null where there is nothing to lose sight of. */
export function elsewhereText({ keys, volumes }: Elsewhere, inventory: Inventory): string | null {
  const counts = countsText({ ...inventory, volumes: volumes ? inventory.volumes : 0 });
  if (counts === '') return null;
  const one = /^1 [a-z]+$/.test(counts);
  const those = one ? 'It stays' : 'They stay';
  return `with another ${keys.join(' and ')} dockerd lists what it finds there, and ${counts} of today ${one ? 'goes' : 'go'} out of sight. ${those} in ${inventory.place}, and ${one ? 'comes' : 'come'} back into sight with the old value; \`docker save\` before it and \`docker load\` after it take images along`;
}
