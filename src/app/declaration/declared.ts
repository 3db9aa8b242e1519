import type { Declaration } from '../../core/declaration/schema.js';
import { parseRegistry, type RegistryAddress } from '../../core/registry/address.js';
import { DockerctlError } from '../../errors.js';
import { declarationIn, readDeclaration } from '../../system/machine/declaration.js';
import type { Context } from '../context/command.js';

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
  if (text.trim() === '') throw nothingCame();
  return declarationIn(host, [{ path: 'stdin', text }]);
}

/** What came before the pipe has failed, more likely than not. */
function nothingCame(): DockerctlError {
  return new DockerctlError({
    code: 'invalid-declaration',
    message: 'stdin is empty: it declares nothing.',
    hint: 'look at what should write it, or name a file: -f FILE',
  });
}

/** The declared registries that shall be proved to work. */
export function declaredRegistries({ registries }: Declaration): RegistryAddress[] {
  return Object.entries(registries)
    .filter(([, { verify }]) => verify !== false)
    .map(([name]) => parseRegistry(name));
}
