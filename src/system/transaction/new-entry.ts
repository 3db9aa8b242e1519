import { dirname } from 'node:path';
import { fingerprintOf, sha256 } from '../../core/plan/content.js';
import type { JournalEntry } from '../../core/transaction/journal.js';
import type { Host } from '../../host/host.js';
import { readBootId } from '../systemd/boot-id.js';
import { missingFolders } from '../files/folder.js';
import { nextGeneration } from '../history/generation.js';
import { locate } from '../files/image.js';
import type { ChangeRequest } from './request.js';

/** The journal entry of a request before anything is done. */
export function newEntry(host: Host, request: ChangeRequest): JournalEntry {
  const { plan, commandLine, config, activation, interim } = request;
  const targets = plan.changes.map(({ path, before, after }) => ({
    path,
    real: locate(host, path),
    before: before && fingerprintOf(before),
    after: after && fingerprintOf(after),
    inPlace: false,
    passing: path === interim?.path ? interim.texts.map(sha256) : [],
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
    undo: request.undo,
    wasRunning: request.wasRunning,
    containers: request.containers,
    told: 'none',
    deadline: null,
    result: null,
  };
}
