import { readDaemonFile } from '../../core/dockerd/config/file.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { Document } from '../../core/formats/json/document.js';
import { observeDaemon } from '../../system/dockerd/observe.js';
import type { Context } from '../context/command.js';

/** daemon.json and its dockerd, for a command that only looks: it is read with comments too, with a note. */
export async function readDaemonJson(
  context: Context,
): Promise<{ readonly document: Document; readonly observed: ObservedDaemon }> {
  const observed = await observeDaemon(context.host, context.options);
  const { document, notStrict } = readDaemonFile(observed);
  if (notStrict !== null) context.terminal.note(`dockerd refuses this file: ${notStrict}`);
  return { document, observed };
}
