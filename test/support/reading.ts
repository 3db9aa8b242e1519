import type { Root } from './daemon-json.js';

/** Commands that only look, and the statuses that docs/cli.md gives them: 1 for a check that found something, 3 for a file that cannot be read. */
export const READING: readonly (readonly [line: string, statuses: readonly number[]])[] = [
  ['status', [0]],
  ['daemon status', [0]],
  ['config show', [0, 3]],
  ['config show --effective', [0, 3]],
  ['config get log-driver', [0, 3]],
  ['config validate', [0, 1]],
  ['config diff /etc/docker/daemon.json', [0, 3]],
  ['mirrors list', [0, 3]],
  ['insecure list', [0, 3]],
  ['cgroup show', [0, 3]],
  ['runtime list', [0, 3]],
  ['trust list', [0, 3]],
  ['doctor', [0, 1]],
];

/** What a command that only looks did wrong, a sentence each; none where all is well. */
export async function faultsOf(root: Root, [line, statuses]: (typeof READING)[number]) {
  const { status, stdout, stderr } = await root.run(...line.split(' '));
  const printed = stdout + stderr;
  return [
    ...(statuses.includes(status) ? [] : [`exit ${status}`]),
    ...(/^\s+at .*:\d+:\d+|\bbug\b|\[object |undefined/m.test(printed)
      ? ['a stack, or worse']
      : []),
    ...(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(printed.replaceAll('\r', ''))
      ? ['it drives the terminal']
      : []),
    ...(status === 3 && !/:\d+:\d+: |does not set/.test(stderr) ? ['no line and column'] : []),
    ...(status === 3 && !stderr.includes('\nTry: ') ? ['nothing to type'] : []),
  ].map((fault) => `${line}: ${fault}\n${printed.slice(0, 1000)}`);
}
