import { parseDeclaration } from '../core/declaration/declaration.js';
import type { Declaration } from '../core/declaration/schema.js';
import { readDeclaration } from '../system/declaration.js';
import type { Context } from './command.js';

/** The option that names a declaration in place of this machine's. */
export const FILE_OPTION = {
  file: {
    type: 'string',
    alias: 'f',
    describe: 'this declaration, or folder of *.json5, in place of /etc/dockerctl; - is stdin',
    placeholder: 'FILE',
  },
} as const;

export async function declarationFrom(
  { host, terminal }: Context,
  file: string | undefined,
): Promise<Declaration> {
  if (file !== '-') return readDeclaration(host, file ?? null);
  const text = Buffer.from(await terminal.input()).toString('utf8');
  return parseDeclaration([{ path: 'stdin', text }]);
}
