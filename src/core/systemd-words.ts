/** An argv as systemd reads it in ExecStart= (systemd.service(5), "Command lines"): quoted, `%` and `$` doubled. */
export function execStart(argv: readonly string[]): string {
  return argv
    .map(
      (word) => `"${word.replace(/["\\]/g, '\\$&').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`,
    )
    .join(' ');
}
