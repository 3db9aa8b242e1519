import { addRuntime, checkRuntimeName } from '../../core/dockerd/config/runtimes.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { changeDaemonJson } from '../../app/change/change.js';
import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';
import { readPresets } from './presets.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'add a container runtime',
  args: [{ name: 'NAME', describe: 'what `docker run --runtime` will call it', required: true }],
  options: {
    path: {
      type: 'string',
      describe: 'the OCI runtime program (not needed for known ones)',
      placeholder: 'PROGRAM',
    },
    type: {
      type: 'string',
      describe: 'the containerd shim instead of a program',
      placeholder: 'SHIM',
    },
    arg: { type: 'list', describe: 'an argument for the program; repeat for more' },
  },
  examples: ['runtime add nvidia', 'runtime add crun --path /usr/bin/crun'],
  run: (context, { args: [typed = ''], options }) => {
    const name = checkRuntimeName(typed);
    const { entry, notes } = entryFor(name, { host: context.host, ...options });
    return changeDaemonJson(context, {
      title: `runtime add ${name}`,
      key: 'runtimes',
      edit: (document) => addRuntime(document, name, entry),
      notes: () => notes,
    });
  },
  render: renderOutcome,
});

interface Wanted {
  readonly host: Host;
  readonly path: string | undefined;
  readonly type: string | undefined;
  readonly arg: readonly string[];
}

function entryFor(name: string, { host, path, type, arg }: Wanted) {
  const runtimeArgs = arg.length === 0 ? {} : { runtimeArgs: arg };
  if (path !== undefined)
    return { entry: { path: existing(host, path), ...runtimeArgs }, notes: [] };
  if (type !== undefined) return { entry: { runtimeType: type }, notes: [] };
  const preset = readPresets(host)[name];
  if (preset === undefined)
    throw new DockerctlError({
      code: 'usage',
      message: `dockerctl does not know a runtime "${name}" and needs its program.`,
      hint: `dockerctl runtime add ${name} --path PROGRAM`,
    });
  const missing = !preset.programs.some(
    (program) => host.fs.stat(program, { follow: true }) !== null,
  );
  return {
    entry: { ...preset.entry, ...runtimeArgs },
    notes: missing
      ? [`None of ${preset.programs.join(', ')} is there yet: ${preset.install}.`]
      : [],
  };
}

/** dockerd does not look before a container is started with it; then is too late. */
function existing(host: Host, path: string): string {
  if (!path.startsWith('/') || host.fs.stat(path, { follow: true })?.kind === 'file') return path;
  throw new DockerctlError({
    code: 'file-not-found',
    message: `There is no program ${path}; containers would fail to start with it.`,
    hint: 'install it, or name where it is: `dockerctl runtime add NAME --path PROGRAM`',
  });
}
