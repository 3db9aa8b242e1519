/** An argv, or a list of paths, as systemd reads it (systemd.service(5), "Command lines"): quotes, `%` and `$` mean something. */
export function systemdWords(words: readonly string[]): string {
  return words.map(word).join(' ');
}

function word(text: string): string {
  const plain = text.replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /^[\w@%+=:,./$-]+$/.test(plain) ? plain : `"${plain.replace(/["\\]/g, '\\$&')}"`;
}
