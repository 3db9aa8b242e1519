import { basename, dirname } from 'node:path';
import type { Finding } from '../plan/finding.js';
import type { FileChange, Plan } from '../plan/plan.js';
import { joinPlans, strongestActivation } from '../plan/join-plans.js';
import { decideActivation } from '../dockerd/activation/activation.js';
import { configIn } from '../dockerd/config/edit.js';
import { after } from '../trust/contributions/contribution.js';
import { fileAt, namesIn, type Snapshot } from '../plan/snapshot.js';
import { FIXED_CERTIFICATES } from './trust/certs-fix.js';
import { DOCTOR_CODES } from './codes.js';
import type { DoctorCode } from './code-row.js';
import type { DoctorFacts } from './facts.js';
import { examine } from './families.js';
import { dockerdWords, type SourcedWord } from '../dockerd/observed/unit.js';
import { dropInFolder, fixPlan } from './fix-plan.js';
import { unitCommand } from './reads.js';
import { START_AGAIN } from './engine/start-cause.js';
import { blockers, isDown } from './together.js';

export interface Fix {
  readonly plan: Plan;
  readonly fixed: readonly Finding[];
  /** dockerd's command line afterwards, where the plan changes it. */
  readonly words: readonly SourcedWord[] | null;
}

/** Ends a fixing that brings its own finding back. */
const MOST_STEPS = 500;

/**
 * One plan that fixes everything that can be fixed by a plan, each fix made on what those before it left. Without
 * `codes` what nobody could want otherwise, and where dockerd is down all that keeps it there: fixed one by one it would
 * be refused for the next. With them, those codes alone.
 */
export function planFix(facts: DoctorFacts, codes: readonly string[]): Fix {
  let [plan, seen] = [fixPlan('', []), facts];
  const fixed: Finding[] = [];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const examined = examine(seen);
    const blocking = codes.length === 0 && isDown(facts) ? blockers(examined) : [];
    const next = examined
      .flatMap(({ findings }) => findings)
      .filter((one) => isChosen(one, codes) || blocking.includes(one))
      .find((one) => !fixed.some((done) => isSame(done, one)));
    if (next?.fix === undefined) break;
    fixed.push(next);
    plan = joinPlans(plan, next.fix);
    seen = withChanges(seen, next.fix.changes);
  }
  if (isDown(facts) && fixed.some(({ severity }) => severity === 'error'))
    plan = { ...plan, activation: strongestActivation([plan.activation, START_AGAIN]) };
  const title = codes.length === 0 ? 'doctor --fix' : `doctor --fix ${codes.join(' ')}`;
  const expect = expectAtLast(plan, facts);
  return { plan: { ...plan, title, expect }, fixed, words: wordsAfter(facts, seen) };
}

/** A later fix may take out of daemon.json what an earlier one has it say: what dockerd must show is what the file ends with. */
function expectAtLast({ changes, expect }: Plan, { observed }: DoctorFacts): Plan['expect'] {
  const change = changes.find(({ path }) => path === observed.configPath);
  if (change === undefined) return expect;
  const decided = decideActivation(configIn(change.before), configIn(change.after), observed);
  return [...expect.filter((one) => !('key' in one)), ...decided.expect];
}

function isChosen({ code, fix }: Finding, codes: readonly string[]): boolean {
  if (fix === undefined) return false;
  return codes.length === 0 ? isSafe(code) : codes.includes(code);
}

/** Loses nothing, opens nothing, and needs no restart. */
export function isSafe(code: string): boolean {
  const row: DoctorCode | undefined = (DOCTOR_CODES as Record<string, DoctorCode>)[code];
  return row === undefined ? FIXED_CERTIFICATES.has(code) : row.fix === 'safe';
}

function isSame(one: Finding, other: Finding): boolean {
  return one.code === other.code && one.path === other.path && one.subject === other.subject;
}

/** The machine as it would be. */
function withChanges(facts: DoctorFacts, changes: readonly FileChange[]): DoctorFacts {
  const snapshot = withFolders(after(facts.snapshot, changes), changes);
  const { observed } = facts;
  const changed = changes.some(({ path }) => path === observed.configPath);
  const units = withDropIns(facts, changes);
  const startWords = wordsAfter(facts, { ...facts, units, snapshot }) ?? observed.startWords;
  return {
    ...facts,
    units,
    snapshot,
    unit: unitCommand({ observed, units }, snapshot),
    observed: {
      ...observed,
      startWords,
      ...(changed && { configFile: fileAt(snapshot, observed.configPath) }),
    },
  };
}

/** New drop-ins of dockerd's unit, which systemd lists once it has read them. */
function withDropIns(
  { units, observed: { manager } }: DoctorFacts,
  changes: readonly FileChange[],
): DoctorFacts['units'] {
  const unit = manager.kind === 'systemd' ? units.get(manager.unit) : undefined;
  if (manager.kind !== 'systemd' || unit === undefined) return units;
  const made = changes.filter(
    ({ path, before }) => before === null && dirname(path) === dropInFolder(manager.unit),
  );
  if (made.length === 0) return units;
  const paths = [unit.get('DropInPaths') ?? '', ...made.map(({ path }) => path)];
  return new Map([
    ...units,
    [manager.unit, new Map([...unit, ['DropInPaths', paths.join(' ').trim()]])],
  ]);
}

/** A file that is new may be the first of its folder, which its own folder then lists. */
function withFolders(snapshot: Snapshot, changes: readonly FileChange[]): Snapshot {
  const result = new Map(snapshot);
  for (const { path, after: image } of changes) {
    const folder = dirname(path);
    const above = dirname(folder);
    const names = namesIn(result, above);
    if (image !== null && !names.includes(basename(folder)))
      result.set(above, { kind: 'folder', names: [...names, basename(folder)].sort() });
  }
  return result;
}

/** null where the unit and its files stay as they are. */
function wordsAfter(before: DoctorFacts, now: DoctorFacts): readonly SourcedWord[] | null {
  const [old, wanted] = [before, now].map((facts) => wordsOf(facts));
  return JSON.stringify(old) === JSON.stringify(wanted) ? null : (wanted ?? null);
}

function wordsOf(facts: DoctorFacts): readonly SourcedWord[] | undefined {
  const unit = unitCommand(facts, facts.snapshot);
  return unit === null ? undefined : dockerdWords(unit.words);
}
