import { readDaemonFile } from '../../core/dockerd/config/file.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { Document } from '../../core/formats/json/document.js';
import type { Context, Terminal } from '../context/command.js';
import { observe } from '../context/observe.js';

/** daemon.json and its dockerd. */
export interface DaemonJson {
  readonly observed: ObservedDaemon;
  readonly document: Document;
}

/** Who heard it already: a command that looks several times says it once. */
const TOLD = new WeakSet<Terminal>();

/** daemon.json and its dockerd, for a command that only looks: it is read with comments too, with a note. */
export async function readDaemonJson(context: Context): Promise<DaemonJson> {
  const observed = await observe(context);
  const { document, notStrict } = readDaemonFile(observed);
  if (notStrict !== null && !TOLD.has(context.terminal)) {
    TOLD.add(context.terminal);
    context.terminal.note(`dockerd refuses this file: ${notStrict}`);
  }
  return { observed, document };
}
