import type { Generation } from './history.js';
import type { Plan } from '../plan/plan.js';

/**
 * History as it lies on disk, read back. A disk may damage it and people may edit it, so its shape is looked at; what it
 * says is believed, for whoever may write there is root already.
 */
export function readGeneration(text: string): Generation | null {
  const value = parse(text);
  return isGeneration(value) ? value : null;
}

export function readPlan(text: string): Plan | null {
  const value = parse(text);
  return isPlan(value) ? value : null;
}

function isGeneration(value: unknown): value is Generation {
  return (
    isTable(value) &&
    Number.isSafeInteger(value.generation) &&
    isTime(value.startedAt) &&
    areTexts([value.title, value.commandLine, value.user]) &&
    isListOf(value.folders, isText) &&
    isListOf(value.targets, isTarget) &&
    isResult(value.result)
  );
}

function isTarget(value: unknown): boolean {
  return (
    isTable(value) &&
    isText(value.path) &&
    isNullOr(value.before, isTable) &&
    isNullOr(value.after, isTable)
  );
}

function isResult(value: unknown): boolean {
  return (
    isTable(value) &&
    (value.status === 'applied' || value.status === 'rolled-back') &&
    isNullOr(value.error, isText) &&
    isNullOr(value.activated, (activated) => isTable(activated) && isText(activated.how))
  );
}

function isPlan(value: unknown): value is Plan {
  return (
    isTable(value) &&
    isText(value.title) &&
    isListOf(value.changes, isChange) &&
    isListOf(value.prune, isText) &&
    isListOf(value.refresh, (command) => isTable(command) && isListOf(command.argv, isText)) &&
    isTable(value.activation) &&
    isListOf(value.activation.reasons, isText) &&
    isListOf(value.expect, isTable) &&
    isListOf(value.notes, isText)
  );
}

function isChange(value: unknown): boolean {
  return (
    isTable(value) &&
    isText(value.path) &&
    isNullOr(value.before, isImage) &&
    isNullOr(value.after, isImage)
  );
}

function isImage(value: unknown): boolean {
  if (!isTable(value) || !isTable(value.content)) return false;
  const { text, base64, secret } = value.content;
  return (
    [text, base64, secret].filter(isText).length === 1 &&
    [value.mode, value.uid, value.gid].every(Number.isSafeInteger)
  );
}

type Check = (value: unknown) => boolean;

const isText = (value: unknown): value is string => typeof value === 'string';
const areTexts = (values: readonly unknown[]): boolean => values.every(isText);
const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNullOr = (value: unknown, check: Check): boolean => value === null || check(value);
const isListOf = (value: unknown, check: Check): boolean =>
  Array.isArray(value) && value.every(check);

/** What a Date can hold (ECMA-262, "Time Values and Time Range"). */
const isTime = (value: unknown): boolean => typeof value === 'number' && Math.abs(value) <= 8.64e15;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
