import { expect, test } from '@jest/globals';
import { systemdWords } from '../../../../src/core/text/systemd-words.js';

/** systemd.service(5), "Command lines": `%%`, `$$`, and in double quotes `\"` and `\\`. */
test.each<[string[], string]>([
  [['/usr/bin/dockerd', '-H', 'fd://'], '/usr/bin/dockerd -H fd://'],
  [['/opt/my tools/x'], '"/opt/my tools/x"'],
  [['100%'], '100%%'],
  [['$HOME/x'], '$$HOME/x'],
  [['a"b'], String.raw`"a\"b"`],
  [['a\\b'], String.raw`"a\\b"`],
  [["it's"], `"it's"`],
  [['a;b', ';'], '"a;b" ";"'],
  [[''], '""'],
  [['$ %'], '"$$ %%"'],
  [['中文'], '"中文"'],
  [[], ''],
])('%j', (words, line) => {
  expect(systemdWords(words)).toBe(line);
});
