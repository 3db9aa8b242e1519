import type { ErrorParts } from '../../errors.js';

/** What can still be read of a change whose journal is damaged. */
export interface Remains {
  /** Where the journal lies now. */
  readonly aside: string;
  /** Of the change; null where it is not known. */
  readonly title: string | null;
  /** Its files, and the copy of each as it was before; a null copy: there was no such file. null: none is known. */
  readonly copies: readonly { readonly path: string; readonly copy: string | null }[] | null;
  /** dockerd was to be told of the change. */
  readonly told: boolean;
}

/** The commands that restore the old files by hand. */
export function restoreWords(remains: Remains): Pick<ErrorParts, 'message' | 'hint'> {
  const { aside, title, copies, told } = remains;
  const change = title === null ? 'an interrupted change' : `\`${title}\``;
  const message = `the journal of ${change} cannot be read; it was set aside as ${aside}, and no file was touched`;
  if (copies === null || copies.length === 0)
    return {
      message: `${message}. No copies of old files are known to belong to it`,
      hint: `look at your files with \`dockerctl config history\`, then delete ${aside}`,
    };
  const back = copies.map(({ path, copy }) =>
    copy === null ? `rm ${path}` : `cp ${copy} ${path}`,
  );
  const files = copies.map(({ path, copy }) =>
    copy === null ? `${path} was not there before` : `${path} as it was before is ${copy}`,
  );
  const steps = [...back, ...(told ? ['dockerctl daemon restart'] : []), `rm ${aside}`];
  return {
    message: `${message}. ${files.join('; ')}`,
    hint: `compare them with diff; to go back: ${steps.map((step) => `\`${step}\``).join(', then ')}`,
  };
}
