import { basename, join } from 'node:path';
import { restoreWords } from '../../core/transaction/manual-restore.js';
import { statePaths } from '../../core/transaction/state-paths.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { copyOf, generationNumbers, readGeneration, readPlan } from './generation.js';

/**
 * Takes a journal that cannot be read out of the way: nothing is guessed from it. The lock is held.
 * @returns the error to throw, with the copies of the old files that are still there
 */
export function setAside(host: Host): DockerctlError {
  const { journal, stateFolder } = statePaths(host.self);
  const aside = `${journal}.damaged-${host.clock.now()}`;
  host.fs.rename(journal, aside);
  host.fs.syncFolder(stateFolder);
  return damaged(host, aside);
}

/** The same of one that was set aside before, for as long as it lies there; null where none does, or no copies do. */
export function leftAside(host: Host): DockerctlError | null {
  const { journal, stateFolder } = statePaths(host.self);
  if (host.fs.stat(stateFolder) === null || openGeneration(host) === null) return null;
  const name = host.fs
    .list(stateFolder)
    .filter((one) => one.startsWith(`${basename(journal)}.damaged-`))
    .toSorted()
    .at(-1);
  return name === undefined ? null : damaged(host, join(stateFolder, name));
}

function damaged(host: Host, aside: string): DockerctlError {
  const number = openGeneration(host);
  const plan = number === null ? null : readPlan(host, number);
  const copies =
    number === null || plan === null
      ? null
      : plan.changes.map(({ path, before }, index) => ({
          path,
          copy: before === null ? null : copyOf(host, number, index),
        }));
  const told = plan !== null && plan.activation.action !== 'none';
  const { message, hint } = restoreWords({ aside, title: plan?.title ?? null, copies, told });
  return new DockerctlError({ code: 'journal-damaged', message, hint });
}

/** The newest that never ended. */
function openGeneration(host: Host): number | null {
  return (
    generationNumbers(host)
      .toReversed()
      .find((number) => readGeneration(host, number) === null) ?? null
  );
}
