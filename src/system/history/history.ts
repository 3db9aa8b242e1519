import { canBeTakenBack, MOST_READ, type Generation } from '../../core/transaction/history.js';
import type { FileImage, Plan, Secrets } from '../../core/plan/plan.js';
import type { Past } from '../../core/transaction/rollback.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { generationNumbers, oldBytes, readGeneration, readPlan } from './generation.js';
import { readImage } from '../files/image.js';
import { noChange } from './state-access.js';

/** Every change that ended, newest first, each read when it is asked for; those of a damaged folder are left out. */
export function* readHistory(host: Host): Iterable<Generation> {
  for (const number of generationNumbers(host).toReversed().slice(0, MOST_READ)) {
    const generation = readGeneration(host, number);
    if (generation !== null) yield generation;
  }
}

/** The plans of those that stayed. */
export function* readPlans(host: Host): Iterable<Plan> {
  for (const { generation, result } of readHistory(host)) {
    const plan = result.status === 'applied' ? readPlan(host, generation) : null;
    if (plan !== null) yield plan;
  }
}

/**
 * The applied changes that a rollback takes back, newest first: all from `id` on, or only the last one.
 * @throws not-found
 */
export function readPast(host: Host, id: number | null): Past[] {
  const applied = [...readHistory(host)].filter(canBeTakenBack);
  const oldest = id ?? applied[0]?.generation;
  if (oldest === undefined || !applied.some(({ generation }) => generation === oldest))
    throw unknown(host, id);
  return applied
    .filter(({ generation }) => generation >= oldest)
    .map((generation) => ({ generation, plan: planOf(host, generation) }));
}

/** The files as they are now; a file that a plan keeps secret stays so. */
export function readPresent(host: Host, past: readonly Past[]): Map<string, FileImage | null> {
  const changes = past.flatMap(({ plan }) => plan.changes);
  const secret = (image: FileImage | null) => image !== null && 'secret' in image.content;
  return new Map(
    changes.map(({ path }) => {
      const hidden = changes.some(
        (change) => change.path === path && (secret(change.before) || secret(change.after)),
      );
      return [path, readImage(host, path, { secret: hidden })];
    }),
  );
}

/** The bytes of the old secrets, from the copies beside history. */
export function readOldSecrets(host: Host, past: readonly Past[]): Secrets {
  const secrets = new Map<string, Uint8Array>();
  for (const { generation, plan } of past)
    plan.changes.forEach(({ before }, index) => {
      if (before === null || !('secret' in before.content)) return;
      const bytes = oldBytes(host, generation, index);
      if (bytes !== null) secrets.set(before.content.secret, bytes);
    });
  return secrets;
}

/** What the file was before the last change that left it as it is now (`sha256`); null where history does not know. */
export function bytesBefore(host: Host, path: string, sha256: string): Uint8Array | null {
  for (const generation of readHistory(host)) {
    const index = generation.targets.findIndex(
      ({ real, after }) => real === path && after?.sha256 === sha256,
    );
    if (index >= 0 && canBeTakenBack(generation)) return oldBytes(host, generation, index);
  }
  return null;
}

function planOf(host: Host, { generation }: Generation): Past['plan'] {
  const plan = readPlan(host, generation);
  if (plan !== null) return plan;
  throw new DockerctlError({
    code: 'not-found',
    message: `the plan of change ${generation} is missing or damaged, so it cannot be undone`,
    hint: 'undo a later change: `dockerctl config history`',
  });
}

function unknown(host: Host, id: number | null): DockerctlError {
  return noChange(host, {
    code: 'not-found',
    message:
      id === null
        ? 'there is no change to undo'
        : `there is no applied change ${id} in the history of this machine`,
    hint: '`dockerctl config history` lists what can be undone',
    command: id === null ? 'config rollback' : `config rollback ${id}`,
  });
}
