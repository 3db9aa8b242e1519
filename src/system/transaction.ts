import { dirname } from 'node:path';
import { bytesOf, fingerprintOf, sha256 } from '../core/content.js';
import type { Entry, Result, Target } from '../core/journal.js';
import type { Activated } from '../core/outcome.js';
import type { Activation, Plan, Secrets } from '../core/plan.js';
import { undoAction } from '../core/recovery.js';
import { rollbackFailed, rolledBack } from '../core/rollback-error.js';
import type { Undo } from '../core/undo.js';
import { isDockerctlError } from '../errors.js';
import type { Host } from '../host/host.js';
import { readBootId } from './boot-id.js';
import { armBefore, armConfirmation, disarmAll } from './confirmation.js';
import { exchange, overwrite, stage, tidy } from './file.js';
import { cleanUp, finish } from './finish.js';
import { makeFolder, missingFolders } from './folder.js';
import { nextGeneration, openGeneration } from './generation.js';
import { locate } from './image.js';
import { writeJournal } from './journal.js';
import { passingWriter, type WritePassing } from './passage.js';
import { refresh } from './refresh.js';
import { proveServed } from './served-certificate.js';
import { undo } from './undo.js';

/** A plan that was found fit, and how dockerd is told. */
export interface Work {
  readonly plan: Plan;
  readonly secrets: Secrets;
  readonly commandLine: string;
  readonly config: string | null;
  readonly activation: Activation;
  readonly wasRunning: boolean;
  /** Of the dockerd that is told. */
  readonly version: string | null;
  /** The file that takes other texts for a moment while dockerd is told, and these texts. */
  readonly passing: { readonly path: string; readonly texts: readonly string[] } | null;
  /** Makes dockerd notice and proves it; null when it needs no telling. */
  readonly activate: ((write: WritePassing) => Promise<Activated | null>) | null;
  readonly undo: Undo;
  readonly restoreDaemon: (
    action: Activation['action'],
    write: WritePassing,
  ) => Promise<readonly string[]>;
  /** How long `dockerctl confirm` is waited for; null commits at once. */
  readonly confirmWithinMs: number | null;
  readonly timeoutMs: number;
}

/** The transaction so far: the entry is always the one on disk. */
interface Open {
  entry: Entry;
}

/**
 * Carries out a plan, or leaves everything as it was. The lock is held, nothing is left to recover.
 * @throws stale-plan, file-not-writable… when no file could be changed; rolled-back; rollback-failed
 */
export async function carryOut(host: Host, work: Work): Promise<Entry> {
  const open: Open = { entry: draft(host, work) };
  try {
    writeJournal(host, open.entry);
    await guard(host, open, work);
    prepare(host, open, work);
    exchangeAll(host, open, work);
    const activated = await putIntoForce(host, open, work);
    await close(host, open, { work, activated });
  } catch (error) {
    throw await giveUp(host, { work, entry: open.entry, error });
  }
  if (open.entry.state === 'committed')
    leftToTheNext(() => {
      finish(host, open.entry);
    });
  return open.entry;
}

function draft(host: Host, work: Work): Entry {
  const { plan, commandLine, config, activation, wasRunning, passing } = work;
  const targets = plan.changes.map(({ path, before, after }) => ({
    path,
    real: locate(host, path),
    before: before && fingerprintOf(before),
    after: after && fingerprintOf(after),
    inPlace: false,
    passing: path === passing?.path ? passing.texts.map(sha256) : [],
  }));
  const folders = targets.flatMap(({ real, after, passing: texts }) =>
    after === null && texts.length === 0 ? [] : missingFolders(host, dirname(real)),
  );
  return {
    generation: nextGeneration(host),
    state: 'preparing',
    title: plan.title,
    commandLine,
    user: host.self.user,
    startedAt: host.clock.now(),
    bootId: readBootId(host),
    targets,
    folders: [...new Set(folders)],
    prune: plan.prune,
    refresh: plan.refresh,
    activation,
    config,
    undo: work.undo,
    wasRunning,
    deadline: null,
    result: null,
  };
}

function advance(host: Host, open: Open, change: Partial<Entry>): void {
  const entry = { ...open.entry, ...change };
  writeJournal(host, entry);
  open.entry = entry;
}

async function guard(host: Host, { entry }: Open, work: Work): Promise<void> {
  const { confirmWithinMs: withinMs, timeoutMs } = work;
  if (withinMs !== null) await armBefore(host, entry.generation, { withinMs, timeoutMs });
}

/** Everything that needs space or rights happens before the first file changes. */
function prepare(host: Host, open: Open, { plan, secrets }: Work): void {
  const { targets, folders, generation } = open.entry;
  openGeneration(host, open.entry, plan);
  for (const folder of folders) makeFolder(host, folder, folderMode(folder, targets));
  targets.forEach((target, index) => {
    stage(host, { target, generation }, newBytes(plan, secrets, index));
  });
  advance(host, open, { state: 'prepared' });
}

/** A folder is as open as the most open file that it is made for. */
function folderMode(folder: string, targets: readonly Target[]): number {
  const open = targets.some(
    ({ real, after, passing }) =>
      real.startsWith(`${folder}/`) && (passing.length > 0 || ((after?.mode ?? 0) & 0o004) !== 0),
  );
  return open ? 0o755 : 0o700;
}

function newBytes(plan: Plan, secrets: Secrets, index: number): Uint8Array | null {
  const after = plan.changes[index]?.after ?? null;
  return after === null ? null : bytesOf(after.content, secrets);
}

function exchangeAll(host: Host, open: Open, { plan, secrets }: Work): void {
  open.entry.targets.forEach((target, index) => {
    const { generation, targets } = open.entry;
    if (exchange(host, { target, generation }) === 'done') return;
    const inPlace = { ...target, inPlace: true };
    advance(host, open, { targets: targets.with(index, inPlace) });
    overwrite(host, inPlace, newBytes(plan, secrets, index) ?? new Uint8Array());
  });
}

async function putIntoForce(host: Host, open: Open, work: Work): Promise<Activated | null> {
  const { targets, generation } = open.entry;
  if (work.plan.refresh.length > 0) {
    for (const target of targets) tidy(host, { target, generation });
    await refresh(host, work.plan.refresh);
    await proveServed(host, work.plan.expect, work.timeoutMs);
  }
  if (work.activate === null) return null;
  advance(host, open, { state: 'applied' });
  return await work.activate(passingWriter(host, open.entry));
}

/**
 * The commit point: what is on disk after it is the new state, whatever happens to us. Or, with a confirmation to wait
 * for, the point from which on only `dockerctl confirm` keeps the new state.
 */
async function close(
  host: Host,
  open: Open,
  { work, activated }: { readonly work: Work; readonly activated: Activated | null },
): Promise<void> {
  const endedAt = host.clock.now();
  const result: Result = {
    status: 'applied',
    endedAt,
    activated,
    error: null,
    refusedBy: null,
    kept: [],
    pending: [],
  };
  if (work.confirmWithinMs === null) {
    advance(host, open, { state: 'committed', result });
    return;
  }
  const { generation } = open.entry;
  const deadline = await armConfirmation(host, generation, work.confirmWithinMs);
  advance(host, open, { state: 'awaiting', result, deadline });
}

/** Tidying up decides nothing any more: where it fails, the next dockerctl finds the journal and goes on. */
function leftToTheNext(deed: () => void): void {
  try {
    deed();
  } catch {
    return;
  }
}

interface Failure {
  readonly work: Work;
  readonly entry: Entry;
  readonly error: unknown;
}

/** Undoes what was done so far. @returns the error to throw: the very cause where dockerd was not told yet. */
async function giveUp(host: Host, { work, entry, error }: Failure): Promise<unknown> {
  if (work.confirmWithinMs !== null) await disarmAll(host, entry.generation).catch(() => undefined);
  if (entry.state === 'preparing') {
    leftToTheNext(() => {
      cleanUp(host, entry);
    });
    return error;
  }
  const { failures, pending } = await undo(host, {
    entry,
    action: undoAction(entry, entry.bootId),
    reason: error instanceof Error ? error.message : String(error),
    refusedBy: isRefusal(error) ? work.version : null,
    restoreDaemon: (action) => work.restoreDaemon(action, passingWriter(host, entry)),
  });
  if (failures.length > 0) return rollbackFailed(error, failures);
  return entry.state === 'prepared' ? error : rolledBack(error, pending);
}

/** dockerd's own verdict on the new files, not a trouble of ours on the way. */
function isRefusal(error: unknown): boolean {
  return isDockerctlError(error) && ['daemon-refused', 'daemon-down'].includes(error.code);
}
