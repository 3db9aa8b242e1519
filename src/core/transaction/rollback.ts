import { fingerprintOf, sameFingerprint } from '../plan/content.js';
import { decideActivation } from '../dockerd/activation/activation.js';
import { configIn, runningIn } from '../dockerd/config/edit.js';
import { leftInKernel } from '../dockerd/running/after-change.js';
import { engineOf } from '../dockerd/options/keys/version.js';
import type { ObservedDaemon } from '../dockerd/observed/observed.js';
import type { Generation } from './history.js';
import { joinRefresh, strongestActivation } from '../plan/join-plans.js';
import type { FileChange, FileImage, Plan } from '../plan/plan.js';

/** A generation to undo, and the plan that it carried out. */
export interface Past {
  readonly generation: Generation;
  readonly plan: Plan;
}

export interface Present {
  /** The files that the generations changed, as they are now. */
  readonly images: ReadonlyMap<string, FileImage | null>;
  readonly observed: ObservedDaemon;
}

/**
 * The plan that brings back every file as it was before the oldest of `past`, byte by byte.
 * @param past all applied changes from that one on, newest first
 */
export function planRollback(title: string, past: readonly Past[], present: Present): Plan {
  const changes = rollbackChanges(past, present);
  const { configPath } = present.observed;
  const config = changes.find(({ path }) => path === configPath);
  const running = config === undefined ? {} : runningIn(present.observed, config);
  const becomes = configIn(config?.after ?? null);
  const decided =
    config === undefined ? null : decideActivation(running, becomes, present.observed);
  return {
    title,
    changes,
    prune: [...new Set(past.flatMap(({ generation }) => generation.folders.toReversed()))],
    refresh: changes.length === 0 ? [] : joinRefresh(past.flatMap(({ plan }) => plan.refresh)),
    activation: strongestActivation([
      ...(decided === null ? [] : [decided.activation]),
      ...past.flatMap(({ plan }) =>
        changes.length === 0 || (touches(plan, configPath) && plan.refresh.length === 0)
          ? []
          : [plan.activation],
      ),
    ]),
    // With a unit flags come back, which a file that is silent does not tell of.
    expect: past.some(({ plan }) => plan.refresh.length > 0) ? [] : (decided?.expect ?? []),
    notes: [
      ...countNotes(past),
      ...foreignNotes(past, present),
      ...(decided?.notes ?? []),
      ...(config === undefined
        ? []
        : leftInKernel(running, becomes, engineOf(present.observed.version))),
      ...renewalNotes(past),
    ],
  };
}

/** Who names an old change takes back all after it, too. */
function countNotes(past: readonly Past[]): string[] {
  const numbers = past.map(({ generation }) => generation.generation);
  const [newest, oldest] = [numbers[0], numbers.at(-1)];
  return past.length < 2
    ? []
    : [
        `this takes back ${past.length} changes, ${oldest ?? ''} to ${newest ?? ''} of \`dockerctl config history\``,
      ];
}

/** Where a certificate was put is remembered by its authority, and no part of a rollback. */
function renewalNotes(past: readonly Past[]): string[] {
  const put = past.some(({ generation }) => PUTS_CERTIFICATES.test(generation.commandLine));
  return put
    ? [
        "renewals still go where that put certificates: take the place out of places.json in the authority's folder to end it",
      ]
    : [];
}

const PUTS_CERTIFICATES = /\bcerts\b.*\b(?:deploy|renew|(?:issue|sign)\b.*--out)\b/u;

/** The files that somebody else changed since: what they did goes with a rollback. */
export function foreignEdits(past: readonly Past[], { images }: Present): string[] {
  const newest = new Map<string, FileImage | null>();
  for (const { plan } of past)
    for (const { path, after } of plan.changes) if (!newest.has(path)) newest.set(path, after);
  return [...newest]
    .filter(([path, after]) => digest(images.get(path) ?? null) !== digest(after))
    .map(([path]) => path);
}

function rollbackChanges(past: readonly Past[], { images }: Present): FileChange[] {
  const oldest = new Map<string, FileImage | null>();
  for (const { plan } of past)
    for (const { path, before } of plan.changes.toReversed()) oldest.set(path, before);
  return [...oldest]
    .map(([path, after]) => ({ path, before: images.get(path) ?? null, after }))
    .filter(({ before, after }) => !sameImage(before, after));
}

function digest(image: FileImage | null): string | null {
  return image && fingerprintOf(image).sha256;
}

function sameImage(a: FileImage | null, b: FileImage | null): boolean {
  return sameFingerprint(a && fingerprintOf(a), b && fingerprintOf(b));
}

/**
 * Changes that touched daemon.json are judged by what becomes of it, nothing perhaps, not by how they were activated; with a
 * unit, whose flags count from a start on, they are activated as they were.
 */
function touches({ changes }: Plan, configPath: string): boolean {
  return changes.some(({ path }) => path === configPath);
}

function foreignNotes(past: readonly Past[], present: Present): string[] {
  return foreignEdits(past, present).map(
    (path) => `${path} was changed by somebody else since; that change is taken back too.`,
  );
}
