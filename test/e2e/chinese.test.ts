import { describe, expect, test } from '@jest/globals';
import { useMachine } from './support/machine.js';

/** Three words of English prose, one behind the other, that are neither typed nor quoted. */
const englishIn = (text: string): string[] =>
  text
    .replace(/`[^`]*`|"[^"]*"|dockerctl .*$/gmu, '·')
    .match(/(?:^|[\s(])[a-z]{2,} [a-z]+ [a-z]{2,}[^\n]{0,40}/gmu) ?? [];

describe('LANG=zh_CN.UTF-8', () => {
  const machine = useMachine();
  const speak = (words: string) =>
    machine.sh(`LANG=zh_CN.UTF-8 dockerctl ${words} 2>&1 || [ $? -eq 1 ]`);

  test.each(['doctor', 'status', 'daemon status', 'trust list', 'mirrors list', 'cgroup show'])(
    'dockerctl %s is Chinese',
    async (words) => {
      const said = await speak(words);
      expect(said).toMatch(/[\u4e00-\u9fff]/u);
      expect(englishIn(said)).toEqual([]);
    },
  );

  test('a change says in Chinese what it did, and the history has it in English for all', async () => {
    const said = await speak('config set log-level warn');
    expect(said).toContain('已创建 /etc/docker/daemon.json');
    expect(said).toMatch(/已重启 dockerd，用时 [\d.]+ 秒：/u);
    expect(englishIn(said)).toEqual([]);
    expect(await machine.sh('LC_ALL=C dockerctl config history --json')).toBe(
      await machine.sh('LC_ALL=zh_CN.UTF-8 dockerctl config history --json'),
    );
    expect(await machine.sh('LC_ALL=C dockerctl config history')).toContain('applied by restart');
  });
});
