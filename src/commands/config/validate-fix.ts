import { contentOf } from '../../core/plan/content.js';
import { commentsPath, planDaemonReplacement } from '../../core/dockerd/config/edit.js';
import { bytesIn } from '../../core/dockerd/config/file.js';
import { validateConfig } from '../../core/dockerd/validate/validate.js';
import { fixConfig } from '../../core/dockerd/validate/fix.js';
import { commentsText, type Comment } from '../../core/formats/json/relaxed.js';
import { asClosedAs } from '../../core/plan/derived-file.js';
import { createPlan, type FileChange, type Plan } from '../../core/plan/plan.js';
import { planDiff } from '../../core/plan/plan-text.js';
import { DockerctlError } from '../../errors.js';
import { givenPath } from '../../system/files/given-path.js';
import { readImage } from '../../system/files/image.js';
import { replaceFile } from '../../system/files/replace-file.js';
import { applyChange } from '../../app/change/apply-change.js';
import type { Context } from '../../app/context/command.js';
import { type ValidatedFile, type ValidateContext } from './validate-files.js';

/** Shows what would fix the file, asks, and does it. The candidate as it is then. */
export async function fixFile(
  context: Context,
  candidate: ValidatedFile,
  situation: ValidateContext,
): Promise<ValidatedFile> {
  const { bytes, path } = candidate;
  const fixed = bytes === null ? null : fixConfig({ ...situation, bytes, path });
  if (fixed === null) return candidate;
  if (path === '-') throw cannotWriteStdin();
  const { starts } = validateConfig({ ...situation, bytes: fixed.bytes, path });
  const plan = planOf(context, candidate, { ...fixed, starts });
  const { terminal, options } = context;
  terminal.note(planDiff(plan).trimEnd());
  if (options.dryRun) return candidate;
  if (!(await terminal.confirm(`Change ${path} like this?`, '--yes'))) return candidate;
  if (candidate.owner !== null && starts) await applyChange(context, plan);
  // What dockerd does not start with before and after: the file alone is a step, and dockerd is told nothing.
  else if (candidate.owner !== null) await applyChange(untold(context), plan);
  else for (const change of plan.changes) write(context, change);
  return { ...candidate, bytes: fixed.bytes };
}

function untold(context: Context): Context {
  return { ...context, options: { ...context.options, activate: 'never', validate: false } };
}

interface Fixed {
  /** dockerd would, with what is fixed. */
  readonly starts: boolean;
  readonly bytes: Uint8Array;
  readonly comments: readonly Comment[];
}

/** dockerd's own file goes by its transaction and is brought into force; another file is a file. */
function planOf(context: Context, { path: name, owner }: ValidatedFile, fixed: Fixed): Plan {
  const title = 'config validate --fix';
  const { bytes, comments } = fixed;
  const path = owner === null ? givenPath(context.host, name) : name;
  const kept = comments.length === 0 ? [] : [commentsChange(context, path, comments)];
  if (owner !== null && fixed.starts) {
    const { activate } = context.options;
    const plan = planDaemonReplacement(owner, { title, bytes }, { activate });
    return { ...plan, changes: [...kept, ...plan.changes] };
  }
  const before = readImage(context.host, path);
  const after = before && { ...before, content: contentOf(bytes) };
  return createPlan(title, { changes: [...kept, { path, before, after }] });
}

function commentsChange({ host }: Context, path: string, comments: readonly Comment[]): FileChange {
  const side = commentsPath(path);
  const before = readImage(host, side);
  const source = readImage(host, path);
  const like = asClosedAs(before ?? source ?? { mode: 0o644, uid: 0, gid: 0 }, source);
  const old = bytesIn(before) ?? Buffer.of();
  const text = Buffer.concat([old, Buffer.from(commentsText(path, comments))]);
  return { path: side, before, after: { ...like, content: contentOf(text) } };
}

/** A new file is for those who may read the one it stands beside. */
function write({ host }: Context, { path, before, after }: FileChange): void {
  const bytes = bytesIn(after) ?? Buffer.of();
  if (before !== null || after === null) {
    replaceFile(host, path, bytes);
    return;
  }
  const { mode, uid, gid } = after;
  host.fs.create(path, bytes, host.self.uid === 0 ? { mode, uid, gid } : { mode: mode & 0o700 });
}

function cannotWriteStdin(): DockerctlError {
  return new DockerctlError({
    code: 'usage',
    message: '--fix cannot change stdin.',
    hint: 'name the file: `dockerctl config validate --fix daemon.json`',
  });
}
