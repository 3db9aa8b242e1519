import { type Document, parseText } from '../../formats/json/document.js';
import type { FileImage } from '../../plan/plan.js';

/** A daemon.json of a plan, no file as an empty one; null where it is no strict JSON, or no text. */
export function documentIn(image: FileImage | null): Document | null {
  const content = image === null ? { text: '' } : image.content;
  return 'text' in content ? documentOf(content.text) : null;
}

/** The same of a text. */
export function documentOf(text: string): Document | null {
  const parsed = parseText(text);
  return parsed.ok ? parsed.document : null;
}
