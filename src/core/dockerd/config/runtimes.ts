import { z } from 'zod';
import { DockerctlError } from '../../../errors.js';
import type { Document } from '../../formats/json/document.js';
import { get, remove, set } from '../../formats/json/json-edit.js';
import type { Json, JsonObject } from '../../formats/json/json-object.js';
import { printable } from '../../text/printable.js';

/** templates/runtimes.json5: what `runtime add NAME` knows without --path. */
export const RUNTIME_PRESETS = z.record(
  z.string(),
  z.strictObject({
    summary: z.string(),
    /** Where the program may be; the first that exists is meant. */
    programs: z.array(z.string()).min(1),
    entry: z.record(z.string(), z.json()),
    install: z.string(),
  }),
);

export type RuntimePreset = z.infer<typeof RUNTIME_PRESETS>[string];

/** containerd's shims are named by dots, our runtimes must not be (moby daemon/runtime_unix.go). `runc` is dockerd's own. */
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}$/;

/** Throws `invalid-value` for a name that dockerd would refuse at start. */
export function checkRuntimeName(name: string): string {
  if (NAME.test(name) && name !== 'runc') return name;
  throw new DockerctlError({
    code: 'invalid-value',
    message:
      name === 'runc'
        ? 'runc is always there, and dockerd refuses to start with an entry of that name.'
        : `"${printable(name)}" is not a name for a runtime: letters, digits, - and _ will do.`,
    hint: 'dockerctl runtime list',
  });
}

/** The runtimes that the file names. */
export function runtimesOf(document: Document): JsonObject {
  const value = get(document, ['runtimes']) ?? {};
  return typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : {};
}

export function addRuntime(document: Document, name: string, entry: Json): Document {
  return set(document, ['runtimes', name], entry);
}

/** Throws `invalid-value` while it is the default: dockerd would not start without it. */
export function removeRuntime(document: Document, name: string): Document {
  if (get(document, ['default-runtime']) === name)
    throw new DockerctlError({
      code: 'invalid-value',
      message: `${name} is the default runtime; dockerd would not start without it.`,
      hint: `\`dockerctl runtime set-default runc\`, then \`dockerctl runtime remove ${name}\``,
    });
  return remove(document, ['runtimes', name]);
}

/** Throws `not-found` for a runtime that neither the file nor dockerd knows. A name with dots is a containerd shim. */
export function setDefaultRuntime(document: Document, name: string): Document {
  const known = ['runc', ...Object.keys(runtimesOf(document))];
  if (known.includes(name) || /^[a-z0-9]+(\.[a-z0-9]+){2,}$/.test(name))
    return set(document, ['default-runtime'], name);
  throw new DockerctlError({
    code: 'not-found',
    message: `There is no runtime "${printable(name)}": daemon.json and dockerd know ${known.join(', ')}.`,
    hint: `dockerctl runtime add ${/^[\w-]+$/.test(name) ? name : 'NAME'} --path PROGRAM`,
  });
}
