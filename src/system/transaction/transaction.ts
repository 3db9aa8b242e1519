import { bytesOf } from '../../core/plan/content.js';
import type { Entry, Result, Target } from '../../core/transaction/journal.js';
import type { Activated } from '../../core/plan/outcome.js';
import type { Plan, Secrets } from '../../core/plan/plan.js';
import { isOverridden } from '../../core/transaction/recovery.js';
import { contested } from '../../core/transaction/rollback-error.js';
import type { Host } from '../../host/host.js';
import { armConfirmation } from './confirmation.js';
import { installBootRecovery } from './rollback-timer.js';
import { canBeWatched, watchOver } from './crash-guard.js';
import { draft } from './new-entry.js';
import { exchange, overwrite, stage, tidy } from '../files/file.js';
import { finish } from './finish.js';
import { makeFolder } from '../files/folder.js';
import { openGeneration } from '../history/generation.js';
import { giveUp, leftToTheNext } from './abort.js';
import { readFingerprint } from '../files/image.js';
import { writeJournal } from '../history/journal.js';
import { interimWriter } from './interim-config.js';
import { refresh } from '../files/refresh.js';
import { proveServed } from './served-certificate.js';
import type { Work } from './request.js';

/** The transaction so far: the entry is always the one on disk. */
interface Open {
  entry: Entry;
}

/**
 * Carries out a plan, or leaves everything as it was. The lock is held, nothing is left to recover.
 * @throws stale-plan, file-not-writable… when no file could be changed; rolled-back; rollback-failed
 */
export async function carryOut(host: Host, work: Work): Promise<Entry> {
  const callOff = await guard(host, work);
  try {
    return await attempt(host, work);
  } finally {
    await callOff().catch(() => undefined);
  }
}

/** What a restart of dockerd takes at most beside `--timeout`: its own stop may take systemd's 90 s. */
const SPARE_MS = 120_000;

/**
 * Before the first file changes: if we are killed on the way, the change is taken back without us. Where it must wait for
 * its confirmation that is a promise; elsewhere it is made where it can be, and where dockerd could be left down.
 */
async function guard(
  host: Host,
  { confirmWithinMs, activate, timeoutMs }: Work,
): Promise<() => Promise<void>> {
  const watch = () => watchOver(host, timeoutMs + SPARE_MS);
  if (confirmWithinMs !== null) {
    await installBootRecovery(host);
    return await watch();
  }
  const perhaps = async () => (canBeWatched(host) ? await watch() : unwatched);
  return activate === null ? unwatched : await perhaps().catch(() => unwatched);
}

const unwatched = () => Promise.resolve();

async function attempt(host: Host, work: Work): Promise<Entry> {
  const open: Open = { entry: draft(host, work) };
  try {
    writeJournal(host, open.entry);
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

function advance(host: Host, open: Open, change: Partial<Entry>): void {
  const entry = { ...open.entry, ...change };
  writeJournal(host, entry);
  open.entry = entry;
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
  let activated: Activated | null;
  try {
    activated = await work.activate(interimWriter(host, open.entry));
  } catch (error) {
    throw blame(host, open.entry, error);
  }
  // Somebody wrote once dockerd had read: it would come up without the change the next time.
  const theirs = overriddenIn(host, open.entry);
  if (theirs !== undefined) throw contested(theirs, null);
  return activated;
}

/** What dockerd makes of a file that somebody else changed before it looked is no verdict on ours. */
function blame(host: Host, entry: Entry, error: unknown): unknown {
  const theirs = overriddenIn(host, entry);
  return theirs === undefined ? error : contested(theirs, error);
}

function overriddenIn(host: Host, { targets }: Entry): string | undefined {
  return targets.find((target) => isOverridden(target, readFingerprint(host, target.real)))?.path;
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
