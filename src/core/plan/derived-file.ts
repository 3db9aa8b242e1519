import { redactText } from '../text/redact.js';
import type { FileChange, FileImage } from './plan.js';

type Rights = Pick<FileImage, 'mode' | 'uid' | 'gid'>;

/** For the group and for everybody. */
const [GROUP, OTHERS] = [0o070, 0o007];

/** The rights of a file that is made from another: nobody may read or write it who may not do the same to its source. */
export function asClosedAs<Wanted extends Rights>(wanted: Wanted, source: Rights | null): Wanted {
  if (source === null) return wanted;
  const others = source.mode & OTHERS;
  const group = (wanted.gid === source.gid ? source.mode & GROUP : 0) | (others << 3);
  return { ...wanted, mode: wanted.mode & (0o7700 | group | others) };
}

/** The change that makes a file of ours this text, made from `source`; none where it is so already. Of a file that is there the rights are only taken away. */
export function derivedFile(
  path: string,
  text: string,
  { before, source }: { readonly before: FileImage | null; readonly source: Rights | null },
): FileChange[] {
  const { mode, uid, gid } = asClosedAs(before ?? { mode: 0o644, uid: 0, gid: 0 }, source);
  const same = before !== null && 'text' in before.content && before.content.text === text;
  if (same && before.mode === mode) return [];
  return [{ path, before, after: { content: { text }, mode, uid, gid } }];
}

/** Changes with a secret in them, as closed as every file that gets a secret by the same plan. */
export function asClosedAsSecretsOf(
  changes: readonly FileChange[],
  others: readonly FileChange[],
): FileChange[] {
  const sources = others.flatMap(({ after }) => (holdsSecret(after) ? [after] : []));
  return changes.map((change) =>
    holdsSecret(change.after)
      ? { ...change, after: sources.reduce<FileImage>(asClosedAs, change.after) }
      : change,
  );
}

/** A password, token or key stands in it, as far as names tell. */
export function holdsSecret(image: FileImage | null): image is FileImage {
  if (image === null || !('text' in image.content)) return false;
  return redactText(image.content.text) !== image.content.text;
}
