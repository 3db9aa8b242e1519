/** A text without the characters `set` at its end. A pattern such as /[ \t]+$/ takes the square of a long run of them. */
export function trimEndOf(text: string, set: string): string {
  let end = text.length;
  while (end > 0 && set.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
