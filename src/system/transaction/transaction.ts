import { bytesOf } from '../../core/plan/content.js';
import type { JournalEntry, Result, TransactionTarget } from '../../core/transaction/journal.js';
import type { Activated } from '../../core/plan/outcome.js';
import type { Plan, Secrets } from '../../core/plan/plan.js';
import { strongestAction } from '../../core/plan/join-plans.js';
import { isOverridden } from '../../core/transaction/recovery.js';
import { contested } from '../../core/transaction/rollback-error.js';
import type { Host } from '../../host/host.js';
import { armConfirmation } from './confirmation.js';
import { installBootRecovery } from './rollback-timer.js';
import { canGuardCrash, startCrashGuard } from './crash-guard.js';
import { newEntry } from './new-entry.js';
import { exchange, overwrite, stage, tidy } from '../files/file.js';
import { finish } from './finish.js';
import { makeFolder } from '../files/folder.js';
import { assertSafePath } from '../files/safe-path.js';
import { openGeneration } from '../history/generation.js';
import { abort, leaveToNextRun } from './abort.js';
import { readFingerprint } from '../files/image.js';
import { writeJournal } from '../history/journal.js';
import { interimWriter } from './interim-config.js';
import { refresh } from '../files/refresh.js';
import { proveServed } from './served-certificate.js';
import type { ChangeRequest } from './request.js';

/** The transaction so far: the entry is always the one on disk. */
interface Open {
  entry: JournalEntry;
}

/**
 * Carries out a plan, or leaves everything as it was. The lock is held, nothing is left to recover.
 * @throws stale-plan, file-not-writable… when no file could be changed; rolled-back; rollback-failed
 */
export async function runTransaction(host: Host, request: ChangeRequest): Promise<JournalEntry> {
  const callOff = await guard(host, request);
  try {
    return await writeAndActivate(host, request);
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
  { confirmWithinMs, activate, timeoutMs }: ChangeRequest,
): Promise<() => Promise<void>> {
  const watch = () => startCrashGuard(host, timeoutMs + SPARE_MS);
  if (confirmWithinMs !== null) {
    await installBootRecovery(host);
    return await watch();
  }
  const perhaps = async () => (canGuardCrash(host) ? await watch() : noCrashGuard);
  return activate === null ? noCrashGuard : await perhaps().catch(() => noCrashGuard);
}

const noCrashGuard = () => Promise.resolve();

async function writeAndActivate(host: Host, request: ChangeRequest): Promise<JournalEntry> {
  const open: Open = { entry: newEntry(host, request) };
  try {
    writeJournal(host, open.entry);
    prepare(host, open, request);
    exchangeAll(host, open, request);
    const activated = await putIntoForce(host, open, request);
    await close(host, open, { request, activated });
  } catch (error) {
    throw await abort(host, { request, entry: open.entry, error });
  }
  if (open.entry.state === 'committed')
    leaveToNextRun(() => {
      finish(host, open.entry);
    });
  return open.entry;
}

function advance(host: Host, open: Open, change: Partial<JournalEntry>): void {
  const entry = { ...open.entry, ...change };
  writeJournal(host, entry);
  open.entry = entry;
}

/** Everything that needs space or rights happens before the first file changes. */
function prepare(host: Host, open: Open, { plan, secrets }: ChangeRequest): void {
  const { targets, folders, generation } = open.entry;
  openGeneration(host, open.entry, plan);
  for (const folder of folders) makeFolder(host, folder, folderMode(folder, targets));
  assertKeysAreSafe(host, targets, plan);
  targets.forEach((target, index) => {
    stage(host, { target, generation }, newBytes(plan, secrets, index));
  });
  advance(host, open, { state: 'prepared' });
}

/** Once every folder is there, nobody can exchange one that was safe; one that appeared since the plan was made may be anybody's. */
function assertKeysAreSafe(host: Host, targets: readonly TransactionTarget[], plan: Plan): void {
  targets.forEach(({ real }, index) => {
    const after = plan.changes[index]?.after ?? null;
    if (after !== null && 'secret' in after.content)
      assertSafePath(host, real, { care: 'name', owner: after.uid });
  });
}

/** A folder is as open as the most open file that it is made for. */
function folderMode(folder: string, targets: readonly TransactionTarget[]): number {
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

function exchangeAll(host: Host, open: Open, { plan, secrets }: ChangeRequest): void {
  open.entry.targets.forEach((target, index) => {
    const { generation, targets } = open.entry;
    if (exchange(host, { target, generation }) === 'done') return;
    const inPlace = { ...target, inPlace: true };
    advance(host, open, { targets: targets.with(index, inPlace) });
    overwrite(host, inPlace, newBytes(plan, secrets, index) ?? new Uint8Array());
  });
}

async function putIntoForce(
  host: Host,
  open: Open,
  request: ChangeRequest,
): Promise<Activated | null> {
  const { targets, generation } = open.entry;
  if (request.plan.refresh.length > 0) {
    for (const target of targets) tidy(host, { target, generation });
    await refresh(host, request.plan.refresh);
    await proveServed(host, request.plan.expect, request.timeoutMs);
  }
  if (request.activate === null) return null;
  advance(host, open, { state: 'applied' });
  let activated: Activated | null;
  try {
    activated = await request.activate({
      write: interimWriter(host, open.entry),
      telling: (action) => {
        const { told = 'none' } = open.entry;
        const most = strongestAction([{ action }, { action: told }]);
        if (most !== told) advance(host, open, { told: most });
      },
    });
  } catch (error) {
    throw blame(host, open.entry, error);
  }
  // Somebody wrote once dockerd had read: it would come up without the change the next time.
  const editedPath = overriddenIn(host, open.entry);
  if (editedPath !== undefined) throw contested(editedPath, null);
  return activated;
}

/** What dockerd makes of a file that somebody else changed before it looked is no verdict on ours. */
function blame(host: Host, entry: JournalEntry, error: unknown): unknown {
  const editedPath = overriddenIn(host, entry);
  return editedPath === undefined ? error : contested(editedPath, error);
}

function overriddenIn(host: Host, { targets }: JournalEntry): string | undefined {
  return targets.find((target) => isOverridden(target, readFingerprint(host, target.real)))?.path;
}

/**
 * The commit point: what is on disk after it is the new state, whatever happens to us. Or, with a confirmation to wait
 * for, the point from which on only `dockerctl confirm` keeps the new state.
 */
async function close(
  host: Host,
  open: Open,
  { request, activated }: { readonly request: ChangeRequest; readonly activated: Activated | null },
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
  if (request.confirmWithinMs === null) {
    advance(host, open, { state: 'committed', result });
    return;
  }
  const { generation } = open.entry;
  const deadline = await armConfirmation(host, generation, request.confirmWithinMs);
  advance(host, open, { state: 'awaiting', result, deadline });
}
