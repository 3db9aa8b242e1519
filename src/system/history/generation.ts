import { join } from 'node:path';
import { sha256 } from '../../core/plan/content.js';
import type { Generation } from '../../core/transaction/history.js';
import type { JournalEntry } from '../../core/transaction/journal.js';
import { onFile } from '../../core/text/file-error.js';
import type { Plan } from '../../core/plan/plan.js';
import * as recorded from '../../core/transaction/parse-history.js';
import { statePaths } from '../../core/transaction/state-paths.js';
import type { Host } from '../../host/host.js';
import { foreignEdit } from '../files/file.js';
import { makeFolders } from '../files/folder.js';
import { replaceDurably } from './journal.js';

/** The number of the next generation: numbers order history, clocks may jump. */
export function nextGeneration(host: Host): number {
  return Math.max(0, ...generationNumbers(host)) + 1;
}

/** Those on disk, oldest first; one whose transaction is open is among them. */
export function generationNumbers(host: Host): number[] {
  const { generations } = statePaths(host.self);
  const names = onFile(generations, 'read', () =>
    host.fs.stat(generations) === null ? [] : host.fs.list(generations),
  );
  return names
    .filter((name) => /^\d{6,}$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/** Keeps the plan and the files as they are, durable, before anything changes. */
export function openGeneration(host: Host, entry: JournalEntry, plan: Plan): void {
  const folder = folderOf(host, entry.generation);
  const copies = join(folder, 'before');
  makeFolders(host, copies, 0o700);
  onFile(folder, 'write', () => {
    entry.targets.forEach(({ path, real, before }, index) => {
      if (before === null) return;
      const bytes = host.fs.read(real);
      if (sha256(bytes) !== before.sha256) throw foreignEdit(path);
      host.fs.create(join(copies, String(index)), bytes);
    });
    host.fs.syncFolder(copies);
  });
  replaceDurably(host, join(folder, 'plan.json'), JSON.stringify(plan));
}

/** The bytes of a file as they were before a generation; null when there was no file. */
export function oldBytes(
  host: Host,
  { generation, targets }: JournalEntry,
  index: number,
): Uint8Array | null {
  if ((targets[index]?.before ?? null) === null) return null;
  const copy = copyOf(host, generation, index);
  return onFile(copy, 'read', () => host.fs.read(copy));
}

/** Where the copy of one of its old files lies. */
export function copyOf(host: Host, generation: number, index: number): string {
  return join(folderOf(host, generation), 'before', String(index));
}

/** Writes how it ended: from now on it is history. */
export function closeGeneration(host: Host, generation: Generation): void {
  replaceDurably(
    host,
    join(folderOf(host, generation.generation), 'manifest.json'),
    JSON.stringify(generation),
  );
}

/** Null for one that never ended, or that nobody can read any more. */
export function readGeneration(host: Host, number: number): Generation | null {
  return recorded.readGeneration(textOf(host, join(folderOf(host, number), 'manifest.json')));
}

export function readPlan(host: Host, number: number): Plan | null {
  return recorded.readPlan(textOf(host, join(folderOf(host, number), 'plan.json')));
}

/** Deletes a generation, innermost first, so that a half deleted one has no manifest and is not history. */
export function removeGeneration(host: Host, number: number): void {
  const folder = folderOf(host, number);
  onFile(folder, 'write', () => {
    if (host.fs.stat(folder) === null) return;
    removeFiles(host, folder, ['manifest.json', 'manifest.json.new', 'plan.json', 'plan.json.new']);
    const copies = join(folder, 'before');
    if (host.fs.stat(copies) !== null) {
      removeFiles(host, copies, host.fs.list(copies));
      host.fs.removeFolder(copies);
    }
    host.fs.removeFolder(folder);
    host.fs.syncFolder(statePaths(host.self).generations);
  });
}

function removeFiles({ fs }: Host, folder: string, names: readonly string[]): void {
  for (const name of names) if (fs.stat(join(folder, name)) !== null) fs.unlink(join(folder, name));
}

function folderOf(host: Host, number: number): string {
  return join(statePaths(host.self).generations, String(number).padStart(6, '0'));
}

/** Empty where there is nothing that can be read. */
function textOf(host: Host, path: string): string {
  try {
    return Buffer.from(host.fs.read(path)).toString('utf8');
  } catch {
    return '';
  }
}
