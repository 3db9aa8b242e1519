import { stripVTControlCharacters } from 'node:util';

/**
 * Stands in for the package string-width in the bundle. Ours measures help text, which is ASCII; the package sets up
 * Intl.Segmenter and an emoji table on import, which doubles the start-up time of every command.
 */
export default function stringWidth(text) {
  return stripVTControlCharacters(text).length;
}
