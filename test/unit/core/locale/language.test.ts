import { expect, test } from '@jest/globals';
import { languageOf, withoutLanguage } from '../../../../src/core/locale/language.js';

test.each([
  [{}, 'en'],
  [{ LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
  [{ LANG: 'zh_SG.UTF-8' }, 'zh-CN'],
  [{ LANG: 'zh.UTF-8' }, 'zh-CN'],
  [{ LANG: 'zh_Hans_CN.utf8' }, 'zh-CN'],
  [{ LANG: 'zh_CN.UTF-8@stroke' }, 'zh-CN'],
  // What is written is UTF-8.
  [{ LANG: 'zh_CN.GB18030@stroke' }, 'en'],
  [{ LANG: 'zh_CN' }, 'en'],
  [{ LANG: 'zh_CN.UTF-8', LC_CTYPE: 'zh_CN.GBK' }, 'en'],
  [{ LANG: 'zh_TW.UTF-8' }, 'en'],
  [{ LANG: 'zh_HK' }, 'en'],
  [{ LANG: 'de_DE.UTF-8' }, 'en'],
  [{ LANG: 'C.UTF-8' }, 'en'],
  [{ LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'C' }, 'en'],
  [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'zh_CN.UTF-8' }, 'zh-CN'],
  [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'en_US.UTF-8', LC_ALL: 'zh_CN.UTF-8' }, 'zh-CN'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'en'],
  [{ LANG: 'zh_CN.UTF-8', LC_ALL: '' }, 'zh-CN'],
  // gettext: LANGUAGE goes before the locale, unless that is C.
  [{ LANG: 'en_US.UTF-8', LANGUAGE: 'zh_CN:en' }, 'zh-CN'],
  [{ LANG: 'zh_CN.UTF-8', LANGUAGE: 'en:zh_CN' }, 'en'],
  [{ LANG: 'zh_CN.UTF-8', LANGUAGE: 'de:zh_CN' }, 'zh-CN'],
  [{ LANG: 'C', LANGUAGE: 'zh_CN' }, 'en'],
  [{ LANGUAGE: 'zh_CN' }, 'en'],
])('%j speaks %s', (env, language) => {
  expect(languageOf(['status'], env)).toBe(language);
});

test('--lang goes before the locale, and behind -- is no option', () => {
  const env = { LANG: 'zh_CN.UTF-8' };
  expect(languageOf(['--lang', 'en', 'status'], env)).toBe('en');
  expect(languageOf(['status', '--lang=zh-CN'], {})).toBe('zh-CN');
  expect(languageOf(['config', 'set', '--', '--lang=zh-CN'], {})).toBe('en');
  expect(languageOf(['status', '--lang', 'fr'], env)).toBe('en');
});

test('the command line is told without it, unless its value is none', () => {
  expect(withoutLanguage(['--lang', 'en', 'status', '--lang=zh-CN', '--json'])).toEqual([
    'status',
    '--json',
  ]);
  expect(withoutLanguage(['status', '--lang', 'fr'])).toEqual(['status', '--lang', 'fr']);
  expect(withoutLanguage(['config', 'set', '--', '--lang=en'])).toEqual([
    'config',
    'set',
    '--',
    '--lang=en',
  ]);
});
