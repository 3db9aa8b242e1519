import { join } from 'node:path';
import { declarationPlaces } from '../core/declaration/places.js';
import { record } from '../core/declaration/record.js';
import { fileOf } from '../core/declaration/adopt.js';
import { configOf } from '../core/daemon/edit.js';
import { bytesOf } from '../core/content.js';
import type { DaemonConfig } from '../core/daemon/activation.js';
import { parseDocument } from '../core/json/document.js';
import type { FileImage, Plan } from '../core/plan.js';
import { declarationIn, readSources } from '../system/declaration.js';
import { readImage } from '../system/image.js';
import type { Context } from './command.js';

/**
 * The plan, with what it changes in the daemon.json at `path` also written into the declaration, where that is asked for:
 * both are done or neither, and undone together.
 */
export function withRecord({ host, options }: Context, plan: Plan, path: string): Plan {
  const change = plan.changes.find((one) => one.path === path);
  const { file, fragments } = declarationPlaces(host.self);
  const declared = host.fs.stat(file) !== null || host.fs.stat(fragments) !== null;
  if (change === undefined || (!declared && !options.record)) return plan;
  const sources = declared ? readSources(host, null, { none: true }) : [];
  if (!options.record && declarationIn(host, sources).record !== 'always') return plan;
  const own = join(fragments, 'recorded.json5');
  const { before, after } = change;
  const { text, notes } = record(sources, own, {
    before: readConfig(before),
    after: readConfig(after),
  });
  const changes = text === null ? [] : fileOf(own, text, readImage(host, own));
  return { ...plan, changes: [...changes, ...plan.changes], notes: [...plan.notes, ...notes] };
}

function readConfig(image: FileImage | null): DaemonConfig {
  const parsed = parseDocument(image && bytesOf(image.content, new Map()));
  return parsed.ok ? configOf(parsed.document) : {};
}
